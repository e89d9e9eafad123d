"""What a Parquet file says of itself, read here: pyarrow ends the whole process on some damaged footers.

(Its metadata objects throw C++ exceptions that Python never sees: ``Definition level histogram size mismatch``.)
The footer is one Thrift structure in the compact protocol; of it only the sizes are needed.
Source: https://github.com/apache/parquet-format (``parquet.thrift``) and Thrift's compact protocol.
"""

from __future__ import annotations

from typing import IO, Any, NamedTuple

__all__ = ["ColumnSizes", "FooterError", "RowGroupSizes", "row_groups"]

MAGIC = b"PAR1"
MAX_FOOTER = 256 * 2**20
MAX_DEPTH = 16  # a footer has seven levels
TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)
# The fields of FileMetaData, RowGroup, ColumnChunk and ColumnMetaData that are kept.
GROUPS, COLUMNS, ROWS, DATA = 4, 1, 3, 3
UNCOMPRESSED, COMPRESSED, DATA_PAGE, DICTIONARY_PAGE = 6, 7, 9, 11


class FooterError(ValueError):
    """The footer is damaged."""


class ColumnSizes(NamedTuple):
    """Where one column of a row group lies, in bytes.

    Attributes:
        start: its first byte in the file.
        dictionary: how much of it a dictionary takes; 0 without one.
        compressed, uncompressed: its size in the file, and unpacked.
    """

    start: int
    dictionary: int
    compressed: int
    uncompressed: int


class RowGroupSizes(NamedTuple):
    """One row group: its number of rows, and its columns."""

    rows: int
    columns: tuple[ColumnSizes, ...]


def row_groups(file: IO[bytes]) -> list[RowGroupSizes]:
    """The row groups of a Parquet file.

    Args:
        file: the file, which must be able to seek; where it stands afterwards is not said.

    Raises:
        FooterError: it is no Parquet file, or its footer is damaged.
        OSError: it cannot be read.

    >>> import io, pyarrow, pyarrow.parquet
    >>> file = io.BytesIO(); pyarrow.parquet.write_table(pyarrow.table({"a": [1, 2]}), file)
    >>> [group.rows for group in row_groups(file)]
    [2]
    """
    size = file.seek(0, 2)
    file.seek(max(size - 8, 0))
    tail = file.read(8)
    if size < 12 or tail[4:] != MAGIC:
        raise FooterError("it does not end as a Parquet file does")
    length = int.from_bytes(tail[:4], "little")
    if length > min(size - 12, MAX_FOOTER):
        raise FooterError(f"its footer cannot have {length} bytes")
    file.seek(size - 8 - length)
    parser = _Thrift(file.read(length))
    try:
        metadata = parser.struct(0)
        return [_group(group) for group in metadata.get(GROUPS, [])]
    except (IndexError, TypeError, AttributeError, KeyError) as error:
        raise FooterError(f"its footer is damaged near byte {parser.at}") from error


def _group(group: dict[int, Any]) -> RowGroupSizes:
    columns = []
    for chunk in group[COLUMNS]:
        data = chunk[DATA]
        first, page = data.get(DICTIONARY_PAGE) or 0, data[DATA_PAGE]
        start = first if 0 < first < page else page
        columns.append(ColumnSizes(start, page - start, data[COMPRESSED], data[UNCOMPRESSED]))
    return RowGroupSizes(max(int(group[ROWS]), 0), tuple(columns))


class _Thrift:
    """Reads structures; fields by their number. What a field holds is not checked here."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def struct(self, depth: int) -> dict[int, Any]:
        if depth > MAX_DEPTH:
            raise FooterError("its footer is nested too deep")
        fields: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            kind, step = head & 15, head >> 4
            number = number + step if step else self._zigzag()
            fields[number] = kind == TRUE if kind in (TRUE, FALSE) else self._value(kind, depth)
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        if kind in (I16, I32, I64):
            return self._zigzag()
        if kind == BINARY:
            return self._skip(self._varint())
        if kind == STRUCT:
            return self.struct(depth + 1)
        if kind in (LIST, SET):
            return self._list(depth)
        if kind in (TRUE, FALSE, BYTE):
            return self._byte()
        if kind == DOUBLE:
            return self._skip(8)
        if kind == MAP:
            return self._map(depth)
        raise FooterError(f"its footer is damaged near byte {self.at}: there is no type {kind}")

    def _list(self, depth: int) -> list[Any]:
        head = self._byte()
        count, kind = head >> 4, head & 15
        count = self._varint() if count == 15 else count
        self._check(count)
        return [self._value(kind, depth + 1) for _ in range(count)]

    def _map(self, depth: int) -> None:
        if count := self._varint():
            self._check(count)
            kinds = self._byte()
            for _ in range(count):
                self._value(kinds >> 4, depth + 1)
                self._value(kinds & 15, depth + 1)

    def _check(self, count: int) -> None:
        """Each element takes at least a byte, so no more of them can be believed in than there are bytes."""
        if count > len(self._data) - self.at:
            raise FooterError(f"its footer is damaged near byte {self.at}")

    def _byte(self) -> int:
        value = self._data[self.at]
        self.at += 1
        return value

    def _skip(self, size: int) -> None:
        self._check(size)
        self.at += size

    def _varint(self) -> int:
        value = shift = 0
        while shift < 70:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
        raise FooterError(f"its footer is damaged near byte {self.at}: a number without end")

    def _zigzag(self) -> int:
        value = self._varint()
        return value >> 1 ^ -(value & 1)
