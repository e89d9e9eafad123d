"""Bytes that are missing, files in several encodings, and clean text that must not be taken for either."""

import pytest

from corpusclean import clean
from corpusclean.config import DecodingConfig
from corpusclean.decoding import alignment, decode
from corpusclean.decoding.strays import find_strays

HANS = "会议指出，要坚持以人民为中心的发展思想，扎实做好各项工作。各地区各部门要认真贯彻落实中央的决定。"
HANT = "會議指出，要堅持以人民為中心的發展思想，扎實做好各項工作。各地區各部門要認真貫徹落實中央的決定。"
JA = "今日は天気がいいので、みんなで公園を散歩しました。子どもたちは元気に走り回っていました。"
KO = "오늘은 날씨가 좋아서 우리는 함께 공원을 산책했습니다. 아이들은 즐겁게 뛰어놀고 있었습니다."


@pytest.mark.parametrize(
    ("text", "codec"), [(HANS, "gbk"), (HANT, "gbk"), (HANT, "big5"), (JA, "cp932"), (JA, "euc_jp"), (KO, "cp949")]
)
@pytest.mark.parametrize("part", ["lead", "trail"])
def test_one_lost_byte_costs_few_characters(text, codec, part):
    lost = []
    for at in range(6, len(text) - 6, 3):
        code = text[at].encode(codec)
        if len(code) != 2:
            continue
        left = code[1:] if part == "lead" else code[:1]
        data = text[:at].encode(codec) + left + text[at + 1 :].encode(codec)
        got = decode(data + b"\n" + text.encode(codec))
        assert got.record.encode(got.text) == data + b"\n" + text.encode(codec)
        assert got.text.endswith(text[at + 5 :] + "\n" + text), "not in step again after five characters"
        head = next(i for i, (a, b) in enumerate(zip(got.text, text, strict=False)) if a != b)
        lost.append(max(0, at - head))
    assert sum(lost) / len(lost) < 1.0


def test_lost_byte_is_recorded_with_its_byte():
    data = "我们在公园里看到了很多美丽的花".encode("gbk")
    got = decode(data[:6] + data[7:])
    assert got.text == "我们在�园里看到了很多美丽的花"
    assert [(span.start, span.data, span.kind) for span in got.damage] == [(3, data[7:8], "undecodable")]


@pytest.mark.parametrize(
    ("text", "codec"), [(HANS, "gbk"), (HANT, "big5"), (JA, "cp932"), (JA, "euc_jp"), (KO, "cp949"), (HANS, "utf-8")]
)
def test_cut_tail_loses_one_character(text, codec):
    got = decode((text + "字").encode(codec)[:-1])
    assert got.text.rstrip("�") == text
    assert got.damage


def test_bad_byte_in_much_utf8_stays_one_loss():
    data = (HANS + "\n").encode() * 200
    got = decode(data[:3001] + b"\xff" + data[3001:])
    assert got.encoding == "utf-8"
    assert got.text.replace("�", "").count("\n") == 200
    assert len(got.text) <= len(HANS + "\n") * 200 + 3


@pytest.mark.parametrize(("codec", "name", "text"), [("gbk", "gb18030", HANS), ("big5", "big5", HANT)])
@pytest.mark.parametrize("every", [2, 10, 50])
def test_mixed_lines_are_each_read_right(codec, name, text, every):
    data = b"\n".join(text.encode(codec if i % every == 0 else "utf-8") for i in range(100))
    got = decode(data)
    assert got.text == "\n".join([text] * 100)
    assert got.damage == ()
    assert {run.codec for run in got.record.runs} == {"utf-8", "gb18030" if name == "gb18030" else "big5hkscs"}
    assert got.record.encode(got.text) == data


def test_mixed_page_of_one_line():
    parts = [f"<p>{HANS}</p> ".encode(), f"<div>{HANS}</div> ".encode("gbk")] * 5
    assert decode(b"".join(parts)).text == f"<p>{HANS}</p> <div>{HANS}</div> " * 5


def test_late_change_of_encoding_is_found():
    data = (HANS + "\n").encode("gbk") * 4000 + (HANS + "\n").encode()
    assert decode(data).text == (HANS + "\n") * 4001


def test_mixed_can_be_switched_off():
    data = HANS.encode() * 20 + b"\n" + HANS.encode("gbk")
    assert decode(data, config=DecodingConfig(mixed=False)).text != HANS * 20 + "\n" + HANS


# Big5 text, and what of it a lost byte has left
STRAYS = [
    ("需要有一個充分的H力跟資源。", [(8, 9)]),
    ("這個地方寫了很托H給我們。", [(7, 9)]),
    ("他的血型是B型，住在A棟。", []),
    ("維他命C很多，第B組的人買了K他命。", []),
    ("我們去唱卡拉OK好不好", []),
    ("好~是這樣", []),
    ("plain ASCII", []),
]


@pytest.mark.parametrize(("text", "spans"), STRAYS)
def test_stray_letters(text, spans):
    assert find_strays(text) == spans


def test_silent_big5_damage_is_flagged_and_the_text_kept():
    data = HANT.encode("big5") + "\n需要有一個充分的H力跟資源。".encode("big5")
    got = decode(data)
    assert got.text.endswith("充分的H力跟資源。")
    assert [span.kind for span in got.damage] == ["recovered"]


RUSSIAN = "Сегодня хорошая погода, и мы гуляем в парке"
UNUSUAL = [
    ("Russian in GBK", RUSSIAN, "gbk"),
    ("Russian in EUC-JP", RUSSIAN, "euc_jp"),
    ("Japanese in GBK", JA, "gb18030"),
    ("full-width letters", "ＡＢＣＤｅｆｇｈ１２３４５６ＸＹＺ", "gbk"),
    ("boxes", "┌──┬──┐│你│好│└──┴──┘", "gbk"),
    ("rare characters", "骰骷鹘骶骺骼髁髀髅髂髋髌髑魅魃魇魉魈魍魑飨餍餮饕饔髟髡髦髯髫", "gbk"),
    ("radicals", "慒慓慲慬憀慴慔慺慛慥愻慪慡慖", "gbk"),
    ("Hanja", "자기공명영상법 [磁氣共鳴映像法], 少女遊戱中", "cp949"),
    ("letters", "他的血型是B型，买了A股和T恤，住在C座。", "gbk"),
    ("Cantonese", "佢喺度做咗嘢，冇嚟過。畀返佢哋啦，唔知喎。", "big5hkscs"),
]


@pytest.mark.parametrize(("name", "text", "codec"), UNUSUAL)
def test_unusual_but_valid_text_is_not_taken_for_damage(name, text, codec):
    around = {"gbk": HANS, "gb18030": HANS, "euc_jp": JA, "cp949": KO, "big5hkscs": HANT}[codec]
    whole = "\n".join([around, text, around])
    got = decode(whole.encode(codec))
    assert got.text == whole
    assert got.damage == ()


def endless(count: int) -> bytes:
    """Chinese in GB18030 without a byte that is none of a character."""
    sentence = "我们在公园里看到了很多美丽的花，今天天气很好，老人们坐在长椅上说着过去的事情。"
    return (sentence * (count // len(sentence) + 1)).encode("gb18030")[: 2 * count]


@pytest.mark.parametrize("at", [1_001, 200_001, 399_001])
def test_lost_bytes_in_an_endless_line_are_sought_from_the_first_doubt_on(at: int) -> None:
    data = endless(200_000)
    torn = data[:at] + data[at + 1 :]
    decoded = decode(torn)
    known = min(len(data), at + alignment._SEARCHED) // 2 - 100 - at // 2
    assert decoded.text[: at // 2] == data[: at - 1].decode("gb18030")
    assert decoded.text[at // 2] == "\ufffd"
    assert decoded.text[at // 2 + 1 :][:known] == data[at + 1 :].decode("gb18030")[:known]


def test_what_is_not_searched_is_recorded() -> None:
    data = endless(150_000)
    torn = data[1:200] + endless(150_000)[1:]
    decoded = decode(torn[:-1])
    assert decoded.limits == ("decoding.alignment",)
    document = clean(torn[:-1], ledger=True)
    assert document.metadata.clean["limits"] == ["decoding.alignment"]
    assert document.restore() == torn[:-1]
    assert decode(torn[:1001]).limits == ()
