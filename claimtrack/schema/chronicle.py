"""What is said over time: timelines, changes of side, confirmations."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from claimtrack.schema.claims import Claim, Source
from claimtrack.schema.record import Record
from claimtrack.schema.terms import ContradictionKind, SideName, Strength


class Clash(Record):
    """A contradiction or tension as one of its claims meets it: its id, and the other claim, whose and since when."""

    contradiction: str
    kind: ContradictionKind
    strength: Strength
    claim: str
    source: str
    published: str | None = None


class TimelineEntry(Record):
    """A claim at its place on a timeline, by the time it was said or by the time it is about.

    `when` words the place: "2021-10-06", "2024-09-01 to 2024-12-31", "before 2021-10-06", "no date". `start` and `end`
    (ISO 8601, inclusive) bound it as far as they are known. `changed_from` is the claim by which the same source, at an
    earlier date, took the other side of the same proposition. `repeats` is the id of the claim that this one, in a
    reprint, only says again.
    """

    record: Literal["timeline_entry"] = "timeline_entry"
    when: str
    start: str | None = None
    end: str | None = None
    claim: Claim
    changed_from: Claim | None = None
    clashes: tuple[Clash, ...] = ()
    repeats: str | None = None


class Reversal(Record):
    """A source took one side of a proposition with `before` and, at a later date, the other side with `after`."""

    record: Literal["reversal"] = "reversal"
    source: Source
    before: Claim
    after: Claim


class Confirmation(Record):
    """New claims that take the same side of a proposition as older ones of other sources."""

    record: Literal["confirmation"] = "confirmation"
    id: str = Field(description="of the proposition")
    proposition: str
    side: SideName
    new: tuple[Claim, ...]
    old: tuple[Claim, ...]
