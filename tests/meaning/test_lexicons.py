"""Tests of the lexicons of meaning that give more than a role: each word stands in its own example."""

from __future__ import annotations

import pytest

from claimtrack import lexicon
from claimtrack.meaning.numerals import Numeral
from claimtrack.meaning.quantity import Term
from claimtrack.meaning.time_expressions import CalendarWord


@pytest.mark.parametrize(("name", "entry"), [
    ("numerals", Numeral), ("calendar", CalendarWord), ("quantity_terms", Term),
])
def test_lexicons_words_stand_in_their_examples(name: str, entry: type[lexicon.Entry]) -> None:
    """Each number word, calendar word and unit is found in its example."""
    for word in lexicon.read(name, entry):
        assert word.phrase in word.example.lower(), word
