"""Decisions on the command line: who makes them, how they are logged and told, and which are in force."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from claimtrack.commands.output import say
from claimtrack.errors import UsageError

if TYPE_CHECKING:
    from claimtrack.schema import Action, Change, Decision
    from claimtrack.store import Store


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


def decide(store: Store, action: Action, target: str, by: str | None, **fields: Any) -> Decision:  # noqa: ANN401  # those of Decision
    """Log a decision, and say what was decided, with the id by which it is undone."""
    from claimtrack.tracking import reviews

    decision = reviews.decide(store, action, target, by=reviewer(by), **fields)
    _tell(decision)
    return decision


def decide_all(store: Store, action: Action, targets: Sequence[str], by: str | None, note: str | None) -> None:
    """Log the same decision on several records, and say what was decided."""
    from claimtrack.tracking import reviews

    for decision in reviews.decide_all(store, action, targets, by=reviewer(by), note=note):
        _tell(decision)


def _tell(decision: Decision) -> None:
    from claimtrack.tracking.standing import PAST

    about = f" ({words})" if (words := _words(decision)) else ""
    say(f"{decision.id}: {decision.target} {PAST[decision.action]} by {decision.by}{about}.")


def new_source(store: Store, changes: Iterable[Change]) -> str | None:
    """A note where changes make a source that the store does not have, and which of its sources may be meant."""
    from claimtrack.tracking import suggestions

    made = {change.field: change.value or "" for change in changes}
    if "source.id" not in made or any(source.id == made["source.id"] for source in store.sources()):
        return None
    name = made["source.name"]
    hint = suggestions.offer(suggestions.sources(store, name))
    said = f"{name!r} is a new source, read as a {made['source.kind']}"
    return f"note: {said}. {hint}`claimtrack edit ID source.kind=group` corrects it."


def _words(decision: Decision) -> str:
    """What a decision is about, quoted short."""
    from claimtrack.screens.terminal import line

    return " / ".join(f"“{line(anchor.quotation)[:60]}”" for anchor in decision.anchors[:2])


def in_force(store: Store) -> set[str]:
    """The ids of the decisions that are not undone."""
    from claimtrack.tracking import reviews

    return {decision.id for decision in reviews.active(store.decisions())}
