"""Records to files that other programs read: JSON, JSON Lines, CSV, Parquet, STIX, JSON-LD, Web Annotations, brat.

To add a format: one function under `@exporter("name")`, from an `Export` to the pieces of its text, or of its bytes.
Records come as the JSON text the store holds, so that what is passed through need not be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from claimtrack.errors import ClaimtrackError, UsageError
from claimtrack.exports import csv_table
from claimtrack.exports.escaping import harmless_json
from claimtrack.exports.json_lists import envelope

if TYPE_CHECKING:
    from claimtrack.schema import Claim, Document, Record

__all__ = ["Export", "Format", "export", "exporter", "format_named", "formats"]

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


# ----------------------------------------------------------------------------------------------------------- formats


@exporter("jsonl")
def _jsonl(what: Export) -> Iterator[str]:
    for part in _PARTS:
        for record in getattr(what, part) or ():
            yield harmless_json(record) + "\n"


@exporter("json")
def _json(what: Export) -> Iterator[str]:
    return envelope(**{part: getattr(what, part) or () for part in _PARTS})


@exporter("csv", parts=csv_table.TABLES)
def _csv(what: Export) -> Iterator[str]:
    asked = {part: getattr(what, part) for part in csv_table.TABLES}
    return csv_table.lines({part: records for part, records in asked.items() if records is not None})


@exporter("parquet", is_binary=True, parts=csv_table.TABLES, default=("claims",))
def _parquet(what: Export) -> Iterator[bytes]:
    from claimtrack.exports.parquet import table
    from claimtrack.schema import Claim, Contradiction, Decision, Document

    asked: dict[type[Record], Iterable[str] | None] = {
        Document: what.documents, Claim: what.claims, Contradiction: what.contradictions, Decision: what.decisions
    }  # fmt: skip
    return table({kind: _read(kind, records) for kind, records in asked.items() if records is not None})


@exporter("stix", parts=csv_table.TABLES, is_divisible=False)
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
    from claimtrack.exports import brat
    from claimtrack.schema import Contradiction

    yield brat.archive(_corpus(what), _read(Contradiction, what.contradictions))


@exporter("obsidian", is_binary=True, parts=("documents", "claims", "contradictions"), is_divisible=False)
def _obsidian(what: Export) -> Iterator[bytes]:
    from claimtrack.exports import obsidian
    from claimtrack.schema import Contradiction

    yield obsidian.archive(_corpus(what), _read(Contradiction, what.contradictions))


# ----------------------------------------------------------------------------------------------------------- records


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
