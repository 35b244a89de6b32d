"""Flat rows for spreadsheets, pandas and notes: one value a cell; `flat_columns` says which columns a list has."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from claimtrack.exports.escaping import harmless_cell, harmless_json, visible

__all__ = ["Row", "written"]

Row = Mapping[str, object]


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
