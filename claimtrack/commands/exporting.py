"""The command that writes the store for other programs."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zipfile import ZipFile

import typer

from claimtrack.commands.asking import sought
from claimtrack.commands.options import Db, Topic, examples
from claimtrack.commands.output import write_file
from claimtrack.commands.stores import open_store, pair_up
from claimtrack.errors import ClaimtrackError, UsageError

if TYPE_CHECKING:
    from claimtrack.exports.formats import Export, Format
    from claimtrack.schema import Decision, Record
    from claimtrack.store import Store

FORMATS = """\b
Formats:
  json, jsonl   all records; `claimtrack import` reads them
  csv           documents, claims, contradictions, decisions: a row each
  parquet       as csv, with types; claims alone unless --only says otherwise
  stix          STIX 2.1: sources, their claims as notes, articles as reports
  jsonld        schema.org: claims, articles, reviews where a person decided
  annotations   W3C Web Annotations on the documents' texts
  brat          brat standoff: a folder, or a zip archive if FILE ends so
  obsidian      linked Markdown notes, one a claim, source, document: as brat

"""

FOLDERS = ("brat", "obsidian")
"""Formats of several files."""

app = typer.Typer()


def _complete_formats(incomplete: str) -> list[str]:
    from claimtrack.exports.formats import formats

    return [name for name in formats() if name.startswith(incomplete)]


@app.command(
    epilog=FORMATS
    + examples(
        "export --format csv --only claims -o claims.csv", "export --format stix --topic zangezur -o zangezur.json"
    )
)
def export(
    ctx: typer.Context,
    format: Annotated[
        str,
        typer.Option(
            "--format", "-f", metavar="NAME", autocompletion=_complete_formats,
            help="json, jsonl, csv, parquet, stix, jsonld, annotations, brat or obsidian.",
        ),
    ] = "json",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND", help="documents, claims, contradictions, decisions, originals; may be given several times."
        ),
    ] = None,
    topic: Topic = None,
    db: Db = None,
) -> None:
    """Write the store for other programs.

    Contradictions include tensions. With --topic: the claims on it, the pairs that contradict shows for it with both
    claims, and the documents and decisions of these. In CSV, a cell that a spreadsheet would run as a formula gets an
    apostrophe in front. Parquet needs: pip install 'claimtrack[exports]'
    """
    from claimtrack.exports.formats import export as exported
    from claimtrack.exports.formats import format_named

    chosen = format_named(format)
    parts = _parts(format, chosen, only)
    if chosen.is_binary and output is None and sys.stdout.isatty():
        raise UsageError(f"{format} is no text for a terminal. Name a file with -o, or send it through a pipe.")
    with open_store(ctx, db) as store:
        pair_up(store)
        sought(store, topic)
        pieces = exported(_records(store, parts, topic), format)
        if output is None:
            _write_bytes(pieces)
        elif format in FOLDERS and output.suffix != ".zip":
            _unpack(output, pieces)
        else:
            write_file(output, pieces)


def _parts(name: str, format: Format, only: list[str] | None) -> tuple[str, ...]:
    """What to export: what was chosen, else what the format holds."""
    from claimtrack.exports.formats import format_named, formats

    if only and not format.is_divisible:
        divisible = ", ".join(one for one in formats() if format_named(one).is_divisible)
        raise UsageError(f"--only goes with {divisible}; {name} ties documents and claims together. Leave it out.")
    if unknown := set(only or ()) - set(format.parts):
        raise UsageError(f"{name} has no {min(unknown)!r}. Choose --only from: {', '.join(format.parts)}.")
    return tuple(only or format.default)


def _records(store: Store, parts: tuple[str, ...], topic: str | None) -> Export:
    from claimtrack.exports.formats import Export

    records = {
        "documents": store.document_records(),
        "claims": store.claim_records(),
        "contradictions": store.contradiction_records(),
        "decisions": store.decision_records(),
        "originals": store.original_records(),
    } if topic is None else _on_topic(store, topic)  # fmt: skip
    return Export(**{part: records[part] for part in parts})


def _on_topic(store: Store, topic: str) -> dict[str, Iterator[str]]:
    """The claims on a topic, the pairs on it with their claims, and the documents, decisions, originals of these."""
    from claimtrack.schema import Original
    from claimtrack.store import PairQuery, Query

    pairs = list(store.contradictions(PairQuery(topic=topic)))
    wanted = {claim.id for claim in store.claims(Query(topic=topic))}
    wanted |= {claim.id for pair in pairs for claim in (pair.a, pair.b)}
    claims = list(store.claims_among(wanted))
    documents = {claim.document for claim in claims}
    decisions = list(_decisions_on(wanted | {pair.id for pair in pairs}, store.decisions()))
    decided = wanted | {anchor.claim for decision in decisions for anchor in decision.anchors}
    originals = map(Original.model_validate_json, store.original_records())
    return {
        "documents": _texts(store.documents_among(documents)),
        "claims": _texts(claims),
        "contradictions": _texts(pairs),
        "decisions": _texts(decisions),
        "originals": _texts(original for original in originals if original.id in decided),
    }


def _decisions_on(targets: set[str], decisions: Iterable[Decision]) -> Iterator[Decision]:
    """The decisions on these records, or on a claim that stood there before, and what was decided on those in turn."""
    known = set(targets)
    for decision in decisions:
        if {decision.target, *(anchor.claim for anchor in decision.anchors)} & known:
            known.add(decision.id)
            yield decision


def _texts(records: Iterable[Record]) -> Iterator[str]:
    return (record.model_dump_json() for record in records)


def _write_bytes(pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.flush()


def _unpack(folder: Path, pieces: Iterable[bytes]) -> None:
    """Write the files of a zip archive into a folder, made where it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ZipFile(io.BytesIO(b"".join(pieces))) as archive:
            archive.extractall(folder)
    except OSError as error:
        words = f"{str(folder)!r} cannot be written: {error.strerror or error}. Name another folder with -o."
        raise ClaimtrackError(words) from error
