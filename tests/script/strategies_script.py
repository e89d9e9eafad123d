"""Texts that are hard for a converter: pieces of dictionary keys, run together."""

from functools import cache

from hypothesis import strategies as st

from corpusclean.script.dictionaries import load_config, read_dictionary


def files(node):
    return [node["file"]] if node["type"] != "group" else [file for child in node["dicts"] for file in files(child)]


@cache
def keys_of(config):
    names = {file for step in load_config(config)["conversion_chain"] for file in files(step["dict"])}
    keys = sorted(key for name in names for key in read_dictionary(name))
    return [key for key in keys if len(key) > 1] or keys


@st.composite
def troubled_texts(draw, config):
    """Keys whole and cut, so that they overlap, with a few other characters between them."""
    known = keys_of(config)
    parts = []
    for _ in range(draw(st.integers(1, 12))):
        key = known[draw(st.integers(0, len(known) - 1))]
        low = draw(st.integers(0, 1))
        parts.append(key[low : draw(st.integers(1, len(key)))])
        parts.append(draw(st.sampled_from(["", "", "", "，", "的", "a", "\ud800", "\n", "金", "里后"])))
    return "".join(parts)


SCRIPT_TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("这這国國后後里裡著着于於干幹乾只隻發发髮頭头面麵台臺，。\n 的大人aのはカ한국円⼈⻅①\ud800\0"),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(),
    ),
    max_size=60,
)
