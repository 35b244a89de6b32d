"""Read documents of any common format into `Document` records: find, detect, extract, cut into sections.

What cannot be read raises a `DocumentError` that names the input, the fault and the next step; `read_all` hands it on
as a `Failure` and goes on with the other inputs.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from claimtrack import deadline
from claimtrack.errors import ClaimtrackError, DocumentError, EmptyDocument, UnreadableDocument
from claimtrack.reading import imprint
from claimtrack.reading.addresses import Pages, is_address
from claimtrack.reading.folders import RECORD_LINES, arrivals, endless, files
from claimtrack.reading.formats import CONTAINERS, READERS
from claimtrack.reading.imprint import Metadata
from claimtrack.reading.paragraphs import function_words
from claimtrack.reading.records import read_record
from claimtrack.reading.registry import MAX_BYTES, MAX_CHARS, Draft, Reader
from claimtrack.reading.sections import sectionize
from claimtrack.reading.sniffing import kind_of
from claimtrack.reading.tables import MetadataTable
from claimtrack.schema import Document, Section

__all__ = ["MAX_BYTES", "MAX_CHARS", "Failure", "Metadata", "MetadataTable", "Pages", "Unchanged", "arrivals",
           "content_id", "from_text", "is_foreign", "read", "read_all"]

JUDGED = 120  # characters: headlines and names alone hold few function words in English, too


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


def content_id(raw: bytes) -> str:
    """Give the id of a document with these bytes: "doc_" and 16 hexadecimal digits of their SHA-256."""
    return "doc_" + hashlib.sha256(raw).hexdigest()[:16]


def from_text(  # noqa: PLR0913  each is one thing that a format may tell of a text
    text: str,
    *,
    path: str = "-",
    raw: bytes | None = None,
    metadata: Metadata | None = None,
    comments_at: int | None = None,
    told: Sequence[Section] = (),
    days: Sequence[tuple[int, str]] = (),
) -> Document:
    """Make a document of a text, which is taken as it is; a blank text gives a document without sections.

    Args:
        text: the whole text; the offsets of all records count its characters.
        path: where it came from.
        raw: the bytes that identify it; the text's own as UTF-8 when None.
        metadata: what is known of it; it wins over what the text says itself.
        comments_at: the character from which on readers' comments stand, where the format tells.
        told: stretches whose kind and voice the format tells.
        days: the characters, in order, from which on another day of publication holds, and the day.
    """
    known = metadata or Metadata()
    sections = tuple(_dated(section, days) for section in sectionize(text, known.byline, comments_at, told))
    found = known.over(imprint.find(text, sections))
    identity = content_id(text.encode("utf8", "surrogatepass") if raw is None else raw)
    return Document(
        id=identity, path=path, language=_language(text), sections=sections, text=text, **found.model_dump()
    )


def _dated(section: Section, days: Sequence[tuple[int, str]]) -> Section:
    """Give a section with the day that holds where it begins, unless it has one of its own."""
    number = bisect_right(days, section.start, key=lambda day: day[0]) - 1
    if section.kind == "comment" or section.published is not None or number < 0:
        return section
    return section.model_copy(update={"published": days[number][1]})


def read(path: str | os.PathLike[str], metadata: Metadata | None = None) -> Document:
    """Read one document; "-" is standard input, and a web address is fetched.

    Raises:
        UnreadableDocument: it is missing, forbidden, broken, too long or no text, or holds several documents.
        EmptyDocument: it holds no text.
    """
    first, *more = islice(_pieces(os.fspath(path), Pages()), 2)
    if more:
        raise UnreadableDocument(f"{os.fspath(path)!r} holds several documents: read it with read_all().")
    return first.document(_Given(metadata or Metadata(), None, (), lambda _, __: False, Pages()))


def read_all(  # noqa: PLR0913  each is one thing that the caller may know of the inputs
    paths: Sequence[str],
    metadata: Metadata | None = None,
    known: Container[str] = (),
    *,
    table: MetadataTable | None = None,
    is_news: Callable[[str, Metadata], bool] | None = None,
    pages: Pages | None = None,
    seconds: float = deadline.SECONDS,
    watched: bool = False,
) -> Iterator[Document | Failure | Unchanged]:
    """Read every document of files, folders, files of records (a document a line), web addresses and "-", in order.

    Folders are read with all folders below, as `folders.files` gives them. Content whose id is in `known` is not read
    again, unless what is given of it is news.

    Args:
        paths: the inputs.
        metadata: what holds of all of them; it wins over the table, and both over what a document says itself.
        known: ids of documents that are read already.
        table: what holds of single ones.
        is_news: tells of a known document's id whether the metadata given for it differ from what was known.
        pages: how web addresses are fetched; once, and not kept, when None.
        seconds: how long 100,000 bytes of a document may take to read, as `deadline.allowed` says.
        watched: whether the inputs were found in a folder, so that a pipe among them is left out.
    """
    given = _Given(metadata or Metadata(), table, known, is_news or (lambda _, __: False), pages or Pages(), seconds)
    for path in paths:
        try:
            found = files(path)
        except DocumentError as error:
            yield Failure(path, error)
            continue
        for file in found:
            if (file != path or watched) and (fault := endless(file)):
                yield Failure(file, fault)
            else:
                yield from _read_file(file, given)


@dataclass(frozen=True)
class _Given:
    """What the caller knows of the documents: their metadata, and which of them are read already."""

    metadata: Metadata
    table: MetadataTable | None
    known: Container[str]
    is_news: Callable[[str, Metadata], bool]
    pages: Pages
    seconds: float = deadline.SECONDS

    def of(self, path: str, url: str | None = None) -> Metadata:
        """Give the metadata for one document."""
        return self.metadata if self.table is None else self.metadata.over(self.table.of(path, url))


def _read_file(path: str, given: _Given) -> Iterator[Document | Failure | Unchanged]:
    """Read the documents of one file; one that fails does not stop the others."""
    try:
        for piece in _pieces(path, given.pages):
            identity = content_id(piece.raw)
            if identity in given.known and not given.is_news(identity, given.of(piece.path)):
                yield Unchanged(piece.path, identity)
            else:
                yield _attempt(piece, given)
    except DocumentError as error:
        yield Failure(path, error)
    except ClaimtrackError:  # the store's, of which the caller asks
        raise
    except Exception as error:  # whatever a damaged file provokes in a library costs that file only
        yield _broken(path, error)


def _broken(path: str, error: Exception) -> Failure:
    words = f"{path!r} cannot be read ({type(error).__name__}: {error}): it is damaged, or of a form not foreseen."
    failure = UnreadableDocument(f"{words} Save it anew, or leave it out.")
    failure.__cause__ = error
    return Failure(path, failure)


def _attempt(piece: _Piece, given: _Given) -> Document | Failure:
    """Give the document of a piece, or why there is none."""
    seconds = deadline.allowed(given.seconds, len(piece.raw))
    try:
        with deadline.deadline(seconds):
            return piece.document(given)
    except deadline.OverTime:
        words = f"{piece.path!r} takes longer than {seconds:,.0f} s to read. It is left out; split it into parts."
        return Failure(piece.path, UnreadableDocument(words))
    except DocumentError as error:
        return Failure(piece.path, error)
    except Exception as error:  # as above
        return _broken(piece.path, error)


# --- from a file to the bytes of each document


@dataclass(frozen=True)
class _Piece:
    """The bytes of one document and the function that reads them."""

    path: str
    raw: bytes
    read: Reader

    def document(self, given: _Given) -> Document:
        """Give the document.

        Raises:
            EmptyDocument: there is no text in the bytes.
            UnreadableDocument: the bytes cannot be read, or hold more than MAX_CHARS characters.
        """
        draft = self.read(self.raw, self.path)
        if not draft.text.strip():
            raise EmptyDocument(f"{self.path!r} holds no text: check the file, or leave it out.")
        if len(draft.text) > MAX_CHARS:
            raise UnreadableDocument(
                f"{self.path!r} holds {len(draft.text):,} characters, more than {MAX_CHARS:,}: split it into parts."
            )
        address = Metadata(url=self.path if is_address(self.path) else None)
        known = given.of(self.path, draft.metadata.url or address.url).over(draft.metadata).over(address)
        return from_text(
            draft.text, path=self.path, raw=self.raw, metadata=known, comments_at=draft.comments_at, told=draft.told,
            days=draft.days,
        )  # fmt: skip


def _pieces(path: str, pages: Pages) -> Iterator[_Piece]:
    """Give the documents of a file, as bytes: one, one a line of a file of records, or those of an archive."""
    if is_address(path):
        yield from _opened(path, *pages.fetch(path))
        return
    extension = "" if path == "-" else Path(path).suffix.lower()
    if extension in RECORD_LINES:
        yield from _record_lines(path)
    else:
        yield from _opened(path, _load(path), extension)


def _opened(path: str, raw: bytes, extension: str, depth: int = 0) -> Iterator[_Piece]:
    """Give the documents in these bytes, by what they are; archives in archives are opened to a depth of four."""
    kind = kind_of(raw, extension, path)
    if kind in RECORD_LINES:
        lines = enumerate(raw.splitlines(), 1)
        yield from (_Piece(f"{path}:{number}", line, read_record) for number, line in lines if line.strip())
    elif kind not in CONTAINERS:
        yield _Piece(path, raw, READERS.get(kind, READERS[".txt"]))
    elif depth > 3:
        raise UnreadableDocument(f"{path!r} is an archive inside archives: unpack it.")
    else:
        for member in CONTAINERS[kind](raw, path):
            inside = f"{path}:{member.name}" if member.name else path
            if member.read is not None:
                yield _Piece(inside, member.raw, member.read)
            else:
                yield from _members(inside, member.raw, Path(member.name).suffix.lower(), depth + 1)


def _members(path: str, raw: bytes, extension: str, depth: int) -> Iterator[_Piece]:
    """Give the documents of a file in an archive; one that is refused costs only itself."""
    try:
        yield from _opened(path, raw, extension, depth)
    except DocumentError as error:
        failure = error

        def fail(_: bytes, __: str) -> Draft:
            raise failure

        yield _Piece(path, raw, fail)


def _record_lines(path: str) -> Iterator[_Piece]:
    """Give each line of a file of records that is not blank, read as it is asked for; its path ends in its number."""
    empty = True
    try:
        with open(path, "rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    empty = False
                    yield _Piece(f"{path}:{number}", line.rstrip(b"\r\n"), read_record)
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


def is_foreign(document: Document) -> bool:
    """Tell whether a text is long enough to judge by its words, and not English."""
    return document.language is None and len(document.text) > JUDGED


def _language(text: str) -> str | None:
    """Tell "en" by the share of English function words; None when it is another language, or there are no words.

    English news has 30 to 45 % of these words, other languages written in Latin letters under 10 %.
    """
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    share = sum(word in function_words() for word in words) / len(words) if words else 0
    return "en" if share > 0.15 else None
