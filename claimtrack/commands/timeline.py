"""The commands that follow a matter over time: timeline, new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from claimtrack.commands.asking import sought
from claimtrack.commands.options import About, AsJson, Db, Limit, Scale, Source, Topic, check_date, examples
from claimtrack.commands.output import LISTED, PAIRS_SHOWN, limit_of, put, shown_of, write_lists
from claimtrack.commands.stores import open_store, pair_up, view_of

if TYPE_CHECKING:
    from claimtrack.schema import TimelineEntry
    from claimtrack.store import Store
    from claimtrack.tracking.arrivals import Arrivals

app = typer.Typer()


@app.command(epilog=examples("timeline --topic zangezur", "timeline --topic 'iran azerbaijan' --by event --since 2021"))
def timeline(
    ctx: typer.Context,
    topic: About,
    by: Annotated[Literal["said", "event"], typer.Option(help="By the time of saying, or of the event.")] = "said",
    source: Source = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="On or after: 2021, 2021-10, 2021-10-06.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="On or before.")] = None,
    limit: Limit = None,
    scale: Scale = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show the claims on a topic in order of time.

    Oldest first. Marks where a source changed sides, and names what each claim contradicts. By event, claims that
    name no time stand before, at or after the day they were said, as their tense tells.
    """
    check_date("--since", since)
    check_date("--until", until)
    with open_store(ctx, db) as store:
        pair_up(store)
        entries = _timeline(store, topic, by, sought(store, topic, source), since, until)
        shown = entries[: limit_of(limit, LISTED, as_json)]
        if as_json:
            write_lists(timeline=shown)
            return
        from claimtrack.screens.tracking_display import timeline_blocks

        put(*timeline_blocks(shown, view_of(store, scale)))
        put(shown_of(len(shown), len(entries), "claims", "claim"))


def _timeline(
    store: Store, topic: str, by: Literal["said", "event"], source: str | None, since: str | None, until: str | None
) -> list[TimelineEntry]:
    """The entries asked for; a source may have changed from what it said before `since`."""
    from claimtrack.store import PairQuery, Query
    from claimtrack.tracking import pairing
    from claimtrack.tracking import timeline as line

    everything = list(store.claims(Query(topic=topic)))
    wanted = {claim.id for claim in store.claims(Query(topic=topic, source=source))} if source else None
    claims = [claim for claim in everything if wanted is None or claim.id in wanted]
    pairs = store.contradictions(PairQuery(topic=topic, source=source))
    repeated = line.repeats(everything, pairing.prints(store, everything))
    entries = line.timeline(claims, by, line.reversals(everything, repeated), pairs, repeated)
    return [entry for entry in entries if line.lies_within(entry, since, until)]


@app.command(epilog=examples("new --since 2025-11-20", "new --since 2025-11 --topic zangezur --json"))
def new(
    ctx: typer.Context,
    since: Annotated[str, typer.Option(metavar="DATE", help="Stored on or after: 2021, 2021-10, 2021-10-06.")],
    topic: Topic = None,
    limit: Annotated[int | None, typer.Option(min=0, metavar="N", help="At most so many of each kind; 0: all.")] = None,
    scale: Scale = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show what came into the store since a day.

    The documents, who changed sides, what the new claims contradict or confirm of the old, and the claims. The day is
    that on which a claim was first stored, not the one on which it was published.
    """
    from claimtrack.tracking.arrivals import arrivals

    check_date("--since", since)
    with open_store(ctx, db) as store:
        pair_up(store)
        sought(store, topic)
        found = arrivals(store, since, topic)
        if as_json:
            _write_arrivals(found, limit or None)
        else:
            from claimtrack.screens.tracking_display import arrivals_blocks

            put(*arrivals_blocks(found, view_of(store, scale), since, limit_of(limit, PAIRS_SHOWN, as_json)))


def _write_arrivals(found: Arrivals, limit: int | None) -> None:
    from dataclasses import fields

    lists = {each.name: getattr(found, each.name)[:limit] for each in fields(found)}
    write_lists(**lists)
