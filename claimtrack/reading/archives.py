"""Open archives: zip and gzip files of articles, web archives (WARC), and books in EPUB, a document a chapter."""

from __future__ import annotations

import gzip
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from claimtrack.errors import EmptyDocument, UnreadableDocument
from claimtrack.reading.imprint import Metadata
from claimtrack.reading.markup import html_text
from claimtrack.reading.records import metadata_of
from claimtrack.reading.registry import CONTAINERS, MAX_BYTES, READERS, Draft, Member, container

_PAGES = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf"}
_PACKED = 4 * MAX_BYTES  # of all files of an archive together, unpacked


@container(".gz")
def _gzip(raw: bytes, path: str) -> Iterator[Member]:
    """Give the one file of a gzip archive, named as the archive without its ".gz"."""
    try:
        with gzip.open(io.BytesIO(raw)) as file:
            inside = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableDocument(f"{path!r} is a broken gzip file ({error}): fetch it anew.") from error
    if len(inside) > MAX_BYTES:
        raise UnreadableDocument(f"{path!r} is larger than {MAX_BYTES // 1_000_000} MB unpacked: split it into parts.")
    name = PurePosixPath(path).name
    yield Member(name[: -len(".gz")] if name.lower().endswith(".gz") else "", inside)


@container(".zip")
def _zip(raw: bytes, path: str) -> Iterator[Member]:
    """Give the files of a zip archive for which there is a reader, by name; hidden ones are left out."""
    with _unzipped(raw, path) as archive:
        infos = [info for info in archive.infolist() if _is_document(info.filename) and not info.is_dir()]
        if not infos:
            raise EmptyDocument(f"{path!r} is a zip archive without documents: put articles into it.")
        if sum(info.file_size for info in infos) > _PACKED:
            size = f"{_PACKED // 1_000_000} MB"
            raise UnreadableDocument(f"{path!r} is larger than {size} unpacked: split it into parts.")
        for info in sorted(infos, key=lambda info: info.filename):
            yield Member(info.filename, _member(archive, info.filename, path))


def _unzipped(raw: bytes, path: str) -> zipfile.ZipFile:
    """Open a zip archive."""
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise UnreadableDocument(f"{path!r} is no whole zip archive ({error}): fetch it anew.") from error


def _is_document(name: str) -> bool:
    """Tell whether a file in an archive is to be read."""
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return not hidden and PurePosixPath(name).suffix.lower() in (*READERS, *CONTAINERS)


def _member(archive: zipfile.ZipFile, name: str, path: str) -> bytes:
    """Give the bytes of a file in an archive."""
    try:
        with archive.open(name) as file:
            return file.read(MAX_BYTES)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, zlib.error) as error:
        raise UnreadableDocument(f"{path!r} cannot be unpacked ({name!r}: {error}): unpack it yourself.") from error


@container(".warc")
def _web_archive(raw: bytes, path: str) -> Iterator[Member]:
    """Give the pages and PDFs of a web archive, each named by its address, by the library warcio, where it is there."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ModuleNotFoundError as error:
        raise UnreadableDocument(
            f"{path!r} is a web archive (WARC), which needs the extra \"formats\": pip install 'claimtrack[formats]', "
            "or unpack its pages."
        ) from error
    found = False
    for record in ArchiveIterator(io.BytesIO(raw)):
        kind = _PAGES.get(_content_type(record)) if record.rec_type in ("response", "resource") else None
        address = record.rec_headers.get_header("WARC-Target-URI")
        if kind is not None and address:
            found = True
            yield Member(address, record.content_stream().read(MAX_BYTES), partial(_archived, kind, address))
    if not found:
        raise EmptyDocument(f"{path!r} is a web archive without pages: archive the pages themselves.")


def _content_type(record: Any) -> str:  # noqa: ANN401  warcio comes without types
    """Give the type of what a server answered; empty where it answered with an error, or sent the reader elsewhere."""
    headers = record.http_headers
    if headers is None:
        return str(record.rec_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    answered = str(headers.get_statuscode()).startswith("2")
    return str(headers.get_header("Content-Type") or "").partition(";")[0].strip().lower() if answered else ""


def _archived(kind: str, address: str, raw: bytes, path: str) -> Draft:
    """Read a page of a web archive."""
    draft = READERS[kind](raw, path)
    return replace(draft, metadata=draft.metadata.over(Metadata(url=address)))


@container(".epub")
def _book(raw: bytes, path: str) -> Iterator[Member]:
    """Give the chapters of a book in the order in which they are read."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    with _unzipped(raw, path) as archive:
        holder = etree.fromstring(_member(archive, "META-INF/container.xml", path), parser)
        place = holder.xpath("string(//*[local-name()='rootfile']/@full-path)")
        package = etree.fromstring(_member(archive, place, path), parser)
        about = {
            "title": package.xpath("string(//*[local-name()='title'])"),
            "author": [e.text for e in package.xpath("//*[local-name()='creator']") if e.text],
            "date": package.xpath("string(//*[local-name()='date'])"),
            "publisher": package.xpath("string(//*[local-name()='publisher'])"),
        }
        files = {e.get("id"): e.get("href") for e in package.xpath("//*[local-name()='item']")}

        def read(page: bytes, _: str) -> Draft:
            return Draft(html_text(page.decode("utf-8", "replace")), metadata_of(about))

        for reference in package.xpath("//*[local-name()='itemref']"):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(files[reference.get("idref")])))
            page = _member(archive, name, path)
            if html_text(page.decode("utf-8", "replace")).strip():
                yield Member(name, page, read)
