"""Records to files that other programs read: JSON, JSON Lines, CSV, Parquet, STIX, JSON-LD, Web Annotations, brat.

To add a format: one function under `@exporter("name")`, from an `Export` to the pieces of its text, or of its bytes.
Records come as the JSON text the store holds, so that what is passed through need not be read.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from claimtrack.errors import ClaimtrackError, UsageError

if TYPE_CHECKING:
    from claimtrack.schema import Claim, Document, Record

__all__ = ["Export", "Format", "envelope", "export", "exporter", "format_named", "formats", "harmless_cell",
           "harmless_json", "json_schema", "visible"]

R = TypeVar("R", bound="Record")


@dataclass(frozen=True)
class Export:
    """What is exported: JSON texts of records, each read once; None for what was not asked for.

    Contradictions include tensions. Originals are the claims that decisions changed, as they were extracted, without
    which nobody could join the export to another store. The claims of one document stand together, as the store gives
    them.
    """

    documents: Iterable[str] | None = None
    claims: Iterable[str] | None = None
    contradictions: Iterable[str] | None = None
    decisions: Iterable[str] | None = None
    originals: Iterable[str] | None = None


_PARTS = tuple(field.name for field in fields(Export))

Exporter = Callable[[Export], Iterator[str] | Iterator[bytes]]


@dataclass(frozen=True)
class Format:
    """A format of export.

    Attributes:
        write: gives the pieces of the file.
        is_binary: the file is no text.
        parts: the fields of an `Export` that it has a place for.
        default: those that it holds unless somebody chooses.
        is_divisible: one may choose; other formats tie their parts together.
    """

    write: Exporter
    is_binary: bool
    parts: tuple[str, ...]
    default: tuple[str, ...]
    is_divisible: bool


_FORMATS: dict[str, Format] = {}


def exporter(
    name: str,
    *,
    is_binary: bool = False,
    parts: tuple[str, ...] = _PARTS,
    default: tuple[str, ...] | None = None,
    is_divisible: bool = True,
) -> Callable[[Exporter], Exporter]:
    """Register an export format under a name; the arguments are those of `Format`."""

    def register(function: Exporter) -> Exporter:
        _FORMATS[name] = Format(function, is_binary, parts, default or parts, is_divisible)
        return function

    return register


def formats() -> tuple[str, ...]:
    """The names of the export formats, sorted."""
    return tuple(sorted(_FORMATS))


def format_named(name: str) -> Format:
    """The format of a name.

    Raises:
        UsageError: no format has that name.
    """
    if name not in _FORMATS:
        raise UsageError(f"There is no export format {name!r}. Choose one of: {', '.join(formats())}.")
    return _FORMATS[name]


def export(what: Export, format: str) -> Iterator[bytes]:
    """Give an export piece by piece; text is UTF-8.

    Raises:
        UsageError: no format has that name.
    """
    pieces = format_named(format).write(what)
    return (piece if isinstance(piece, bytes) else piece.encode("utf8", "backslashreplace") for piece in pieces)


@exporter("jsonl")
def _jsonl(what: Export) -> Iterator[str]:
    for part in _PARTS:
        for record in getattr(what, part) or ():
            yield harmless_json(record) + "\n"


@exporter("json")
def _json(what: Export) -> Iterator[str]:
    return envelope(**{part: getattr(what, part) or () for part in _PARTS})


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

_TABLES = ("documents", "claims", "contradictions", "decisions")

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


@exporter("csv", parts=_TABLES)
def _csv(what: Export) -> Iterator[str]:
    """One table with a row a record; the first column says which kind, columns a kind does not have stay empty."""
    columns_of = zip(_TABLES, (_DOCUMENT_COLUMNS, _CLAIM_COLUMNS, _PAIR_COLUMNS, _DECISION_COLUMNS), strict=True)
    asked = ((getattr(what, part), columns) for part, columns in columns_of)
    parts = [(records, columns) for records, columns in asked if records is not None]
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


# ------------------------------------------------------------------------------------------ formats of other houses


@exporter("parquet", is_binary=True, parts=_TABLES, default=("claims",))
def _parquet(what: Export) -> Iterator[bytes]:
    from claimtrack.exports.parquet import table
    from claimtrack.schema import Claim, Contradiction, Decision, Document

    asked: dict[type[Record], Iterable[str] | None] = {
        Document: what.documents, Claim: what.claims, Contradiction: what.contradictions, Decision: what.decisions
    }  # fmt: skip
    return table({kind: _read(kind, records) for kind, records in asked.items() if records is not None})


@exporter("stix", parts=("documents", "claims", "contradictions", "decisions"), is_divisible=False)
def _stix(what: Export) -> Iterator[str]:
    from claimtrack.exports import stix
    from claimtrack.schema import Claim, Contradiction, Decision, Document

    parts = (
        _read(Document, what.documents), _read(Claim, what.claims), _read(Contradiction, what.contradictions),
        _read(Decision, what.decisions),
    )  # fmt: skip
    return map(harmless_json, stix.bundle(*parts))


@exporter("jsonld", parts=("documents", "claims", "decisions"), is_divisible=False)
def _jsonld(what: Export) -> Iterator[str]:
    from claimtrack.exports import linked_data
    from claimtrack.schema import Claim, Decision, Document

    parts = _read(Document, what.documents), _read(Claim, what.claims), _read(Decision, what.decisions)
    return map(harmless_json, linked_data.graph(*parts))


@exporter("annotations", parts=("documents", "claims"), is_divisible=False)
def _annotations(what: Export) -> Iterator[str]:
    from claimtrack.exports import linked_data

    return map(harmless_json, linked_data.web_annotations(_corpus(what)))


@exporter("brat", is_binary=True, parts=("documents", "claims", "contradictions"), is_divisible=False)
def _brat(what: Export) -> Iterator[bytes]:
    """A zip archive; its files bear the earliest date there is, so that the same records give the same bytes."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    from claimtrack.exports import brat
    from claimtrack.schema import Contradiction

    archive = io.BytesIO()
    with ZipFile(archive, "w") as packed:
        for file in brat.files(_corpus(what), _read(Contradiction, what.contradictions)):
            packed.writestr(ZipInfo(file.name), file.text, ZIP_DEFLATED)
    yield archive.getvalue()


def _read(kind: type[R], records: Iterable[str] | None) -> Iterator[R]:
    for record in records or ():
        try:
            yield kind.model_validate_json(record)
        except ValueError as error:
            words = f"A {kind.__name__.lower()} cannot be exported, since this version of claimtrack cannot read it"
            raise ClaimtrackError(f"{words}: extract its document again. ({error})") from error


def _corpus(what: Export) -> Iterator[tuple[Document, Sequence[Claim]]]:
    """Documents with their claims, in the order of the claims; those without claims last."""
    from claimtrack.schema import Claim, Document

    documents = {document.id: document for document in _read(Document, what.documents)}
    for document_id, claims in groupby(_read(Claim, what.claims), key=lambda claim: claim.document):
        if document_id not in documents:
            raise UsageError(f"The claims of {document_id!r} come without their document, or not all together.")
        yield documents.pop(document_id), list(claims)
    for document in documents.values():
        yield document, ()


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


_ESCAPED = {code: f"\\u{code:04x}" for code in _CONTROLS if code >= 0x7F}


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
        schema.Document, schema.Claim, schema.Contradiction, schema.NearMiss, schema.Bearing, schema.Contrast,
        schema.Corroboration, schema.Decision, schema.Original, schema.Forecast, schema.Score, schema.CalibrationBin,
        schema.TimelineEntry, schema.Reversal, schema.Confirmation, schema.Topic, schema.SourceProfile,
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
