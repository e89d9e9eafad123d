"""The footer of a Parquet file, read byte by byte: each type of Thrift's compact protocol, and each kind of damage."""

import io

import pyarrow
import pyarrow.parquet
import pytest

from corpusclean.corpus.parquet_footer import FooterError, row_groups


def file_of(footer: bytes) -> io.BytesIO:
    return io.BytesIO(b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1")


def test_fields_that_are_not_kept_are_passed_over() -> None:
    """A byte, a double, a set, a map with and without rows, a number in full, true in a list, an unknown structure."""
    footer = b"".join(
        [
            b"\x13\x07",  # field 1, a byte
            b"\x17" + bytes(8),  # field 2, a double
            b"\x09\x0e\x12\x01",  # a field whose number stands in full (7): a list of one element that is a boolean
            b"\x1a\x25\x02\x04",  # field 8, a set of two numbers
            b"\x1b\x00",  # field 9, an empty map
            b"\x1b\x01\x85\x02hi\x04",  # field 10, a map of one row: text to a number
            b"\x11",  # field 11, true
            b"\x1c\x12\x00",  # field 12, a structure that holds false
            b"\x00",
        ]
    )
    assert row_groups(file_of(footer)) == []


@pytest.mark.parametrize(
    ("footer", "said"),
    [
        (b"\x1d\x00", "there is no type 13"),
        (b"\x19\xf5\xff\xff\xff\x7f\x00", "damaged near byte"),
        (b"\x18\x7f\x00", "damaged near byte"),
        (b"\x16" + b"\x80" * 12, "a number without end"),
        (b"\x1c" * 40, "nested too deep"),
        (b"\x16", "damaged near byte 1"),
        (b"\x49\x15\x02\x00", "damaged near byte"),
        (b"\x1b\x7f\x55", "damaged near byte"),
    ],
)
def test_damage_is_named(footer: bytes, said: str) -> None:
    with pytest.raises(FooterError, match=said):
        row_groups(file_of(footer))


@pytest.mark.parametrize("data", [b"", b"PAR1", b"x" * 40, b"PAR1" + b"\xff\xff\xff\x7fPAR1"])
def test_what_is_no_parquet_file(data: bytes) -> None:
    with pytest.raises(FooterError):
        row_groups(io.BytesIO(data))


def test_sizes_are_those_that_pyarrow_tells() -> None:
    file = io.BytesIO()
    table = pyarrow.table({"text": ["甲", "乙", "甲"] * 40, "number": list(range(120))})
    pyarrow.parquet.write_table(table, file, row_group_size=50, use_dictionary=["text"], compression="zstd")
    told = pyarrow.parquet.ParquetFile(file).metadata
    groups = row_groups(file)
    assert [group.rows for group in groups] == [50, 50, 20]
    for number, group in enumerate(groups):
        for at, column in enumerate(group.columns):
            known = told.row_group(number).column(at)
            assert (column.compressed, column.uncompressed) == (
                known.total_compressed_size,
                known.total_uncompressed_size,
            )
            start = known.dictionary_page_offset or known.data_page_offset
            assert (column.start, column.dictionary) == (start, known.data_page_offset - start)
