"""Where documents go: for any names, no two alike, all inside, none that a file system or a terminal would mind."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean.corpus import FolderNames
from corpusclean.errors import InputError

HOSTILE = st.lists(
    st.sampled_from(["a", "A", "..", ".", "/", "\\", "\x00", "\x1b[2J", "\n", ".txt", "é", "名" * 100, "\udc80", "-2"]),
    max_size=6,
).map("".join)
NAMES = st.lists(st.one_of(HOSTILE, st.text(max_size=20)), max_size=30)


@given(NAMES, st.sampled_from(["", ".txt"]))
def test_names_are_distinct_safe_and_inside(names: list[str], suffix: str) -> None:
    folder = Path("/out")
    handed = FolderNames(folder)
    paths = [handed.place(name, suffix) for name in names]
    assert len({str(path).casefold() for path in paths}) == len(paths)
    for path in paths:
        assert path.is_relative_to(folder)
        assert path != folder
        assert ".." not in path.parts
        assert path.name.endswith(suffix)
        for part in path.parts[1:]:
            assert len(os.fsencode(part)) <= 255
            assert not any(ord(sign) < 32 or sign in "\\\x7f" for sign in part)
    # No path is a folder that another one needs.
    folded = {str(path).casefold() for path in paths}
    assert not any(str(parent).casefold() in folded for path in paths for parent in path.parents)


@given(NAMES)
def test_the_same_names_give_the_same_paths(names: list[str]) -> None:
    one, two = FolderNames(Path("x")), FolderNames(Path("x"))
    assert [one.place(name) for name in names] == [two.place(name) for name in names]


@pytest.mark.parametrize("name", ["a.txt", "sub/页面.html", "0", ".hidden", "a b (1).txt"])
def test_a_harmless_name_is_kept(name: str) -> None:
    assert FolderNames(Path("x")).place(name) == Path("x") / name


def test_many_documents_of_one_name_cost_no_more_each() -> None:
    names = FolderNames(Path("x"))
    paths = [names.place("a.txt") for _ in range(20_000)]
    assert paths[-1].name == "a-20000.txt"


def test_a_file_where_a_folder_is_needed(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("", "utf-8")
    with pytest.raises(InputError, match="a file lies where a folder is needed"):
        FolderNames(tmp_path).make("a/b")
