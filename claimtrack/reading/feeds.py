"""Read feeds, RSS and Atom: each entry is a document with its date, author and link."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from claimtrack.errors import EmptyDocument, UnreadableDocument
from claimtrack.reading.markup import html_text
from claimtrack.reading.records import read_record
from claimtrack.reading.registry import Member, container

_ENTRIES = ("item", "entry")
_TEXTS = ("encoded", "content", "description", "summary", "title")


@container(".rss", ".atom")
def _feed(raw: bytes, path: str) -> Iterator[Member]:
    """Give each entry of a feed as a record; of its text the longest that it has, whole article before summary.

    An entry is named by its address or id: by its number, it would push an entry of the former feed out of the store.
    """
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(raw.strip(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument(f"{path!r} is a broken feed ({error}): fetch it anew.") from error
    entries = [e for e in root.iter() if _name(e) in _ENTRIES] if root is not None else []
    if not entries:
        raise EmptyDocument(f"{path!r} is a feed without entries: fetch it anew.")
    channel = next((e for e in root.iter() if _name(e) in ("channel", "feed")), root)
    outlet = _text(channel, "title")
    for number, entry in enumerate(entries, 1):
        record = _record(entry, outlet)
        name = record["url"] or _text(entry, "guid", "id") or number
        yield Member(str(name), json.dumps(record, ensure_ascii=False).encode("utf-8"), read_record)


def _name(element: Any) -> str:  # noqa: ANN401  lxml's elements come without types
    """Give the name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _text(element: Any, *names: str) -> str:  # noqa: ANN401  as above
    """Give the text of the first child that has one of the names, markup and all."""
    for name in names:
        for child in element:
            if _name(child) == name and (words := _inner(child)):
                return words
    return ""


def _inner(element: Any) -> str:  # noqa: ANN401  as above
    """Give what stands in an element: its text, or its markup where it holds elements (Atom's xhtml)."""
    from lxml import etree

    if len(element):
        return (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)
    return (element.text or "").strip()


def _record(entry: Any, outlet: str) -> dict[str, object]:  # noqa: ANN401  as above
    """Give the fields of an entry."""
    title = html_text(_text(entry, "title"))
    body = next((words for name in _TEXTS if (words := html_text(_text(entry, name)))), "")
    links = [c.get("href") or (c.text or "").strip() for c in entry if _name(c) == "link"
             and c.get("rel", "alternate") == "alternate"]
    people = [html_text(_text(c, "name") or _inner(c)) for c in entry if _name(c) in ("author", "creator")]
    return {
        "text": body if body.startswith(title) else f"{title}\n\n{body}",
        "title": title,
        "author": [name for name in people if name],
        "date": _day(_text(entry, "pubdate", "published", "date", "issued")),
        "url": next(filter(None, links), ""),
        "publisher": html_text(_text(entry, "source")) or html_text(outlet),
    }


def _day(words: str) -> str:
    """Give the day of a date as feeds write it: "Tue, 05 Oct 2021 09:00:00 GMT" or ISO 8601."""
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except (ValueError, TypeError):
        return words
