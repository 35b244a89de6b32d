"""Namesakes: persons, towns and animals that bear the name of a state."""

from __future__ import annotations

import pytest

from tests.reference.parsed import linked, source


@pytest.mark.parametrize(("text", "expected"), [
    ("Ireland said he would sell the mill.", "person:ireland"),
    ("Chad, 34, denied that he had left.", "person:chad"),
    ("Jordan Orr opened the fair.", "person:jordan-orr"),
    ("Lebanon, Pennsylvania, has lost its mill.", "place:lebanon"),
    ("The Georgia governor vetoed the bill in Atlanta.", "place:georgia"),
    ("Georgia and Armenia signed a treaty.", "country:georgia"),
    ("The judge left. Israel said he would be tried.", "country:israel"),
    ("Jordan, Syria and Iraq signed a treaty.", "country:jordan"),
    ("Turkey raised its prices.", "country:turkey"),
])
def test_namesakes_are_told_by_the_words_around(text: str, expected: str) -> None:
    """A name is taken from a state only where an age, a "he", a surname or a province says so."""
    _, links = linked(text)
    assert expected in {e.id for e in links.entities(0, len(text))}


@pytest.mark.parametrize("text", [
    "Guinea pigs eat hay.", "Turkey prices rose before Thanksgiving.", "She bought brazil nuts and a Panama hat.",
])
def test_namesakes_that_are_things_denote_no_state(text: str) -> None:
    """An animal, a nut and a hat are no states."""
    _, links = linked(text)
    assert not [e for e in links.entities(0, len(text)) if e.type in {"country", "place"}]


@pytest.mark.parametrize(("text", "words", "expected"), [
    ("Peru and Bosnia and Herzegovina denied it.", "Peru and Bosnia and Herzegovina",
     "country:bosnia-and-herzegovina+country:peru"),
    ("Trinidad and Tobago and Barbados denied it.", "Trinidad and Tobago and Barbados",
     "country:barbados+country:trinidad-and-tobago"),
])
def test_namesakes_joined_states_keep_their_own_and(text: str, words: str, expected: str) -> None:
    """An "and" inside a name joins nothing."""
    assert source(text, words).id == expected
