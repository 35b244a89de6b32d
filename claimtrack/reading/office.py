"""Read texts of office programs: Word's .docx, OpenDocument's .odt, and .rtf."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from claimtrack.errors import UnreadableDocument
from claimtrack.reading.decoding import decode
from claimtrack.reading.imprint import Metadata
from claimtrack.reading.registry import MAX_BYTES, Draft, reader

_SKIPPED = frozenset({"del", "moveFrom", "instrText", "footnoteReference", "annotation", "note", "tracked-changes",
                      "bookmark-start", "sequence-decls", "pict", "txbxContent", "AlternateContent"})


@reader(".docx")
def _read_docx(raw: bytes, path: str) -> Draft:
    """Read a Word document: its paragraphs with tracked changes accepted, its title and author where it has them."""
    body, about = _parts(raw, path, "word/document.xml", "docProps/core.xml")
    paragraphs = (_words(p) for p in body.iter() if _name(p) == "p" and not _within(p, "txbxContent"))
    return Draft("\n\n".join(filter(None, paragraphs)), _about(about))


@reader(".odt")
def _read_odt(raw: bytes, path: str) -> Draft:
    """Read an OpenDocument text: its headings and paragraphs."""
    body, about = _parts(raw, path, "content.xml", "meta.xml")
    paragraphs = (_words(p) for p in body.iter() if _name(p) in ("p", "h") and not _within(p, *_SKIPPED))
    return Draft("\n\n".join(filter(None, paragraphs)), _about(about))


@reader(".rtf")
def _read_rtf(raw: bytes, path: str) -> Draft:
    """Read rich text by the library striprtf, where it is installed."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ModuleNotFoundError as error:
        raise UnreadableDocument(
            f"{path!r} is rich text (.rtf), which needs the extra \"formats\": pip install 'claimtrack[formats]', or "
            "save it as .docx or as text."
        ) from error
    try:
        text = rtf_to_text(raw.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]  # striprtf has no types
    except Exception as error:  # the library lets any exception of its parser through
        raise UnreadableDocument(f"{path!r} is broken rich text ({error}): save it anew, or as text.") from error
    return Draft(decode(text.encode("utf-8", "replace"), path))


def _parts(raw: bytes, path: str, *names: str) -> Iterator[Any]:
    """Give the roots of the parts of a document; None for one that is missing, but for the first."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for index, name in enumerate(names):
                if index and name not in archive.namelist():
                    yield None
                    continue
                if archive.getinfo(name).file_size > MAX_BYTES:
                    size = f"{MAX_BYTES // 1_000_000} MB"
                    raise UnreadableDocument(f"{path!r} is larger than {size} unpacked: split it into parts.")
                yield etree.fromstring(archive.read(name), parser)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, etree.XMLSyntaxError) as error:
        raise UnreadableDocument(f"{path!r} is broken or locked ({error}): save it anew, or as text.") from error


def _name(element: Any) -> str:  # noqa: ANN401  lxml's elements come without types
    """Give the name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _within(element: Any, *names: str) -> bool:  # noqa: ANN401  as above
    """Tell whether one of the elements around it has one of the names."""
    return any(_name(outer) in names for outer in element.iterancestors())


def _words(element: Any) -> str:  # noqa: ANN401  as above
    """Give the words of a paragraph, deleted ones left out."""
    return ((element.text or "") * ("wordprocessingml" not in element.tag) + "".join(_pieces(element))).strip()


def _pieces(element: Any) -> Iterator[str]:  # noqa: ANN401  as above
    """Give the text in an element piece by piece; tabs and line breaks are elements of their own."""
    is_word = "wordprocessingml" in element.tag
    for child in element:
        name = _name(child)
        if name in ("tab", "s"):
            yield " "
        elif name in ("br", "line-break", "cr"):
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name and name not in _SKIPPED:
            if name == "t" or not is_word:
                yield child.text or ""
            yield from _pieces(child)
        if not is_word:
            yield child.tail or ""


def _about(root: Any) -> Metadata:  # noqa: ANN401  as above
    """Give title and author; a single word as author is the name of an account."""
    found = {_name(e): (e.text or "").strip() for e in root.iter()} if root is not None else {}
    author = found.get("creator", "") or found.get("initial-creator", "")
    return Metadata(title=found.get("title") or None, byline=(author,) if " " in author else ())
