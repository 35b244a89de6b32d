"""Give the words of a piece of HTML, a paragraph to each of its blocks: for mails and the entries of feeds."""

from __future__ import annotations

import re

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td",
    "th", "tr", "ul",
})
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})


def html_text(markup: str) -> str:
    """Give the text of a page or of a piece of one; blocks are parted by an empty line, `<br>` breaks a line.

    The lines of a `<blockquote>` are marked with "> ", as mails mark them.
    """
    from lxml import etree, html

    if not markup.strip():
        return ""
    try:
        root = html.fragment_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", markup), create_parent="div")
    except (etree.ParserError, ValueError):
        return re.sub(r"<[^<>]*>", " ", markup).strip()
    return "\n\n".join(block for piece in _words(root).split("\0") if (block := _tidy(piece)))


def _words(element: object) -> str:
    """Give the words of an element, NUL at the borders of blocks."""
    from lxml import html

    assert isinstance(element, html.HtmlElement)
    tag = element.tag if isinstance(element.tag, str) else ""
    inside = "" if tag in _SILENT or not tag else _folded(element.text)
    for child in element:
        inside += ("" if tag in _SILENT else _words(child)) + _folded(child.tail)
    if tag == "br":
        return "\n"
    if tag == "blockquote":
        lines = (_tidy(piece) for piece in inside.split("\0"))
        inside = "\0".join(re.sub("(?m)^", "> ", piece) for piece in lines if piece)
    return f"\0{inside}\0" if tag in _BLOCKS else inside


def _folded(text: str | None) -> str:
    """Give running text with its line breaks as spaces, as a browser shows them."""
    return re.sub(r"\s+", " ", (text or "").replace("\0", " "))


def _tidy(piece: str) -> str:
    """Give a block without the white space around its lines."""
    return "\n".join(line.strip() for line in piece.strip().split("\n"))
