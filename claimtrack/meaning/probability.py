"""Probabilities in figures: "70-80 %", "one in five", "50-50", "3 to 1", "less than 10 percent"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.meaning import numerals
from claimtrack.meaning.numerals import alternatives

if TYPE_CHECKING:
    from spacy.tokens import Token

Numbers = tuple[float, float, float]
"""Low, point and high in [0, 1]."""

ABOUT_MARGIN = 0.05
_PERCENT = re.compile(
    r"(\d+(?:\.\d+)?)(?:\s*(?:%|per ?cent)?\s*(?:-|–|to|and)\s*(\d+(?:\.\d+)?))?\s*-?\s*(?:%|per[ -]?cent)", re.I)
_FIFTY = re.compile(r"\b(?:50\s*[-–/]\s*50|fifty\s*[-–]\s*fifty)\b", re.I)


@cache
def _side() -> str:
    return r"(\d+(?:[.,]\d+)?|" + alternatives(numerals.values("odds")) + r"|an?)"


@cache
def _one_in() -> re.Pattern[str]:
    return re.compile(rf"\b{_side()}\s*[- ]\s*(?:in|out of)\s*[- ]\s*{_side()}\b", re.I)


@cache
def _odds() -> re.Pattern[str]:
    return re.compile(rf"\b{_side()}\s*[- ]?(?:to|:|-)[- ]?\s*{_side()}\b(\s*(?:on|in favou?r|for))?", re.I)


@cache
def _near(side: Literal["below", "above"]) -> re.Pattern[str]:
    """What stands before a figure and opens one side of it."""
    return re.compile(rf"\b(?:{alternatives(lexicon.words('chance_words', side))})\s*$", re.I)


@cache
def _about() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(lexicon.words('chance_words', 'about'))})\b", re.I)


def probability(text: str) -> Numbers | None:
    """Read low, point and high in [0, 1] from figures in words: "70-80 %", "one in five", "50-50", "3 to 1".

    Odds without a side are against, as bookmakers give them. None where there is none or it exceeds 1.
    """
    margin = ABOUT_MARGIN if _about().search(text) else 0.0
    if match := _PERCENT.search(text):
        low, high = float(match[1]) / 100, float(match[2] or match[1]) / 100
        value = _interval(low, high, margin)
        return _opened(value, text[:match.start()]) if value else None
    if _FIFTY.search(text):
        return _interval(0.5, 0.5, margin)
    if match := _one_in().search(text):
        share = _cardinal(match[1]) / _cardinal(match[2])
        return _interval(share, share, margin)
    if match := _odds().search(text):
        a, b = _cardinal(match[1]), _cardinal(match[2])
        share = a / (a + b) if match[3] else b / (a + b)
        return _interval(share, share, margin)
    return None


def _opened(value: Numbers, before: str) -> Numbers:
    """Open the side that "less than" or "at least" before a figure leaves open; the figure stays the point."""
    low, point, high = value
    return (0.0 if _near("below").search(before) else low), point, (1.0 if _near("above").search(before) else high)


def _cardinal(word: str) -> float:
    lower = word.lower()
    if lower in ("a", "an"):
        return 1.0
    sides = numerals.values("odds")
    return float(sides[lower]) if lower in sides else float(lower.replace(",", ".")) or 1.0


def _interval(low: float, high: float, margin: float) -> Numbers | None:
    if not 0 <= low <= high <= 1:
        return None
    return max(0.0, low - margin), (low + high) / 2, min(1.0, high + margin)


def number_beside(near: Sequence[Token]) -> tuple[Numbers, list[Token]] | None:
    """Read a probability in figures from words that stand beside a likelihood word, with the words it takes."""
    words = sorted({t for n in near for t in n.subtree if not _in_clause(t, n)}, key=lambda t: t.i)
    if not any(t.like_num or t.is_digit or t.text[0].isdigit() or t.lower_.startswith("fifty") for t in words):
        return None
    text = "".join(t.text_with_ws for t in words)
    value = probability(text)
    return (value, [t for t in words if t.pos_ != "DET"]) if value else None


def share_before(noun: Token) -> tuple[Numbers, list[Token]] | None:
    """Read "one in three" in front of a noun, which the parser takes for something in three chances."""
    words = noun.doc[max(noun.i - 3, noun.sent.start):noun.i]
    found = _one_in().fullmatch(words.text)
    value = probability(words.text) if found else None
    return (value, list(words)) if value else None


def _in_clause(token: Token, top: Token) -> bool:
    """Tell whether a word stands in a clause below `top`: "60 percent that the canal opens by 2030"."""
    while token != top:
        if token.dep_ in ("relcl", "acl", "ccomp"):
            return True
        token = token.head
    return False
