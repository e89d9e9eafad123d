r"""ISO-2022-JP and HZ: encodings in which escapes switch what the bytes mean.

Both are pure ASCII bytes, so nothing but their escapes gives them away. Python writes each line in its own one way;
a line that was spelled otherwise (another escape, a line that ends in Japanese) keeps its bytes whole.
"""

from __future__ import annotations

import re

from .whatwg import LOST, Reading, read

__all__ = ["looks_hz", "looks_iso_2022_jp", "read_stateful"]

# Escapes of ISO-2022-JP: matches ESC $ B and ESC ( J, not ESC [ 0 m.
_ISO_ESCAPE = re.compile(rb"\x1b(\$[@B]|\([BJI])")
# Chinese in HZ: matches "~{VPND~}" in a line, not "~{a" or "~{~}".
_HZ_RUN = re.compile(rb"~\{((?:[\x21-\x77][\x21-\x7e])+)~\}")
# What HZ means outside of Chinese: matches "~{", "~~" and a tilde at the end of a line, not "~/".
_HZ_ESCAPE = re.compile(rb"~([{}~\n])")
# Chinese up to what ends it: no first byte is a tilde, so "~~}" in it is the second byte of a pair and an end.
_HZ_PAIRS = re.compile(rb"(?:[^~\n][^\n])*")
_UP = bytes(byte | 0x80 if byte > 0x20 else byte for byte in range(256))


def looks_iso_2022_jp(data: bytes) -> bool:
    r"""Whether ASCII bytes hold an escape to Japanese.

    >>> looks_iso_2022_jp(b"\x1b$B$3\x1b(B"), looks_iso_2022_jp(b"\x1b[0m")
    (True, False)
    """
    found = _ISO_ESCAPE.search(data)
    return bool(found) and (b"\x1b$" in data or b"\x1b(I" in data)


def looks_hz(data: bytes) -> bool:
    """Whether ASCII bytes hold Chinese in HZ.

    >>> looks_hz(b"~{VPND~} text"), looks_hz(b"~{ ~}")
    (True, False)
    """
    return b"~{" in data and _HZ_RUN.search(data) is not None


def read_stateful(data: bytes, name: str, into: Reading) -> None:
    r"""Read ISO-2022-JP or HZ line by line; an escape may reach over the end of a line.

    >>> reading = Reading()
    >>> read_stateful(b"~{VPND~}", "hz", reading)
    >>> reading.text
    '中文'
    """
    codec, state = ("hz" if name == "hz" else "iso2022_jp"), b"B" if name != "hz" else b"}"
    for line in _lines(data):
        text, state = _hz_line(line, state) if name == "hz" else _iso_line(line, state)
        try:
            same = text.encode(codec) == line
        except UnicodeEncodeError:
            same = False
        if same:
            into.add(text, codec)
        else:
            into.keep(text, line, "undecodable" if LOST in text else "noncanonical", codec)


def _lines(data: bytes) -> list[bytes]:
    """Lines that end with a line feed alone."""
    parts = data.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + parts[-1:]


def _plain(data: bytes) -> str:
    return data.decode("ascii", "replace")


def _iso_piece(data: bytes, state: bytes) -> str:
    """Text of bytes between two escapes."""
    if state in (b"$@", b"$B"):
        return read(data.translate(_UP), "euc-jp").text
    if state == b"(I":
        return read(data.translate(_UP), "shift_jis").text
    text = _plain(data)
    return text.replace("\\", "¥").replace("~", "‾") if state == b"(J" else text


def _iso_line(line: bytes, state: bytes) -> tuple[str, bytes]:
    parts, at = [], 0
    for match in _ISO_ESCAPE.finditer(line):
        parts.append(_iso_piece(line[at : match.start()], state))
        state, at = match[1], match.end()
    parts.append(_iso_piece(line[at:], state))
    return "".join(parts), state


def _hz_line(line: bytes, state: bytes) -> tuple[str, bytes]:
    parts, at, size = [], 0, len(line)
    while at < size:
        if state == b"{":
            found = _HZ_PAIRS.match(line, at)
            stop = found.end() if found else at
            parts.append(read(line[at:stop].translate(_UP), "gb18030").text)
            if line[stop : stop + 2] == b"~}":
                stop += 2
            elif stop < size and line[stop] != 0x0A:
                parts.append(LOST)
                stop += 1
            state, at = b"}", stop
            continue
        match = _HZ_ESCAPE.search(line, at)
        if match is None:
            parts.append(_plain(line[at:]))
            break
        parts.append(_plain(line[at : match.start()]))
        if match[1] == b"~":
            parts.append("~")
        state, at = (b"{" if match[1] == b"{" else state), match.end()
    return "".join(parts), b"}" if line.endswith(b"\n") else state
