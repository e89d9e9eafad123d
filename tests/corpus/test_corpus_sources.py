"""Sources: what the user names, and the files that it stands for."""

import gzip
import io
import json
import os
import socket
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet
import pytest

from corpusclean import MissingExtraError
from corpusclean.corpus import Record, Trouble, measure, read, remote

FILES = ("2018/a.txt", "2019/b.txt", "2019/deep/er/c.txt", "2019/deep/d.html", "2020/e.txt", ".hidden/f.txt", "[x].txt")


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    for name in FILES:
        path = tmp_path / "crawl" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    return tmp_path / "crawl"


def names(source: str) -> list[str]:
    found = list(read([source]))
    assert [item for item in found if isinstance(item, Trouble)] == []
    return [item.name for item in found if isinstance(item, Record)]


class TestPatterns:
    @pytest.mark.parametrize(
        ("pattern", "expected"),
        [
            ("*/*.txt", ["2018/a.txt", "2019/b.txt", "2020/e.txt"]),
            ("**/*.txt", ["2018/a.txt", "2019/b.txt", "2019/deep/er/c.txt", "2020/e.txt", "[x].txt"]),
            ("2019/**", ["b.txt", "deep/d.html", "deep/er/c.txt"]),
            ("20[12][09]/**/*.txt", ["2019/b.txt", "2019/deep/er/c.txt", "2020/e.txt"]),
            ("201?", ["2018/a.txt", "2019/b.txt", "2019/deep/d.html", "2019/deep/er/c.txt"]),
            ("**/deep/**/*.txt", ["2019/deep/er/c.txt"]),
            ("[x].txt", ["[x].txt"]),
        ],
    )
    def test_patterns(self, pattern: str, expected: list[str], crawl: Path) -> None:
        """In sorted order; a folder that matches is read with all below it; a file of that very name comes first."""
        assert names(str(crawl / pattern)) == expected

    def test_from_where_one_is(self, crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(crawl)
        assert [item.id for item in read(["*/a.txt"])] == ["2018/a.txt"]

    def test_no_match(self, crawl: Path) -> None:
        (found,) = read([str(crawl / "*.gz")])
        assert isinstance(found, Trouble)
        assert (found.kind, found.what) == ("failed", "no file matches the pattern")

    def test_a_loop_of_links(self, crawl: Path) -> None:
        (crawl / "2019" / "up").symlink_to(crawl)
        assert len(names(str(crawl / "**" / "*.txt"))) == 5


class TestStandardInput:
    def run(self, data: bytes) -> list[dict[str, object]]:
        code = (
            "import json; from corpusclean.corpus import read\n"
            "print(json.dumps([[item.id, item.name, str(getattr(item, 'source', item))] for item in read(['-'])]))"
        )
        done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
        found: list[dict[str, object]] = json.loads(done.stdout)
        return found

    def test_what_it_holds_is_told_by_its_bytes(self) -> None:
        rows = b'{"text": "a"}\n{"text": "b"}\n'
        table = io.BytesIO()
        pyarrow.parquet.write_table(pa.table({"text": ["p"]}), table)
        zipped = io.BytesIO()
        with zipfile.ZipFile(zipped, "w") as archive:
            archive.writestr("x.txt", "z")
        assert self.run(b"plain") == [["-", "stdin", "b'plain'"]]
        assert self.run(rows) == self.run(gzip.compress(rows)) == [["-:1", "stdin/1", "a"], ["-:2", "stdin/2", "b"]]
        assert self.run(table.getvalue()) == [["-:1", "stdin/1", "p"]]
        assert self.run(zipped.getvalue()) == [["-/x.txt", "stdin/x.txt", "b'z'"]]


class TestPipes:
    def test_one_that_is_named_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "pipe"
        os.mkfifo(path)
        writer = threading.Thread(target=path.write_bytes, args=(b"x" * 200_000,))
        writer.start()
        (found,) = read([str(path)])
        writer.join()
        assert isinstance(found, Record)
        assert found.source == b"x" * 200_000

    def test_one_in_a_folder_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        (found,) = read([str(tmp_path)])
        assert isinstance(found, Trouble)
        assert found.what == "it is a named pipe, not a file"


class TestRemote:
    @pytest.fixture(autouse=True)
    def memory(self) -> object:
        system = fsspec.filesystem("memory")
        for name in FILES:
            system.pipe(f"/crawl/{name}", name.encode())
        system.pipe("/rows.jsonl.gz", gzip.compress(b'{"text": "a"}\n'))
        table = io.BytesIO()
        pyarrow.parquet.write_table(pa.table({"text": ["p"]}), table)
        system.pipe("/t.parquet", table.getvalue())
        yield
        system.rm("/", recursive=True)

    def test_a_folder(self) -> None:
        assert names("memory://crawl") == sorted(name for name in FILES if not name.startswith("."))

    def test_a_pattern(self) -> None:
        assert names("memory://crawl/2019/*.txt") == ["b.txt"]
        assert names("memory://crawl/**/*.html") == ["2019/deep/d.html"]

    def test_files(self) -> None:
        (rows,) = read(["memory://rows.jsonl.gz"])
        assert (rows.id, rows.name) == ("memory://rows.jsonl.gz:1", "rows.jsonl.gz/1")  # type: ignore[union-attr]
        (row,) = read(["memory://t.parquet"])
        assert isinstance(row, Record)
        assert row.source == "p"

    def test_what_is_not_there(self) -> None:
        (found,) = read(["memory://nowhere.txt"])
        assert isinstance(found, Trouble)
        assert found.kind == "failed"
        (found,) = read(["memory://crawl/*.gz"])
        assert isinstance(found, Trouble)
        assert found.what == "there is nothing there"
        (found,) = read(["nosuchscheme://x"])
        assert isinstance(found, Trouble)
        assert "nosuchscheme" in found.what

    def test_without_fsspec(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(module: str) -> None:
            raise MissingExtraError(f"{module} cannot be imported", remedy="pip install 'corpusclean[io]'")

        monkeypatch.setattr(remote, "require", missing)
        (found,) = read(["memory://crawl"])
        assert isinstance(found, Trouble)
        assert found.remedy == "pip install 'corpusclean[io]'"

    def test_without_the_package_of_a_scheme(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(url: str) -> None:
            raise ImportError("Install s3fs to access S3")

        monkeypatch.setattr("fsspec.core.url_to_fs", missing)
        (found,) = read(["s3://bucket/x"])
        assert isinstance(found, Trouble)
        assert found.what == "cannot reach it: Install s3fs to access S3"
        assert "s3://" in found.remedy

    def test_its_size_is_not_asked_for(self) -> None:
        assert measure(["memory://crawl"]) is None


def test_no_network_unless_a_remote_path_is_named(crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    assert names(str(crawl))
    assert [item.kind for item in read(["http:/example.org", "c:\\x"]) if isinstance(item, Trouble)] == ["failed"] * 2


def test_measure_knows_what_it_cannot_know(crawl: Path) -> None:
    assert measure([str(crawl)]) == sum(len(name) for name in FILES if not name.startswith("."))
    assert measure([str(crawl / "**" / "*.html")]) == len("2019/deep/d.html")
    (crawl / "x.jsonl.gz").write_bytes(gzip.compress(b"{}"))
    assert measure([str(crawl)]) is None


@pytest.mark.parametrize("source", ["a\0b", "x" * 5000, ""])
def test_paths_that_no_system_knows(source: str) -> None:
    (found,) = read([source])
    assert isinstance(found, Trouble)
    assert found.kind == "failed"
