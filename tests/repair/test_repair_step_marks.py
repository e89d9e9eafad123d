"""What is lost for good is marked once, however often the text is looked at."""

from corpusclean import Cleaner, clean

LOST = "这里有\ufffd一个字符，那里也有\ufffd一个。自身?xiàng)l件和實(shí)際,。\u200b今天天气很好，我們去公園玩。"


def test_each_loss_counts_once() -> None:
    document = Cleaner(ledger=True).clean(LOST)
    assert document.metadata.clean["edits"]["repair/lost/replacement_character"] == 2
    marks = [edit for revision in document.ledger.revisions for edit in revision.edits if edit.is_mark]
    assert len(marks) == 2


def test_losses_alone() -> None:
    assert clean("有\ufffd字。").metadata.clean["edits"] == {"repair/lost/replacement_character": 1}
