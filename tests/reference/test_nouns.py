"""Nouns for human beings and forenames: each is shown in its own example."""

from __future__ import annotations

from claimtrack.lexicon import read
from claimtrack.reference.nouns import Gendered


def test_lexicons_of_human_words_are_shown_in_their_examples():
    """Each noun for a human being and each forename stands in its own example."""
    entries = [*read("human_nouns", Gendered), *read("forenames", Gendered)]
    assert [e.phrase for e in entries if e.phrase not in e.example.lower()] == []
