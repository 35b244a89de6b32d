"""What a rule is, and what it can find: a clash, or why two claims that seem to clash do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from claimtrack.schema import Claim, ContradictionKind, Evidence, NearReason, Span, Strength


@dataclass(frozen=True)
class Finding:
    """What a rule found: the clash, how sure the rule is in [0, 1], and the sentence that explains it.

    `matter` is what the two clash on; pairs on one matter are shown together. `one_voice` says whether one source is
    against itself, where that does not follow from who holds the two claims: an article may tell of two holders.
    """

    strength: Strength
    score: float
    explanation: str
    evidence: tuple[Evidence, ...]
    matter: tuple[str, ...]
    one_voice: bool | None = None
    kind: ContradictionKind = "negation"


class Apart(NamedTuple):
    """Why two claims that a rule compared do not clash, although it seems so."""

    reason: NearReason
    explanation: str


class Seat(NamedTuple):
    """Where a claim takes part in pairing: it meets those that sit on another side of the same block."""

    block: str
    side: str


Comparison = Callable[[Claim, Claim], Finding | Apart | None]
Seating = Callable[[Claim], Iterable[Seat]]


@dataclass(frozen=True)
class Rule:
    """One kind of clash, and how it is found.

    Attributes:
        kind: what it is called.
        seats: gives where a claim sits that could take part in such a clash, so that it meets those it could clash
            with: a block is what both must share, the side what must set them apart.
        find: tells from two claims how they clash, what keeps them apart, or None.
    """

    kind: ContradictionKind
    seats: Seating
    find: Comparison


def rule(kind: ContradictionKind, *, seats: Seating) -> Callable[[Comparison], Rule]:
    """Make a rule for one kind of clash of the function below."""
    return lambda find: Rule(kind, seats, find)


def evidence(field: str, a: str, b: str, a_span: Span | None = None, b_span: Span | None = None) -> Evidence:
    """Name a field of the two records, what stands there, and where in their documents."""
    return Evidence(field=field, a=a, b=b, a_span=a_span, b_span=b_span)
