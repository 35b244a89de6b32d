"""How articles bear on a headline, as blocks for a terminal."""

from __future__ import annotations

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from claimtrack.schema import Bearing, Passage
from claimtrack.screens.terminal import line, mark

__all__ = ["bearing_block"]


def bearing_block(bearing: Bearing) -> Group:
    """A block for one article: the label with its score, which article, why, and the sentences with their «marks»."""
    head = Text(bearing.label, style="bold" if bearing.label == "disagree" else "")
    head.append(f"  score {getattr(bearing, bearing.label):.2f}  {line(bearing.title or bearing.document_path)}")
    path = f"{line(bearing.document_path)}  " if bearing.title else ""
    about = Text(path + bearing.document, style="dim")
    parts = (about, Text(line(bearing.explanation)), *map(_quotation, bearing.passages))
    return Group(head, *(Padding(part, (0, 0, 0, 2)) for part in parts), "")


def _quotation(passage: Passage) -> Text:
    start, end = passage.span
    shown = Text("“")
    mark(shown, passage.text, 0, end - start, [(s - start, e - start) for s, e in passage.marks])
    shown.append("”")
    shown.append(f"  characters {start}–{end}", style="dim")
    return shown
