"""The command that says how credible a claim is."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.commands.decisions import decide
from claimtrack.commands.options import By, ClaimId, Db, Note, examples
from claimtrack.commands.stores import open_store, whole_id

app = typer.Typer()


@app.command(epilog=examples("rate clm_3f62 --credibility 2", "rate clm_3f62 -c 5 --note 'denied by all others'"))
def rate(
    ctx: typer.Context,
    id: ClaimId,
    credibility: Annotated[
        int,
        typer.Option("-c", "--credibility", min=1, max=6, metavar="1-6",
                     help="Admiralty code: 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, "
                     "5 improbable, 6 cannot be judged."),
    ],
    note: Note = None,
    by: By = None,
    db: Db = None,
) -> None:  # fmt: skip
    """Say how credible a claim is.

    Whoever makes it: the reliability of its source is another question, and neither follows from the other.
    """
    with open_store(ctx, db) as store:
        decide(store, "rate", whole_id(store, id), by, credibility=credibility, note=note)
