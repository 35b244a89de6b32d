"""The commands by which a person decides: accept, reject, edit, merge, split, comment, undo."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from claimtrack.commands.asking import sought
from claimtrack.commands.completion import complete_decisions, complete_ids
from claimtrack.commands.decisions import decide, decide_all, new_source
from claimtrack.commands.options import (
    By,
    ClaimId,
    Db,
    Id,
    Kind,
    MaxConfidence,
    MinConfidence,
    Note,
    Search,
    Source,
    Topic,
    check_one_of,
    examples,
)
from claimtrack.commands.output import say
from claimtrack.commands.stores import open_store, pair_up, whole_id
from claimtrack.errors import UsageError

if TYPE_CHECKING:
    from claimtrack.schema import Action
    from claimtrack.store import Store

app = typer.Typer()

Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID…]", help="Ids of claims or pairs, or how they begin.", autocompletion=complete_ids),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before deciding on all that pass a filter.")]


@app.command(
    epilog=examples('accept ctr_08aa --note "read both articles"', "accept --source 'Mara Quist' --min-confidence 0.9")
)
def accept(
    ctx: typer.Context,
    ids: Ids = None,
    topic: Topic = None,
    source: Source = None,
    kind: Kind = None,
    search: Search = None,
    min_confidence: MinConfidence = None,
    max_confidence: MaxConfidence = None,
    yes: Yes = False,
    note: Note = None,
    by: By = None,
    db: Db = None,
) -> None:
    """Accept claims or pairs as right.

    Brings back what was rejected. With a filter in place of ids: all claims that pass it and were not accepted yet.
    """
    asked = _Asked(topic, source, kind, search, min_confidence, max_confidence)
    with open_store(ctx, db) as store:
        decide_all(store, "accept", _targets(store, "accept", ids, asked, yes), by, note)


@app.command(epilog=examples("reject clm_3f62 --note 'a caption'", "reject --search subscribe --max-confidence 0.5"))
def reject(
    ctx: typer.Context,
    ids: Ids = None,
    topic: Topic = None,
    source: Source = None,
    kind: Kind = None,
    search: Search = None,
    min_confidence: MinConfidence = None,
    max_confidence: MaxConfidence = None,
    yes: Yes = False,
    note: Note = None,
    by: By = None,
    db: Db = None,
) -> None:
    """Reject claims or pairs.

    No list, pair or export shows them any more; undo, or accept, brings them back. With a filter in place of ids: all
    claims that pass it.
    """
    asked = _Asked(topic, source, kind, search, min_confidence, max_confidence)
    with open_store(ctx, db) as store:
        decide_all(store, "reject", _targets(store, "reject", ids, asked, yes), by, note)


class _Asked(NamedTuple):
    """A filter of claims to decide on."""

    topic: str | None
    source: str | None
    kind: str | None
    search: str | None
    min_confidence: float | None
    max_confidence: float | None


def _targets(store: Store, action: Action, ids: list[str] | None, asked: _Asked, yes: bool) -> list[str]:
    """The whole ids of what is decided on: those given, else of the claims that pass a filter, once a person agreed.

    Claims that were decided on just so are passed over.
    """
    if bool(ids) == any(value is not None for value in asked):
        raise UsageError(f"{action} takes ids, or a filter such as --source or --max-confidence, and not both.")
    if ids:
        return list(dict.fromkeys(_target(store, id) for id in ids))
    from claimtrack.screens.terminal import counted
    from claimtrack.store import Query
    from claimtrack.tracking.standing import PAST, standing

    check_one_of("--kind", asked.kind, "ClaimKind")
    query = Query(**asked._replace(source=sought(store, asked.topic, asked.source))._asdict())
    decided = standing(store)
    passing = [claim.id for claim in store.claims(query)]
    found = [id for id in passing if not (id in decided and decided[id].verdict == action)]
    what = f"{counted(len(found), 'claim')} would be {PAST[action]}"
    if not found:
        say(f"No claim that passes the filter is left to {action}.")
    elif not yes and not sys.stdin.isatty():
        raise UsageError(f"{what}: add --yes to do so, or read them first with `claimtrack list` and the same filter.")
    elif not yes and not typer.confirm(f"{what}. Go on?", err=True):
        return []
    return found


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

    Its source, source.kind, proposition, kind, stance, polarity, factuality, likelihood, condition, horizon, time,
    time.relation or topics. A likelihood is written 0.2, 0.1-0.3 or none; a horizon or time 2025, 2025-06-30 or
    2025-01/2025-06; a condition in words of the claim's sentence; topics with commas between. A source is one of the
    store by its id or name, else a new person.
    """
    from claimtrack.tracking import edits

    with open_store(ctx, db) as store:
        found = edits.changes(store, changes)
        made = new_source(store, found)
        decide(store, "edit", _target(store, id), by, changes=found, note=note)
        if made:
            say(made)


@app.command(epilog=examples("merge clm_3f62 clm_9a01", "merge clm_3f62 clm_9a01 --note 'same words'"))
def merge(
    ctx: typer.Context,
    id: ClaimId,
    others: Annotated[
        list[str],
        typer.Argument(
            metavar="OTHER…", help="Claims of the same document, the same again.", autocompletion=complete_ids
        ),
    ],
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


@app.command(epilog=examples("undo dec_51ce dec_08aa", "undo dec_51ce --note 'read the wrong page'"))
def undo(
    ctx: typer.Context,
    ids: Annotated[
        list[str],
        typer.Argument(metavar="ID…", help="Ids of decisions, or how they begin.", autocompletion=complete_decisions),
    ],
    note: Note = None,
    by: By = None,
    db: Db = None,
) -> None:
    """Take decisions back.

    The log keeps both, and undoing the undo brings it back.
    """
    with open_store(ctx, db) as store:
        decide_all(store, "undo", list(dict.fromkeys(whole_id(store, id, "dec") for id in ids)), by, note)


def _target(store: Store, id: str) -> str:
    """The whole id of what is decided on; pairs are known once they are up to date."""
    if id.startswith("ctr_"):
        pair_up(store)
    return whole_id(store, id)
