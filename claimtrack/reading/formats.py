"""Read the text out of each format: plain text and Markdown, web pages, PDF, and records of JSON.

A new format is one function under `@reader(".ext")`, from bytes to a `Draft`.
"""

from __future__ import annotations

import codecs
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass

from claimtrack.errors import EmptyDocument, UnreadableDocument
from claimtrack.reading import imprint
from claimtrack.reading.decoding import decode, decode_page
from claimtrack.reading.imprint import Metadata

__all__ = ["MAX_CHARS", "READERS", "Draft", "Reader", "read_record", "reader", "sniff"]

MAX_CHARS = 500_000
"""The longest text that is read, in characters: its parse takes 2 GB of memory, and it is as long as a thick novel."""

_UNKNOWN = Metadata()
_PAGE_FIELDS = ("text", "comments", "title", "author", "sitename", "date", "url")


@dataclass(frozen=True)
class Draft:
    """What a reader gets out of the bytes: the text, what the format says about it, where comments begin."""

    text: str
    metadata: Metadata = _UNKNOWN
    comments_at: int | None = None


Reader = Callable[[bytes, str], Draft]
READERS: dict[str, Reader] = {}
"""The reader of each extension."""


def reader(*extensions: str) -> Callable[[Reader], Reader]:
    """Register a function as the reader of files with these extensions, such as ".html"."""

    def register(function: Reader) -> Reader:
        READERS.update(dict.fromkeys(extensions, function))
        return function

    return register


def sniff(raw: bytes) -> Reader:
    """Give the reader for content without a known extension."""
    start = raw[:2000].lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower()
    if start.startswith(b"%pdf-"):
        return READERS[".pdf"]
    if re.match(rb"<(?:!doctype html|html|head|body|\?xml[^>]*>\s*<(?:!doctype html|html))", start):
        return READERS[".html"]
    if start.startswith(b"{") and _is_json(raw.lstrip().split(b"\n", 1)[0]):
        return read_record
    return READERS[".txt"]


def _is_json(line: bytes) -> bool:
    """Tell whether the line is a JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


@reader(".txt", ".text", ".md", ".markdown")
def _read_plain(raw: bytes, path: str) -> Draft:
    """Read plain text and Markdown: the content as it is."""
    if len(raw) > 4 * MAX_CHARS + 4:  # no encoding takes more than four bytes a character
        raise UnreadableDocument(
            f"{path!r} holds {len(raw):,} bytes of text, more than {MAX_CHARS:,} characters: split it into parts."
        )
    return Draft(decode(raw, path))


@reader(".html", ".htm", ".xhtml")
def _read_html(raw: bytes, path: str) -> Draft:
    """Read a web page: title, article and readers' comments as trafilatura extracts them."""
    import trafilatura

    page = trafilatura.bare_extraction(
        decode_page(raw, path), with_metadata=True, date_extraction_params={"extensive_search": False}
    )
    found = {key: str(getattr(page, key, None) or "") for key in _PAGE_FIELDS}
    article, title = found["text"], found["title"]
    if not any(map(_is_prose, article.splitlines())):
        raise EmptyDocument(f"{path!r} is a page without an article: save the article's own page, or its text.")
    text = article if article.startswith(title) else f"{title}\n\n{article}"
    if not found["comments"]:
        return Draft(text, _page_metadata(found))
    return Draft(f"{text}\n\n{found['comments']}", _page_metadata(found), comments_at=len(text) + 2)


def _is_prose(line: str) -> bool:
    """Tell whether a line of a page is a sentence; menus and buttons have a few words and no stop."""
    return line.rstrip("”’\"') ").endswith((".", "!", "?", "…")) or len(line.split()) >= 8


def _page_metadata(found: dict[str, str]) -> Metadata:
    """Tell what trafilatura found about a page, several authors parted by semicolons."""
    return Metadata(
        title=found["title"] or None,
        byline=tuple(name.strip() for name in found["author"].split(";") if name.strip()),
        publisher=found["sitename"] or None,
        published=imprint.iso_date(found["date"]),
        url=found["url"] or None,
    )


@reader(".pdf")
def _read_pdf(raw: bytes, path: str) -> Draft:
    """Read a PDF with a text layer, pages parted by an empty line.

    Its own title and author are not used: they mostly name a template and a user of the office software.
    """
    import io

    import pypdf

    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    try:
        book = pypdf.PdfReader(io.BytesIO(raw))
        locked = book.is_encrypted and not book.decrypt("")
        text = "" if locked else "\n\n".join(page.extract_text() for page in book.pages)
    except Exception as error:  # pypdf lets any exception of its parsers through
        raise UnreadableDocument(f"{path!r} is a broken PDF ({error}): save it anew, or as text.") from error
    if locked:
        raise UnreadableDocument(f"{path!r} is an encrypted PDF: save a copy without a password.")
    if not text.strip():
        raise EmptyDocument(f"{path!r} is a PDF without text, perhaps scanned: run text recognition on it first.")
    return Draft(_without_hyphens(_sound(text)))


def _without_hyphens(text: str) -> str:
    """Give the text with the halves of words joined that the typesetter parted at a line's end.

    A hyphen stays where the page has the word with a hyphen elsewhere ("long-term").
    """

    def join(match: re.Match[str]) -> str:
        with_hyphen = f"{match[1]}-{match[2]}"
        return (with_hyphen if with_hyphen in text else match[1] + match[2]) + match[3] + "\n"

    return re.sub(r"(\b[^\W\d_]+)[-\u00ad]\n([a-zß-öø-ÿ]+)(\S*)[ \n]?", join, text)


def read_record(raw: bytes, path: str) -> Draft:
    """Read a line of JSON with `text` and any of title, author, date, url, publisher."""
    try:
        record = json.loads(decode(raw, path))
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(f"{path!r} is not JSON ({error}): write one JSON object a line.") from error
    text = record.get("text") if isinstance(record, dict) else None
    if not isinstance(text, str):
        raise UnreadableDocument(f"{path!r} has no \"text\": each line is an object with its text under that name.")
    return Draft(_sound(text), _record_metadata(record))


def _record_metadata(record: dict[str, object]) -> Metadata:
    """Give the metadata fields of a record; values that are no text are unknown."""

    def value(name: str) -> str | None:
        found = record.get(name)
        return found.strip() or None if isinstance(found, str) else None

    authors = record.get("author")
    names = [authors] if isinstance(authors, str) else authors if isinstance(authors, list) else []
    return Metadata(
        title=value("title"),
        byline=tuple(name.strip() for name in names if isinstance(name, str) and name.strip()),
        publisher=value("publisher"),
        published=imprint.iso_date(value("date") or ""),
        url=value("url"),
    )


def _sound(text: str) -> str:
    r"""Read `\r\n` as `\n`, and replace halves of surrogate pairs, which no file can hold, one for one."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text.replace("\r\n", "\n"))
