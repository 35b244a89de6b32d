"""Records to text: JSON, JSON Lines, CSV.

To add a format: one function under `@exporter("name")`, from an `Export` to the pieces of its text. Records come as
the JSON text the store holds, so that what is passed through need not be read.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from claimtrack.errors import UsageError

__all__ = ["Export", "envelope", "export", "exporter", "formats", "harmless_cell", "harmless_json", "json_schema",
           "visible"]


@dataclass(frozen=True)
class Export:
    """What is exported: JSON texts of documents, claims and contradictions (tensions too), each read once."""

    documents: Iterable[str] = ()
    claims: Iterable[str] = ()
    contradictions: Iterable[str] = ()


Exporter = Callable[[Export], Iterator[str]]
_EXPORTERS: dict[str, Exporter] = {}


def exporter(name: str) -> Callable[[Exporter], Exporter]:
    """Register an export format under a name."""

    def register(function: Exporter) -> Exporter:
        _EXPORTERS[name] = function
        return function

    return register


def formats() -> tuple[str, ...]:
    """The names of the export formats, sorted."""
    return tuple(sorted(_EXPORTERS))


def export(what: Export, format: str) -> Iterator[str]:
    """Give the text of an export piece by piece.

    Raises:
        UsageError: no format has that name.
    """
    if format not in _EXPORTERS:
        raise UsageError(f"There is no export format {format!r}. Choose one of: {', '.join(formats())}.")
    return _EXPORTERS[format](what)


@exporter("jsonl")
def _jsonl(what: Export) -> Iterator[str]:
    for records in (what.documents, what.claims, what.contradictions):
        for record in records:
            yield harmless_json(record) + "\n"


@exporter("json")
def _json(what: Export) -> Iterator[str]:
    return envelope(documents=what.documents, claims=what.claims, contradictions=what.contradictions)


def envelope(**lists: Iterable[str]) -> Iterator[str]:
    """One JSON object: the schema's version, and under each name a list of records, one a line."""
    from claimtrack.schema import SCHEMA_VERSION

    yield f'{{"schema_version": {json.dumps(SCHEMA_VERSION)}'
    for name, records in lists.items():
        yield f',\n"{name}": ['
        separator = "\n"
        for record in records:
            yield separator + harmless_json(record)
            separator = ",\n"
        yield "\n]"
    yield "\n}\n"


# ------------------------------------------------------------------------------------------------------------ csv

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


@exporter("csv")
def _csv(what: Export) -> Iterator[str]:
    """One table with a row a record; the first column says which kind, columns a kind does not have stay empty."""
    parts = [(what.documents, _DOCUMENT_COLUMNS), (what.claims, _CLAIM_COLUMNS), (what.contradictions, _PAIR_COLUMNS)]
    header = list(dict.fromkeys(["record", *(name for _, columns in parts for name in columns)]))
    yield _csv_line(header)
    for records, columns in parts:
        for record in records:
            row = json.loads(record)
            cells = {"record": row["record"]} | {name: value(row) for name, value in columns.items()}
            yield _csv_line([cells.get(name) for name in header])


def _csv_line(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([harmless_cell(c) if isinstance(c, str) else c for c in cells])
    return line.getvalue()


# ------------------------------------------------------------------------------------------------------- harmless


_CONTROLS = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: "\u2421",
    **{code: f"<{code:02X}>" for code in range(0x80, 0xA0)},
    **{code: f"<{code:04X}>" for code in (0x061C, 0x200B, 0x200E, 0x200F, 0xFEFF)},
    **{code: f"<{code:04X}>" for code in (*range(0x2028, 0x202F), *range(0x2060, 0x2070))},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def visible(text: str) -> str:
    """Replace what would steer a terminal by visible signs: ESC by ␛, other controls, overrides of direction."""
    return text.translate(_CONTROLS)


def harmless_cell(text: str) -> str:
    """Make the text safe for terminals, and put an apostrophe before a formula: "=cmd()" becomes "'=cmd()".

    Rule of the OWASP page "CSV Injection": cells that begin with = + - @, a tab or a line break, or their full-width
    forms.
    """
    text = visible(text)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")) else text


_ESCAPED = {
    code: f"\\u{code:04x}"
    for code in (0x7F, *range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
}


def harmless_json(record: str) -> str:
    """Escape in JSON text what would steer a terminal: C1 controls, line separators, overrides of direction.

    They stand only inside JSON strings, where an escape means the same character: nothing is lost.
    """
    return record if record.isascii() and "\x7f" not in record else record.translate(_ESCAPED)


# --------------------------------------------------------------------------------------------------------- schema


def json_schema() -> str:
    """The JSON Schema (2020-12) of every record as indented JSON: one line of `export --format jsonl` satisfies it."""
    from pydantic.json_schema import models_json_schema

    from claimtrack import schema

    records = (
        schema.Document, schema.Claim, schema.Contradiction, schema.NearMiss, schema.Contrast,
        schema.Forecast, schema.Score, schema.CalibrationBin,
    )  # fmt: skip
    references, whole = models_json_schema([(record, "serialization") for record in records])
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Records of claimtrack",
        "schema_version": schema.SCHEMA_VERSION,
        "oneOf": list(references.values()),
        **whole,
    }
    return json.dumps(described, indent=2, ensure_ascii=False)
