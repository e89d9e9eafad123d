"""Injected readings go; readings that a writer put there stay."""

import pytest

from corpusclean.config import RepairConfig
from corpusclean.repair.annotation import remove_annotations

CONFIG = RepairConfig()

INJECTED = [
    (
        "黨的二十大為(wèi)新時(shí)代新征程黨和國(guó)家事業(yè)發(fā)展指明了前進方向",
        "黨的二十大為新時代新征程黨和國家事業發展指明了前進方向",
    ),
    ("新時(shí)代民政事業(yè)改革發(fā)展", "新時代民政事業改革發展"),
    ("設施(shi)(shi)齊全", "設施齊全"),
]

KEPT = [
    "拽(zhuài)：用力拉。例：一把拽(zhuài)住不放。",
    "1. 你好 (nǐ hǎo) hello 2. 谢谢 (xièxie) thanks",
    "饕(tāo)餮(tiè)是傳說中的一種兇惡怪獸。",
    "龜(guī)茲(cí)古國，今新疆庫車一帶。",
    "生字：籠(lóng)、罩(zhào)、籬(lí)",
    "多音字：長(cháng)短、生長(zhǎng)",
    "我(wǒ)們(men)去(qù)學(xué)校(xiào)學(xué)習(xí)",
    "聲音(sound)和(ngbjxym)",
    "时(shí)间(jiān)过(guò)得(de)很(hěn)快(kuài)",
    "施(shi)(she)",
]


@pytest.mark.parametrize(("printed", "meant"), INJECTED)
def test_injected(printed: str, meant: str) -> None:
    revision = remove_annotations(printed, CONFIG)
    assert revision.text == meant
    assert remove_annotations(meant, CONFIG).edits == ()


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert remove_annotations(text, CONFIG).text == text


def test_a_misfire_proves_the_converter() -> None:
    assert remove_annotations("局長(zhǎng)說", CONFIG).text == "局長(zhǎng)說"
    assert remove_annotations("局長(zhǎng)說", CONFIG, proven=True).text == "局長說"


def test_now_and_then_is_not_a_list() -> None:
    text = "國(guó)家的時(shí)代和發(fā)展。" + "國家的時代和發展。" * 9
    assert remove_annotations(text, CONFIG).text == text
