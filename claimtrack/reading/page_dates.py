"""Tell when a web page was published, as it says itself: never when it was changed, nor what year its footer names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from claimtrack.reading import imprint

# Names of meta elements that hold the day of publication, in small letters, the surest first.
_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date.created", "citation_publication_date", "citation_date", "publishdate", "publish-date",
    "publish_date", "published_time", "pubdate", "article.published", "published", "publication_date",
    "publication-date", "date.published", "cxenseparse:recs:publishtime", "dc.date", "dcterms.date",
    "article:published", "originalpublicationdate", "displaydate", "date",
)
_CHANGED = re.compile(r"updat|modif|chang|revis|edited|correct", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"publish|posted|pub-?date|entry-date|dateline|timestamp|article-?date|story-?date", re.IGNORECASE
)
_LABELLED = re.compile(
    r"\b(?:(?:first|originally)\s+)?(?:published|posted|publication date)\b\s*(?:on|at|:)?\W{0,3}(.{4,60})",
    re.IGNORECASE,
)
_ASIDE = "ancestor-or-self::*[self::footer or self::nav or self::aside or contains(@class, 'related') or " \
    "contains(@class, 'comment') or contains(@id, 'comment') or contains(@class, 'footer')]"


def published(tree: Any) -> str | None:  # noqa: ANN401  lxml's elements come without types
    """Give the day of publication in ISO 8601, as precise as known; None where the page does not tell.

    Meta elements before structured data, marked times, what the page prints as its day, and its address.
    """
    for found in (_metas(tree), _linked_data(tree), _marked(tree), _times(tree), _printed(tree), _addresses(tree)):
        if day := next(filter(None, map(imprint.iso_date, found)), None):
            return day
    return None


def tells_change(tree: Any) -> bool:  # noqa: ANN401  as above
    """Tell whether the page says when it was changed."""
    names = (name for meta in tree.xpath("//meta[@content]") for key in ("property", "name") if (name := meta.get(key)))
    return any(map(_CHANGED.search, names)) or bool(tree.xpath("//script[contains(text(), 'dateModified')]"))


def _metas(tree: Any) -> Iterator[str]:  # noqa: ANN401  as above
    """Give what the meta elements say, the surest first."""
    said: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        for key in ("property", "name", "itemprop"):
            if name := meta.get(key):
                said.setdefault(name.strip().lower(), meta.get("content"))
    yield from (said[name] for name in _META if name in said)


def _linked_data(tree: Any) -> Iterator[str]:  # noqa: ANN401  as above
    """Give the days of publication in JSON-LD, also inside graphs and lists; broken data is searched by its words."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        words = script.text_content()
        try:
            yield from _days(json.loads(words, strict=False))
        except (ValueError, RecursionError):
            yield from re.findall(r'"datePublished"\s*:\s*"([^"]{4,40})"', words)


def _days(data: object) -> Iterator[str]:
    """Give the values of `datePublished`, else of `dateCreated`, of an article before those of what is inside it."""
    if isinstance(data, dict):
        for key in ("datePublished", "dateCreated"):
            if isinstance(day := data.get(key), str):
                yield day
        data = [value for key, value in data.items() if key not in ("comment", "review", "hasPart")]
    if isinstance(data, list):
        for value in data:
            if isinstance(value, dict | list):
                yield from _days(value)


def _marked(tree: Any) -> Iterator[str]:  # noqa: ANN401  as above
    """Give the times that the page itself marks as those of publication."""
    for element in tree.xpath("//*[@itemprop='datePublished' or @pubdate]"):
        yield element.get("content") or element.get("datetime") or element.text_content()


def _times(tree: Any) -> Iterator[str]:  # noqa: ANN401  as above
    """Give the `<time>` elements that are not called a change: those called publication, then the head's first."""
    times = [t for t in tree.xpath(f"//time[not({_ASIDE})]") if not _CHANGED.search(_around(t))]
    called = [t for t in times if _PUBLISHED.search(_around(t))]
    first = [t for t in times if t.xpath("preceding::h1 or ancestor::header")]
    for time in (*called, *first[:1]):
        yield time.get("datetime") or time.text_content()


def _around(element: Any) -> str:  # noqa: ANN401  as above
    """Give what is said of an element: its marks and its parent's, and the words before it."""
    parent = element.getparent()
    marks = [e.get(key, "") for e in (element, parent) if e is not None for key in ("class", "id", "itemprop")]
    before = element.getprevious()
    words = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    label = before.text_content()[-30:] if before is not None and before.tag != "time" and not words.strip() else ""
    return " ".join([*marks, label, words[-40:], element.text_content()[:20]])


def _printed(tree: Any) -> Iterator[str]:  # noqa: ANN401  as above
    """Give the days that short blocks of the page call those of publication, then those that stand alone in one."""
    kinds = "self::p or self::div or self::span or self::li or self::h5 or self::h6"
    blocks = [" ".join(b.text_content().split()) for b in tree.xpath(f"//body//*[{kinds}][not({_ASIDE})]")]
    short = [words for words in blocks if len(words) < 200]
    yield from (m[1] for words in short for m in _LABELLED.finditer(words))
    for words in short[:40]:
        dateline = imprint.dateline_of(words)
        if dateline is not None and not _CHANGED.search(words) and "opyright" not in words and "©" not in words:
            yield dateline.published or ""


def _addresses(tree: Any) -> Iterator[str]:  # noqa: ANN401  as above
    """Give the day in the page's own address: "/2021/10/05/"."""
    for link in tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"):
        if day := re.search(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?=/|-|$)", link):
            yield "-".join(day.groups())
