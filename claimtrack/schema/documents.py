"""Documents as they were read: sections, voices, where and when they were published."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from claimtrack.schema.record import Record
from claimtrack.schema.terms import SectionKind


class Section(Record):
    """A paragraph or line of a document, what it is, and whose voice it speaks in.

    Sections stand in order, do not overlap, and leave nothing but white space between them. `voice` is the name of
    who writes there ("Paul Antonopoulos"), or a role where no name is given: "author", "reposter", "commenter",
    "publisher". `published` is the day of an entry of a live page or of a comment; None where it is the document's.
    """

    kind: SectionKind
    start: int
    end: int
    voice: str = "author"
    published: str | None = None


class Document(Record):
    """One article as it was read; `text` is never rewritten."""

    record: Literal["document"] = "document"
    id: str
    path: str
    title: str | None = None
    byline: tuple[str, ...] = ()
    publisher: str | None = None
    original_publisher: str | None = None
    published: str | None = Field(default=None, description="ISO 8601, as precise as known: 2021, 2021-10, 2021-10-06")
    language: str | None = None
    url: str | None = None
    sections: tuple[Section, ...] = ()
    text: str
