"""Pairs of claims or statements: those that clash, and those that only look so."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from claimtrack.schema.claims import Claim
from claimtrack.schema.record import Record
from claimtrack.schema.terms import ContradictionKind, NearReason, PairBasis, PairRelation, Span, Strength


class Evidence(Record):
    """One field that clashes: its values and, where words show them, their spans in the two documents."""

    field: str
    a: str
    b: str
    a_span: Span | None = None
    b_span: Span | None = None


class Contradiction(Record):
    """Two claims that cannot both stand, or stand in tension; `score` in [0, 1] is how sure we are of it.

    `relation`: two sources disagree; one reverses itself over time, or is inconsistent at one time. `group` is an id
    that pairs on one matter share ("grp_" and 16 hex), so that they can be read together. `basis`: a rule found it, or
    the trained judge alone; `faint`: so doubtful that it is shown only to who asks for its score.
    """

    record: Literal["contradiction"] = "contradiction"
    id: str
    kind: ContradictionKind
    strength: Strength
    score: float = Field(ge=0, le=1)
    explanation: str
    evidence: tuple[Evidence, ...] = ()
    same_source: bool
    same_document: bool
    relation: PairRelation = "disagreement"
    group: str = ""
    basis: PairBasis = "rule"
    faint: bool = False
    topics: tuple[str, ...] = ()
    a: Claim
    b: Claim


class NearMiss(Record):
    """A pair that looks contradictory and is not, with the reason that ruled it out."""

    record: Literal["near_miss"] = "near_miss"
    reason: NearReason
    explanation: str
    basis: PairBasis = "rule"
    topics: tuple[str, ...] = ()
    a: Claim
    b: Claim


class Verdict(Record):
    """How a hypothesis stands to a premise: probabilities that add up to 1, and the reason where a rule has one."""

    entailment: float = Field(ge=0, le=1)
    neutral: float = Field(ge=0, le=1)
    contradiction: float = Field(ge=0, le=1)
    explanation: str | None = None
