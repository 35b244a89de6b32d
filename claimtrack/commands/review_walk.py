"""The walk through claims or contradictions, one key a decision."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from claimtrack.commands.asking import sought
from claimtrack.commands.deciding import span_of
from claimtrack.commands.decisions import decide, new_source, reviewer
from claimtrack.commands.options import By, Db, Source, Topic, examples
from claimtrack.commands.output import put, say
from claimtrack.commands.stores import open_store, pair_up, view_of, whole_id
from claimtrack.errors import ClaimtrackError, StoreError, UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from claimtrack.schema import Action, Change, Claim, Decision
    from claimtrack.store import Store

app = typer.Typer()

Order = Literal["text", "unsure", "sure"]


@app.command(epilog=examples("review --topic zangezur", "review --order unsure"))
def review(
    ctx: typer.Context,
    topic: Topic = None,
    source: Source = None,
    pairs: Annotated[bool, typer.Option("--pairs", help="Walk through contradictions instead of claims.")] = False,
    order: Annotated[
        Order, typer.Option(help="Claims as they stand, or those read least or most surely first; pairs: most.")
    ] = "text",
    again: Annotated[bool, typer.Option("--again", help="Also what was decided on before.")] = False,
    by: By = None,
    db: Db = None,
) -> None:
    """Walk through claims or contradictions.

    One key decides on each: accept, reject, edit, merge, split, comment, undo; ? shows the keys.
    """
    if not sys.stdin.isatty():
        raise UsageError("review asks on a terminal. Without one, use accept, reject, edit, merge, split and comment.")
    with open_store(ctx, db) as store:
        pair_up(store)
        walk = _Walk(store, reviewer(by), [])
        walk.through(_unread(store, topic, sought(store, topic, source), pairs, again, order))
        say(f"{len(walk.made)} decided. `claimtrack reviews` shows the log.")


def _unread(
    store: Store, topic: str | None, source: str | None, pairs: bool, again: bool, order: Order
) -> list[str]:
    """The ids of what there is to read: of claims, or of pairs, the surest first; else in the order asked for."""
    from claimtrack.store import PairQuery, Query
    from claimtrack.tracking.pairing import best_pairs
    from claimtrack.tracking.standing import standing

    if pairs:
        ranked = [(pair.score, pair.id) for pair in best_pairs(store, PairQuery(topic=topic, source=source))]
    else:
        ranked = [(claim.confidence, claim.id) for claim in store.claims(Query(topic=topic, source=source))]
    if order != "text":
        ranked.sort(key=lambda one: one[0], reverse=order == "sure")
    done = {} if again else standing(store)
    return [id for _, id in ranked if id not in done]


KEYS = "a accept  r reject  e edit  n next  b back  u undo  d details  ? keys  q quit"
ALL_KEYS = (
    "a  accept: it is right", "r  reject: no list shows it any more", "e  edit: correct fields, one a line",
    "m  merge other claims of the same words into it", "s  split it into several", "c  comment on it",
    "u  undo the last decision of this walk", "n  next, as space and Enter", "b  back to the one before",
    "d  details: all that is known of it", "q  quit; what was decided is kept",
)  # fmt: skip


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
            put("", f"{at + 1} of {len(ids)}", shown, "", KEYS)
            step = self._answer(ids[at])
            if step is None:
                return
            at = max(0, at + step)

    def _shown(self, id: str, *, whole: bool = False) -> RenderableType | None:
        from claimtrack.screens.claim_display import claim_block, claim_summary
        from claimtrack.screens.contradiction_display import pair_block

        view = view_of(self.store)
        if claim := self._claim(id):
            return claim_block(claim, view) if whole else claim_summary(claim, view)
        if pair := self.store.contradiction(id):
            return pair_block(pair, view)
        return None

    def _claim(self, id: str) -> Claim | None:
        return self.store.claim(id) or self.store.set_aside(id)

    def _answer(self, id: str) -> int | None:
        """Read keys until one moves on; gives by how many records, None to end."""
        while True:
            key = typer.getchar().lower()
            if key in {"q", "\x03", "\x04"}:
                return None
            if key == "?":
                put("", *ALL_KEYS, KEYS)
            if key == "d":
                put("", self._shown(id, whole=True) or "", KEYS)
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
        self.made.append(decide(self.store, action, id, self.by, **fields))

    def edit(self, id: str) -> None:
        """Ask for changes, one a line, until an empty line; a line that cannot be is told, and the others stand."""
        found: list[Change] = []
        for line in iter(lambda: typer.prompt("FIELD=VALUE, empty to end", default="", show_default=False), ""):
            try:
                found += self._changes(id, line, found)
            except UsageError as error:
                say(f"{error}")
        if not found:
            raise StoreError("Nothing was changed.")
        made = new_source(self.store, found)
        self.decide("edit", id, changes=tuple(found))
        if made:
            say(made)

    def _changes(self, id: str, line: str, before: Sequence[Change]) -> tuple[Change, ...]:
        """The changes of one line; UsageError where the claim, changed so before, cannot hold them."""
        from claimtrack.tracking.edits import changes, check_words, edited

        found = changes(self.store, [line])
        if claim := self._claim(id):
            check_words(claim, found)
            edited(claim, [*before, *found])
        return found

    def merge(self, id: str) -> None:
        """Ask for the claims to merge into this one."""
        others = typer.prompt("ids of the same claim, with spaces").split()
        self.decide("merge", id, others=tuple(whole_id(self.store, other) for other in others))

    def split(self, id: str) -> None:
        """Ask for the parts, one a line, until an empty line."""
        lines = iter(lambda: typer.prompt("words of a part, empty to end", default="", show_default=False), "")
        self.decide("split", id, parts=tuple(span_of(self.store, id, part) for part in lines))

    def comment(self, id: str) -> None:
        """Ask for a comment."""
        self.decide("comment", id, note=typer.prompt("comment"))

    def undo(self, _: str) -> None:
        """Take back the last decision of this walk."""
        if not self.made:
            raise StoreError("Nothing was decided yet in this walk.")
        decide(self.store, "undo", self.made.pop().id, self.by)


_STEPS = {"n": 1, " ": 1, "\r": 1, "\n": 1, "b": -1}
_DEEDS: dict[str, Callable[[_Walk, str], None]] = {
    "a": lambda walk, id: walk.decide("accept", id),
    "r": lambda walk, id: walk.decide("reject", id),
    "e": _Walk.edit, "m": _Walk.merge, "s": _Walk.split, "c": _Walk.comment, "u": _Walk.undo,
}  # fmt: skip
