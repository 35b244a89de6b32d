"""Read pages that are written as things happen: the time of each entry is kept, and its day holds for what it tells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from claimtrack.reading import imprint

__all__ = ["days", "keep_times", "without_entries"]


def keep_times(tree: Any) -> list[tuple[str, str | None]]:  # noqa: ANN401  lxml's elements come without types
    """Make each time of a page with several entries a paragraph of its own, and give its words and its day in order.

    An article has one or two times, of its own; they are left alone, and nothing is given.
    """
    times = [t for t in tree.xpath("//body//time") if t.text_content().strip() and t.getparent().xpath("count(.//p)")]
    whole = "self::p | self::article[not(ancestor::article)]" if len(tree.xpath("//article")) == 1 else "self::p"
    holders = {t.getparent() for t in times if not t.getparent().xpath(whole)}
    if len(holders) < 2 or (len(holders) == 2 and not tree.xpath("//*[contains(@class, 'live')]")):
        return []
    for holder in holders:  # by its class, "post", the library would take one entry for the whole article
        holder.attrib.pop("class", None)
        holder.attrib.pop("id", None)
    return [_paragraph(time) for time in times]


def _paragraph(time: Any) -> tuple[str, str | None]:  # noqa: ANN401  as above
    """Make a paragraph of a time."""
    day = imprint.iso_date(time.get("datetime") or time.text_content())
    time.tag = "p"
    time.text, time.tail = " ".join(time.text_content().split()), None
    for child in list(time):
        time.remove(child)
    return time.text, day


def days(text: str, times: Sequence[tuple[str, str | None]]) -> Iterator[tuple[int, str]]:
    """Give from which character of the article on which day holds: that of each time which stands there as a line."""
    at = 0
    lines = f"\n{text}\n"
    for words, day in times:
        found = lines.find(f"\n{words}\n", at)
        if found >= 0:
            at = found + len(words)
            if day and len(day) > len("2021-10"):
                yield found, day


def without_entries(tree: Any) -> None:  # noqa: ANN401  as above
    """Take the entries out of a page's structured data, whose title and author would be taken for the page's own."""
    for script in tree.xpath("//script[contains(@type, 'ld+json') and contains(text(), 'liveBlogUpdate')]"):
        try:
            data = json.loads(script.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue
        for one in (*data, *_graph(data)) if isinstance(data, list) else (data, *_graph(data)):
            if isinstance(one, dict):
                one.pop("liveBlogUpdate", None)
        script.text = json.dumps(data)


def _graph(data: object) -> list[object]:
    """Give the things of a graph."""
    graph = data.get("@graph") if isinstance(data, dict) else None
    return graph if isinstance(graph, list) else []
