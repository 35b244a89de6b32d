"""What readers take a likelihood phrase to mean, and the words of the house scales: ICD 203, PHIA, NATO, IPCC, Kent.

Numbers come from `lexicons/likelihood_phrases.csv`, by default what 5,174 readers took a phrase to mean (Kucharski
2026, CAPphrase, doi:10.5281/zenodo.18750055, CC BY 4.0); rows of the scale claimtrack_default are our own proposals.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import Field

from claimtrack import lexicon
from claimtrack.errors import LexiconError, UsageError
from claimtrack.schema import Likelihood

HOUSE_SCALES = {"icd203": "icd203", "phia": "phia", "nato": "nato_ajp21", "ipcc": "ipcc", "kent": "kent1964"}


class Phrase(lexicon.Entry):
    """A likelihood phrase in parts: base, degree, and whether a negation stands before (1) or behind (2) the base."""

    base: str
    degree: str
    negation: Literal[0, 1, 2]
    scale: str
    row: str | None = None
    low: float | None = Field(default=None, ge=0, le=1)
    high: float | None = Field(default=None, ge=0, le=1)
    point: float | None = Field(default=None, ge=0, le=1)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of scales: a phrase and its range and point in [0, 1]."""

    phrase: str
    low: float
    high: float
    point: float


@cache
def scale_rows(scale: str) -> tuple[Row, ...]:
    """Read the rows of one scale that carry numbers, in file order; a point without a range is its own range.

    Raises:
        LexiconError: the table is missing or has no row of that scale.
    """
    path = resources.files("claimtrack") / "lexicons" / "likelihood_phrases.csv"
    try:
        lines = path.read_text(encoding="utf8").splitlines()
    except OSError as error:
        raise LexiconError(f"The table of likelihood phrases cannot be read: {error}") from error
    rows = tuple(_row(r) for r in csv.DictReader(lines) if r["scale"] == scale and r["point"])
    if not rows:
        raise LexiconError(f"The table of likelihood phrases has no scale {scale!r}.")
    return rows


def _row(cells: dict[str, str]) -> Row:
    point = float(cells["point"])
    return Row(cells["phrase"], float(cells["low"] or point), float(cells["high"] or point), point)


def on_scale(likelihood: Likelihood, scale: str) -> str:
    """Give the word of a house scale (icd203, phia, nato, ipcc, kent) for a likelihood.

    The word whose range holds the point; of nested ranges the narrowest (IPCC), in a gap between ranges the nearest
    (PHIA). A rank keeps its own words, for it has no number.

    Raises:
        UsageError: the scale is not one of the five.
    """
    if scale not in HOUSE_SCALES:
        raise UsageError(f"No likelihood scale is called {scale!r}; choose one of {', '.join(HOUSE_SCALES)}.")
    point = likelihood.point
    if point is None:
        return likelihood.phrase
    rows = scale_rows(HOUSE_SCALES[scale])
    return min(rows, key=lambda r: (max(r.low - point, point - r.high, 0), r.high - r.low)).phrase


@cache
def phrases() -> dict[tuple[str, str, int], Phrase]:
    """Index the likelihood phrases by base, degree and place of a negation."""
    return {(p.base, p.degree, p.negation): p for p in lexicon.read("likelihood", Phrase)}


@cache
def numbers_of(phrase: Phrase) -> tuple[float, float, float]:
    """Give low, point and high in [0, 1] of a phrase: those of its row, else its own.

    Raises:
        LexiconError: it has neither, or names a row that its scale has not.
    """
    if phrase.row is None:
        if phrase.low is None or phrase.high is None or phrase.point is None:
            raise LexiconError(f"The likelihood phrase {phrase.phrase!r} needs a row or low, high and point.")
        return phrase.low, phrase.point, phrase.high
    row = next((r for r in scale_rows(phrase.scale) if r.phrase == phrase.row), None)
    if row is None:
        raise LexiconError(f"The likelihood phrase {phrase.phrase!r} names no row of {phrase.scale}: {phrase.row!r}.")
    return row.low, row.point, row.high
