"""The commands by which a person decides: accept, reject, edit, merge, split, comment, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.commands.decisions import decide
from claimtrack.commands.options import By, ClaimId, Db, Id, Note, examples
from claimtrack.commands.stores import open_store, pair_up, whole_id
from claimtrack.errors import UsageError

if TYPE_CHECKING:
    from claimtrack.store import Store

app = typer.Typer()


@app.command(epilog=examples("accept clm_3f62", 'accept ctr_08aa --note "read both articles"'))
def accept(ctx: typer.Context, id: Id, note: Note = None, by: By = None, db: Db = None) -> None:
    """Accept a claim or pair as right.

    Brings back what was rejected.
    """
    with open_store(ctx, db) as store:
        decide(store, "accept", _target(store, id), by, note=note)


@app.command(epilog=examples("reject clm_3f62 --note 'no claim, a caption'", "reject ctr_08aa"))
def reject(ctx: typer.Context, id: Id, note: Note = None, by: By = None, db: Db = None) -> None:
    """Reject a claim or pair.

    No list, pair or export shows it any more; undo, or accept, brings it back.
    """
    with open_store(ctx, db) as store:
        decide(store, "reject", _target(store, id), by, note=note)


@app.command(epilog=examples("edit clm_3f62 source='Mara Quist' stance=deny", "edit clm_3f62 likelihood=0.1-0.3"))
def edit(
    ctx: typer.Context,
    id: ClaimId,
    changes: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE…", help="What to set.")],
    note: Note = None,
    by: By = None,
    db: Db = None,
) -> None:
    """Correct a claim.

    Its source, proposition, kind, stance, polarity, factuality, likelihood or horizon. A likelihood is written 0.2,
    0.1-0.3 or none; a horizon 2025, 2025-06-30 or 2025-01/2025-06.
    """
    from claimtrack.tracking import edits

    with open_store(ctx, db) as store:
        found = edits.changes(store, changes)
        decide(store, "edit", _target(store, id), by, changes=found, note=note)


@app.command(epilog=examples("merge clm_3f62 clm_9a01", "merge clm_3f62 clm_9a01 --note 'same words'"))
def merge(
    ctx: typer.Context,
    id: ClaimId,
    others: Annotated[list[str], typer.Argument(metavar="OTHER…", help="Claims of the same document, the same again.")],
    note: Note = None,
    by: By = None,
    db: Db = None,
) -> None:
    """Keep one claim of several that were read from the same words."""
    with open_store(ctx, db) as store:
        found = tuple(whole_id(store, other) for other in others)
        decide(store, "merge", _target(store, id), by, others=found, note=note)


@app.command(epilog=examples("split clm_3f62 'the dam will open' 'the canal will close'", "split clm_3f62 12-44 50-71"))
def split(
    ctx: typer.Context,
    id: ClaimId,
    parts: Annotated[list[str], typer.Argument(metavar="PART…", help="Words of the sentence, or offsets: 120-144.")],
    note: Note = None,
    by: By = None,
    db: Db = None,
) -> None:
    """Put several claims in place of one.

    Each keeps the source, and how sure it is; its words are those given.
    """
    with open_store(ctx, db) as store:
        claim_id = whole_id(store, id)
        spans = tuple(span_of(store, claim_id, part) for part in parts)
        decide(store, "split", claim_id, by, parts=spans, note=note)


def span_of(store: Store, claim_id: str, part: str) -> tuple[int, int]:
    """Where a part stands in the document: offsets as given, or the words' place in the claim's sentence."""
    start, sign, end = part.partition("-")
    if sign and start.isdecimal() and end.isdecimal():
        return int(start), int(end)
    claim = store.claim(claim_id)
    at = -1 if claim is None else claim.context.find(part)
    if claim is None or at < 0:
        fault = f"{part!r} are not words of the sentence of {claim_id!r}."
        raise UsageError(f"{fault} `claimtrack show {claim_id}` quotes it.")
    return claim.context_span[0] + at, claim.context_span[0] + at + len(part)


@app.command(epilog=examples("comment clm_3f62 'compare the transcript'", "comment ctr_08aa 'ask them' --by ann"))
def comment(
    ctx: typer.Context,
    id: Id,
    note: Annotated[str, typer.Argument(metavar="TEXT", help="The comment.")],
    by: By = None,
    db: Db = None,
) -> None:
    """Write a comment on a claim or pair."""
    with open_store(ctx, db) as store:
        decide(store, "comment", _target(store, id), by, note=note)


@app.command(epilog=examples("undo dec_51ce", "undo dec_51ce --note 'read the wrong page'"))
def undo(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of a decision, or how it begins.")],
    note: Note = None,
    by: By = None,
    db: Db = None,
) -> None:
    """Take a decision back.

    The log keeps both, and undoing the undo brings it back.
    """
    with open_store(ctx, db) as store:
        decide(store, "undo", _target(store, id), by, note=note)


def _target(store: Store, id: str) -> str:
    """The whole id of what is decided on; pairs are known once they are up to date."""
    if id.startswith("ctr_"):
        pair_up(store)
    return whole_id(store, id)
