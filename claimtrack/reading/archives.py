"""Open archives: zip and gzip files of articles, and books in EPUB, a document a chapter."""

from __future__ import annotations

import gzip
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from claimtrack.errors import EmptyDocument, UnreadableDocument
from claimtrack.reading.markup import html_text
from claimtrack.reading.records import metadata_of
from claimtrack.reading.registry import CONTAINERS, MAX_BYTES, READERS, Draft, Member, container

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
