"""Decisions on the command line: who makes them, how they are logged and told, and which are in force."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from claimtrack.commands.output import say
from claimtrack.errors import UsageError

if TYPE_CHECKING:
    from claimtrack.schema import Action, Decision
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
    from claimtrack.tracking.standing import PAST

    decision = reviews.decide(store, action, target, by=reviewer(by), **fields)
    about = f" ({words})" if (words := _words(decision)) else ""
    say(f"{decision.id}: {decision.target} {PAST[action]} by {decision.by}{about}.")
    return decision


def _words(decision: Decision) -> str:
    """What a decision is about, quoted short."""
    from claimtrack.screens.terminal import line

    return " / ".join(f"“{line(anchor.quotation)[:60]}”" for anchor in decision.anchors[:2])


def in_force(store: Store) -> set[str]:
    """The ids of the decisions that are not undone."""
    from claimtrack.tracking import reviews

    return {decision.id for decision in reviews.active(store.decisions())}
