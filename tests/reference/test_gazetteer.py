"""Names of states: every spelling is found, shared names are settled by what else is named."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.lexicon import read
from claimtrack.reference import gazetteer
from claimtrack.reference.gazetteer import AliasEntry, CountryEntry, referent


def test_gazetteer_every_country_is_found_by_name_capital_and_demonym():
    """In each country's example every name found is that country's."""
    strays = [
        (country.phrase, country.example[n.start : n.end])
        for country in read("countries", CountryEntry)
        for n in gazetteer.find(country.example)
        if n.sense.referent != referent(country.phrase, "country")
    ]
    assert strays == []
    assert len(read("countries", CountryEntry)) > 200


def test_gazetteer_every_alias_links_its_example():
    """Each alias is found in its own example, as the thing it is an alias of."""
    missed = [
        a.phrase for a in read("aliases", AliasEntry)
        if referent(a.name, a.type) not in {n.sense.referent for n in gazetteer.find(a.example)}
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chileans trust Santiago.", ["country:chile", "country:chile"]),
        ("Nigerien and Nigerian officials", ["country:niger", "country:nigeria"]),
        ("The Dutch and the Dutchmen", ["country:netherlands", "country:netherlands"]),
        ("Czechia, once the Czech Republic", ["country:czechia", "country:czechia"]),
        ("Burma is Myanmar", ["country:myanmar", "country:myanmar"]),
        ("Ivory Coast or Côte d’Ivoire", ["country:ivory-coast", "country:ivory-coast"]),
        ("TÜRKIYE AND KENYA", ["country:turkey", "country:kenya"]),
        ("US–Iran talks", ["country:united-states", "country:iran"]),
        ("it gives us hope", []),
        ("South American and American exports", ["place:south-america", "country:united-states"]),
        ("the Élysée and Westminster", ["country:france", "country:united-kingdom"]),
        ("the West Bank and the West", ["place:west-bank", "group:the-west"]),
        ("N'Djamena and N’Djamena", ["country:chad", "country:chad"]),
    ],
)
def test_gazetteer_finds_names_as_newspapers_write_them(text, found):
    """Spellings, plurals, dashes and apostrophes do not matter; letter case does."""
    assert [n.sense.referent.id for n in gazetteer.find(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Georgia, Alabama and Texas", "place:georgia"),
        ("Georgia and Armenia", "country:georgia"),
        ("Kinshasa rules Congo", "country:democratic-republic-of-the-congo"),
        ("Brazzaville rules Congo", "country:republic-of-the-congo"),
        ("Pyongyang fears Korean spies", "country:north-korea"),
        ("Seoul fears Korean spies", "country:south-korea"),
        ("Haiti borders the Dominican Republic, says a Dominican", "country:dominican-republic"),
    ],
)
def test_gazetteer_settles_shared_names_by_what_else_is_named(text, found):
    """A name of two states, or of a state and a part of another, goes to the one the text speaks of."""
    assert found in {n.sense.referent.id for n in gazetteer.find(text)}


def test_gazetteer_leaves_shared_names_open_without_evidence():
    """Where nothing tells the two Congos apart, neither is named."""
    assert gazetteer.find("Congolese rebels took Congo") == []


@given(st.text(alphabet="Iran Baku’-–.\n😀Éx", max_size=60))
def test_gazetteer_offsets_are_words_of_the_text(text):
    """Names lie in the text, in order, without overlap."""
    names = gazetteer.find(text)
    assert all(0 <= n.start < n.end <= len(text) for n in names)
    assert all(a.end <= b.start for a, b in pairwise(names))
