"""Text made safe for Markdown: nothing in it is read as a list, a heading, emphasis, a link or HTML."""

from __future__ import annotations

import re

from claimtrack.exports.escaping import visible

__all__ = ["SIGNS", "escaped"]

SIGNS = re.compile(r"([\\`*\[\]<>#|~]|(?<!\w)_|_(?!\w))")
"""Signs that Markdown or HTML reads as its own wherever they stand."""


def escaped(text: str) -> str:
    """Text in one line, in which Markdown and HTML read nothing as their own."""
    plain = SIGNS.sub(r"\\\1", visible(" ".join(text.split()))).replace("&", "&amp;")
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", plain))
