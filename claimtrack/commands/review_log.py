"""The command that shows the log of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.commands.completion import complete_literal
from claimtrack.commands.decisions import in_force
from claimtrack.commands.options import AsJson, Db, Limit, check_date, examples
from claimtrack.commands.output import LISTED, limit_of, print_records, put, shown_of, write_lists
from claimtrack.commands.stores import open_store, pair_up

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
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show the log of decisions, newest first."""
    from claimtrack.tracking import reviews, standing

    check_date("--since", since)
    with open_store(ctx, db) as store:
        if training:
            pair_up(store)
            print_records(record.model_dump_json() for record in standing.judgements(store))
            return
        everything = reviews.lost(store) if lost else list(store.decisions())
        found = [d for d in reversed(everything) if _wanted(d, by, action, since)]
        shown = found[: limit_of(limit, LISTED, as_json)]
        if as_json:
            write_lists(decisions=shown)
            return
        if shown:
            from claimtrack.screens.decision_display import decision_table

            put(decision_table(shown, in_force(store)), "")
        put(shown_of(len(shown), len(found), "decisions", "decision"))


def _wanted(decision: Decision, by: str | None, action: str | None, since: str | None) -> bool:
    return (
        (by is None or decision.by == by)
        and (action is None or decision.action == action)
        and (since is None or decision.at[: len(since)] >= since)
    )
