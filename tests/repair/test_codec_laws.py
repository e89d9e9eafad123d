"""The laws of the codec half of the room, for any text: exact restoring, idempotence, no exception, linear time."""

import math
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpusclean.config import RepairConfig
from corpusclean.repair import wrong_codec
from corpusclean.repair.lost import mark_losses
from corpusclean.repair.noise import remove_noise
from corpusclean.repair.wrong_codec import Hopeless, undo_wrong_codec
from corpusclean.rules import rule_named

CONFIG = RepairConfig()
PASSES = [undo_wrong_codec, mark_losses, remove_noise]

PIECES = [
    *("ÄãºÃ£¬", "Ã©", "â€™", "锛", "浣犲ソ", "銆€", "你好，世界。", "的", "斕疑", "¿ªÌⱨ¸æ", "\x85", "Ð±ÑŠ", "вЂ"),
    *(
        "锟斤拷",
        "斤拷锟",
        "烫烫烫",
        "屯屯屯",
        "\ufffd",
        "?????",
        "饕餮",
        "坷础",
        "\ud800",
        "\x00",
        "\x1b[31m",
        "\xad",
        "\ufeff",
    ),
    *(
        "&amp;",
        "&lt;/p&gt;",
        "&#x4f60;",
        "&nbsp;",
        "/p>",
        "<a id='x1y2'>",
        " ",
        "\n",
        "\u200b",
        "\u200c",
        "\u200d",
        "👩",
        "क",
    ),
    *("前 言 本 文 件 适 用", "۱", "می", "a", "é", "€", "ﾊﾝｶｸ", "한글", "뽫"),
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=14).map("".join)


@pytest.mark.parametrize("step", PASSES)
@given(text=texts)
@example(text="\x80\x88¬\x88È")
@example(text="&&amp;lt;/p&gt;amp;nbsp;")
def test_any_text(step, text):
    revision = step(text, CONFIG)
    assert revision.inverse().text == text
    assert all(rule_named(rule) for edit in revision.edits for rule in edit.rule.split("+"))
    again = step(revision.text, CONFIG)
    assert again.text == revision.text


@given(parts=st.lists(texts, min_size=1, max_size=4))
def test_what_was_hopeless_before_changes_no_result(parts):
    """The texts of several rounds share lines: each comes out as if it were the only one."""
    hopeless = Hopeless()
    for count in range(1, len(parts) + 1):
        text = "\n".join(parts[:count])
        assert undo_wrong_codec(text, CONFIG, hopeless=hopeless) == undo_wrong_codec(text, CONFIG)


def test_what_is_hopeless_is_judged_once(monkeypatch):
    """One damaged line among many that only look so: the second round judges no more than that line."""
    looks_so = "".join(f"注{at}：ÅÄÖÜ¿×{chr(0xC0 + at)}ß\n" for at in range(30))
    judged = []
    real = wrong_codec.best_hypothesis
    monkeypatch.setattr(wrong_codec, "best_hypothesis", lambda run, **known: judged.append(run) or real(run, **known))
    hopeless = Hopeless()
    revision = undo_wrong_codec(looks_so + "标题：ÄãºÃ£¬ÊÀ½ç", CONFIG, hopeless=hopeless)
    assert revision.text.endswith("标题：你好，世界")
    parts = [run for run in judged if run.startswith("Å")]
    assert len(parts) == len(set(parts)) > 20
    judged.clear()
    assert undo_wrong_codec(revision.text, CONFIG, hopeless=hopeless).edits == ()
    assert [run for run in judged if run.startswith("Å")] == []


@pytest.mark.parametrize("step", PASSES)
@pytest.mark.parametrize(
    "unit",
    [
        "(",
        "a",
        "你",
        "Ã",
        "ÄãºÃ£¬",
        "浣犲ソ",
        "&amp;",
        "烫",
        "\ufffd",
        "?",
        " 你",
        "\u200b",
        "\x1b[",
        "锟斤拷",
        "饕餮",
        "銆€",
        "/p>",
    ],
)
def test_time_grows_with_the_size(step, unit):
    """One line of many units: eight times as much may take eight times as long, not sixty-four."""

    def seconds(size):
        text = unit * (size // len(unit))
        began = time.process_time()
        step(text, CONFIG)
        return time.process_time() - began

    seconds(2_000)
    small = large = math.inf
    for _ in range(4):  # on a busy machine a time can only be too long: the best ones count
        small, large = min(small, seconds(10_000)), min(large, seconds(80_000))
        if large < 24 * small + 0.25:
            break
    assert large < 24 * small + 0.25
