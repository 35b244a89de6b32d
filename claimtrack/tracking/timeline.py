"""Claims in order of the time they were said at or speak of: where a source changed sides, what they clash with."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from claimtrack.contradiction import contrasts, gathering, voices
from claimtrack.reading.reprints import Print
from claimtrack.schema import Claim, Clash, Contradiction, Contrast, Reversal, SideName, Source, TimelineEntry
from claimtrack.store import words

__all__ = ["clashes", "lies_within", "parties", "repeats", "reversals", "timeline"]

UNDATED = "9999"


# --- the line ----------------------------------------------------------------------------------------------------


class _Place(NamedTuple):
    """A place on a timeline: sorted by its first two fields, worded and bounded by the others."""

    at: str
    rank: int
    when: str
    start: str | None
    end: str | None


def timeline(
    claims: Iterable[Claim],
    by: Literal["said", "event"],
    changed: Iterable[Reversal],
    pairs: Iterable[Contradiction],
    repeated: Mapping[str, str],
) -> list[TimelineEntry]:
    """Put claims in order of time, oldest first and those without a date last.

    By event, a claim that names no time stands before, at or after the day it was said, as its tense tells. What a
    reprint says again is marked, and clashes with nothing: the original does. A change of side is no clash besides.

    Args:
        claims: the claims.
        by: the time they were said or published at, or the time they speak of.
        changed: where sources changed sides, as `reversals` finds it.
        pairs: the contradictions and tensions to link.
        repeated: what reprints say again, as `repeats` finds it.
    """
    met = clashes(pair for pair in pairs if not {pair.a.id, pair.b.id} & repeated.keys())
    former = {reversal.after.id: reversal.before for reversal in changed}
    placed = [(_said(claim) if by == "said" else _event(claim), claim) for claim in gathering.ordered(claims)]
    return [
        TimelineEntry(
            when=place.when, start=place.start, end=place.end, claim=claim, repeats=repeated.get(claim.id),
            changed_from=before, clashes=tuple(c for c in met.get(claim.id, ()) if not before or c.claim != before.id),
        )
        for place, claim in sorted(placed, key=lambda one: one[0][:3])
        for before in [former.get(claim.id)]
    ]  # fmt: skip


def _said(claim: Claim) -> _Place:
    said = claim.published
    return _Place(said or UNDATED, 0, said or "no date", said, said)


def _event(claim: Claim) -> _Place:
    time = claim.time
    if time.start or time.end:
        return _Place(time.start or time.end or "", 1, _interval(time.start, time.end), time.start, time.end)
    said = claim.published
    at = said or UNDATED
    if time.relation == "past":
        return _Place(at, 0, f"before {said}" if said else "no date, past", None, said)
    if time.relation == "future":
        return _Place(at, 3, f"after {said}" if said else "no date, to come", said, None)
    return _Place(at, 2, f"as of {said}" if said else "no date, present", said, said)


def _interval(start: str | None, end: str | None) -> str:
    """Word an interval as shortly as it can be: "2024", "2024-09", "2024-09-01 to 2024-10-15", "from 2024-09-01"."""
    if start is None or end is None:
        return f"from {start}" if start else f"until {end}"
    if start == end:
        return start
    if (start[4:], end[4:]) == ("-01-01", "-12-31"):
        return start[:4] if start[:4] == end[:4] else f"{start[:4]} to {end[:4]}"
    if start[:7] == end[:7] and start[7:] == "-01" and end[8:] == _last_day(end):
        return start[:7]
    return f"{start} to {end}"


def _last_day(day: str) -> str:
    return str(calendar.monthrange(int(day[:4]), int(day[5:7]))[1])


def lies_within(entry: TimelineEntry, since: str | None, until: str | None) -> bool:
    """Tell whether an entry may lie within two dates of any precision, both inclusive; without a date it does not."""
    if entry.start is None and entry.end is None:
        return since is None and until is None
    too_early = since is not None and entry.end is not None and entry.end < since[: len(entry.end)]
    too_late = until is not None and entry.start is not None and entry.start[: len(until)] > until
    return not too_early and not too_late


def clashes(pairs: Iterable[Contradiction]) -> dict[str, list[Clash]]:
    """Give what each claim clashes with, by its id, in the order of the pairs."""
    found: dict[str, list[Clash]] = defaultdict(list)
    for pair in pairs:
        for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
            clash = Clash(
                contradiction=pair.id, kind=pair.kind, strength=pair.strength, claim=other.id,
                source=" and ".join(parties(other, pair).values()), published=other.published,
            )  # fmt: skip
            found[one.id].append(clash)
    return dict(found)


def parties(claim: Claim, pair: Contradiction) -> dict[str, str]:
    """Name who clashes by a claim of a pair, by id: its source, or those whose position it tells ("Turkish-backed")."""
    targets = {name for evidence in pair.evidence if evidence.field == "target" for name in (evidence.a, evidence.b)}
    holders = {p.holder_id: p.holder for p in claim.positions if p.target in targets}
    return holders or {claim.source.id: claim.source.name}


# --- reprints, changes of side -----------------------------------------------------------------------------------


def repeats(claims: Iterable[Claim], prints: Mapping[str, Print]) -> dict[str, str]:
    """Tell what reprints only say again: by id of a claim, that of the first one in the same words.

    A claim that a reprint words anew, as a correction does, is a claim of its own.

    Args:
        claims: the claims, in any order.
        prints: which documents are reprints, by document id.
    """
    first: dict[tuple[str, tuple[str, ...]], Claim] = {}
    found = {}
    for claim in gathering.ordered(claims):
        original = prints[claim.document].original if claim.document in prints else claim.document
        earlier = first.setdefault((original, words(claim.text)), claim)
        if earlier.document != claim.document:
            found[claim.id] = earlier.id
    return found


class _Stand(NamedTuple):
    source: Source
    claim: Claim
    side: SideName


def reversals(claims: Iterable[Claim], repeated: Container[str]) -> list[Reversal]:
    """Find where a source changed sides, by the time it did.

    Both claims are on one proposition, the former was published at an earlier date, and neither leaves it open. What a
    reprint says again changes nothing, and a source that nobody can tell from others ("experts") has no side.

    Args:
        claims: the claims, in any order.
        repeated: the ids of those that a reprint says again, as `repeats` finds them.
    """
    known = {claim.id: claim for claim in claims if claim.published and claim.id not in repeated}
    found: list[Reversal] = []
    for proposition in contrasts.contrast(known.values()):
        held: dict[str, list[_Stand]] = defaultdict(list)
        for stand in _stands(proposition, known):
            held[stand.source.id].append(stand)
        found += (reversal for stands in held.values() for reversal in _left(stands))
    return sorted(found, key=lambda reversal: (reversal.after.published or "", reversal.after.id))


def _stands(proposition: Contrast, known: Mapping[str, Claim]) -> Iterator[_Stand]:
    """Give who took a side of a proposition with which claim: those whose position it tells, else its source."""
    for side in proposition.sides:
        for voice in side.voices if side.name != "open" else ():
            for claim in (known[id] for id in voice.claims):
                source = voice.source if claim.positions else claim.source
                if _is_somebody(source):
                    yield _Stand(source, claim, side.name)


def _left(held: Iterable[_Stand]) -> Iterator[Reversal]:
    """The reversals of one source on one proposition."""
    before: _Stand | None = None
    for stand in sorted(held, key=lambda one: (one.claim.published or "", one.claim.spans)):
        if before is not None and before.side != stand.side and _is_later(stand.claim, before.claim):
            yield Reversal(source=stand.source, before=before.claim, after=stand.claim)
        before = stand


def _is_later(claim: Claim, before: Claim) -> bool:
    """Tell whether a claim was surely published later: 2021-10 is not later than 2021."""
    first, second = before.published or "", claim.published or ""
    known = min(len(first), len(second))
    return first[:known] < second[:known]


def _is_somebody(source: Source) -> bool:
    named = source.kind == "author" and not source.is_nameless_voice
    return named or source.kind in voices.NAMED
