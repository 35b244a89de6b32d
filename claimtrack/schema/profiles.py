"""What the store holds on a topic or a source."""

from __future__ import annotations

from typing import Literal

from claimtrack.schema.chronicle import Reversal
from claimtrack.schema.decisions import Decision
from claimtrack.schema.forecasts import Score
from claimtrack.schema.record import Record
from claimtrack.schema.terms import Reliability, SourceKind


class Topic(Record):
    """What claims are about: how it is called, how much the store holds on it, and where people put it.

    `topic` is its slug, `name` is for reading. The counts take in what is read as this topic and all that stands under
    it; `contradictions` counts the clashes, tensions aside, of claims on it. `aliases` are other names of it, `under`
    is the slug of the topic under which people put it.
    """

    record: Literal["topic"] = "topic"
    topic: str
    name: str
    claims: int
    documents: int
    sources: int
    contradictions: int
    aliases: tuple[str, ...] = ()
    under: str | None = None


class Opponent(Record):
    """Whom a source clashes with, how often, and the pair that shows it best."""

    id: str
    name: str
    contradictions: int
    tensions: int
    pair: str


class SourceProfile(Record):
    """What the store holds of a source, how it fared, and what people decided about it.

    `names` are other spellings of its name, `merged` the ids that are read as it. `reliability` is the Admiralty code
    that a person gave it, never derived from anything. `decisions` are those in force: merges, ratings, comments.
    `opponents`: who clashes with it, most often first; a position that somebody else tells of it counts, too. `score`
    is that of its resolved forecasts, if there are any.
    """

    record: Literal["source_profile"] = "source_profile"
    id: str
    name: str
    kind: SourceKind
    names: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    reliability: Reliability | None = None
    decisions: tuple[Decision, ...] = ()
    claims: int
    documents: int
    oldest: str | None = None
    newest: str | None = None
    contradictions: int = 0
    tensions: int = 0
    opponents: tuple[Opponent, ...] = ()
    reversals: tuple[Reversal, ...] = ()
    forecasts: int = 0
    score: Score | None = None
