"""Sources: what each one holds, whom it clashes with, how it reversed itself, how its forecasts fared, how it is rated.

Reliability is what a person decided, and nothing else: how often a source is contradicted stands beside it and never
changes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from claimtrack import clock, contradiction
from claimtrack.errors import StoreError, UsageError
from claimtrack.schema import Claim, Contradiction, Decision, Opponent, Reliability, Reversal, SourceProfile
from claimtrack.store import PairQuery, Query, SourceCount, words
from claimtrack.tracking import forecasts, pairing, reviews, standing, suggestions, timeline

if TYPE_CHECKING:
    from claimtrack.store import Store

__all__ = ["find", "profile", "ratings"]

OFFERED = 5  # sources named where several are meant


def find(store: Store, wanted: str) -> SourceCount:
    """Give the source that is meant: by its id or one that was merged into it, by its name, or by words of its name.

    Else by another name of it, the user's or the lexicons': "Tehran" is Iran.

    Raises:
        StoreError: no source is called so.
        UsageError: several are.
    """
    sources = store.sources()
    ids = _read_as(wanted, _decisions(store))
    asked = set(words(wanted))
    attempts = (
        [s for s in sources if s.id in ids][:1],
        [s for s in sources if s.name.casefold() == wanted.casefold()],
        [s for s in sources if asked and asked <= set(words(s.name))],
        [s for s in sources if s.id in _linked(store, wanted)],
    )
    found = next(filter(None, attempts), [])
    if not found:
        hint = suggestions.offer(suggestions.sources(store, wanted))
        raise StoreError(f"No source is called {wanted!r}. {hint}`claimtrack sources` shows them.")
    if len(found) > 1:
        some = ", ".join(f"{s.name} ({s.id})" for s in found[:OFFERED])
        more = f" and {len(found) - OFFERED} more" if len(found) > OFFERED else ""
        raise UsageError(f"Several sources are called {wanted!r}: {some}{more}. Give the id.")
    return found[0]


def _linked(store: Store, wanted: str) -> set[str]:
    """The ids of what a name is another name of."""
    named = {line.name for line in store.aliases if words(line.alias) == words(wanted)}
    found = filter(None, map(suggestions.linked, [wanted, *named]))
    return {thing.id for thing in found} | {s.id for s in store.sources() if s.name in named}


def ratings(store: Store) -> dict[str, Reliability]:
    """Give the reliability of each source that a person rated, the last rating counting, by id."""
    return {d.target: d.reliability for d in _decisions(store) if d.reliability is not None}


def profile(store: Store, source: SourceCount) -> SourceProfile:
    """Gather what the store holds of a source; the pairs must be up to date."""
    claims = list(store.claims(Query(source=source.id)))
    everything = _decisions(store)
    merged = [id for d in everything if d.action == "merge" for id in d.others if source.id in _read_as(id, everything)]
    decisions = [d for d in everything if d.target in {source.id, *merged}]
    rated = [d.reliability for d in decisions if d.reliability is not None and d.target == source.id]
    clashes = _clashes(store, source.id)
    hard = sum(pair.strength == "contradiction" for pair in clashes)
    dates = sorted(claim.published for claim in claims if claim.published)
    made = forecasts.gather(claims, standing.resolutions(store), clock.today())
    return SourceProfile(
        id=source.id, name=source.name, kind=claims[0].source.kind,
        names=tuple(sorted({claim.source.name for claim in claims} - {source.name})),
        merged=tuple(dict.fromkeys(merged)),
        reliability=rated[-1] if rated else None, decisions=tuple(decisions),
        claims=source.claims, documents=source.documents,
        oldest=dates[0] if dates else None, newest=dates[-1] if dates else None,
        contradictions=hard, tensions=len(clashes) - hard, opponents=_opponents(source.id, clashes),
        reversals=tuple(r for r in _reversals(store, claims) if r.source.id == source.id),
        forecasts=len(made), score=forecasts.score(made),
    )  # fmt: skip


def _decisions(store: Store) -> list[Decision]:
    return [d for d in reviews.active(store.decisions()) if d.subject == "source"]


def _reversals(store: Store, claims: Sequence[Claim]) -> list[Reversal]:
    return timeline.reversals(claims, timeline.repeats(claims, pairing.prints(store, claims)))


def _read_as(id: str, decisions: Iterable[Decision]) -> list[str]:
    """The id itself, and those of the sources that it is read as since, one after the other."""
    found = [id]
    for decision in decisions:
        if decision.action == "merge" and found[-1] in decision.others:
            found.append(decision.target)
    return found


def _clashes(store: Store, source_id: str) -> list[Contradiction]:
    """The pairs in which a source has a part by its claims, or by a position that others tell of it; best first."""
    queries = PairQuery(source=source_id), PairQuery(kind="stance")
    pairs = {pair.id: pair for query in queries for pair in store.contradictions(query)}
    return contradiction.select(pair for pair in pairs.values() if _others(source_id, pair))


def _opponents(source_id: str, pairs: Iterable[Contradiction]) -> tuple[Opponent, ...]:
    """Count who clashes with a source, most contradictions first; the pairs come best first."""
    met: dict[str, list[Contradiction]] = defaultdict(list)
    names: dict[str, str] = {}
    for pair in pairs:
        others = _others(source_id, pair)
        names |= others
        for other in others:
            met[other].append(pair)
    opponents = (_opponent(other, names[other], those) for other, those in met.items())
    return tuple(sorted(opponents, key=lambda o: (-o.contradictions, -o.tensions, o.name, o.id)))


def _others(source_id: str, pair: Contradiction) -> dict[str, str]:
    """Who stands against a source in a pair, by id; nobody where it has no part in it or clashes with itself."""
    a, b = timeline.parties(pair.a, pair), timeline.parties(pair.b, pair)
    if (source_id in a) == (source_id in b):
        return {}
    return b if source_id in a else a


def _opponent(id: str, name: str, pairs: Sequence[Contradiction]) -> Opponent:
    hard = sum(pair.strength == "contradiction" for pair in pairs)
    return Opponent(id=id, name=name, contradictions=hard, tensions=len(pairs) - hard, pair=pairs[0].id)
