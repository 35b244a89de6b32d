"""Tell who wrote a web page and the comments below it, where it prints names that the library does not see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claimtrack.reading import imprint

__all__ = ["byline", "sign_comments"]

_COMMENTS = (
    "//*[self::div or self::section or self::aside or self::ol or self::ul][contains(@class, 'comment') or "
    "contains(@id, 'comment')][not(ancestor::*[self::div or self::section or self::aside or self::ol or self::ul]"
    "[contains(@class, 'comment') or contains(@id, 'comment')])][not(.//h1 or .//article)]"
)
_BLOCKS = "//body//*[self::p or self::div or self::span or self::li or self::address or self::h5 or self::h6]" \
    "[not(ancestor-or-self::*[self::footer or self::nav or self::aside or contains(@class, 'related')])]"
_LONGEST, _LONGEST_NAME = 200, 40  # characters of a block that can be a byline, and of a name
_NAMED = ("author", "user", "name")  # in the class of what holds the name above a comment


def byline(tree: Any) -> tuple[str, ...]:  # noqa: ANN401  lxml's elements come without types
    """Give the authors that a short block of the page names: "By Mara Quist, Energy Correspondent"; empty for none."""
    below = {element for comments in tree.xpath(_COMMENTS) for element in comments.iter()}
    for block in tree.xpath(_BLOCKS):
        words = _words(block) if block not in below else ""
        if words and (names := imprint.byline_of(words)):
            return names
    return ()


def _words(block: Any) -> str:  # noqa: ANN401  as above
    """Give the words of a block; empty for a long one, of which no more is read than tells that."""
    pieces, size = [], 0
    for piece in block.itertext():
        pieces.append(piece)
        size += len(piece.strip())
        if size > _LONGEST:
            return ""
    return " ".join("".join(pieces).split())


def sign_comments(tree: Any) -> None:  # noqa: ANN401  as above
    """Make the name and the time above a comment paragraphs of their own, which the library would drop.

    No time of a comment is left that could be taken for the page's.
    """
    for comments in tree.xpath(_COMMENTS):
        for element in list(_signs(comments)):
            element.tag = "p"
            element.text = " ".join(element.text_content().split())
            for name in ("class", "datetime", "id"):
                element.attrib.pop(name, None)
            for child in list(element):
                element.remove(child)


def _signs(comments: Any) -> Iterator[Any]:  # noqa: ANN401  as above
    """Give the elements that hold the times of comments, each after the one that holds the name above it."""
    name = None
    for element in comments.iter("*"):
        if any(word in element.get("class", "").lower() for word in _NAMED):
            name = element if 0 < len(element.text_content().strip()) <= _LONGEST_NAME else name
        if element.tag == "time":
            if name is not None and name not in element.iterancestors():
                yield name
            yield element
            name = None
