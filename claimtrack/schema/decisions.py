"""What persons decided, and what is kept because they did."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from claimtrack.schema.claims import Claim
from claimtrack.schema.record import Record
from claimtrack.schema.terms import Action, Credibility, Outcome, Reliability, Span, Subject


class Anchor(Record):
    """Where a claim stood when a person decided on it, to find it again in a text that was read anew or changed."""

    claim: str = Field(description="the claim's id at that time")
    document: str
    path: str
    source: str = Field(description="the id of the source that the machine gave it")
    quotation: str = Field(description="the claim's own words")
    before: str = Field(default="", description="up to 40 characters before them")
    after: str = Field(default="", description="up to 40 characters after them")
    start: int


class Change(Record):
    """One field of a claim that a person set: a key of the claim ("source", "stance", "proposition") and its value."""

    field: str
    value: str | None


class Decision(Record):
    """What a person decided, on which record, when; the log of decisions only grows, a later one undoes a former.

    `target` is the id of a claim, contradiction, source, topic or decision, as `subject` says. `others`: for merge, the
    ids that are read as the target from now on; for place, nothing or the topic under which the target stands.
    `anchors`: of the claim, or of both claims of a contradiction, or of all claims that a merge joins. `changes`: for
    edit. `parts`: for split, the spans of each new claim. `outcome`, `on` (ISO 8601), `evidence`: for resolve, whether
    the event that the claim is about, without its negation, took place. `reliability` (A to F, of a source) and
    `credibility` (1 to 6, of a claim) are the Admiralty code, for rate.
    """

    record: Literal["decision"] = "decision"
    id: str
    at: str = Field(description="ISO 8601 with time, UTC")
    by: str
    action: Action
    subject: Subject
    target: str
    others: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    changes: tuple[Change, ...] = ()
    parts: tuple[Span, ...] = ()
    outcome: Outcome | None = None
    on: str | None = None
    evidence: str | None = None
    reliability: Reliability | None = None
    credibility: Credibility | None = None
    note: str | None = None


class Original(Record):
    """A claim that decisions changed, as it was extracted; `claim` is None for a claim that a person made."""

    record: Literal["original"] = "original"
    id: str
    document: str
    claim: Claim | None


class Conflict(Record):
    """What two stores that are joined say differently; `kept` is what counts from now on."""

    record: Literal["conflict"] = "conflict"
    subject: Literal["document", "claim", "decision"]
    id: str
    ours: str
    theirs: str
    kept: Literal["ours", "theirs", "both"]


class Judgement(Record):
    """What the machine found and what a person made of it: a row to train or to measure with.

    Of a claim: `extracted` as the machine read it and `reviewed` as it stands now, None where the person rejected it;
    of a pair: `premise`, `hypothesis`, and whether the person finds them contradictory.
    """

    record: Literal["judgement"] = "judgement"
    subject: Literal["claim", "contradiction"]
    target: str
    verdict: Action
    by: str
    at: str
    note: str | None = None
    extracted: Claim | None = None
    reviewed: Claim | None = None
    premise: str | None = None
    hypothesis: str | None = None
    label: Literal["contradiction", "neutral"] | None = None
