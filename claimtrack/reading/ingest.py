"""Read documents of any common format into `Document` records: find, detect, decode, extract, cut into sections.

A new format is one function under `@reader(".ext")`, from bytes to a `Draft`. What cannot be read raises a
`DocumentError` that names the input, the fault and the next step; `read_all` hands it on as a `Failure` and
goes on with the other inputs.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from claimtrack.errors import DocumentError, EmptyDocument, UnreadableDocument
from claimtrack.reading import imprint
from claimtrack.reading.imprint import Metadata
from claimtrack.reading.paragraphs import function_words
from claimtrack.reading.sections import sectionize
from claimtrack.schema import Document

__all__ = ["MAX_BYTES", "MAX_CHARS", "Draft", "Failure", "Metadata", "Unchanged", "content_id", "from_text", "read",
           "read_all", "reader", "sectionize"]

MAX_CHARS = 500_000
"""The longest text that is read, in characters: its parse takes 2 GB of memory, and it is as long as a thick novel."""
MAX_BYTES = 64_000_000
"""The largest file or line that is opened, in bytes; pages and PDFs may be far larger than their text."""


_UNKNOWN = Metadata()


@dataclass(frozen=True)
class Draft:
    """What a reader gets out of the bytes: the text, what the format says about it, where comments begin."""

    text: str
    metadata: Metadata = _UNKNOWN
    comments_at: int | None = None


@dataclass(frozen=True)
class Failure:
    """An input that could not be read, and why."""

    path: str
    error: DocumentError


@dataclass(frozen=True)
class Unchanged:
    """An input whose content is known already, so that it was not read again."""

    path: str
    id: str


Reader = Callable[[bytes, str], Draft]
_READERS: dict[str, Reader] = {}
_RECORD_LINES = (".jsonl", ".ndjson")
# Files that tell about a folder's documents and are none themselves.
_ABOUT = frozenset({"changelog", "contributing", "licence", "license", "notice", "readme", "sources"})


def reader(*extensions: str) -> Callable[[Reader], Reader]:
    """Register a function as the reader of files with these extensions, such as ".html"."""

    def register(function: Reader) -> Reader:
        _READERS.update(dict.fromkeys(extensions, function))
        return function

    return register


def content_id(raw: bytes) -> str:
    """Give the id of a document with these bytes: "doc_" and 16 hexadecimal digits of their SHA-256."""
    return "doc_" + hashlib.sha256(raw).hexdigest()[:16]


def from_text(
    text: str,
    *,
    path: str = "-",
    raw: bytes | None = None,
    metadata: Metadata | None = None,
    comments_at: int | None = None,
) -> Document:
    """Make a document of a text, which is taken as it is; a blank text gives a document without sections.

    Args:
        text: the whole text; the offsets of all records count its characters.
        path: where it came from.
        raw: the bytes that identify it; the text's own as UTF-8 when None.
        metadata: what is known of it; it wins over what the text says itself.
        comments_at: the character from which on readers' comments stand, where the format tells.
    """
    known = metadata or Metadata()
    sections = sectionize(text, known.byline, comments_at)
    found = known.over(imprint.find(text, sections))
    identity = content_id(text.encode("utf8", "surrogatepass") if raw is None else raw)
    return Document(
        id=identity, path=path, language=_language(text), sections=sections, text=text, **found.model_dump()
    )


def read(path: str | os.PathLike[str], metadata: Metadata | None = None) -> Document:
    """Read one document; "-" is standard input.

    Raises:
        UnreadableDocument: it is missing, forbidden, broken, too long or no text, or holds several documents.
        EmptyDocument: it holds no text.
    """
    first, *more = islice(_pieces(os.fspath(path)), 2)
    if more:
        raise UnreadableDocument(f"{os.fspath(path)!r} holds several documents: read it with read_all().")
    return first.document(metadata)


def read_all(
    paths: Sequence[str], metadata: Metadata | None = None, known: Container[str] = ()
) -> Iterator[Document | Failure | Unchanged]:
    """Read every document of files, folders, files of records (a document a line) and "-", in order.

    Folders are read with all folders below, sorted by name, as far as there is a reader for a file's extension;
    hidden files and files about the folder (README, SOURCES, LICENSE) are left out. Content whose id is in `known`
    is not read again.
    """
    for path in paths:
        try:
            files = _files(path)
        except DocumentError as error:
            yield Failure(path, error)
            continue
        for file in files:
            yield from _read_file(file, metadata, known)


def _read_file(
    path: str, metadata: Metadata | None, known: Container[str]
) -> Iterator[Document | Failure | Unchanged]:
    """Read the documents of one file; one that fails does not stop the others."""
    try:
        for piece in _pieces(path):
            if (identity := content_id(piece.raw)) in known:
                yield Unchanged(piece.path, identity)
            else:
                yield _attempt(piece, metadata)
    except DocumentError as error:
        yield Failure(path, error)


def _attempt(piece: _Piece, metadata: Metadata | None) -> Document | Failure:
    """Give the document of a piece, or why there is none."""
    try:
        return piece.document(metadata)
    except DocumentError as error:
        return Failure(piece.path, error)


def _files(path: str) -> list[str]:
    """Give the files that a path stands for: itself, or all readable ones of a folder."""
    if path == "-" or not os.path.isdir(path):
        return [path]
    found = sorted(
        os.path.join(folder, name)
        for folder, _, names in os.walk(path)
        for name in names
        if not name.startswith(".") and Path(name).stem.lower() not in _ABOUT
        and Path(name).suffix.lower() in (*_READERS, *_RECORD_LINES)
    )
    if not found:
        formats = ", ".join(sorted((*_READERS, *_RECORD_LINES)))
        raise EmptyDocument(f"The folder {path!r} holds no documents: put files of {formats} there, or name a file.")
    return found


# --- from a file to the bytes of each document


@dataclass(frozen=True)
class _Piece:
    """The bytes of one document and the function that reads them."""

    path: str
    raw: bytes
    read: Reader

    def document(self, metadata: Metadata | None) -> Document:
        """Give the document; raises a DocumentError when there is none in the bytes."""
        draft = self.read(self.raw, self.path)
        if not draft.text.strip():
            raise EmptyDocument(f"{self.path!r} holds no text: check the file, or leave it out.")
        if len(draft.text) > MAX_CHARS:
            raise UnreadableDocument(
                f"{self.path!r} holds {len(draft.text):,} characters, more than {MAX_CHARS:,}: split it into parts."
            )
        known = (metadata or Metadata()).over(draft.metadata)
        return from_text(draft.text, path=self.path, raw=self.raw, metadata=known, comments_at=draft.comments_at)


def _pieces(path: str) -> Iterator[_Piece]:
    """Give the documents of a file, as bytes: one, or one a line of a file of records."""
    extension = "" if path == "-" else Path(path).suffix.lower()
    if extension in _RECORD_LINES:
        yield from _record_lines(path)
        return
    raw = _load(path)
    read_piece = _READERS.get(extension) or _sniff(raw)
    if read_piece is _read_record:
        lines = enumerate(raw.splitlines(), 1)
        yield from (_Piece(f"{path}:{number}", line, _read_record) for number, line in lines if line.strip())
    else:
        yield _Piece(path, raw, read_piece)


def _record_lines(path: str) -> Iterator[_Piece]:
    """Give each line of a file of records that is not blank, read as it is asked for; its path ends in its number."""
    empty = True
    try:
        with open(path, "rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    empty = False
                    yield _Piece(f"{path}:{number}", line.rstrip(b"\r\n"), _read_record)
    except OSError as error:
        raise _unreadable(path, error) from error
    if empty:
        raise EmptyDocument(f"{path!r} is empty: it should hold a JSON object with a \"text\" a line.")


def _load(path: str) -> bytes:
    """Give the bytes of a file, or of standard input for "-"."""
    try:
        if path == "-":
            raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with open(path, "rb") as file:
                raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if not raw:
        raise EmptyDocument(f"{path!r} is empty: check the file, or leave it out.")
    if len(raw) > MAX_BYTES:
        raise UnreadableDocument(f"{path!r} is larger than {MAX_BYTES // 1_000_000} MB: split it into parts.")
    return raw


def _unreadable(path: str, error: OSError) -> UnreadableDocument:
    """Tell what an error of the operating system means for the reader of documents."""
    steps = {FileNotFoundError: "check the name", PermissionError: "allow reading it", IsADirectoryError: "name a file"}
    step = steps.get(type(error), "check the file and its disk")
    return UnreadableDocument(f"{path!r} cannot be opened ({error.strerror or error}): {step}.")


def _sniff(raw: bytes) -> Reader:
    """Give the reader for content without a known extension."""
    start = raw[:2000].lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower()
    if start.startswith(b"%pdf-"):
        return _READERS[".pdf"]
    if re.match(rb"<(?:!doctype html|html|head|body|\?xml[^>]*>\s*<(?:!doctype html|html))", start):
        return _READERS[".html"]
    if start.startswith(b"{") and _is_json(raw.lstrip().split(b"\n", 1)[0]):
        return _read_record
    return _READERS[".txt"]


def _is_json(line: bytes) -> bool:
    """Tell whether the line is a JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


# --- decoding


_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def _decode(raw: bytes, path: str) -> str:
    r"""Decode the bytes, `\r\n` read as `\n`: by byte order mark, as UTF-8, else by their statistics."""
    text = _decode_marked(raw, path)
    if text is None:
        text = _decode_guess(raw, path)
    if sum(map(text.count, _CONTROLS)) > 0.05 * len(text):
        raise _binary(path)
    return text.replace("\r\n", "\n")


_CONTROLS = tuple(chr(code) for code in range(32) if chr(code) not in "\t\n\v\f\r\x1b")


def _binary(path: str) -> UnreadableDocument:
    """Make the error of bytes that are no text."""
    return UnreadableDocument(f"{path!r} holds binary data, not text: save it as text, or give it its own extension.")


def _decode_marked(raw: bytes, path: str) -> str | None:
    """Give the text of bytes with a byte order mark; None for others."""
    encoding = next(((mark, name) for mark, name in _BOMS if raw.startswith(mark)), None)
    if encoding is None:
        return None
    mark, name = encoding
    try:
        return raw[len(mark) :].decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(f"{path!r} is broken {name.upper()} ({error.reason}): save it anew.") from error


def _decode_guess(raw: bytes, path: str) -> str:
    """Give the text of bytes without a byte order mark.

    Mostly ASCII that is not UTF-8 is windows-1252, the web's default for English; statistics over so few letters
    take it for a neighbour (ñ for ń). All else is left to charset-normalizer.
    """
    candidates = [name for name in ("utf-16-le", "utf-16-be") if _is_wide(raw, name)] or ["utf-8"]
    if sum(byte > 127 for byte in raw[:50_000]) < 0.1 * min(len(raw), 50_000):
        candidates.append("cp1252")
    for name in candidates:
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes

    best = None if b"\0" in raw[:4096] else from_bytes(raw).best()
    if best is None:
        raise _binary(path)
    return str(best)


def _is_wide(raw: bytes, name: str) -> bool:
    """Tell whether every other byte is mostly zero, as in UTF-16 of Latin letters."""
    high, low = (raw[1:4096:2], raw[0:4096:2]) if name == "utf-16-le" else (raw[0:4096:2], raw[1:4096:2])
    return high.count(0) > 0.5 * len(high) and low.count(0) < 0.05 * len(low) and len(raw) % 2 == 0


# --- readers


@reader(".txt", ".text", ".md", ".markdown")
def _read_plain(raw: bytes, path: str) -> Draft:
    """Read plain text and Markdown: the content as it is."""
    if len(raw) > 4 * MAX_CHARS + 4:  # no encoding takes more than four bytes a character
        raise UnreadableDocument(
            f"{path!r} holds {len(raw):,} bytes of text, more than {MAX_CHARS:,} characters: split it into parts."
        )
    return Draft(_decode(raw, path))


@reader(".html", ".htm", ".xhtml")
def _read_html(raw: bytes, path: str) -> Draft:
    """Read a web page: title, article and readers' comments as trafilatura extracts them."""
    import trafilatura

    page = trafilatura.bare_extraction(
        _decode_html(raw, path), with_metadata=True, date_extraction_params={"extensive_search": False}
    )
    found = {key: str(getattr(page, key, None) or "") for key in _PAGE_FIELDS}
    article, title = found["text"], found["title"]
    if not any(map(_is_prose, article.splitlines())):
        raise EmptyDocument(f"{path!r} is a page without an article: save the article's own page, or its text.")
    text = article if article.startswith(title) else f"{title}\n\n{article}"
    if not found["comments"]:
        return Draft(text, _page_metadata(found))
    return Draft(f"{text}\n\n{found['comments']}", _page_metadata(found), comments_at=len(text) + 2)


_PAGE_FIELDS = ("text", "comments", "title", "author", "sitename", "date", "url")


def _is_prose(line: str) -> bool:
    """Tell whether a line of a page is a sentence; menus and buttons have a few words and no stop."""
    return line.rstrip("”’\"') ").endswith((".", "!", "?", "…")) or len(line.split()) >= 8


def _decode_html(raw: bytes, path: str) -> str:
    """Decode a page: by the character set it declares, where that holds, else as any text."""
    declared = re.search(rb"charset\s*=\s*[\"']?([\w\-]{2,30})", raw[:4096])
    if declared and not raw.startswith(tuple(mark for mark, _ in _BOMS)):
        try:
            return raw.decode(declared[1].decode("ascii")).replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            pass
    return _decode(raw, path)


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


def _read_record(raw: bytes, path: str) -> Draft:
    """Read a line of JSON with `text` and any of title, author, date, url, publisher."""
    try:
        record = json.loads(_decode(raw, path))
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


def _language(text: str) -> str | None:
    """Tell "en" by the share of English function words; None when it is another language, or there are no words.

    English news has 30 to 45 % of these words, other languages written in Latin letters under 10 %.
    """
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    share = sum(word in function_words() for word in words) / len(words) if words else 0
    return "en" if share > 0.15 else None
