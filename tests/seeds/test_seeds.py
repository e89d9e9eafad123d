"""The main job on real pages: what must be true of each seed, and golden results that a person has read.

``golden/NAME.json`` holds the metadata and what was removed, ``golden/NAME.txt`` the clean text. After a change
that is meant, write them anew with ``python tools/make_seed_goldens.py``, and read the diff line by line.
"""

import hashlib
import json
import re
from functools import cache
from pathlib import Path

import pytest

import corpusclean
from corpusclean import Document

ROOT = Path(__file__).parents[2]
SEEDS = {path.name[:3]: path for path in sorted((ROOT / "seeds").glob("*.txt"))}
GOLDEN = Path(__file__).parent / "golden"
READING = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
SHA256 = {
    "000": "77a84e719e7695447930675fc9c3d8295725835d1e54fa348b9af169cf8bdcb3",
    "001": "8673bf53917ad0e3d103275329167b3171e96dfdaea30127f9c730a17e318761",
    "002": "5f98e55b32f6e68260064b3f4ca8a28e1d95574251e00c317b04eb99b54baf6c",
    "003": "35cbd94228926e517d02060f254a8f46981b5855fee9dc6960c57cd18323dfb1",
    "004": "38abf66bdf693d8c487d24af2c578527e4360142e04f2a8a559f2ad89c6051bc",
}


@cache
def cleaned(name: str) -> Document:
    return corpusclean.clean(SEEDS[name].read_bytes(), ledger=True)


def rules_of(document: Document, part: str) -> set[str]:
    """The rules under which what holds `part` was removed."""
    return {item.rule for item in document.removed if part in item.text}


@pytest.mark.parametrize("name", SHA256)
def test_seeds_are_unchanged(name: str) -> None:
    assert hashlib.sha256(SEEDS[name].read_bytes()).hexdigest() == SHA256[name]


@pytest.mark.parametrize("name", SHA256)
def test_seed_is_restored_and_settled(name: str) -> None:
    document = cleaned(name)
    assert corpusclean.restore(document) == SEEDS[name].read_bytes()
    assert corpusclean.clean(document.text).text == document.text


@pytest.mark.parametrize("name", SHA256)
def test_seed_is_as_a_person_read_it(name: str) -> None:
    document = cleaned(name)
    wanted = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    assert document.text == (GOLDEN / f"{name}.txt").read_text("utf-8")
    assert [list(item[:2]) for item in document.removed] == wanted["removed"]
    metadata = document.metadata.to_dict()
    assert {key: metadata.get(key) for key in wanted["metadata"]} == wanted["metadata"]


def test_000_readings_commas_and_misfires() -> None:
    document = cleaned("000")
    text = document.text
    assert not READING.search(text)
    assert not re.search(",[、。,，]", text)
    assert "全体人民。”坚持以人民为中心" in text
    assert "是总任务总要求" in text
    assert "自身条件" in text
    assert document.metadata.author == "赖洪健"
    assert not text.startswith("广东省佛山市民政局党组书记、局长")
    assert rules_of(document, "賴洪健") == {"boilerplate/byline"}


def test_001_misfires_and_a_loss_that_is_not_invented() -> None:
    document = cleaned("001")
    text = document.text
    assert not READING.search(text)
    assert "首要工作。《深入学习" in text
    assert "优化部内议事" in text
    assert "当的高素质专业" in text
    assert "/p>" not in text
    assert document.metadata.script == "hant"
    assert document.metadata.clean["script"]["naive"] > 0.5
    assert text.split("\n")[0] == "民政部办公厅(国际合作司)主任(司长) 李???"
    edits = document.metadata.clean["edits"]
    assert edits["repair/misfire/lost"] == 1
    assert edits["repair/noise/tag_remnant"] == 1


def test_002_page_furniture_and_metadata() -> None:
    document = cleaned("002")
    metadata = document.metadata
    assert (metadata.title, metadata.date, metadata.source) == (
        "厚植新时代民政事业改革发展的根基",
        "2019-04-01",
        "中国社会报",
    )
    assert (metadata.author, metadata.views) == ("周亮", 128)
    assert rules_of(document, "偷拍") == {"boilerplate/spam_header"}
    assert rules_of(document, "新聞中心") == {"boilerplate/breadcrumb"}
    assert rules_of(document, "瀏覽量") == {"boilerplate/byline"}
    assert rules_of(document, "字體") == {"boilerplate/share_bar"}
    assert rules_of(document, "掃一掃") == {"boilerplate/qr_prompt"}
    for gone in ("偷拍", "新闻中心", "浏览量", "字体", "扫一扫"):
        assert gone not in document.text
    assert "。县级困难" in document.text
    assert not re.search("^[\u00a0\u3000]", document.text, re.MULTILINE)
    assert document.metadata.script == "hant"
    assert document.metadata.clean["script"]["naive"] > 0.5


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("000", ["着力做好", "着力点", "内化于心", "盯住了", "干一件成一件"]),
        ("001", ["着力重点", "起着特殊", "一丝不苟", "连着民心", "关于民政工作"]),
        ("002", ["肩负着", "带着问需于民", "一丝不苟", "显著提高", "蹲点在村里", "干部", "一级带着一级干"]),
    ],
)
def test_naive_characters_are_right_in_simplified(name: str, right: list[str]) -> None:
    text = cleaned(name).text
    assert [part for part in right if part not in text] == []
    assert "茍" not in text
    assert not re.search("[^显]著(?![名作])", text)


def test_003_headings_lifted_and_body_untouched() -> None:
    document = cleaned("003")
    metadata = document.metadata
    assert metadata.title == "在省民政厅2022年第三季度工作点评会上的讲话"
    assert (metadata.author, metadata.date) == ("陈昌宏", "2022-10-10")
    assert "扫描二维码" not in document.text
    assert rules_of(document, "扫描二维码") == {"boilerplate/qr_prompt"}
    lines = document.text.split("\n")
    for lifted in ("2022年10月", "陈昌宏", "（2022年10月10日）"):
        assert lifted not in lines
    source = SEEDS["003"].read_text("utf-8")
    body = source[source.index("这次点评会要求") :].rstrip()
    assert body in document.text


def test_004_furniture_gone_and_body_complete() -> None:
    document = cleaned("004")
    assert document.metadata.url == "http://www.zmiw.cn/html/54666.html"
    assert document.metadata.source == "网络整理"
    assert rules_of(document, "公文荟萃") == {"boilerplate/breadcrumb"}
    assert rules_of(document, "免责声明") == {"boilerplate/disclaimer"}
    assert rules_of(document, "本文地址") == {"boilerplate/own_address"}
    assert document.text.count("在民政工作会议上的讲话") <= 1
    for gone in ("公文荟萃", "免责声明", "zmiw", "转载分享"):
        assert gone not in document.text
    source = SEEDS["004"].read_text("utf-8")
    body = source[source.index("同志们:") : source.index("来源:网络整理")]
    for line in body.split("\n"):
        assert line.strip() in document.text
    assert document.text.count("*") == body.count("*")
