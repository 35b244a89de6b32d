"""Tell by the bytes of a file what it is, whatever its name says; what nobody can read here is refused by its name."""

from __future__ import annotations

import codecs
import io
import json
import re
import zipfile

from claimtrack.errors import UnreadableDocument

__all__ = ["kind_of"]

_TEXT, _WORD, _PICTURE = "save it as text", "save it as .docx or as text", "run text recognition on it first"
_SOUND = "make a transcript of it first"
# First bytes of formats that are read: their extension.
_READ = ((b"%pdf-", ".pdf"), (b"\x1f\x8b", ".gz"), (b"{\\rtf", ".rtf"), (b"webvtt", ".vtt"), (b"warc/", ".warc"))
# First bytes of formats that are not: what it is, and what to do.
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls, .msg)", _WORD), (b"\x89png", "a picture", _PICTURE),
    (b"\xff\xd8\xff", "a picture", _PICTURE), (b"gif8", "a picture", _PICTURE), (b"ii*\0", "a picture", _PICTURE),
    (b"mm\0*", "a picture", _PICTURE), (b"\x00\x00\x01\x00", "a picture", _PICTURE), (b"id3", "a sound file", _SOUND),
    (b"oggs", "a sound file", _SOUND), (b"flac", "a sound file", _SOUND), (b"riff", "a sound, film or picture", _SOUND),
    (b"\x1a\x45\xdf\xa3", "a film", _SOUND), (b"7z\xbc\xaf", "a 7z archive", "unpack it"),
    (b"rar!", "a RAR archive", "unpack it"), (b"bzh", "a bzip2 archive", "unpack it"),
    (b"\xfd7zxz", "an xz archive", "unpack it"), (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it"),
    (b"sqlite format", "an SQLite database", "name it with --db where it is a store"),
    (b"par1", "a Parquet table", "write its texts as JSON lines"), (b"\x7felf", "a program", "name a document"),
    (b"%!ps", "a PostScript file", "save it as PDF or as text"),
    (b"itsf", "a help file", _TEXT), (b"\\documentclass", "a LaTeX source", "save its PDF or its text"),
)
# What an archive in the zip format is, by the name of a file inside it.
_ZIPPED = (("word/document.xml", ".docx"), ("META-INF/container.xml", ".epub"))
_ZIPPED_REFUSED = (("xl/workbook.xml", "a spreadsheet"), ("ppt/presentation.xml", "a presentation"),
                   ("Index/Document.iwa", "a Pages document"))
# Extensions of text that is no prose: what a program or a table would be read as.
_NO_PROSE = {
    ".csv": "a table: give it with --metadata, or write its texts as JSON lines", ".bib": "a list of works: give it "
    "with --metadata", ".py": "a program", ".js": "a program", ".css": "a style sheet", ".tsv": "a table: write its "
    "texts as JSON lines", ".tex": "a LaTeX source: save its PDF or its text", ".ics": "a calendar: save it as text",
    ".vcf": "a list of addresses: save it as text", ".svg": "a picture",
}
_PAGE = re.compile(
    rb"(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}\?>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.DOTALL
)
_FRAGMENT = re.compile(rb"<(?:article|div|h[1-6]|main|meta|p|section|table|title)\b[^<>]{0,500}>")
_XML = re.compile(rb"(?:<\?xml[^>]{0,300}\?>\s*)?(?:<!--.{0,2000}?-->\s*|<\?[^>]{0,300}\?>\s*|<![^>]{0,300}>\s*)*"
                  rb"<([\w:.\-]{1,60})", re.DOTALL)
_FEEDS = (b"rss", b"feed", b"rdf:rdf", b"atom:feed")
_SUBTITLES = re.compile(rb"\d{1,4}[ \t]*\r?\n\d\d:\d\d:\d\d,\d{3}\s*-->")
_MAILBOX = re.compile(rb"from \S+ [^\n]{10,60}\n[a-z-]{2,40}:[ \t]")
_MAIL_LINE = re.compile(rb"([a-z][a-z0-9\-]{1,40}):(?:[ \t][^\n]*)?\n(?:[ \t]+\S[^\n]*\n)*")
_MAIL_NAMES = frozenset({b"from", b"to", b"subject", b"date", b"message-id", b"received", b"cc", b"reply-to",
                         b"mime-version", b"return-path", b"delivered-to", b"sent"})
_PLAIN = frozenset({".txt", ".text", ".md", ".markdown", ""})


def kind_of(raw: bytes, extension: str, path: str) -> str:
    """Give the extension under which a file of these bytes is read.

    The bytes decide where they are unmistakable; else the file's own extension, which is in small letters and empty
    for none; else it is plain text. ".jsonl" are records, a JSON object a line.

    Raises:
        UnreadableDocument: it is of a format that is not read, which the message names.
    """
    start = raw[:4096].lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower()
    if found := next((kind for mark, kind in _READ if start.startswith(mark)), None):
        return found
    if start.startswith(b"pk\x03\x04"):
        return _zipped(raw, path)
    what = next(((what, step) for mark, what, step in _REFUSED if start.startswith(mark)), None)
    if what or start[4:8] == b"ftyp":
        raise _refusal(path, *(what or ("a film or sound file", _SOUND)))
    if extension in _NO_PROSE:
        what_step = _NO_PROSE[extension]
        raise UnreadableDocument(f"{path!r} is {what_step}{'' if ':' in what_step else ': name a document'}.")
    return _marked_up(raw, start, extension, path) or _written(raw, start, extension, path)


def _marked_up(raw: bytes, start: bytes, extension: str, path: str) -> str | None:
    """Tell whether it is a page, a feed or other XML; None where it is none of these."""
    if not start.startswith(b"<"):
        return None
    if _PAGE.match(start):
        return ".html"
    if _FRAGMENT.match(start) and len(re.findall(rb"</(?:p|div|h\d|article)>", raw[:100_000].lower())) > 1:
        return ".html"
    root = _XML.match(start)
    if root and root[1] in _FEEDS:
        return ".rss"
    if root and start.startswith(b"<?xml") and extension not in (".html", ".htm", ".xhtml"):
        raise _refusal(path, f"XML of the kind {root[1].decode('ascii', 'replace')!r}", "save it as HTML or as text")
    return None


def _written(raw: bytes, start: bytes, extension: str, path: str) -> str:
    """Tell what a text is: a mail, subtitles, records, or plain."""
    if extension not in _PLAIN and extension not in (".eml", ".mbox", ".mht", ".mhtml", ".json", ".log"):
        return extension
    if _MAILBOX.match(start.replace(b"\r\n", b"\n")):
        return ".mbox"
    if _is_mail(start):
        return ".mhtml" if b"multipart/related" in start and b"text/html" in raw.lower() else ".eml"
    if _SUBTITLES.match(start):
        return ".srt"
    if start[:1] in (b"{", b"["):
        return _records(raw, extension, path)
    if extension == ".json":
        raise _refusal(path, "no JSON, in spite of its name", "check it")
    return extension


def _records(raw: bytes, extension: str, path: str) -> str:
    """Tell whether JSON holds documents; text that only begins like JSON ("[1] The bank …") is plain."""
    if _json(raw.lstrip().split(b"\n", 1)[0], dict) or _json(raw, dict):
        return ".jsonl"
    if _json(raw, list):
        raise _refusal(path, "a JSON list", "write one object with its \"text\" a line (JSON lines)")
    return "" if extension == ".json" else extension


def _json(raw: bytes, shape: type) -> bool:
    """Tell whether the bytes are JSON of this shape; "{}" is no record, and a list counts where it holds a record."""
    try:
        found: object = json.loads(raw)
    except (ValueError, RecursionError):
        return False
    if isinstance(found, list):
        return shape is list and any(isinstance(one, dict) and one for one in found)
    return isinstance(found, shape) and bool(found)


def _is_mail(start: bytes) -> bool:
    """Tell whether a text begins with the lines of a mail's head, at least three of them, "From:" among them."""
    names: set[bytes] = set()
    at = 0
    start = start.replace(b"\r\n", b"\n")
    while line := _MAIL_LINE.match(start, at):
        names.add(line[1])
        at = line.end()
    return b"from" in names and len(names & _MAIL_NAMES) >= 3


def _zipped(raw: bytes, path: str) -> str:
    """Tell which of the formats that are zip archives it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError) as error:
        raise UnreadableDocument(f"{path!r} is a broken zip archive ({error}): save it anew.") from error
    if what := next((what for name, what in _ZIPPED_REFUSED if name in names), None):
        raise _refusal(path, what, _TEXT)
    if mime.startswith(b"application/vnd.oasis.opendocument"):
        if b"opendocument.text" not in mime:
            raise _refusal(path, "a spreadsheet, presentation or drawing", _TEXT)
        return ".odt"
    return next((kind for name, kind in _ZIPPED if name in names), ".zip")


def _refusal(path: str, what: str, step: str) -> UnreadableDocument:
    """Make the error of a file of a format that is not read."""
    return UnreadableDocument(f"{path!r} is {what}, which is not read here: {step}.")
