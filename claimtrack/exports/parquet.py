"""Records as one Parquet table, typed: a row a record, told apart by the column `record`.

Names are those of the CSV, lists are lists. Dates are strings of the precision that is known ("2021-10"), since a date
type would have to make up a day. Text stands as it was read, control characters too: Parquet is never shown as it is.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from claimtrack.errors import ClaimtrackError
from claimtrack.schema import Claim, Contradiction, Decision, Document, Record

if TYPE_CHECKING:
    import pyarrow

__all__ = ["table"]

ROWS_AT_ONCE = 10_000

Columns = dict[str, tuple[str, str]]
"""For each column: its type, as `_types` names it, and where in the record its value stands."""

_DOCUMENTS: Columns = {
    "id": ("text", "id"),
    "path": ("text", "path"),
    "title": ("text", "title"),
    "byline": ("texts", "byline"),
    "publisher": ("text", "publisher"),
    "original_publisher": ("text", "original_publisher"),
    "published": ("text", "published"),
    "language": ("text", "language"),
    "url": ("text", "url"),
    "text": ("text", "text"),
}
_CLAIMS: Columns = {
    "id": ("text", "id"),
    "document": ("text", "document"),
    "path": ("text", "document_path"),
    "published": ("text", "published"),
    "source_id": ("text", "source.id"),
    "source": ("text", "source.name"),
    "source_kind": ("text", "source.kind"),
    "chain": ("texts", "attribution.chain"),
    "attribution": ("text", "attribution.type"),
    "cue": ("text", "attribution.cue"),
    "proposition": ("text", "proposition"),
    "text": ("text", "text"),
    "context": ("text", "context"),
    "spans": ("spans", "spans"),
    "section": ("text", "section"),
    "kind": ("text", "kind"),
    "stance": ("text", "stance"),
    "polarity": ("text", "polarity"),
    "factuality": ("text", "factuality"),
    "commitment": ("number", "commitment"),
    "likelihood": ("text", "likelihood.phrase"),
    "likelihood_low": ("number", "likelihood.low"),
    "likelihood_high": ("number", "likelihood.high"),
    "likelihood_point": ("number", "likelihood.point"),
    "conditional": ("presence", "condition"),
    "concession": ("flag", "concession"),
    "time": ("text", "time.text"),
    "time_start": ("text", "time.start"),
    "time_end": ("text", "time.end"),
    "time_relation": ("text", "time.relation"),
    "positions": ("positions", "positions"),
    "entities": ("entities", "entities"),
    "quantities": ("quantities", "quantities"),
    "topics": ("texts", "topics"),
    "confidence": ("number", "confidence"),
}
_CONTRADICTIONS: Columns = {
    "id": ("text", "id"),
    "kind": ("text", "kind"),
    "strength": ("text", "strength"),
    "score": ("number", "score"),
    "explanation": ("text", "explanation"),
    "same_source": ("flag", "same_source"),
    "same_document": ("flag", "same_document"),
    "topics": ("texts", "topics"),
    "a": ("text", "a.id"),
    "a_source": ("text", "a.source.name"),
    "a_text": ("text", "a.text"),
    "b": ("text", "b.id"),
    "b_source": ("text", "b.source.name"),
    "b_text": ("text", "b.text"),
}
_DECISIONS: Columns = {
    name: ("text", name)
    for name in ("id", "at", "by", "action", "subject", "target", "outcome", "on", "evidence", "note")
}
_COLUMNS: Mapping[type[Record], Columns] = {
    kind: {"record": ("text", "record")} | columns
    for kind, columns in (
        (Document, _DOCUMENTS), (Claim, _CLAIMS), (Contradiction, _CONTRADICTIONS), (Decision, _DECISIONS)
    )
}  # fmt: skip


def table(parts: Mapping[type[Record], Iterable[Record]]) -> Iterator[bytes]:
    """Give a Parquet file with a row for each record, and the columns that the kinds of records given have.

    Args:
        parts: records by their class; a class without records still has its columns.

    Raises:
        ClaimtrackError: pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        words = "Parquet needs pyarrow, which is not installed. Install it: pip install 'claimtrack[exports]'"
        raise ClaimtrackError(words) from error
    schema = _schema(parts)
    file = io.BytesIO()
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for kind, records in parts.items():
            rows = (_row(record, _COLUMNS[kind]) for record in records)
            while some := list(islice(rows, ROWS_AT_ONCE)):
                writer.write_table(pyarrow.Table.from_pylist(some, schema=schema))
    yield file.getvalue()


def _row(record: Record, columns: Columns) -> dict[str, object]:
    return {name: _value(record, type_, path) for name, (type_, path) in columns.items()}


def _value(record: Record, type_: str, path: str) -> object:
    """What stands at a path of a record, None where one of its steps leads nowhere."""
    found: Any = record
    for name in path.split("."):
        found = None if found is None else getattr(found, name)
    if type_ == "presence":
        return found is not None
    if type_ == "spans":
        return [{"start": start, "end": end} for start, end in found]
    if type_ in {"positions", "entities", "quantities"}:
        return [part.model_dump() for part in found]
    return found


def _schema(kinds: Iterable[type[Record]]) -> pyarrow.Schema:
    import pyarrow

    types = _types()
    columns = {name: types[type_] for kind in kinds for name, (type_, _) in _COLUMNS[kind].items()}
    return pyarrow.schema(columns)


def _types() -> dict[str, pyarrow.DataType]:
    import pyarrow

    text, number, whole = pyarrow.string(), pyarrow.float64(), pyarrow.int64()

    def structs(**fields: pyarrow.DataType) -> pyarrow.DataType:
        return pyarrow.list_(pyarrow.struct(fields))

    return {
        "text": text,
        "number": number,
        "flag": pyarrow.bool_(),
        "presence": pyarrow.bool_(),
        "texts": pyarrow.list_(text),
        "spans": structs(start=whole, end=whole),
        "positions": structs(holder=text, holder_id=text, target=text, target_id=text, value=text),
        "entities": structs(id=text, name=text, type=text),
        "quantities": structs(value=number, high=number, unit=text, modifier=text),
    }
