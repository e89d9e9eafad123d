"""Single-byte encodings are told by the letters of languages, not by what most of the web writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean import decode
from corpusclean.decoding.alphabets import best_alphabet

SAYINGS = {
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy. Kdo si počká, ten se dočká.",
    "sk": "Kŕdeľ šťastných ďatľov učí pri ústí Váhu mĺkveho koňa obhrýzať kôru.",
    "pl": "Zażółć gęślą jaźń. Gdzie kucharek sześć, tam nie ma co jeść.",
    "hu": "Árvíztűrő tükörfúrógép. Aki korán kel, aranyat lel, és öröme tőle lesz.",
    "hr": "Gojazni đačić s biciklom drži hmelj i finu vatu u džepu nošnje. Čišćenje šume.",
    "sl": "Šerif bo za vajo spet kuhal domače žgance. Češnje žari čez plot.",
    "tr": "Pijamalı hasta yağız şoföre çabucak güvendi. Işığı gören kişi düşündü.",
    "lt": "Įlinkdama fechtuotojo špaga sublykčiojusi pragręžė apvalų arbūzą. Žąsų šėla.",
    "lv": "Glāžšķūņa rūķīši dzērumā čiepj Baha koncertflīģeļu vākus.",
    "eo": "Eĥoŝanĝo ĉiuĵaŭde. Ĉiuj homoj estas denaske liberaj kaj egalaj laŭ digno kaj rajtoj.",
    "ru": "Съешь же ещё этих мягких французских булок, да выпей чаю.",
    "uk": "Чуєш їх, доцю, га? Кумедна ж ти, прощайся без ґольфів!",
    "bg": "Хълцащият факир жонглира с шест хубави цветя.",
    "el": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.",
    "he": "דג סקרן שט בים מאוכזב ולפתע מצא חברה.",
    "de": "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.",
    "fr": "Voix ambiguë d'un cœur qui, au zéphyr, préfère les jattes de kiwis.",
    "es": "El pingüino Wenceslao hizo kilómetros bajo exhaustiva lluvia y frío, añoraba a su querido cachorro.",
    "pt": "À noite, vovô Kowalsky vê o ímã cair no pé do pinguim queixoso.",
    "sv": "Flygande bäckasiner söka hwila på mjuka tuvor. Får får får?",
    "is": "Kæmi ný öxi hér ykist þjófum nú bæði víl og ádrepa.",
}
CASES = [
    (language, codec)
    for codec, languages in {
        "cp1250": "cs sk pl hu hr sl",
        "iso8859-2": "cs sk pl hu hr sl",
        "cp1254": "tr",
        "cp1257": "lt lv",
        "iso8859-13": "lt lv",
        "iso8859-3": "eo",
        "cp1251": "ru uk bg",
        "koi8-r": "ru",
        "koi8-u": "uk",
        "iso8859-5": "ru bg",
        "cp866": "ru",
        "cp1253": "el",
        "iso8859-7": "el",
        "cp1255": "he",
        "cp1252": "de fr es pt sv is",
    }.items()
    for language in languages.split()
]


@pytest.mark.parametrize(("language", "codec"), CASES)
@pytest.mark.parametrize("around", ["", "The following line is quoted from a page in another language:\n" * 30])
def test_a_sentence_is_enough(language: str, codec: str, around: str) -> None:
    text = around + SAYINGS[language]
    data = text.encode(codec, "ignore")
    assert decode(data).text == data.decode(codec)


@pytest.mark.parametrize(
    "word", ["café", "naïve", "über", "señor", "œuvre", "Ångström", "50 °C", "© 2020", "“so”", "5 € – 7 €"]
)
def test_a_word_is_western(word: str) -> None:
    text = f"This is an ordinary sentence, and then there is {word} in it, which says little by itself."
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    "name", ["Kraków", "Mówię", "Łódź", "été", "Noël", "Müller", "Citroën", "garçon", "Málaga", "Århus"]
)
@pytest.mark.parametrize("around", ["{}", "In spring we went to {} by train."])
def test_a_name_makes_no_page_east_asian(name: str, around: str) -> None:
    codec = "iso8859-2" if name in ("Mówię", "Łódź") else "cp1252"
    got = decode(around.format(name).encode(codec))
    assert got.encoding in ("windows-1252", "windows-1250", "iso-8859-2")


@pytest.mark.parametrize("text", ["K歌", "T恤", "卡拉OK", "app里", "mp3下载", "iPhone手机", "DIY店", "x轴"])
def test_an_ideograph_behind_letters_is_one(text: str) -> None:
    assert decode(text.encode("gbk")).text == text


def test_a_label_counts_where_letters_say_little() -> None:
    data = "A word such as čaj is not much to go by.".encode("iso8859-2")
    assert decode(data, http_charset="iso-8859-2").text == data.decode("iso8859-2")


def test_no_letter_is_no_evidence() -> None:
    assert best_alphabet(b"plain") is None
    assert best_alphabet(b"") is None


@given(st.binary(max_size=300))
def test_any_bytes_can_be_asked_about(data: bytes) -> None:
    found = best_alphabet(data)
    assert (found is None) == data.isascii()
    assert found is None or found.lead >= 0
