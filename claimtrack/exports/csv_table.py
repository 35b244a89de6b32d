"""Records as one CSV table: a row a record, the first column says which kind.

Columns that a kind does not have stay empty. To add a column: one line in the columns of its kind.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from claimtrack.exports.escaping import harmless_cell

__all__ = ["TABLES", "claim_cells", "lines"]

Row = Mapping[str, Any]
Columns = dict[str, Callable[[Row], object]]


def _field(*path: str) -> Callable[[Row], object]:
    """A column that follows keys into a record; empty where one of them leads nowhere."""

    def value(row: Row) -> object:
        found: object = row
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found

    return value


def _joined(key: str) -> Callable[[Row], str]:
    return lambda row: "; ".join(row[key])


_DOCUMENT_COLUMNS: Columns = {
    "id": _field("id"),
    "path": _field("path"),
    "title": _field("title"),
    "byline": _joined("byline"),
    "publisher": _field("publisher"),
    "published": _field("published"),
    "language": _field("language"),
    "url": _field("url"),
}
_CLAIM_COLUMNS: Columns = {
    "id": _field("id"),
    "document": _field("document"),
    "path": _field("document_path"),
    "published": _field("published"),
    "source": _field("source", "name"),
    "source_kind": _field("source", "kind"),
    "proposition": _field("proposition"),
    "text": _field("text"),
    "context": _field("context"),
    "start": lambda row: row["spans"][0][0],
    "end": lambda row: row["spans"][-1][1],
    "kind": _field("kind"),
    "stance": _field("stance"),
    "polarity": _field("polarity"),
    "factuality": _field("factuality"),
    "commitment": _field("commitment"),
    "likelihood": _field("likelihood", "phrase"),
    "likelihood_low": _field("likelihood", "low"),
    "likelihood_high": _field("likelihood", "high"),
    "likelihood_point": _field("likelihood", "point"),
    "conditional": lambda row: "yes" if row["condition"] else "no",
    "time": _field("time", "text"),
    "time_start": _field("time", "start"),
    "time_end": _field("time", "end"),
    "time_relation": _field("time", "relation"),
    "positions": lambda row: "; ".join(f"{p['holder']} {p['value']} {p['target']}" for p in row["positions"]),
    "entities": lambda row: "; ".join(e["name"] for e in row["entities"]),
    "topics": _joined("topics"),
    "confidence": _field("confidence"),
}
_PAIR_COLUMNS: Columns = {
    "id": _field("id"),
    "kind": _field("kind"),
    "strength": _field("strength"),
    "score": _field("score"),
    "explanation": _field("explanation"),
    "topics": _joined("topics"),
    "a": _field("a", "id"),
    "a_source": _field("a", "source", "name"),
    "a_text": _field("a", "text"),
    "b": _field("b", "id"),
    "b_source": _field("b", "source", "name"),
    "b_text": _field("b", "text"),
}
_DECISION_COLUMNS: Columns = {
    name: _field(name)
    for name in ("id", "at", "by", "action", "subject", "target", "outcome", "on", "evidence", "note")
}
_COLUMNS: Mapping[str, Columns] = {
    "documents": _DOCUMENT_COLUMNS, "claims": _CLAIM_COLUMNS, "contradictions": _PAIR_COLUMNS,
    "decisions": _DECISION_COLUMNS,
}  # fmt: skip
TABLES = tuple(_COLUMNS)
"""The kinds of records that have columns, by the fields of an `Export`."""


def lines(parts: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Give the table line by line, the header first.

    Args:
        parts: JSON texts of records by their kind, one of `TABLES`; a kind without records still has its columns.
    """
    asked = [(records, _COLUMNS[part]) for part, records in parts.items()]
    header = list(dict.fromkeys(["record", *(name for _, columns in asked for name in columns)]))
    yield _line(header)
    for records, columns in asked:
        for record in records:
            row = json.loads(record)
            cells = {"record": row["record"]} | {name: value(row) for name, value in columns.items()}
            yield _line([cells.get(name) for name in header])


def claim_cells(record: Row) -> dict[str, object]:
    """The columns of one claim, given as the fields of its record."""
    return {name: value(record) for name, value in _CLAIM_COLUMNS.items()}


def _line(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([harmless_cell(c) if isinstance(c, str) else c for c in cells])
    return line.getvalue()
