"""Commands by which a person decides: accept, reject, edit, merge, split, comment, undo, and the walk through both."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimtrack.commands.shared import (
    LISTED,
    AsJson,
    Db,
    Limit,
    Source,
    Topic,
    check_date,
    complete_literal,
    examples,
    limit_of,
    open_store,
    pair_up,
    print_records,
    put,
    say,
    shown_of,
    view_of,
    whole_id,
    write_lists,
)
from claimtrack.errors import ClaimtrackError, StoreError, UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from claimtrack.schema import Action, Decision
    from claimtrack.store import Store

__all__ = ["app", "report", "reviewer"]

app = typer.Typer()

Id = Annotated[str, typer.Argument(metavar="ID", help="Id of a claim or pair, or how it begins.")]
ClaimId = Annotated[str, typer.Argument(metavar="ID", help="Id of a claim, or how it begins.")]
By = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who decides. [default: $CLAIMTRACK_USER, else the login name]")
]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]


def reviewer(by: str | None) -> str:
    """Who decides: the name given, else CLAIMTRACK_USER, else the login name."""
    from getpass import getuser

    name = by or os.environ.get("CLAIMTRACK_USER")
    if name:
        return name
    try:
        return getuser()
    except (OSError, KeyError) as error:
        raise UsageError("Nobody is logged in by name: say who decides with --by.") from error


# ---------------------------------------------------------------------------------------------------- single decisions


def _decide(ctx: typer.Context, db: Db, action: Action, id: str, by: str | None, **fields: Any) -> None:  # noqa: ANN401  # those of Decision
    from claimtrack.tracking import reviews

    with open_store(ctx, db) as store:
        if id.startswith("ctr_"):
            pair_up(store)
        decision = reviews.decide(store, action, whole_id(store, id), by=reviewer(by), **fields)
        report(decision)


def report(decision: Decision) -> None:
    """Say what was decided, with the id by which it is undone."""
    from claimtrack.tracking.reviews import PAST

    about = f" ({words})" if (words := _words(decision)) else ""
    say(f"{decision.id}: {decision.target} {PAST[decision.action]} by {decision.by}{about}.")


def _words(decision: Decision) -> str:
    """What a decision is about, quoted short."""
    from claimtrack.screens.terminal import line

    return " / ".join(f"“{line(anchor.quotation)[:60]}”" for anchor in decision.anchors[:2])


@app.command(epilog=examples("accept clm_3f62", 'accept ctr_08aa --note "read both articles"'))
def accept(ctx: typer.Context, id: Id, note: Note = None, by: By = None, db: Db = None) -> None:
    """Accept a claim or pair as right.

    Brings back what was rejected.
    """
    _decide(ctx, db, "accept", id, by, note=note)


@app.command(epilog=examples("reject clm_3f62 --note 'no claim, a caption'", "reject ctr_08aa"))
def reject(ctx: typer.Context, id: Id, note: Note = None, by: By = None, db: Db = None) -> None:
    """Reject a claim or pair.

    No list, pair or export shows it any more; undo, or accept, brings it back.
    """
    _decide(ctx, db, "reject", id, by, note=note)


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
    from claimtrack.tracking import reviews

    with open_store(ctx, db) as store:
        found = reviews.changes(store, changes)
    _decide(ctx, db, "edit", id, by, changes=found, note=note)


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
    _decide(ctx, db, "merge", id, by, others=found, note=note)


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
        spans = tuple(_span(store, claim_id, part) for part in parts)
    _decide(ctx, db, "split", claim_id, by, parts=spans, note=note)


def _span(store: Store, claim_id: str, part: str) -> tuple[int, int]:
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
    _decide(ctx, db, "comment", id, by, note=note)


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
    _decide(ctx, db, "undo", id, by, note=note)


# ------------------------------------------------------------------------------------------------------------- the log


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
    from claimtrack.tracking import reviews as log

    check_date("--since", since)
    with open_store(ctx, db) as store:
        if training:
            pair_up(store)
            print_records(record.model_dump_json() for record in log.judgements(store))
            return
        everything = log.lost(store) if lost else list(store.decisions())
        found = [d for d in reversed(everything) if _wanted(d, by, action, since)]
        shown = found[: limit_of(limit, LISTED, as_json)]
        if as_json:
            write_lists(decisions=shown)
            return
        if shown:
            from claimtrack.screens.decision_display import decision_table

            in_force = {decision.id for decision in log.active(store.decisions())}
            put(decision_table(shown, in_force), "")
        put(shown_of(len(shown), len(found), "decisions", "decision"))


def _wanted(decision: Decision, by: str | None, action: str | None, since: str | None) -> bool:
    return (
        (by is None or decision.by == by)
        and (action is None or decision.action == action)
        and (since is None or decision.at[: len(since)] >= since)
    )


# -------------------------------------------------------------------------------------------------------------- import


@app.command("import", epilog=examples("import colleague.json", "import colleague.jsonl --theirs --json"))
def import_(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="What claimtrack export wrote: json or jsonl.")],
    theirs: Annotated[bool, typer.Option("--theirs", help="Where both read a claim differently, take theirs.")] = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Join another store into this one.

    Documents, claims and decisions of both are kept; what differs is shown: claims read differently, contrary
    decisions (the later one counts), other texts at one path (both stay).
    """
    from claimtrack.tracking import joining

    bundles = [(path, joining.read(path)) for path in files]
    with open_store(ctx, db, create=True) as store:
        joined = [joining.join(store, bundle, path.name, theirs=theirs) for path, bundle in bundles]
        pair_up(store)
    conflicts = [conflict for one in joined for conflict in one.conflicts]
    if as_json:
        write_lists(conflicts=conflicts)
    elif conflicts:
        from claimtrack.screens.decision_display import conflict_table

        put(conflict_table(conflicts), "")
    from claimtrack.screens.terminal import counted

    nouns = ("document", "claim", "decision")
    counts = (counted(sum(getattr(one, f"{noun}s") for one in joined), noun) for noun in nouns)
    say(f"New: {', '.join(counts)}. {counted(len(conflicts), 'conflict').capitalize()}.")


# ------------------------------------------------------------------------------------------------------------ the walk


@app.command(epilog=examples("review --topic zangezur", "review --pairs"))
def review(
    ctx: typer.Context,
    topic: Topic = None,
    source: Source = None,
    pairs: Annotated[bool, typer.Option("--pairs", help="Walk through contradictions instead of claims.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Also what was decided on before.")] = False,
    by: By = None,
    db: Db = None,
) -> None:
    """Walk through claims or contradictions.

    One key decides on each: accept, reject, edit, merge, split, comment, undo.
    """
    if not sys.stdin.isatty():
        raise UsageError("review asks on a terminal. Without one, use accept, reject, edit, merge, split and comment.")
    with open_store(ctx, db) as store:
        pair_up(store)
        walk = _Walk(store, reviewer(by), [])
        walk.through(_unread(store, topic, source, pairs, again))
        say(f"{len(walk.made)} decided. `claimtrack reviews` shows the log.")


def _unread(store: Store, topic: str | None, source: str | None, pairs: bool, again: bool) -> list[str]:
    """The ids of what there is to read: of claims, or of pairs, the surest first."""
    from claimtrack.store import PairQuery, Query
    from claimtrack.tracking import reviews as log
    from claimtrack.tracking.pairing import best_pairs

    if pairs:
        ids = [pair.id for pair in best_pairs(store, PairQuery(topic=topic, source=source))]
    else:
        ids = [claim.id for claim in store.claims(Query(topic=topic, source=source))]
    done = {} if again else log.standing(store)
    return [id for id in ids if id not in done]


KEYS = "a accept  r reject  e edit  m merge  s split  c comment  u undo last  n next  b back  q quit"


@dataclass
class _Walk:
    """A walk through records at the terminal; `made` holds the decisions so far."""

    store: Store
    by: str
    made: list[Decision]

    def through(self, ids: list[str]) -> None:
        """Show each record and do what the key says, until the end or q."""
        at = 0
        while 0 <= at < len(ids):
            shown = self._shown(ids[at])
            if shown is None:  # a pair goes with a claim that is rejected on the way
                at += 1
                continue
            put("", f"{at + 1} of {len(ids)}", shown, KEYS)
            step = self._answer(ids[at])
            if step is None:
                return
            at = max(0, at + step)

    def _shown(self, id: str) -> RenderableType | None:
        from claimtrack.screens.claim_display import claim_block
        from claimtrack.screens.contradiction_display import pair_block

        view = view_of(self.store)
        if claim := self.store.claim(id) or self.store.set_aside(id):
            return claim_block(claim, view)
        if pair := self.store.contradiction(id):
            return pair_block(pair, view)
        return None

    def _answer(self, id: str) -> int | None:
        """Read keys until one moves on; gives by how many records, None to end."""
        while True:
            key = typer.getchar().lower()
            if key in {"q", "\x03", "\x04"}:
                return None
            if key in _STEPS:
                return _STEPS[key]
            if key in _DEEDS and self._done(id, key):
                return 0 if key == "u" else 1

    def _done(self, id: str, key: str) -> bool:
        """Do what a key says; what cannot be done is told, and another key awaited."""
        try:
            _DEEDS[key](self, id)
        except ClaimtrackError as error:
            say(f"{error}")
            return False
        return True

    def decide(self, action: Action, id: str, **fields: Any) -> None:  # noqa: ANN401  # those of Decision
        """Log a decision and say so."""
        from claimtrack.tracking import reviews as log

        decision = log.decide(self.store, action, id, by=self.by, **fields)
        self.made.append(decision)
        report(decision)

    def edit(self, id: str) -> None:
        """Ask for changes, one a line, until an empty line."""
        from claimtrack.tracking import reviews as log

        lines = iter(lambda: typer.prompt("FIELD=VALUE, empty to end", default="", show_default=False), "")
        self.decide("edit", id, changes=log.changes(self.store, lines))

    def merge(self, id: str) -> None:
        """Ask for the claims to merge into this one."""
        others = typer.prompt("ids of the same claim, with spaces").split()
        self.decide("merge", id, others=tuple(whole_id(self.store, other) for other in others))

    def split(self, id: str) -> None:
        """Ask for the parts, one a line, until an empty line."""
        lines = iter(lambda: typer.prompt("words of a part, empty to end", default="", show_default=False), "")
        self.decide("split", id, parts=tuple(_span(self.store, id, part) for part in lines))

    def comment(self, id: str) -> None:
        """Ask for a comment."""
        self.decide("comment", id, note=typer.prompt("comment"))

    def undo(self, _: str) -> None:
        """Take back the last decision of this walk."""
        if not self.made:
            raise StoreError("Nothing was decided yet in this walk.")
        last = self.made.pop()
        from claimtrack.tracking import reviews as log

        report(log.decide(self.store, "undo", last.id, by=self.by))


_STEPS = {"n": 1, " ": 1, "\r": 1, "\n": 1, "b": -1}
_DEEDS: dict[str, Callable[[_Walk, str], None]] = {
    "a": lambda walk, id: walk.decide("accept", id),
    "r": lambda walk, id: walk.decide("reject", id),
    "e": _Walk.edit, "m": _Walk.merge, "s": _Walk.split, "c": _Walk.comment, "u": _Walk.undo,
}  # fmt: skip
