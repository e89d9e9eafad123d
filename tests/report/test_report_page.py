"""The report: whole in one file, true to the run, and nothing in it but what we put there."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from example_runs import INJECTION, NASTY_TROUBLES, nasty_records, ordinary_records, write_run
from hypothesis import given
from hypothesis import strategies as st

from corpusclean import InputError
from corpusclean.printable import UNPRINTABLE
from corpusclean.report import RunPapers, report_page
from corpusclean.report.charts import histogram, stacked_bar
from corpusclean.report.elements import link, tag
from corpusclean.report.overview import overview


class Elements(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.fixture(scope="module")
def nasty_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = write_run(tmp_path_factory.mktemp("run") / "nasty.run", [*nasty_records(), *NASTY_TROUBLES])
    return report_page(RunPapers.read(folder))


def test_the_page_is_whole_and_fetches_nothing(nasty_page: str) -> None:
    page = Elements(nasty_page)
    assert page.open == []
    names = {name for name, _ in page.elements}
    assert not names & {
        "link",
        "iframe",
        "object",
        "embed",
        "base",
        "img",
        "image",
        "use",
        "audio",
        "video",
        "foreignobject",
    }
    for name, attributes in page.elements:
        assert not {"src", "srcset", "style", "action", "formaction", "xlink:href"} & set(attributes), (
            name,
            attributes,
        )
        assert not any(attribute.startswith("on") for attribute in attributes)
        href = attributes.get("href")
        assert href is None or href.startswith(("#", "https://example.org/"))
    assert [name for name, _ in page.elements if name == "script"] == ["script"]
    assert "url(" not in nasty_page
    assert "@import" not in nasty_page


def test_the_policy_allows_its_own_style_and_script_only(nasty_page: str) -> None:
    policy = next(a["content"] for n, a in Elements(nasty_page).elements if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_what_a_run_holds_is_text(nasty_page: str) -> None:
    assert INJECTION not in nasty_page
    shown = "".join(Elements(nasty_page).texts)
    assert INJECTION in shown
    assert "javascript:alert(1)" in shown
    style_and_script = re.sub(r"<(style|script)>.*?</\1>", "", nasty_page, flags=re.DOTALL)
    assert UNPRINTABLE.search(style_and_script.replace("\n", "")) is None


def test_counts_and_examples_are_those_of_the_run(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "clean.run", [*ordinary_records(40), *NASTY_TROUBLES])
    shown = re.sub(r"\s+", " ", " ".join(Elements(report_page(RunPapers.read(folder))).texts))
    totals = json.loads((folder / "totals.json").read_text())
    assert "45 in = 40 cleaned + 1 rejected + 4 failed" in shown
    assert f"{sum(totals['edits'].values()):,}" in shown
    for rule, edits in totals["edits"].items():
        assert rule.partition("/")[2] in shown
        assert f"{edits:,}" in shown
    assert "All of the run's documents." in shown
    assert "(dāng)" in shown
    assert "it is empty" in shown


def test_a_large_run_is_sampled_and_says_so(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "clean.run", ordinary_records(300), cleaned=100_000, read=100_000)
    page = report_page(RunPapers.read(folder))
    assert "200 of 100,000 documents, chosen by a hash" in page
    assert len(page) < 1_500_000


@pytest.mark.parametrize(
    "totals", [{}, {"read": 3, "cleaned": 0, "rejected": 3}, {"read": 5, "cleaned": 2, "lengths": {}}]
)
def test_a_run_with_little_to_show_still_gives_a_page(totals: dict[str, object]) -> None:
    page = Elements(report_page(RunPapers("x", totals)))
    assert page.open == []
    assert ("do not add up" in "".join(page.texts)) == (totals.get("read") == 5)


class TestFolders:
    """What is wrong with a run folder is told."""

    def test_an_unfinished_run(self, tmp_path: Path) -> None:
        (tmp_path / "journal.jsonl").write_text("{}\n")
        with pytest.raises(InputError, match=r"not finished.*--resume"):
            RunPapers.read(tmp_path)

    @pytest.mark.parametrize("paper", ["totals.json", "manifest.json", "samples.jsonl", "failed.jsonl", "inputs.jsonl"])
    def test_a_damaged_paper_is_named(self, paper: str, tmp_path: Path) -> None:
        folder = write_run(tmp_path / "clean.run", ordinary_records(1))
        (folder / paper).write_text('{"torn')
        with pytest.raises(InputError, match=paper):
            RunPapers.read(folder)

    def test_papers_that_are_not_there_are_told(self, tmp_path: Path) -> None:
        folder = write_run(tmp_path / "clean.run", ordinary_records(1))
        for paper in ("manifest.json", "samples.jsonl", "failed.jsonl"):
            (folder / paper).unlink()
        shown = "".join(Elements(report_page(RunPapers.read(folder))).texts)
        assert "The run left no manifest.json." in shown
        assert "kept no sample" in shown


@given(st.text(), st.text())
def test_no_text_becomes_markup(text: str, value: str) -> None:
    page = Elements(tag("p", text, title=value))
    assert page.elements[0][0] == "p"
    assert len(page.elements) == 1
    assert page.open == []


@given(st.one_of(st.text(), st.from_regex(r"(?i)\s*(java|vb)script:.*"), st.from_regex(r"https?://.*")))
def test_only_addresses_of_pages_are_links(address: str) -> None:
    (name, attributes), *rest = Elements(link(address)).elements
    assert rest == []
    assert name == "span" or str(attributes["href"]).startswith(("http://", "https://", "HTTP", "Http"))


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=5))
def test_a_stacked_bar_is_as_wide_as_it_is(counts: list[int]) -> None:
    drawn = Elements(stacked_bar([("part", count, "good") for count in counts], "Documents")).elements
    widths = [float(str(attributes["width"])) for name, attributes in drawn if name == "rect"]
    assert len(widths) == sum(count > 0 for count in counts)
    if widths:
        assert abs(sum(widths) + 1.5 * (len(widths) - 1) - 720) < 1
        assert min(widths) > 0


@given(st.dictionaries(st.integers(0, 40), st.integers(1, 10**9), min_size=1))
def test_a_histogram_has_a_bar_for_each_length_and_its_numbers(counts: dict[int, int]) -> None:
    drawn = Elements(histogram(counts, "Lengths"))
    bars = [float(str(attributes["height"])) for name, attributes in drawn.elements if name == "rect"]
    assert sum(height > 0 for height in bars) == len(counts)
    for count in counts.values():
        assert f"{count:,}" in drawn.texts


def test_the_waterfall_adds_up() -> None:
    totals = {"chars_in": 1000, "chars_out": 700, "chars_removed": {"markup/tag": 200, "layout/x": 150, "own/rule": 10}}
    shown = "".join(Elements(overview(RunPapers("x", totals))).texts)
    for said in ("−200", "−150", "−10", "+60", "700"):
        assert said in shown
