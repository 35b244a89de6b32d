"""Noun phrases as topics: what says of which kind a thing is counts, what judges or says little does not."""

from __future__ import annotations

import pytest

from claimtrack import lexicon
from claimtrack.reference import noun_phrases
from claimtrack.reference.noun_phrases import TopicWord
from tests.reference.parsed import english


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The peace treaty ended the gas exports.", ("peace-treaty", "gas-exports")),
        ("Peru will resume its joint military exercises next week.", ("military-exercises",)),
        ("A serious threat came last year from two countries.", ()),
        ("The supply chain managers halted the supply chain.", ("supply-chain",)),
        ("Police officers and the foreign minister read a press release.", ()),
        ("It spoke of nuclear-powered ships.", ()),
        ("Right-wing parties met.", ()),
        ("Drones. Pipeline", ()),
    ],
)
def test_noun_phrases_are_what_news_is_filed_under(sentence: str, expected: tuple[str, ...]) -> None:
    """Compounds and kinds are topics, once each and in order; judgements, dates, numbers and persons are not."""
    assert noun_phrases.topics(list(english()(sentence))) == expected


def test_noun_phrases_lexicon_is_shown_in_its_examples() -> None:
    """Each adjective of kind makes the topic in its example; no example of an empty noun holds a topic with it."""
    entries = lexicon.read("topic_words", TopicWord)
    docs = english().pipe(entry.example for entry in entries)
    found = {entry.phrase: noun_phrases.topics(list(doc)) for entry, doc in zip(entries, docs, strict=True)}
    kinds = {entry.phrase for entry in entries if entry.role == "kind"}
    assert sorted(word for word in kinds if not any(slug.startswith(f"{word}-") for slug in found[word])) == []
    assert sorted(word for word in found.keys() - kinds if any(word in slug.split("-") for slug in found[word])) == []
