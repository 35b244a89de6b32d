"""Read mails, as files or pasted as text: who wrote when, the body in plain words, and whose the quoted replies are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from functools import partial

from claimtrack.errors import EmptyDocument
from claimtrack.reading import imprint
from claimtrack.reading.decoding import decode
from claimtrack.reading.imprint import Metadata
from claimtrack.reading.markup import html_text
from claimtrack.reading.quoted_lines import quoted_lines
from claimtrack.reading.registry import READERS, Draft, Member, container, reader
from claimtrack.schema import Section

# The line that begins a mail in a box: "From mara@times.example Wed Oct  6 08:00:00 2021".
_LETTER = re.compile(rb"^From \S+ [^\n]{10,60}\n(?=[A-Za-z-]+:)", re.MULTILINE)


@reader(".eml")
def read_mail(raw: bytes, path: str) -> Draft:
    """Read a mail: the body as its writer saw it; its subject is the title, its sender the author.

    A mail that was pasted as text and is not encoded stays as it is, its head marked as such.
    """
    message = _parse(raw.lstrip())
    metadata = _metadata(message)
    if "content-type" not in message and "content-transfer-encoding" not in message:
        text = decode(raw, path)
        head = text.find("\n\n", len(text) - len(text.lstrip()))
        told = [Section(kind="boilerplate", start=0, end=head)] if head > 0 else []
        body = head if head > 0 else 0
        quoted = (s.model_copy(update={"start": s.start + body, "end": s.end + body})
                  for s in quoted_lines(text[body:], mail=True))
        return Draft(text, metadata, told=(*told, *quoted))
    text = _body(message, path)
    return Draft(text, metadata, told=quoted_lines(text, mail=True))


def _parse(raw: bytes) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(message, EmailMessage)  # what this policy makes
    return message


def _metadata(message: EmailMessage) -> Metadata:
    """Give the title, author and day of a mail as its head tells them."""
    name, address = parseaddr(_header(message, "from"))
    try:
        sent = parsedate_to_datetime(_header(message, "date")).date().isoformat()
    except (ValueError, TypeError):
        sent = imprint.iso_date(_header(message, "date") or _header(message, "sent")) or ""
    return Metadata(
        title=_header(message, "subject") or None,
        byline=(name or address,) if name or address else (),
        published=sent or None,
    )


def _header(message: EmailMessage, name: str) -> str:
    """Give a line of the head, decoded; empty where there is none or it is broken."""
    try:
        return " ".join(str(message[name] or "").split())
    except (ValueError, IndexError, AttributeError):  # what broken lines provoke in the library
        return ""


def _body(message: EmailMessage, path: str) -> str:
    """Give the text of a mail: its plain part, else its page in plain words."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        raise EmptyDocument(f"{path!r} is a mail without text: save what is attached to it.")
    raw = part.get_payload(decode=True)
    charset = part.get_content_charset() or "utf-8"
    text = _decoded(raw if isinstance(raw, bytes) else b"", charset, path).replace("\r\n", "\n")
    if part.get_content_subtype() == "html":
        return html_text(text)
    if part.get_param("format") == "flowed":
        text = re.sub(r"(?m)(?<=\S) \n(?!>|\s)", " ", text)
    return text


def _decoded(raw: bytes, charset: str, path: str) -> str:
    """Decode a body: by its own word where that holds, else as any text."""
    names = {"iso-8859-1": "cp1252", "us-ascii": "utf-8", "ascii": "utf-8"}
    try:
        return raw.decode(names.get(charset.lower(), charset))
    except (LookupError, UnicodeDecodeError):
        return decode(raw, path)


@container(".mbox")
def _mailbox(raw: bytes, path: str) -> Iterator[Member]:
    """Give the mails of a box, each named by its own id, so that it stays itself when others come or go."""
    _, *letters = _LETTER.split(raw.replace(b"\r\n", b"\n"))
    if not letters:
        raise EmptyDocument(f"{path!r} is a box without mails: check the file, or leave it out.")
    for number, written in enumerate(letters, 1):
        letter = re.sub(rb"(?m)^>(>*From )", rb"\1", written.strip(b"\n") + b"\n")
        yield Member(_header(_parse(letter), "message-id").strip("<>") or str(number), letter, read_mail)


@container(".mhtml", ".mht")
def _web_archive(raw: bytes, path: str) -> Iterator[Member]:
    """Give the page of a web archive as browsers save it."""
    message = _parse(raw)
    part = next((p for p in message.walk() if p.get_content_type() == "text/html"), None)
    payload = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(payload, bytes) or not payload.strip():
        raise EmptyDocument(f"{path!r} is a web archive without a page: save the page itself.")
    charset = (part.get_content_charset() or "utf-8").encode("ascii", "ignore")
    mark = b"" if b"charset" in payload[:4096] else b"<!-- charset=" + charset + b" -->"
    address = str(part["content-location"] or message["snapshot-content-location"] or "")
    yield Member("", mark + payload, partial(_read_archived, address))


def _read_archived(address: str, raw: bytes, path: str) -> Draft:
    """Read the page of a web archive, which tells where it was saved."""
    draft = READERS[".html"](raw, path)
    known = Metadata(url=address if address.startswith("http") else None)
    return replace(draft, metadata=draft.metadata.over(known))
