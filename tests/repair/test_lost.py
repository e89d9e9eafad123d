"""What is lost for good is marked; what stands beside it stays."""

import pytest

from corpusclean.config import RepairConfig
from corpusclean.repair.lost import mark_losses
from corpusclean.rules import rule_table

CONFIG = RepairConfig()


@pytest.mark.parametrize(
    ("text", "after", "rule"),
    [
        ("我们锟斤拷锟斤拷公园", "我们\ufffd公园", "replacement_as_gbk"),
        ("三星的硬件锟斤拷，三星的服务", "三星的硬件，三星的服务", "replacement_as_gbk"),
        ("我们斤拷锟公园", "我们\ufffd公园", "replacement_as_gbk"),
        ("一斤拷锟斤拷锟斤两", "一\ufffd两", "replacement_as_gbk"),
        ("好烫烫烫！", "好烫烫烫！", "unfilled_memory"),
        ("值为烫烫烫烫烫烫烫烫，", "值为，", "unfilled_memory"),
        ("屯屯屯屯", "屯屯屯屯", "unfilled_memory"),
        ("我\ufffd\ufffd们", "我\ufffd\ufffd们", "replacement_character"),
        ("他说?????。", "他说?????。", "question_marks"),
        ("“锟斤拷”是最有名的乱码。", "“锟斤拷”是最有名的乱码。", "replacement_as_gbk"),
    ],
)
def test_a_loss_is_marked(text, after, rule):
    revision = mark_losses(text, CONFIG)
    assert revision.text == after
    assert [edit.rule for edit in revision.edits] == [f"repair/lost/{rule}"]


@pytest.mark.parametrize(
    "text", ["一斤苹果", "拷贝", "屯门、屯屯", "烫，很烫烫", "什么????", "真的？？？？？？", "锟铻"]
)
def test_what_is_no_loss(text):
    assert mark_losses(text, CONFIG).edits == ()


@pytest.mark.parametrize("name", [name for name in rule_table() if name.startswith("repair/lost/")])
def test_the_example_of_each_rule_is_true(name):
    rule = rule_table()[name]
    revision = mark_losses(rule.before, CONFIG)
    assert revision.text == rule.after
    assert name in {edit.rule for edit in revision.edits}
