"""What people decided, where stores differ, and the user's aliases to tables for a terminal."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from rich.table import Table

from claimtrack.schema import Conflict, Decision
from claimtrack.screens.terminal import line, plain_table, plain_text, stacked
from claimtrack.store import AliasLine

__all__ = ["alias_table", "conflict_table", "decision_table"]


def decision_table(decisions: Iterable[Decision], in_force: Container[str]) -> Table:
    """A table of decisions; those that were undone, or that undo, are marked by `in_force` not holding their id."""
    table = plain_table("Decision", "By", "What was decided")
    table.columns[0].no_wrap = True
    for decision in decisions:
        state = "" if decision.id in in_force or decision.action == "undo" else "undone"
        table.add_row(
            stacked(decision.id, decision.at, state, dim_from=1),
            plain_text(decision.by),
            stacked(f"{decision.action} {line(decision.target)}", *_decided(decision), dim_from=1),
        )
    return table


def _decided(decision: Decision) -> Iterator[str]:
    """The contents of a decision, a line each."""
    yield from (f"“{line(anchor.quotation)}”" for anchor in decision.anchors)
    yield "; ".join(f"{change.field} = {line(change.value or 'none')}" for change in decision.changes)
    yield ", ".join(line(other) for other in decision.others)
    yield ", ".join(f"{start}–{end}" for start, end in decision.parts)
    graded = ("outcome", decision.outcome), ("on", decision.on), ("evidence", decision.evidence), (
        "reliability", decision.reliability), ("credibility", decision.credibility), ("note", decision.note)
    yield "; ".join(f"{name}: {line(str(value))}" for name, value in graded if value is not None)


def conflict_table(conflicts: Iterable[Conflict]) -> Table:
    """A table of what two joined stores say differently, and what counts from now on."""
    table = plain_table("Record", "Ours", "Theirs", "Kept")
    table.columns[0].no_wrap = True
    for conflict in conflicts:
        record = stacked(line(conflict.id), conflict.subject, dim_from=1)
        table.add_row(record, plain_text(conflict.ours), plain_text(conflict.theirs), conflict.kept)
    return table


def alias_table(aliases: Iterable[AliasLine]) -> Table:
    """A table of the user's aliases."""
    table = plain_table("Alias", "Read as")
    for known in aliases:
        table.add_row(plain_text(known.alias), plain_text(known.name))
    return table
