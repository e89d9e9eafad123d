"""Readers: every file is a record or a trouble, whatever it is called and whatever is in it."""

import json
import os
from pathlib import Path

import pytest

from corpusclean import Cleaner, Limits
from corpusclean.corpus import Cleaned, Outputs, Record, Trouble, clean_records, measure, read, run_corpus


def test_names_that_are_not_text(tmp_path: Path) -> None:
    """A name may hold any bytes but NUL and the slash; each file is still cleaned, and its id still JSON."""
    folder = tmp_path / "in"
    folder.mkdir()
    names = [b"a\nb.txt", b"\xff\xfe.txt", b"\x1b[2J.txt", "页.txt".encode()]
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_text("好", "utf-8")
    out = tmp_path / "out.jsonl"
    totals = run_corpus([folder], Cleaner(), Outputs(file=out), jobs=0).totals
    assert totals.conservation == "4 in = 4 cleaned + 0 rejected + 0 failed"
    got = {os.fsencode(Path(json.loads(line)["id"]).name) for line in out.read_bytes().splitlines()}
    assert got == set(names)


def test_a_loop_of_links_is_walked_once(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "a.txt").write_text("x", "utf-8")
    (folder / "nowhere").symlink_to("missing")
    found = list(read([str(folder)]))
    assert [item.id for item in found if isinstance(item, Record)] == [str(folder / "a.txt")]
    assert [item.id for item in found if isinstance(item, Trouble)] == [str(folder / "nowhere")]


def test_a_folder_is_read_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    records = [item for item in read([str(tmp_path)]) if isinstance(item, Record)]
    assert [record.name for record in records] == ["a.txt", "b/1.txt", "b/2.txt", "c.txt"]


@pytest.mark.parametrize(("name", "media_type"), [("a.html", "text/html"), ("a.HTM", "text/html"), ("a.txt", None)])
def test_a_name_may_tell_html(name: str, media_type: str | None, tmp_path: Path) -> None:
    (tmp_path / name).write_text("x", "utf-8")
    (record,) = read([str(tmp_path / name)])
    assert isinstance(record, Record)
    assert record.media_type == media_type


def test_a_row_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_text("\n".join(json.dumps({"text": "x" * size}) for size in (5, 500, 6)), "utf-8")
    found = list(read([str(source)], limits=Limits(input_bytes=100)))
    assert [type(item) for item in found] == [Record, Trouble, Record]
    assert [item.id for item in found] == [f"{source}:{number}" for number in (1, 2, 3)]


def test_no_more_is_read_of_a_file_than_its_limit(tmp_path: Path) -> None:
    """A file may have no end at all."""
    (found,) = read(["/dev/zero"], limits=Limits(input_bytes=100))
    assert isinstance(found, Trouble)
    assert "larger than" in found.what


def test_measure(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"123")
    (tmp_path / "b").write_bytes(b"45")
    assert measure([str(tmp_path), str(tmp_path / "missing")]) == 5
    assert measure([str(tmp_path)], leave_out=frozenset({(tmp_path / "b").resolve()})) == 3
    assert measure(["-", str(tmp_path)]) is None


def test_records_stream(tmp_path: Path) -> None:
    """A result is there before the next record is read."""
    order: list[str] = []

    def records() -> object:
        for name in "ab":
            order.append(f"read {name}")
            yield Record(name, name, "好")

    for result in clean_records(records(), Cleaner()):  # type: ignore[arg-type]
        assert isinstance(result, Cleaned)
        order.append(f"cleaned {result.name}")
    assert order == ["read a", "cleaned a", "read b", "cleaned b"]
