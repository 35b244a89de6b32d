"""Numbers in words, each with what a text may count by it: quantities, odds, units of time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Literal

from claimtrack import lexicon

Use = Literal["cardinal", "scale", "short", "part", "odds", "count"]

THOUSAND = 1000
FEW = 6
"""How many "a few" or "the coming" ones may be: beyond half a year or so people name the greater unit."""


class Numeral(lexicon.Entry):
    """A number word and where it counts; without a value it means no more than a few."""

    value: int | None = None
    uses: tuple[Use, ...]


@cache
def values(use: Use) -> dict[str, int]:
    """Give the words of one use with their numbers; vague ones count as `FEW`."""
    found = (n for n in lexicon.read("numerals", Numeral) if use in n.uses)
    return {n.phrase: FEW if n.value is None else n.value for n in found}


@cache
def vague() -> frozenset[str]:
    """Give the words that mean no more than a few."""
    return frozenset(n.phrase for n in lexicon.read("numerals", Numeral) if n.value is None)


def alternatives(words: Iterable[str]) -> str:
    """Join words to the alternatives of a regular expression, the longest first, without a group around them."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def spelled() -> str:
    """Give the regular expression of a number in words, without a group: "three hundred and fifty", "a dozen"."""
    below = [word for word in values("cardinal") if word != "dozen"]
    ones = alternatives(word for word in below if values("cardinal")[word] < 10)
    small = rf"(?:{alternatives(below)})(?:-(?:{ones}))?"
    scale = rf"(?:{alternatives(word for word in (*values('scale'), 'dozen') if word.isalpha())})"
    more = rf"(?:[\s-]+{scale}\b(?:(?:\s+and)?\s+{small}\b)?)"
    return rf"(?:{small}{more}*|an?(?=\s+(?:{scale})\b){more}+|dozen)"


def cardinal(text: str) -> float:
    """Read a number in figures or words: "1,200", "10 000", "1½", "two hundred thousand", "a hundred and twenty"."""
    if text[0].isnumeric() and not text[0].isalpha():
        vulgar = sum(unicodedata.numeric(c) for c in text if not c.isascii() and c.isnumeric())
        digits = re.sub(r"[^\d.]", "", "".join(c for c in text if c.isascii()))
        return (float(digits) if digits else 0.0) + vulgar
    total, part = 0.0, 0.0
    for word in re.split(r"[\s-]+", text.lower()):
        size = values("scale").get(word, 12 if word == "dozen" else None)
        if size is None:
            part += 1 if word in ("a", "an") else values("cardinal").get(word, 0)
        elif size < THOUSAND:
            part = (part or 1) * size
        else:
            total, part = total + (part or 1) * size, 0.0
    return total + part
