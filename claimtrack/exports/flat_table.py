"""Claims as flat rows for spreadsheets, pandas and notes: one value a cell, with what the claim's document says of it.

To add a column: one line in `_ADDED`, or in the columns of claims in `csv_table`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from claimtrack.exports.csv_table import claim_cells
from claimtrack.exports.escaping import harmless_cell, harmless_json, visible
from claimtrack.schema import Claim, Document

__all__ = ["FIELDS", "Row", "row", "written"]

Row = Mapping[str, object]
Cell = Callable[[Claim, Document | None], object]

_ADDED: dict[str, Cell] = {
    "source_id": lambda claim, _: claim.source.id,
    "title": lambda _, document: document.title if document else None,
    "publisher": lambda _, document: document.publisher if document else None,
    "attribution": lambda claim, _: claim.attribution.type,
    "cue": lambda claim, _: claim.attribution.cue,
    "condition": lambda claim, document: (
        document.text[slice(*claim.condition)] if document and claim.condition else None
    ),
}
FIELDS = (
    "id", "published", "source", "source_id", "source_kind", "proposition", "kind", "stance", "polarity", "factuality",
    "commitment", "likelihood", "likelihood_low", "likelihood_high", "likelihood_point", "condition", "time",
    "time_start", "time_end", "time_relation", "positions", "entities", "topics", "attribution", "cue", "confidence",
    "review", "text", "context", "document", "title", "publisher", "path", "start", "end",
)  # fmt: skip
"""The columns there are, in their order."""


def row(claim: Claim, document: Document | None, review: str) -> Row:
    """A claim as one flat row: every one of `FIELDS`; `review` says what people decided, empty where nobody did."""
    cells = claim_cells(claim.model_dump(mode="json"))
    cells |= {name: cell(claim, document) for name, cell in _ADDED.items()} | {"review": review or None}
    return {name: cells[name] for name in FIELDS}


def written(rows: Iterable[Row], format: str, fields: Sequence[str], *, bom: bool = False) -> Iterator[str]:
    """Give rows line by line as csv, tsv, md or jsonl, a header first but for jsonl.

    In csv and tsv, a cell that a spreadsheet would run as a formula gets an apostrophe in front, and with `bom` a mark
    before the first tells Excel that the text is UTF-8. In jsonl, every row is an object with these fields.
    """
    if format == "jsonl":
        for each in rows:
            yield harmless_json(json.dumps({name: each[name] for name in fields}, ensure_ascii=False)) + "\n"
        return
    write = _markdown if format == "md" else _separated("\t" if format == "tsv" else ",")
    yield ("\ufeff" if bom else "") + write(fields)
    if format == "md":
        yield "|" + " --- |" * len(fields) + "\n"
    for each in rows:
        yield write([each[name] for name in fields])


def _separated(delimiter: str) -> Callable[[Iterable[object]], str]:
    def write(cells: Iterable[object]) -> str:
        line = io.StringIO()
        harmless = [harmless_cell(cell) if isinstance(cell, str) else cell for cell in cells]
        csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(harmless)
        return line.getvalue()

    return write


def _markdown(cells: Iterable[object]) -> str:
    """A row of a table: in one line, with nothing in it that Markdown or HTML would read as its own."""
    return "| " + " | ".join(_plain(cell) for cell in cells) + " |\n"


def _plain(cell: object) -> str:
    text = "" if cell is None else visible(" ".join(str(cell).split()))
    for sign, safe in (("\\", "\\\\"), ("|", "\\|"), ("<", "&lt;"), ("[", "\\["), ("*", "\\*"), ("`", "\\`")):
        text = text.replace(sign, safe)
    return text
