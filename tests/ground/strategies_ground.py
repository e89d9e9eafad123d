"""Texts with arbitrary edits, for the laws of the ground floor."""

from hypothesis import strategies as st

from corpusclean.edits import Edit, Revision

TEXT = st.text(alphabet="ab甲乙\n\ud800😀", max_size=14)


@st.composite
def edits_of(draw: st.DrawFn, text: str, rules: str = "xyz") -> list[Edit]:
    """Sorted, non-overlapping edits of `text`: replacements, deletions, insertions and marks."""
    points = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits: list[Edit] = []
    for start, end in zip(points[::2], points[1::2], strict=False):
        if edits and start < edits[-1].end:
            continue
        before = text[start:end]
        after = draw(st.one_of(st.just(before), st.text(alphabet="cd丙", max_size=3)))
        if start == end and not after:
            continue
        edits.append(Edit(start, end, before, after, draw(st.sampled_from(rules)), draw(st.sampled_from([0.25, 1.0]))))
    return edits


@st.composite
def revisions(draw: st.DrawFn, text: str | None = None, rules: str = "xyz") -> Revision:
    """A revision of `text`, or of some text."""
    start = draw(TEXT) if text is None else text
    return Revision.of(start, draw(edits_of(start, rules)))


@st.composite
def chains(draw: st.DrawFn, most: int = 4) -> list[Revision]:
    """Revisions of which each starts from the text that the one before ended with."""
    chain = [draw(revisions())]
    for _ in range(draw(st.integers(0, most - 1))):
        chain.append(draw(revisions(chain[-1].text, rules="pqr")))
    return chain
