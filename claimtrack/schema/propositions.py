"""Claims gathered by what they say: who is on which side of it, and who bears it out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from claimtrack.schema.claims import Claim, Likelihood, Source
from claimtrack.schema.record import Record
from claimtrack.schema.terms import SideName


class Voice(Record):
    """Who takes one side of a proposition, with which claims, where, and since when.

    One source is one voice, however many outlets carry it, and so are claims in the same words. `claims` are the ids
    of all its claims, oldest first; `reprints` those among them that stand in a reprint or repeat the words of an
    earlier one elsewhere. `likelihood` is that of the newest claim. `first` and `last` are dates of publication.
    """

    source: Source
    claims: tuple[str, ...]
    reprints: tuple[str, ...] = ()
    outlets: tuple[str, ...] = Field(description="publishers, or paths where none is known, in the order of the claims")
    likelihood: Likelihood | None = None
    first: str | None = None
    last: str | None = None


class Side(Record):
    """One side of a proposition, and its voices, surest first; what is only asked, hoped or conditional is open."""

    name: SideName
    voices: tuple[Voice, ...]


class Contrast(Record):
    """What is said of one proposition, side by side: the claims ordered by likelihood, surest first, open ones last."""

    record: Literal["contrast"] = "contrast"
    id: str = Field(default="", description="of the proposition: prp_ and 16 hex, the same in every store")
    proposition: str
    parties: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    claims: tuple[Claim, ...]


class Corroboration(Record):
    """Who says the same: the voices on one side of a proposition.

    `independent` counts voices that may have come to it each on its own: an author who says it beside a source that
    the article quotes for it adds none, and all sources without a name count as one.
    """

    record: Literal["corroboration"] = "corroboration"
    id: str = Field(description="of the proposition")
    proposition: str
    side: SideName
    independent: int
    outlets: int
    voices: tuple[Voice, ...]
    claims: tuple[Claim, ...]
