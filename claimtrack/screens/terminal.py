"""Lines, tables and consoles for document text: it is never markup, and never steers the terminal.

Text of documents goes through `visible` into `Text`. The layout is the same at every width; ids never wrap.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from claimtrack.exports.escaping import visible
from claimtrack.schema import Span

__all__ = [
    "ID_WIDTH", "console", "counted", "details", "flat", "line", "mark", "page", "plain_table", "plain_text", "stacked",
]  # fmt: skip

PIPE_WIDTH = 100
ID_WIDTH = 20


def console(file: IO[str] | None = None) -> Console:
    """A console for document text: no markup, no highlighting; 100 columns in a pipe, unless COLUMNS says else."""
    file = file or sys.stdout
    width = None if file.isatty() or os.environ.get("COLUMNS") else PIPE_WIDTH
    return Console(file=file, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def page(renderable: RenderableType, file: IO[str] | None = None) -> str:
    """Render for a file (standard output by default): as `console` says; in a pipe, lines end where their text ends."""
    out = console(file)
    with out.capture() as captured:
        out.print(renderable)
    text = captured.get()
    return text if out.is_terminal else re.sub(r" +$", "", text, flags=re.MULTILINE)


def line(text: str) -> str:
    """Make text visible and one line: runs of white space become one space."""
    return visible(" ".join(text.split()))


def flat(text: str) -> str:
    """As `line`, but white space at the borders stays one space."""
    return visible(re.sub(r"\s+", " ", text))


def plain_text(text: str) -> Text:
    """Text of a document on one line."""
    return Text(line(text))


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 claim", "1,234 claims"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def stacked(*texts: str, dim_from: int | None = None) -> Text:
    """Lines below one another, the first in plain, those from `dim_from` on dimmed; empty ones are left out."""
    shown = [(text, "dim" if dim_from is not None and i >= dim_from else "") for i, text in enumerate(texts) if text]
    return Text("\n").join(Text(text, style=style) for text, style in shown)


def mark(shown: Text, text: str, start: int, end: int, marks: Iterable[Span]) -> None:
    """Append `text[start:end]` with «marks», on one line."""
    at = start
    for begin, stop in ((max(s, start), min(e, end)) for s, e in marks):
        if begin < stop:
            shown.append(flat(text[at:begin]))
            shown.append(f"«{flat(text[begin:stop])}»", style="bold")
            at = stop
    shown.append(flat(text[at:end]))


def plain_table(*columns: str) -> Table:
    """An empty table with these columns, counts to the right; its words wrap and are never cut off."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    for name in columns:
        is_count = name in {"Claims", "Documents", "Sources"}
        table.add_column(Text(name), justify="right" if is_count else "left", overflow="fold")  # never cut off
    return table


def row_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Table:
    """Rows of any columns; what is empty stays empty."""
    table = plain_table(*columns)
    for row in rows:
        table.add_row(*(Text("" if row[name] is None else line(str(row[name]))) for name in columns))
    return table


def outline_text(kind: str, text: str, level: int = 1) -> Padding:
    """A block of running text: headings bold, quotations in quotation marks and items indented."""
    told = {"quotation": f"“{line(text)}”", "item": f"· {line(text)}"}.get(kind, line(text))
    heading, inner = kind == "heading", kind in {"quotation", "item"}
    return Padding(Text(told, style="bold" if heading else ""), (int(heading and level > 1), 0, 0, 2 * inner))


def details(fields: Iterable[tuple[str, str]]) -> Table:
    """Names and values below one another; what is empty is left out."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for name, value in fields:
        if value:
            grid.add_row(Text(name), plain_text(value))
    return grid
