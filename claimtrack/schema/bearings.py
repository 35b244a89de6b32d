"""How an article bears on another outlet's headline."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from claimtrack.schema.record import Record
from claimtrack.schema.terms import BearingLabel, PassageRole, Span


class Passage(Record):
    """A sentence that decided how an article bears on a headline, and the words in it that did.

    role "refutes": it calls the story false, or tells that somebody does; "tells": it comes nearest to the headline.
    """

    role: PassageRole
    span: Span
    text: str
    marks: tuple[Span, ...] = Field(description="in characters of the document's text, as `span`")


class Bearing(Record):
    """How an article bears on another outlet's headline: four scores that add up to 1, and the sentences that decided.

    disagree: one calls false what the other tells; agree: both tell it, or both call it false; discuss: the story is
    handed on without taking a side; unrelated: the article is about something else.
    """

    record: Literal["bearing"] = "bearing"
    headline: str
    document: str
    document_path: str = ""
    title: str | None = None
    label: BearingLabel
    disagree: float = Field(ge=0, le=1)
    agree: float = Field(ge=0, le=1)
    discuss: float = Field(ge=0, le=1)
    unrelated: float = Field(ge=0, le=1)
    explanation: str
    passages: tuple[Passage, ...] = ()
