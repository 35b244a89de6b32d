"""Read records: a JSON object a line, each a document with its text and what is known of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from claimtrack.errors import UnreadableDocument
from claimtrack.reading import imprint
from claimtrack.reading.decoding import decode
from claimtrack.reading.imprint import Metadata
from claimtrack.reading.quoted_lines import quoted_lines
from claimtrack.reading.registry import Draft, reader

__all__ = ["metadata_of", "read_record", "sound"]


@reader(".jsonl", ".ndjson")
def read_record(raw: bytes, path: str) -> Draft:
    """Read a line of JSON with `text` and any of title, author, date, url, publisher.

    Raises:
        UnreadableDocument: it is not JSON, has no text, or is a claim that claimtrack wrote.
    """
    try:
        record = json.loads(decode(raw, path))
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(f"{path!r} is not JSON ({error}): write one JSON object a line.") from error
    text = record.get("text") if isinstance(record, dict) else None
    if not isinstance(text, str):
        raise UnreadableDocument(f"{path!r} has no \"text\": each line is an object with its text under that name.")
    if record.get("record") == "claim" and "proposition" in record:
        raise UnreadableDocument(f"{path!r} is no article but a claim that claimtrack wrote: leave it out.")
    text = sound(text)
    return Draft(text, metadata_of(record), told=quoted_lines(text))


def metadata_of(record: Mapping[str, object]) -> Metadata:
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


def sound(text: str) -> str:
    r"""Read `\r\n` as `\n`, and replace halves of surrogate pairs, which no file can hold, one for one."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text.replace("\r\n", "\n"))
