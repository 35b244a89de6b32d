"""Tell who wrote a web page and the comments below it, where it prints names that the library does not see."""

from __future__ import annotations

from typing import Any

from claimtrack.reading import imprint

__all__ = ["byline", "sign_comments"]

_IN_COMMENTS = "ancestor::*[contains(@class, 'comment') or contains(@id, 'comment')]"
_ELSEWHERE = (
    f"ancestor-or-self::*[self::footer or self::nav or self::aside or contains(@class, 'related')] or {_IN_COMMENTS}"
)
_LONGEST, _LONGEST_NAME = 200, 40  # characters of a block that can be a byline, and of a name
_NAMED = "contains(@class, 'author') or contains(@class, 'user') or contains(@class, 'name')"


def byline(tree: Any) -> tuple[str, ...]:  # noqa: ANN401  lxml's elements come without types
    """Give the authors that a short block of the page names: "By Mara Quist, Energy Correspondent"; empty for none."""
    kinds = "self::p or self::div or self::span or self::li or self::address or self::h5 or self::h6"
    for block in tree.xpath(f"//body//*[{kinds}][not({_ELSEWHERE})]"):
        words = " ".join(block.text_content().split())
        if len(words) < _LONGEST and (names := imprint.byline_of(words)):
            return names
    return ()


def sign_comments(tree: Any) -> None:  # noqa: ANN401  as above
    """Make the name and the time above a comment paragraphs of their own, which the library would drop.

    No time of a comment is left that could be taken for the page's.
    """
    for time in tree.xpath(f"//time[{_IN_COMMENTS}]"):
        above = time.xpath(f"preceding::*[{_NAMED}][{_IN_COMMENTS}][1]")
        if above and 0 < len(above[0].text_content().strip()) <= _LONGEST_NAME:
            _make_paragraph(above[0])
        _make_paragraph(time)


def _make_paragraph(element: Any) -> None:  # noqa: ANN401  as above
    element.tag = "p"
    element.text = " ".join(element.text_content().split())
    for name in ("class", "datetime", "id"):
        element.attrib.pop(name, None)
    for child in list(element):
        element.remove(child)
