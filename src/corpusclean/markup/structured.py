"""What a page states in JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

__all__ = ["Statement", "read_json_ld"]

Statement = tuple[str, str]

_ARTICLES = (
    "article", "newsarticle", "blogposting", "reportagenewsarticle", "liveblogposting", "scholarlyarticle", "webpage",
    "techarticle", "discussionforumposting", "socialmediaposting", "question", "opinionnewsarticle", "report",
    "analysisnewsarticle", "backgroundnewsarticle", "reviewnewsarticle", "advertisercontentarticle",
)  # fmt: skip
_MAX_NODES = 2_000


def read_json_ld(texts: list[str]) -> list[Statement]:
    """Field and value of each statement about the page: what schema.org and Baidu's Cambrian format say.

    Broken data says nothing. At most 2,000 nodes are looked at.

    >>> read_json_ld(['{"@type": "NewsArticle", "headline": "题", "author": [{"@type": "Person", "name": "王帆"}]}'])
    [('title', '题'), ('author', '王帆')]
    >>> read_json_ld(['{"@context": "https://ziyuan.baidu.com/contexts/cambrian.jsonld", "pubDate": "2024-04-23"}'])
    [('date', '2024-04-23')]
    >>> read_json_ld(["{broken"])
    []
    """
    found: list[Statement] = []
    for text in texts[:20]:
        try:
            data = json.loads(text.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            names = {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}
            if not names.isdisjoint(_ARTICLES):
                found.extend(_article(node, "webpage" in names))
            elif "website" in names and isinstance(name := node.get("name"), str):
                found.append(("site", name))
            elif "cambrian" in str(node.get("@context"))[:200]:
                found.extend(("date", value) for value in [node.get("pubDate")] if isinstance(value, str))
                found.extend(("page title", value) for value in [node.get("title")] if isinstance(value, str))
    return found


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The objects in `data`, outermost first."""
    queue, seen = [data], 0
    while queue and seen < _MAX_NODES:
        node = queue.pop(0)
        seen += 1
        if isinstance(node, dict):
            yield node
            queue.extend(value for key, value in node.items() if key in ("@graph", "mainEntity", "mainEntityOfPage"))
        elif isinstance(node, list):
            queue.extend(node[:_MAX_NODES])


def _article(node: dict[str, Any], is_page: bool) -> Iterator[Statement]:
    """What an article's node says; of a mere web page only the date is about the text."""
    if isinstance(date := node.get("datePublished") or node.get("dateCreated"), str):
        yield "date", date
    if is_page:
        return
    if isinstance(headline := node.get("headline"), str):
        yield "title", headline
    people = []
    authors = node.get("author") or node.get("creator")
    for author in authors if isinstance(authors, list) else [authors]:
        if isinstance(author, str):
            people.append(author)
        elif isinstance(author, dict) and isinstance(name := author.get("name"), str):
            if author.get("@type") in (None, "Person", ["Person"]):
                people.append(name)
            else:
                yield "publisher", name
    if people:
        yield "author", " ".join(people[:6])
    publisher = node.get("publisher")
    if isinstance(publisher, dict) and isinstance(name := publisher.get("name"), str):
        yield "publisher", name
