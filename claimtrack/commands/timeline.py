"""The commands that follow a matter over time: timeline, new."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from dataclasses import replace
from typing import Annotated, Literal

import typer

from claimtrack.commands.asking import sought
from claimtrack.commands.options import About, AsJson, Db, Limit, Scale, Source, Topic, check_date, examples
from claimtrack.commands.output import PAIRS_SHOWN, put
from claimtrack.commands.stores import open_store, pair_up, view_of
from claimtrack.commands.tables import (
    Bom,
    Fields,
    Format,
    Sort,
    arranged,
    known_to,
    layout,
    put_list,
    write_json,
    write_rows,
)
from claimtrack.errors import UsageError

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
    format: Format = "table",
    fields: Fields = None,
    sort: Sort = None,
    bom: Bom = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show the claims on a topic in order of time.

    Oldest first. Marks where a source changed sides, and names what each claim contradicts. By event, claims that
    name no time stand before, at or after the day they were said, as their tense tells.
    """
    from claimtrack.exports.flat_columns import TIMELINE
    from claimtrack.screens.tracking_display import timeline_blocks
    from claimtrack.tracking import chronology

    how = layout(format, fields, sort, bom, limit, as_json)
    check_date("--since", since)
    check_date("--until", until)
    with open_store(ctx, db) as store:
        pair_up(store)
        entries = chronology.on_topic(store, topic, by, sought(store, topic, source), since, until)
        view = view_of(store, scale)
        put_list(
            how, TIMELINE, entries, known_to(view), lambda shown: timeline_blocks(shown, view), ("claims", "claim")
        )


@app.command(epilog=examples("new --since 2025-11-20", "new --since 2025-11 --topic zangezur --json"))
def new(
    ctx: typer.Context,
    since: Annotated[str, typer.Option(metavar="DATE", help="Stored on or after: 2021, 2021-10, 2021-10-06.")],
    topic: Topic = None,
    limit: Annotated[int | None, typer.Option(min=0, metavar="N", help="At most so many of each kind; 0: all.")] = None,
    scale: Scale = None,
    format: Format = "table",
    fields: Fields = None,
    sort: Sort = None,
    bom: Bom = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show what came into the store since a day.

    The documents, who changed sides, what the new claims contradict or confirm of the old, and the claims. The day is
    that on which a claim was first stored, not the one on which it was published. Flat rows say in their first column
    what each is: a reversal, a contradiction or tension, a confirmation, or a claim.
    """
    from claimtrack.tracking.arrivals import arrivals

    how = layout(format, fields, sort, bom, limit, as_json, PAIRS_SHOWN)
    if sort and not how.is_flat:
        raise UsageError("new is sorted as flat rows only: add --format csv, tsv, md or jsonl.")
    check_date("--since", since)
    with open_store(ctx, db) as store:
        pair_up(store)
        sought(store, topic)
        found, view = arrivals(store, since, topic), view_of(store, scale)
        if how.is_flat:
            from claimtrack.exports.flat_columns import ARRIVALS, arrived

            rows = arranged(replace(how, limit=None), ARRIVALS, arrived(found, how.limit), known_to(view))
            write_rows(how, ARRIVALS, rows, known_to(view))
        elif how.shape == "json":
            write_json(**{each.name: getattr(found, each.name)[: how.limit] for each in dataclass_fields(found)})
        else:
            from claimtrack.screens.tracking_display import arrivals_blocks

            put(*arrivals_blocks(found, view, since, how.limit))
