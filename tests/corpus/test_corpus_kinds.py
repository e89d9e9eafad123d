"""Every kind of file, real ones made here by other people's libraries: each document comes out as it went in."""

import base64
import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import pyarrow as pa
import pyarrow.parquet
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from warc_makers import http, record

from corpusclean import Cleaner, ConfigError
from corpusclean.corpus import Cleaned, Fields, FileWriter, Record, Trouble, clean_records, format_of, read

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".zst": zstandard.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}


def records(path: Path | str, **options: object) -> list[Record]:
    """The records of a file that has no troubles."""
    found = list(read([str(path)], **options))  # type: ignore[arg-type]
    assert [item for item in found if isinstance(item, Trouble)] == []
    return [item for item in found if isinstance(item, Record)]


def only_trouble(path: Path | str, **options: object) -> Trouble:
    (found,) = read([str(path)], **options)  # type: ignore[arg-type]
    assert isinstance(found, Trouble), found
    return found


class TestCompression:
    PAGE = "<p>你好，世界。</p>".encode() * 50

    @pytest.mark.parametrize("suffix", PACKERS)
    @pytest.mark.parametrize("name", ["page.html", "page.txt", "page"])
    def test_one_document(self, name: str, suffix: str, tmp_path: Path) -> None:
        path = tmp_path / (name + suffix)
        path.write_bytes(PACKERS[suffix](self.PAGE))
        (found,) = records(path)
        assert found.source == self.PAGE
        assert found.media_type == ("text/html" if name == "page.html" else None)

    @pytest.mark.parametrize("suffix", PACKERS)
    def test_rows(self, suffix: str, tmp_path: Path) -> None:
        """Streams joined in one file, as our own writers make them and as `cat` does."""
        rows = [json.dumps({"text": f"第{at}页", "id": f"r{at}"}).encode() + b"\n" for at in range(100)]
        path = tmp_path / f"rows.jsonl{suffix}"
        path.write_bytes(b"".join(PACKERS[suffix](b"".join(rows[at : at + 7])) for at in range(0, 100, 7)))
        assert [(item.id, item.source) for item in records(path)] == [(f"r{at}", f"第{at}页") for at in range(100)]

    @pytest.mark.parametrize("suffix", PACKERS)
    def test_a_page_that_was_saved_as_it_was_sent(self, suffix: str, tmp_path: Path) -> None:
        """Its name says HTML, its bytes are compressed: crawlers that don't decode do that."""
        path = tmp_path / "page.html"
        path.write_bytes(PACKERS[suffix](self.PAGE))
        (found,) = records(path)
        assert (found.source, found.media_type) == (self.PAGE, "text/html")

    def test_twice_but_not_more(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt.gz"
        path.write_bytes(gzip.compress(gzip.compress(self.PAGE)))
        assert records(path)[0].source == self.PAGE
        path.write_bytes(gzip.compress(gzip.compress(gzip.compress(self.PAGE))))
        assert "compressed more than 2 times" in only_trouble(path).what

    def test_a_name_that_says_what_is_not_so(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt.gz"
        path.write_bytes(self.PAGE)
        assert only_trouble(path).what == "its name says gzip, but it does not begin as gzip data does"


class TestRows:
    def test_fields_of_other_names(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.jsonl"
        row = {"content": "好", "key": 7, "link": "http://a.b/", "stars": 4, "tags": ["x", None], "metadata": {"a": 1}}
        path.write_text(json.dumps(row), "utf-8")
        (found,) = records(path, fields=Fields(text="content", id="key", url="link"))
        extra = {"stars": 4, "tags": ["x", None], "metadata": {"a": 1}}
        assert found == Record("7", "rows.jsonl/1", "好", url="http://a.b/", extra=extra)
        trouble = only_trouble(path)
        assert "'text' is missing; it has 'content', 'key', 'link'" in trouble.what
        assert "--text-field NAME" in trouble.remedy

    def test_what_went_along_comes_out(self, tmp_path: Path) -> None:
        path, out = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
        path.write_text('{"text": "你好，世界。", "stars": NaN, "deep": ' + "[" * 100 + "]" * 100 + "}", "utf-8")
        with FileWriter(out) as writer:
            for item in clean_records(read([str(path)]), Cleaner()):
                assert isinstance(item, Cleaned)
                writer.write(item)
        row = json.loads(out.read_bytes(), parse_constant=pytest.fail)
        assert row["extra"]["stars"] == "nan"
        assert "nested more than 64 levels deep" in json.dumps(row["extra"]["deep"])

    def test_bytes(self, tmp_path: Path) -> None:
        data = "你好，世界。今天天气很好。".encode("gb18030")
        path = tmp_path / "rows.jsonl"
        path.write_text(json.dumps({"raw": base64.b64encode(data).decode()}) + '\n{"raw": "%"}\n', "utf-8")
        good, bad = read([str(path)], fields=Fields(bytes="raw"))
        assert isinstance(good, Record)
        assert good.source == data
        assert isinstance(bad, Trouble)
        assert "'raw' is not base64" in bad.what

    @pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16", "utf-8-sig"])
    def test_rows_in_other_encodings(self, encoding: str, tmp_path: Path) -> None:
        """The second byte of 誠 or 許 is a backslash in Big5: a row must be decoded before it is parsed."""
        texts = ["許多誠實的人都說功課很重要，每天都要認真學習。", "他穿著蓋好的衣服，在教育機構工作，許功蓋世。"]
        path = tmp_path / "rows.jsonl"
        lines = [json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts]
        path.write_bytes("".join(lines).encode(encoding))
        assert [item.source for item in records(path)] == texts

    def test_a_row_with_a_damaged_byte(self, tmp_path: Path) -> None:
        """It goes to the cleaner as bytes, so that the damage is recorded and can be restored."""
        path = tmp_path / "rows.jsonl"
        path.write_bytes(
            '{"text": "春天到了，公园里的花\xff都开了，大家都很高兴。"}'.encode().replace(b"\xc3\xbf", b"\xff")
        )
        (found,) = records(path)
        assert found.source == "春天到了，公园里的花".encode() + b"\xff" + "都开了，大家都很高兴。".encode()

    @pytest.mark.parametrize("name", ["rows.json", "rows", "rows.json.gz"])
    def test_json_lines_by_their_first_line(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / name
        data = b'{"text": "a"}\n{"text": "b"}\n'
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        assert [item.source for item in records(path)] == ["a", "b"]

    @pytest.mark.parametrize(
        "text", ['{\n "text": "a"}', '{"body": "a"}\n', "{", "[1]\n", '{"text": "' + "x" * 70_000 + '"}']
    )
    def test_other_json_is_one_document(self, text: str, tmp_path: Path) -> None:
        path = tmp_path / "a.json"
        path.write_text(text, "utf-8")
        assert [item.source for item in records(path)] == [text.encode()]


TEXT = st.characters(codec="utf-8", exclude_characters="\r\0")


class TestCsv:
    ROWS = (("a", 'x, "y"\nz', "1"), ("b", "", "2"), ("c", "好，世界", "3"))

    def make(self, path: Path, delimiter: str = ",", encoding: str = "utf-8") -> None:
        with path.open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream, delimiter=delimiter).writerows([("id", "text", "名"), *self.ROWS])

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
    @pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.csv", "\t"), ("a.tsv", "\t")])
    def test_csv(self, name: str, delimiter: str, encoding: str, tmp_path: Path) -> None:
        path = tmp_path / name
        self.make(path, delimiter, encoding)
        found = records(path)
        assert [item.id for item in found] == ["a", "b", "c"]
        assert [item.extra for item in found] == [{"名": str(number)} for number in (1, 2, 3)]
        texts = [item.source if isinstance(item.source, str) else item.source.decode(encoding) for item in found]
        assert texts == [text for _, text, _ in self.ROWS]

    @pytest.mark.parametrize("suffix", PACKERS)
    def test_compressed(self, suffix: str, tmp_path: Path) -> None:
        plain, path = tmp_path / "a.csv", tmp_path / f"b.csv{suffix}"
        self.make(plain)
        path.write_bytes(PACKERS[suffix](plain.read_bytes()))
        assert [item.source for item in records(path)] == [text for _, text, _ in self.ROWS]

    def test_gbk_is_decoded_by_the_cleaner(self, tmp_path: Path) -> None:
        text = "春天到了，公园里的花都开了，孩子们在草地上奔跑。"
        path = tmp_path / "a.csv"
        path.write_bytes(f"text\n{text}\n".encode("gb18030"))
        (found,) = records(path)
        assert isinstance(found.source, bytes)
        assert found.http_charset == "gb18030"
        (result,) = clean_records([found], Cleaner())
        assert isinstance(result, Cleaned)
        assert result.document.text.strip() == text

    def test_a_missing_column_is_said_once(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        self.make(path)
        trouble = only_trouble(path, fields=Fields(text="body"))
        assert trouble.what == "it has no column 'body', but 'id', 'text', '名'"

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.tuples(st.text(st.characters(codec="utf-8", exclude_characters="\r\0")), st.text("ab\"',\n;")),
            max_size=6,
        )
    )
    def test_as_python_writes_it(self, tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
        path = tmp_path_factory.mktemp("csv") / "a.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("text", "more"), *rows])
        found = [item for item in read([str(path)]) if isinstance(item, Record)]
        assert [(item.source, (item.extra or {})["more"]) for item in found] == rows


class TestParquet:
    @pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary()])
    def test_types_of_text(self, kind: pa.DataType, tmp_path: Path) -> None:
        texts = ["你好，世界。", "", "x"]
        values = texts if kind in (pa.string(), pa.large_string()) else [text.encode() for text in texts]
        table = pa.table({"text": pa.array(values, kind), "id": [1, 2, 3], "when": [datetime(2019, 4, 1)] * 3})
        path = tmp_path / "a.parquet"
        pyarrow.parquet.write_table(table, path, row_group_size=2)
        found = records(path)
        assert [item.source for item in found] == values
        assert [item.id for item in found] == ["1", "2", "3"]
        assert found[0].extra == {"when": "2019-04-01T00:00:00"}

    def test_nulls_and_other_types(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        pyarrow.parquet.write_table(pa.table({"text": pa.array([None, "a"]), "n": [1, 2]}), path)
        null, good = read([str(path)])
        assert isinstance(null, Trouble)
        assert (null.kind, null.what) == ("rejected", "its 'text' is null")
        assert isinstance(good, Record)
        numbers = list(read([str(path)], fields=Fields(text="n")))
        assert [item.what for item in numbers if isinstance(item, Trouble)] == ["the row's 'n' is no text"] * 2
        assert only_trouble(path, fields=Fields(text="body")).what == "it has no column 'body', but 'n', 'text'"

    def test_bytes_and_strings_that_are_not_utf8(self, tmp_path: Path) -> None:
        gbk = "你好，世界。".encode("gb18030")
        liar = pa.array([gbk], pa.binary()).view(pa.string())
        path = tmp_path / "a.parquet"
        pyarrow.parquet.write_table(pa.table({"text": liar, "raw": pa.array([gbk], pa.binary())}), path)
        assert records(path)[0].source == gbk
        assert records(path, fields=Fields(bytes="raw"))[0].source == gbk

    def test_what_we_write_we_read(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        document = Cleaner(ledger=True).clean("你好，世界。", id="x", url="http://a.b/")
        with FileWriter(path, format_of(path)) as writer:
            writer.write(Cleaned("x", 6, document))
        (found,) = records(path)
        assert (found.id, found.source, found.url) == ("x", "你好，世界。", "http://a.b/")


class TestArchives:
    ROWS = b'{"text": "a"}\n{"text": "b"}\n'
    MEMBERS: ClassVar[dict[str, bytes]] = {
        "pages/1.html": b"<p>x</p>",
        "rows.jsonl": ROWS,
        "rows.jsonl.gz": gzip.compress(ROWS),
        "名.txt": "好".encode(),
        "deep/../../../etc/x.txt": b"x",
        "t.csv": b"text\nc\n",
    }
    FOUND = (b"<p>x</p>", "a", "b", "a", "b", "好".encode(), b"x", "c")

    def test_zip(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.mkdir("empty")
            for name, data in self.MEMBERS.items():
                archive.writestr(name, data)
        found = records(path)
        assert tuple(item.source for item in found) == self.FOUND
        assert found[0] == Record(f"{path}/pages/1.html", "a.zip/pages/1.html", b"<p>x</p>", media_type="text/html")
        assert found[1].id == f"{path}/rows.jsonl:1"
        path.rename(tmp_path / "without a suffix")
        assert tuple(item.source for item in records(tmp_path / "without a suffix")) == self.FOUND

    def tar(self, mode: str, form: int = tarfile.PAX_FORMAT) -> bytes:
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode=mode, format=form) as archive:  # type: ignore[call-overload]
            archive.addfile(self.member("folder", tarfile.DIRTYPE))
            for name, data in self.MEMBERS.items():
                archive.addfile(self.member(name, size=len(data)), io.BytesIO(data))
        return packed.getvalue()

    def member(self, name: str, kind: bytes = tarfile.REGTYPE, *, size: int = 0) -> tarfile.TarInfo:
        info = tarfile.TarInfo(name)
        info.type, info.size, info.linkname = kind, size, "/etc/passwd"
        return info

    @pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tgz", "a.tar.bz2", "a.tbz2", "a.tar.xz", "a.txz", "none"])
    def test_tar(self, name: str, tmp_path: Path) -> None:
        mode = {"z": "w:gz", "2": "w:bz2"}.get(name[-1], "w:xz" if "xz" in name else "w")
        path = tmp_path / name
        path.write_bytes(self.tar("w:xz" if "xz" in name else mode))
        found = records(path)
        assert tuple(item.source for item in found) == self.FOUND
        assert found[0].id == f"{path}/pages/1.html"

    def test_tar_zst(self, tmp_path: Path) -> None:
        path = tmp_path / "a.tar.zst"
        path.write_bytes(zstandard.compress(self.tar("w")))
        assert tuple(item.source for item in records(path)) == self.FOUND

    @pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
    def test_long_names(self, form: int, tmp_path: Path) -> None:
        long = "/".join(["文件夹" * 10] * 5) + "/x.txt"
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w", format=form) as archive:
            archive.addfile(self.member(long, size=1), io.BytesIO(b"x"))
        path = tmp_path / "a.tar"
        path.write_bytes(packed.getvalue())
        assert records(path)[0].name == f"a.tar/{long}"

    def test_links_and_devices_are_passed_over(self, tmp_path: Path) -> None:
        packed = io.BytesIO()
        kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
        with tarfile.open(fileobj=packed, mode="w") as archive:
            for at, kind in enumerate(kinds):
                archive.addfile(self.member(str(at), kind))
            archive.addfile(self.member(".hidden", size=1), io.BytesIO(b"x"))
            archive.addfile(self.member("a.txt", size=1), io.BytesIO(b"y"))
        path, over = tmp_path / "a.tar", Counter[str]()
        path.write_bytes(packed.getvalue())
        assert [item.source for item in records(path, passed_over=over)] == [b"y"]
        expected = {"link in an archive": 2, "device in an archive": 2, "named pipe in an archive": 1}
        assert over == expected | {"hidden file in an archive": 1}
        path = tmp_path / "a.zip"
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        with zipfile.ZipFile(path, "w") as zipped:
            zipped.writestr(link, "/etc/passwd")
            zipped.writestr("__MACOSX/._a.txt", "x")
            zipped.writestr("a.txt", "y")
        over.clear()
        assert [item.source for item in records(path, passed_over=over)] == [b"y"]
        assert over == {"link in an archive": 1, "hidden file in an archive": 1}

    def test_names_in_the_code_page_of_chinese_windows(self, tmp_path: Path) -> None:
        names = ["新闻报道.txt", "图书目录/第一章.txt", "plain.txt"]
        path = tmp_path / "a.zip"
        path.write_bytes(unflagged(names))
        assert [item.name for item in records(path)] == [f"a.zip/{name}" for name in names]

    def test_an_archive_in_an_archive(self, tmp_path: Path) -> None:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.writestr("a.txt", "x")
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("inner.zip", inner.getvalue())
            archive.writestr("b.txt", "y")
        bad, good = read([str(path)])
        assert isinstance(bad, Trouble)
        assert (bad.id, bad.what) == (f"{path}/inner.zip", "it is an archive inside an archive")
        assert isinstance(good, Record)

    def test_parquet_and_warc_in_archives(self, tmp_path: Path) -> None:
        table = io.BytesIO()
        pyarrow.parquet.write_table(pa.table({"text": ["a"]}), table)
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("t.parquet", table.getvalue())
            archive.writestr("c.warc.gz", gzip.compress(record(http(b"<p>w"))))
        assert [item.source for item in records(path)] == ["a", b"<p>w"]


def unflagged(names: list[str]) -> bytes:
    """A zip archive of files that hold `x`, with names in GBK and no flag that says UTF-8, as old tools write it."""
    local, central = b"", b""
    for name in names:
        raw = name.encode("gb18030")
        shared = b"\x14\0\0\0\0\0\0\0\0\0\x83\x16\xdc\x8c" + b"\1\0\0\0" * 2 + len(raw).to_bytes(2, "little") + b"\0\0"
        central += b"PK\1\2\x14\0" + shared + bytes(10) + len(local).to_bytes(4, "little") + raw
        local += b"PK\3\4" + shared + raw + b"x"
    count = len(names).to_bytes(2, "little")
    end = b"PK\5\6" + bytes(4) + count * 2 + len(central).to_bytes(4, "little") + len(local).to_bytes(4, "little")
    return local + central + end + b"\0\0"


def test_arc_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "a.arc.gz"
    path.write_bytes(gzip.compress(b"filedesc://a.arc 0.0.0.0 20050614070144 text/plain 76\n"))
    assert "warcio recompress" in only_trouble(path).remedy


def test_an_empty_name_of_a_field_is_refused() -> None:
    with pytest.raises(ConfigError, match="--id-field NAME"):
        Fields(id="")
