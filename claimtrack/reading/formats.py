"""Read plain text and Markdown, and gather the readers of all other formats, each in a module of its own.

A new format is one function under `@reader(".ext")`, from bytes to a `Draft`, in a module that is named here.
"""

from __future__ import annotations

from importlib import import_module

from claimtrack.errors import UnreadableDocument
from claimtrack.reading.decoding import decode
from claimtrack.reading.front_matter import front_matter
from claimtrack.reading.quoted_lines import quoted_lines
from claimtrack.reading.registry import CONTAINERS, MAX_CHARS, READERS, Draft, reader

__all__ = ["CONTAINERS", "READERS"]

for _module in ("archives", "feeds", "mail", "office", "pdf", "records", "subtitles", "web_pages"):
    import_module(f"claimtrack.reading.{_module}")


@reader(".txt", ".text", ".md", ".markdown")
def _read_plain(raw: bytes, path: str) -> Draft:
    """Read plain text and Markdown: the content as it is, its front matter told apart."""
    if len(raw) > 4 * MAX_CHARS + 4:  # no encoding takes more than four bytes a character
        raise UnreadableDocument(
            f"{path!r} holds {len(raw):,} bytes of text, more than {MAX_CHARS:,} characters: split it into parts."
        )
    text = decode(raw, path)
    metadata, told = front_matter(text)
    return Draft(text, metadata, told=(*told, *quoted_lines(text)))
