"""Names: capitals as towns or states, what class nouns make, persons by title and surname, acronyms."""

from __future__ import annotations

import pytest

from claimtrack.lexicon import read
from claimtrack.reference import naming
from claimtrack.reference.nouns import Metonym
from tests.reference.parsed import english, ids, meant


@pytest.mark.parametrize("entry", read("metonymy", Metonym), ids=lambda e: f"{e.role}-{e.phrase}")
def test_naming_reads_a_capital_as_the_lexicon_says(entry):
    """In its example each word of metonymy.toml makes Oslo a town, or surely Norway."""
    state = entry.role in {"state", "abstract"}
    assert meant(entry.example, "Oslo")[0] == ("country:norway" if state else "place:oslo")


@pytest.mark.parametrize(
    ("text", "capital", "found"),
    [
        ("Nairobi has accused Kampala of lying.", "Nairobi", "country:kenya"),
        ("Nairobi has accused Kampala of lying.", "Kampala", "country:uganda"),
        ("According to Lima, the border is open.", "Lima", "country:peru"),
        ("The envoy met reporters in Lima.", "Lima", "place:lima"),
        ("Lima's ambitions are growing.", "Lima", "country:peru"),
        ("Suva received assurances from Canberra.", "Canberra", "country:australia"),
        ("The Kabul government fell.", "Kabul", "country:afghanistan"),
        ("They strengthened ties with Hanoi.", "Hanoi", "country:vietnam"),
    ],
)
def test_naming_tells_a_capital_that_acts_from_a_town(text, capital, found):
    """A capital is its state as an actor, and a town where things happen."""
    assert meant(text, capital) == [found]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("The Lapis Corridor is open.", "Lapis Corridor", "place:lapis-corridor"),
        ("They shut the Gwadar port again.", "Gwadar port", "place:gwadar-port"),
        ("It broke the Treaty of Lisbon.", "Treaty of Lisbon", "work:treaty-of-lisbon"),
        ("They signed the Declaration on Joint Action in May.", "Declaration on Joint Action",
         "work:declaration-on-joint-action"),
        ("Ships left the Sea of Japan.", "Sea of Japan", "place:sea-of-japan"),
        ("The Chaco War lasted three years.", "Chaco War", "event:chaco-war"),
        ("The Bank of China raised rates.", "Bank of China", "org:bank-of-china"),
    ],
)
def test_naming_finds_names_that_a_class_noun_makes(text, words, found):
    """Corridors, ports, treaties, seas, wars and banks need no recogniser, and hide the names inside them."""
    mentions = ids(text)
    assert (words, found) in mentions
    assert len(mentions) == 1


def test_naming_keeps_the_parties_of_a_war():
    """A war is one thing, and its parties are named in it."""
    assert ids("The Iran-Iraq War ended.") == [
        ("Iran-Iraq War", "event:iran-iraq-war"), ("Iran", "country:iran"), ("Iraq", "country:iraq"),
    ]


def test_naming_joins_title_full_name_and_surname():
    """A president is one person, by title, by full name, by surname."""
    text = "President William Ruto left. Ruto was tired. Kenya's president, William Ruto, slept."
    people = {key for _, key in ids(text) if key.startswith("person:")}
    assert people == {"person:william-ruto"}


def test_naming_never_merges_two_people_of_one_surname():
    """A bare surname of two people is nobody's, unless a title tells them apart."""
    text = "President Ana Cruz met the banker Luis Cruz. Cruz left early. President Cruz stayed."
    mentions, _ = naming.name(english()(text))
    people = [m.entity.id for m in mentions if m.entity.type == "person"]
    assert people == ["person:ana-cruz", "person:luis-cruz", "person:cruz", "person:ana-cruz"]


def test_naming_reads_acronyms_where_they_are_introduced():
    """A short form in brackets means the long one before it, from there on."""
    text = "The Grand Ethiopian Renaissance Dam (GERD) is full. Egypt fears GERD."
    assert ids(text)[-1] == ("GERD", "place:grand-ethiopian-renaissance-dam")
