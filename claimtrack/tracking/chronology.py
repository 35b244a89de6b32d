"""Timelines of a store: of a topic, of a source; the pairs must be up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from claimtrack.store import PairQuery, Query
from claimtrack.tracking import pairing, timeline

if TYPE_CHECKING:
    from claimtrack.schema import Reversal, TimelineEntry
    from claimtrack.store import Store

__all__ = ["of_source", "on_topic", "reversals"]


def on_topic(  # noqa: PLR0913, PLR0917  each is a filter of its own
    store: Store, topic: str | None, by: Literal["said", "event"] = "said", source: str | None = None,
    since: str | None = None, until: str | None = None,
) -> list[TimelineEntry]:  # fmt: skip
    """The claims on a topic in order of time; a source may have changed from what it said before `since`."""
    everything = list(store.claims(Query(topic=topic)))
    wanted = {claim.id for claim in store.claims(Query(topic=topic, source=source))} if source else None
    claims = [claim for claim in everything if wanted is None or claim.id in wanted]
    pairs = store.contradictions(PairQuery(topic=topic, source=source))
    repeated = timeline.repeats(everything, pairing.prints(store, everything))
    entries = timeline.timeline(claims, by, timeline.reversals(everything, repeated), pairs, repeated)
    return [entry for entry in entries if timeline.lies_within(entry, since, until)]


def reversals(store: Store, topic: str | None = None) -> list[Reversal]:
    """Who took the other side of the same proposition at a later date, by the time it did."""
    claims = list(store.claims(Query(topic=topic)))
    return timeline.reversals(claims, timeline.repeats(claims, pairing.prints(store, claims)))


def of_source(store: Store, source_id: str) -> list[TimelineEntry]:
    """The claims of a source in order of time."""
    claims = list(store.claims(Query(source=source_id)))
    repeated = timeline.repeats(claims, pairing.prints(store, claims))
    pairs = store.contradictions(PairQuery(source=source_id))
    return timeline.timeline(claims, "said", timeline.reversals(claims, repeated), pairs, repeated)
