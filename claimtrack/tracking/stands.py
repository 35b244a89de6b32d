"""Who stands where: each source for or against each thing, as its positions tell, and whether that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from claimtrack.contradiction.participants import is_specific
from claimtrack.schema import Claim

__all__ = ["Stand", "stands"]


@dataclass(frozen=True)
class Stand:
    """Where a source stands on a thing: `value` is changed where it took the other side at a later date, else mixed.

    `claims` are the ids of the claims that tell it, oldest first; `first` and `last` their dates of publication.
    """

    source_id: str
    source: str
    target_id: str
    target: str
    value: Literal["for", "against", "changed", "mixed"]
    claims: tuple[str, ...]
    first: str | None
    last: str | None


def stands(claims: Iterable[Claim]) -> list[Stand]:
    """Gather positions by holder and target, those on the targets most spoken of first."""
    told: dict[tuple[str, str], list[tuple[Claim, str]]] = defaultdict(list)
    names: dict[str, str] = {}
    for claim in sorted(claims, key=lambda claim: claim.published or ""):
        for position in claim.positions:
            if is_specific(position.target_id):
                names |= {position.holder_id: position.holder, position.target_id: position.target}
                told[position.holder_id, position.target_id].append((claim, position.value))
    found = [_stand(*key, names, held) for key, held in told.items()]
    spoken: dict[str, int] = defaultdict(int)
    for stand in found:
        spoken[stand.target_id] += len(stand.claims)
    return sorted(found, key=lambda s: (-spoken[s.target_id], s.target_id, s.value, s.source))


def _stand(source: str, target: str, names: dict[str, str], held: Sequence[tuple[Claim, str]]) -> Stand:
    claims = tuple(dict.fromkeys(claim.id for claim, _ in held))
    days = [claim.published for claim, _ in held if claim.published]
    first, last = (days[0], days[-1]) if days else (None, None)
    return Stand(source, names[source], target, names[target], _value(held), claims, first, last)


def _value(held: Sequence[tuple[Claim, str]]) -> Literal["for", "against", "changed", "mixed"]:
    values = [value for _, value in held]
    if len(set(values)) == 1:
        return "for" if values[0] == "favor" else "against"
    dated = {value: claim.published for claim, value in held}
    return "changed" if None not in dated.values() and len(set(dated.values())) > 1 else "mixed"
