"""Quotations of a report: a claim's words in their sentence, cut where words clash, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from claimtrack.screens.report_parts import Piece
from claimtrack.screens.view import REACH

if TYPE_CHECKING:
    from claimtrack.schema import Claim, Document, Span

__all__ = ["AROUND_LENGTH", "cut_short", "pieces", "place"]

OWN_LENGTH, AROUND_LENGTH = 1_200, 300  # characters of a quotation: a broken text may be one endless sentence

_PLACES = {"title": "title", "heading": "heading", "byline": "byline", "caption": "caption",
           "quote_block": "quoted block", "comment": "reader’s comment", "boilerplate": "page furniture"}  # fmt: skip


def place(claim: Claim, document: Document) -> str:
    """Where a claim begins, without its offsets: "reader’s comment, paragraph 5"."""
    start = claim.spans[0][0]
    number = next((i for i, section in enumerate(document.sections, 1) if section.start <= start < section.end), None)
    return ", ".join(filter(None, [_PLACES.get(claim.section), f"paragraph {number}" if number else None]))


def pieces(claim: Claim, text: str, marks: Sequence[Span]) -> tuple[Piece, ...]:
    """A claim's words in its sentence, cut where they begin and end and where words clash.

    Clashing words near the claim are quoted along, also where they stand outside its sentence.
    """
    first, last = claim.spans[0][0] - REACH, claim.spans[-1][1] + REACH
    marks = [(start, end) for start, end in marks if first <= start < end <= last]
    around = [claim.context_span] if claim.context else []
    cuts = sorted({border for span in (*claim.spans, *marks, *around) for border in span})
    found = [
        Piece(text[start:end], _covered(start, end, claim.spans), _covered(start, end, marks))
        for start, end in pairwise(cuts)
    ]
    return tuple(_clipped(piece, i == 0) for i, piece in enumerate(found))


def _covered(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(s <= start and end <= e for s, e in spans)


def _clipped(piece: Piece, leads: bool) -> Piece:
    """An overlong piece cut short: at its beginning where it leads to the claim, else at its end."""
    length = OWN_LENGTH if piece.own else AROUND_LENGTH
    if len(piece.text) <= length:
        return piece
    text = "… " + piece.text[-length:] if leads and not piece.own else cut_short(piece.text, length)
    return Piece(text, piece.own, piece.clash)


def cut_short(text: str, length: int) -> str:
    """At most so many characters, and a sign that there were more."""
    return text if len(text) <= length else text[:length] + " …"
