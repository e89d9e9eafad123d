"""Do no harm: clean prose of any language, put together anew in every way, comes out as it went in.

Damage is looked for by what clean text seldom has, so that any new neighbourhood of clean words may look like damage.
What is put together here are whole clauses and sentences as people write them; there is nothing in it to clean.
"""

from __future__ import annotations

import re

from corpusclean import Cleaner, repair
from corpusclean.testing import SENTENCES, naive_traditional

__all__ = ["PROSE", "prose_of", "unharmed"]

_CLAUSE = re.compile(r"[^，；。！？]+[，；。！？]”?")
# Simplified, by clauses: cut after a mark, never within quotation marks.
_CLAUSES = [clause for line in SENTENCES if "“" not in line for clause in _CLAUSE.findall(line)]
_SIMPLIFIED = (
    *("他叫李翀（chōng），大家总念错。", "“是吗？！”她问，“你真的要走？”", "气温降到零下3.5℃，比昨天低了2～3度。"),
    *("详见第12条第（三）项、第15条第（一）项。", "《红楼梦》第一回：甄士隐梦幻识通灵。", "当然……也许吧——谁知道呢？"),
    *("这台电脑装的是Windows 11，内存16GB。", "2024年5月1日上午10:30，会议在北京召开。", "他说：“不！我不去！”"),
    *("著名作家、著作等身；土著居民，显著提高。", "皇后在后面，干支纪年，茶几几张。"),
    *(
        "我和爷爷、奶奶，还有Tom一起去了KFC。",
        "窗外，饕餮纹的青铜器旁，几株菡萏正开。",
        "问：1+1=?　答：2。",
        "约1,200平方米，占35%。",
        "（完）",
    ),
)
_TRADITIONAL = (
    *map(naive_traditional, SENTENCES),
    *("「你看過那部電影嗎？」他問。", "圖書館昨天正式開放，當天就有三千多人前來借書。"),
    *(
        "佢哋話聽日唔得閒，不如後日先嚟。",
        "學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？",
        "台北市信義區松壽路９號，電話（02）2345-6789。",
    ),
)
_OTHERS = (
    "吾輩は猫である。名前はまだ無い。",
    "どこで生れたかとんと見当がつかぬ。",
    "コンピューターの電源を入れてください（ただし、雨の日は除く）。",
    "나라의 말이 중국과 달라 한자와 서로 통하지 아니하다.",
    "그래서 어리석은 백성이 말하고 싶은 바가 있어도 마침내 제 뜻을 펴지 못한다.",
    "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.",
    "Съешь же ещё этих мягких французских булок, да выпей чаю!",
    "في البدء كانت الكلمة، وكانت اللغة العربية بحرًا لا ساحل له.",
    "می‌خواهم به کتابخانه بروم و کتاب‌های تازه بخوانم.",
    "हिन्दी में क्‍ष और क्‌ष अलग दिखते हैं।",
    "ภาษาไทยไม่มีการเว้นวรรคระหว่างคำ",
    "Où êtes-vous né\u00a0? «\u00a0Voilà\u00a0», dit-elle, «\u00a0le cœur du problème.\u00a0»",
    "L’été dernier, à Évian, nous avons goûté aux crêpes et à la crème brûlée.",
    "„Schöne Grüße aus Österreich“, schrieb er. Größe: 1,80 m; Gewicht: 75 kg.",
    "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "Zażółć gęślą jaźń, a potem idź spać.",
    "Árvíztűrő tükörfúrógép, öt szép szűzlány.",
    "Pijamalı hasta, yağız şoföre çabucak güvendi.",
    "Kæmi ný öxi hér, ykist þjófum nú bæði víl og ádrepa.",
    "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.",
    "בראשית ברא אלהים את השמים ואת הארץ.",
    "Trăm năm trong cõi người ta, chữ tài chữ mệnh khéo là ghét nhau.",
    "¿Dónde está el niño? ¡Mañana será otro día!",
    "À noite, vovô Kowalsky vê o ímã cair no pé do pinguim queixoso.",
    "It’s 5°C outside — don’t forget your “coat”… €20 should do.",
    "The naïve café owner’s résumé: coöperation, façade, piñata.",
    "今天太开心了😂😂👍🏽！全家福👨‍👩‍👧‍👦拍好了，❤️",
)
PROSE = {"simplified": (*SENTENCES, *_SIMPLIFIED), "traditional": _TRADITIONAL, "others": _OTHERS}
_AS_IT_IS = Cleaner(script=None)
_TO_SIMPLIFIED = Cleaner()


def prose_of(data: bytes, kind: str) -> str:
    """Paragraphs spelled by `data`: a byte is a sentence, a clause, or the end of a paragraph."""
    sentences = PROSE[kind]
    blank = " " if kind == "others" else ""
    paragraphs: list[str] = []
    line: list[str] = []
    for byte in data:
        if byte < 40:
            paragraphs.append(blank.join(line))
            line = []
        elif byte < 150 or kind != "simplified":
            line.append(sentences[byte % len(sentences)])
        else:
            line.append(_CLAUSES[(byte - 150) % len(_CLAUSES)])
    paragraphs.append(blank.join(line))
    return "\n".join(filter(None, paragraphs))


def unharmed(data: bytes) -> None:
    """Clean prose: repair proposes nothing, and the whole road gives it back as it was."""
    kind = tuple(PROSE)[data[0] % len(PROSE)] if data else "simplified"
    text = prose_of(data[1:], kind)
    assert repair(text).edits == (), (text, repair(text).edits)
    document = _AS_IT_IS.clean(text, media_type="text/plain")
    assert document.text == text, (text, document.text, document.removed, document.metadata.clean["edits"])
    if kind == "simplified":
        assert _TO_SIMPLIFIED.clean(text).text == text
