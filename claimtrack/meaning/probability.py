"""Probabilities in figures: "70-80 %", "one in five", "50-50", "3 to 1", "less than 10 percent"."""

from __future__ import annotations

import re
import unicodedata
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
# Words before a figure among which "no more than a" may stand.
BEFORE = 4
# Words of a share that the parser tears apart: "one - in - a - million".
LONGEST_SHARE = 7
_SLASH = re.compile(r"(?<![\d/])(\d{1,3})\s?[/⁄]\s?([1-9]\d{0,6})(?![\d/])")
_VULGAR = re.compile(r"[¼½¾⅐-⅞]")
_DECIMAL = re.compile(r"(?<![\d.,])0?\.\d+(?!\d|\s*(?:%|per))")
_PERCENT = re.compile(
    r"(\d+(?:\.\d+)?)(?:\s*(?:%|per ?cent)?\s*(?:-|–|to|and)\s*(\d+(?:\.\d+)?))?\s*-?\s*(?:%|per[ -]?cent)", re.I)
_FIFTY = re.compile(r"\b(?:50\s*[-–/]\s*50|fifty\s*[-–]\s*fifty)\b", re.I)


@cache
def _side() -> str:
    scales = alternatives(numerals.values("scale"))
    return (rf"((?:an?\s+|an?\s*-\s*)?(?:\d+(?:[.,]\d+)?\s*-?\s*)?(?:{scales})\b|\d+(?:,\d{{3}})+|\d+(?:[.,]\d+)?|"
            + alternatives(numerals.values("odds")) + r"|an?)")


@cache
def _one_in() -> re.Pattern[str]:
    return re.compile(rf"\b{_side()}\s*[- ]\s*(?:in|out of)\s*[- ]\s*{_side()}\b", re.I)


@cache
def _odds() -> re.Pattern[str]:
    return re.compile(rf"\b{_side()}\s*[- ]?(?:to|:|-)[- ]?\s*{_side()}\b(\s*(?:on|in favou?r|for|that))?", re.I)


@cache
def _near(side: Literal["below", "above"]) -> re.Pattern[str]:
    """What stands before a figure and opens one side of it."""
    return re.compile(rf"\b(?:{alternatives(lexicon.words('chance_words', side))})(?:\s+an?)?\s*$", re.I)


@cache
def _about() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(lexicon.words('chance_words', 'about'))})\b", re.I)


@cache
def _parts() -> re.Pattern[str]:
    numerators = alternatives(["a", *(word for word, value in numerals.values("cardinal").items() if value < 10)])
    return re.compile(rf"\b({numerators})[\s-]+({alternatives(numerals.values('part'))})\b", re.I)


def probability(text: str, before: str = "") -> Numbers | None:
    """Read low, point and high in [0, 1] from figures in words: "70-80 %", "one in five", "50-50", "3 to 1", "1/3".

    `before` is what stands before the text and may open one side ("less than a 10 % chance"). Odds without a side are
    against, as bookmakers give them; "2-to-1 that" are for. None where there is none or it exceeds 1.
    """
    margin = ABOUT_MARGIN if _about().search(text) else 0.0
    if match := _PERCENT.search(text):
        low, high = float(match[1]) / 100, float(match[2] or match[1]) / 100
        value = _interval(low, high, margin)
        return _opened(value, before + text[:match.start()]) if value else None
    if _FIFTY.search(text):
        return _interval(0.5, 0.5, margin)
    if (found := _share(text)) is not None:
        value = _interval(found[0], found[0], margin)
        return _opened(value, before + text[:found[1]]) if value else None
    if match := _odds().search(text):
        a, b = _cardinal(match[1]), _cardinal(match[2])
        share = a / (a + b) if match[3] else b / (a + b)
        return _interval(share, share, margin)
    return None


def _share(text: str) -> tuple[float, int] | None:
    """Read a chance that is written as a share, and where it begins: "one in five", "1/3", "¼", "two thirds", "0.3"."""
    if match := _one_in().search(text):
        return _cardinal(match[1]) / _cardinal(match[2]), match.start()
    if match := _SLASH.search(text):
        return int(match[1]) / int(match[2]), match.start()
    if match := _VULGAR.search(text):
        return unicodedata.numeric(match[0]), match.start()
    if match := _parts().search(text):
        numerator = 1 if match[1].lower() == "a" else numerals.values("cardinal")[match[1].lower()]
        return numerator / numerals.values("part")[match[2].lower()], match.start()
    if match := _DECIMAL.search(text):
        return float(match[0]), match.start()
    return None


def _opened(value: Numbers, before: str) -> Numbers:
    """Open the side that "less than" or "at least" before a figure leaves open; the figure stays the point."""
    low, point, high = value
    below, above = _near("below").search(before), _near("above").search(before)
    if below and above:  # "no more than" holds "more than"
        below, above = (below, None) if below.start() < above.start() else (None, above)
    return (0.0 if below else low), point, (1.0 if above else high)


def _cardinal(word: str) -> float:
    value = 1.0
    for part in re.split(r"[\s-]+", word.lower().strip()):
        sides = numerals.values("odds") | numerals.values("scale")
        if part in sides:
            value *= sides[part]
        elif part not in ("a", "an", ""):
            value *= float(re.sub(r",(?=\d{3}\b)", "", part).replace(",", ".")) or 1.0
    return value


def _interval(low: float, high: float, margin: float) -> Numbers | None:
    if not 0 <= low <= high <= 1:
        return None
    return max(0.0, low - margin), (low + high) / 2, min(1.0, high + margin)


def number_beside(near: Sequence[Token]) -> tuple[Numbers, list[Token]] | None:
    """Read a probability in figures from words that stand beside a likelihood word, with the words it takes."""
    words = sorted({t for n in near for t in n.subtree if not _in_clause(t, n)}, key=lambda t: t.i)
    if not any(_counts(t) for t in words):
        return None
    doc, first, last = words[0].doc, words[0].i, words[-1].i
    text = "".join(t.text_with_ws for t in words)
    text += " that" if last + 1 < len(doc) and doc[last + 1].lower_ == "that" else ""
    value = probability(text, doc[max(first - BEFORE, words[0].sent.start):first].text + " ")
    return (value, [t for t in words if t.pos_ != "DET"]) if value else None


def _counts(token: Token) -> bool:
    text = token.text[0]
    part = token.lower_ in numerals.values("part")
    return token.like_num or text.isnumeric() or text == "." or part or token.lower_.startswith("fifty")


def share_before(noun: Token) -> tuple[Numbers, list[Token]] | None:
    """Read "one in three" in front of a noun, which the parser takes for something in three chances."""
    for size in range(LONGEST_SHARE, 2, -1):
        words = noun.doc[max(noun.i - size, noun.sent.start):noun.i]
        if len(words) == size and _one_in().fullmatch(words.text.removesuffix("-").strip()):
            before = noun.doc[max(words.start - BEFORE, noun.sent.start):words.start].text + " "
            value = probability(words.text, before)
            return (value, list(words)) if value else None
    return None


def _in_clause(token: Token, top: Token) -> bool:
    """Tell whether a word stands in a clause below `top`: "60 percent that the canal opens by 2030"."""
    while token != top:
        if token.dep_ in ("relcl", "acl", "ccomp"):
            return True
        token = token.head
    return False
