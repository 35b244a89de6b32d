"""Numbers in words, each with what a text may count by it: quantities, odds, units of time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from claimtrack import lexicon

Use = Literal["cardinal", "scale", "part", "odds", "count"]

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
