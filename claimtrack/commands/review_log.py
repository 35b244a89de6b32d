"""The command that shows the log of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.commands.completion import complete_literal
from claimtrack.commands.decisions import in_force
from claimtrack.commands.options import AsJson, Db, Limit, check_date, examples
from claimtrack.commands.output import print_records
from claimtrack.commands.stores import open_store, pair_up
from claimtrack.commands.tables import Bom, Fields, Format, Sort, layout, put_list

if TYPE_CHECKING:
    from claimtrack.schema import Decision

app = typer.Typer()


@app.command(epilog=examples("reviews --lost", "reviews --training > reviewed.jsonl"))
def reviews(
    ctx: typer.Context,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Only by this person.")] = None,
    action: Annotated[
        str | None, typer.Option(help="accept, reject, edit, …", autocompletion=complete_literal("Action"))
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Decided on or after.")] = None,
    lost: Annotated[bool, typer.Option("--lost", help="Only those whose claim is nowhere to be found now.")] = False,
    training: Annotated[
        bool, typer.Option("--training", help="Print reviewed claims and pairs as JSON Lines to train or measure with.")
    ] = False,
    limit: Limit = None,
    format: Format = "table",
    fields: Fields = None,
    sort: Sort = None,
    bom: Bom = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show the log of decisions, newest first."""
    from claimtrack.exports import flat_columns
    from claimtrack.screens.decision_display import decision_table
    from claimtrack.tracking import reviews, standing

    how = layout(format, fields, sort, bom, limit, as_json)
    check_date("--since", since)
    with open_store(ctx, db) as store:
        if training:
            pair_up(store)
            print_records(record.model_dump_json() for record in standing.judgements(store))
            return
        everything = reviews.lost(store) if lost else list(store.decisions())
        found = [d for d in reversed(everything) if _wanted(d, by, action, since)]
        active = in_force(store)
        put_list(
            how, flat_columns.decisions(active), found, flat_columns.Known(),
            lambda shown: (decision_table(shown, active), ""), ("decisions", "decision"),
        )  # fmt: skip


def _wanted(decision: Decision, by: str | None, action: str | None, since: str | None) -> bool:
    return (
        (by is None or decision.by == by)
        and (action is None or decision.action == action)
        and (since is None or decision.at[: len(since)] >= since)
    )
