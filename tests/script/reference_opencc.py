"""OpenCC's algorithm, written as plainly as it can be: the second implementation that ours is held against."""

from functools import cache

from corpusclean.script.dictionaries import load_config, read_dictionary


@cache
def longest(name: str) -> int:
    return max(map(len, read_dictionary(name)))


def match(node, text, at):
    """The key of the dictionary tree `node` that OpenCC takes at a place, with its value; or None."""
    if node["type"] != "group":
        table = read_dictionary(node["file"])
        for size in range(min(longest(node["file"]), len(text) - at), 0, -1):
            if (key := text[at : at + size]) in table:
                return key, table[key]
        return None
    found = [hit for child in node["dicts"] if (hit := match(child, text, at))]
    if not found:
        return None
    return max(found, key=lambda hit: len(hit[0])) if node.get("match_policy") == "union" else found[0]


def replace(node, text):
    out, at = [], 0
    while at < len(text):
        key, value = match(node, text, at) or (text[at], text[at])
        out.append(value)
        at += len(key)
    return "".join(out)


def segments(node, text):
    """Maximal munch: each key a segment, and each stretch between keys."""
    out, at, start = [], 0, 0
    while at < len(text):
        hit = match(node, text, at)
        if hit is None:
            at += 1
            continue
        out += [text[start:at], hit[0]]
        at += len(hit[0])
        start = at
    return [part for part in (*out, text[start:]) if part]


def convert(text, config):
    settings = load_config(config)
    for step in settings.get("normalization", ()):
        text = replace(step["dict"], text)
    parts = segments(settings["segmentation"]["dict"], text) if "segmentation" in settings else [text]
    for step in settings["conversion_chain"]:
        parts = [replace(step["dict"], part) for part in parts]
    return "".join(parts)
