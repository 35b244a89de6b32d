"""All voices on one proposition side by side, and what several independent ones say alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimtrack.contradiction.explanation import bare, names, the
from claimtrack.contradiction.gathering import ordered
from claimtrack.contradiction.propositions import Key, completed, keys
from claimtrack.contradiction.sides import side_of, sureness
from claimtrack.contradiction.voices import Said, gathered_voices, independent, speakers
from claimtrack.reading.reprints import Print
from claimtrack.schema import Claim, Contrast, Corroboration, Side, SideName

TITLE_LENGTH = 160


def contrast(claims: Iterable[Claim], prints: Mapping[str, Print] | None = None) -> list[Contrast]:
    """Gather claims by proposition, those with most voices first; within one, by likelihood, surest first.

    Args:
        claims: the claims, in any order.
        prints: where each document's text stands, and of which it is a reprint (`reprints.prints`); a document that is
            missing there counts as its own, at its path.
    """
    known = prints or {}
    gathered = [_side_by_side(key, members, known) for key, members in _gather(claims).items()]
    return sorted(gathered, key=lambda c: (-_voices(c), -len(c.claims), c.proposition, c.id))


def _voices(contrast: Contrast) -> int:
    return sum(len(side.voices) for side in contrast.sides)


def _gather(claims: Iterable[Claim]) -> dict[Key, list[Claim]]:
    by_document: dict[str, list[tuple[Key, Claim]]] = defaultdict(list)
    for claim in ordered(claims):
        by_document[claim.document] += [(key, claim) for key in keys(claim)]
    groups: dict[Key, list[Claim]] = defaultdict(list)
    for told in by_document.values():
        wider = completed({key for key, _ in told if key.sort == "act"})
        for key, claim in told:
            groups[wider.get(key, key)].append(claim)
    return groups


def _side_by_side(key: Key, members: Sequence[Claim], prints: Mapping[str, Print]) -> Contrast:
    said = [one for claim in members for one in speakers(claim, key)]
    sides: tuple[SideName, ...] = ("affirm", "for", "deny or doubt", "against", "open")
    shown = ((name, [one for one in said if one.side == name]) for name in sides)
    return Contrast(
        id=key.id, proposition=_title(key, members), parties=key.who if key.sort == "event" else (),
        sides=tuple(Side(name=name, voices=gathered_voices(those, prints)) for name, those in shown if those),
        claims=tuple(sorted(members, key=lambda claim: -sureness(claim))),
    )


def _title(key: Key, members: Sequence[Claim]) -> str:
    first = members[0]
    if key.sort == "event":
        return f"{key.what}: {names(first, key.who)}"
    if key.sort == "position":
        target = next(p.target for p in first.positions if p.target_id == key.what)
        return f"for or against {the(target)}"
    best = min(members, key=lambda c: (side_of(c) != "affirm", -c.confidence, len(c.proposition), c.id))
    return _shortened(bare(best.proposition))


def _shortened(sentence: str) -> str:
    flat = " ".join(sentence.split())
    return flat if len(flat) <= TITLE_LENGTH else flat[:TITLE_LENGTH].rpartition(" ")[0] + " …"


def corroborations(
    claims: Iterable[Claim], prints: Mapping[str, Print] | None = None, *, by: str | None = None
) -> list[Corroboration]:
    """List what several independent voices say alike, most voices first.

    Numbers must agree as well: "four bases" is not borne out by "six bases". Positions are held, not borne out.

    Args:
        claims: the claims, in any order.
        prints: as for `contrast`.
        by: the id of a claim: only what bears it out, also where nobody else does.
    """
    known = prints or {}
    found = []
    for key, members in _gather(claims).items():
        said = [one for claim in members if key.sort != "position" for one in speakers(claim, key)]
        for name, those in _agreeing(said):
            if by is None or any(one.claim.id == by for one in those):
                found.append(_corroboration(key, name, those, known))
    several = [one for one in found if by or one.independent > 1]
    return sorted(several, key=lambda c: (-c.independent, -c.outlets, c.proposition, c.id, c.side))


def _agreeing(said: Sequence[Said]) -> Iterator[tuple[SideName, list[Said]]]:
    """Split what is said by side and by the numbers it names; nobody agrees on what is open."""
    groups: dict[tuple[SideName, tuple[object, ...]], list[Said]] = defaultdict(list)
    for one in said:
        if one.side != "open":
            numbers = sorted({(q.unit or "", q.value, q.high or q.value) for q in one.claim.quantities})
            groups[one.side, tuple(numbers)].append(one)
    for (side, _), those in groups.items():
        yield side, those


def _corroboration(key: Key, side: SideName, said: Sequence[Said], prints: Mapping[str, Print]) -> Corroboration:
    claims = tuple(dict.fromkeys(one.claim.id for one in said))
    by_id = {one.claim.id: one.claim for one in said}
    voices = gathered_voices(said, prints)
    return Corroboration(
        id=key.id, proposition=_title(key, [by_id[id] for id in claims]), side=side,
        independent=independent(voices, by_id, prints), outlets=len({o for v in voices for o in v.outlets}),
        voices=voices, claims=tuple(by_id[id] for id in claims),
    )
