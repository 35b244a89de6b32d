"""Links: entities with their spans, words rewritten to stand alone, topics; user aliases first."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.reference import linking, sources
from tests.reference.parsed import document, ids, linked

SEEDS = Path(__file__).parents[2] / "seeds"


def test_linking_user_aliases_come_first():
    """A user's alias links to the thing it names, also over a shipped name."""
    text = "The Trump Route worries Peru. Lima objects."
    aliases = (linking.Alias(alias="Trump Route", name="Zangezur Corridor"),
               linking.Alias(alias="Lima", name="Lima Group"))
    found = ids(text, aliases)
    assert ("Trump Route", "place:zangezur-corridor") in found
    assert ("Lima", "other:lima-group") in found


def test_links_rewrite_makes_words_self_contained():
    """Pronouns and descriptions give way to names, in the case and with the article they need."""
    text = "The Lapis Corridor crosses Chile. The corridor is expected to open there."
    _, links = linked(text)
    assert links.rewrite(34, len(text)) == "The Lapis Corridor is expected to open in Chile."


def test_links_rewrite_leaves_bound_pronouns_alone():
    """A pronoun whose name stands beside it stays, and so does "its own"."""
    text = "Peru wants its share. Peru denies having its own bases."
    _, links = linked(text)
    assert links.rewrite(0, 21) == "Peru wants its share."
    assert links.rewrite(34, len(text) - 1) == "having its own bases"
    assert links.rewrite(5, 20) == "wants Peru's share"


def test_links_entities_gathers_spans_by_entity():
    """An entity mentioned twice is one entity with two spans."""
    text = "Tehran warned Iran's foes."
    _, links = linked(text)
    (iran,) = links.entities(0, len(text))
    assert (iran.id, iran.name, iran.type, iran.via) == ("country:iran", "Iran", "country", "capital")
    assert [text[s:e] for s, e in iran.spans] == ["Tehran", "Iran"]


def test_links_at_gives_what_the_head_denotes():
    """A phrase denotes what its head denotes, not what is mentioned inside it."""
    text = "Iranian authorities met the Polish president of Oxfam in Quito."
    _, links = linked(text)
    assert links.at(0, 19) is None
    assert links.at(0, 7) == links.entities(0, 7)[0]
    assert links.at(0, 0) is None


def test_topics_name_things_and_pairs_of_states():
    """States singly and in pairs, things by their slug and, from the text, by the alias as written."""
    text = "Iran and Peru fear the Syunik Corridor, said William Ruto."
    _, links = linked(text)
    entities = links.entities(0, len(text))
    assert linking.topics(entities) == ("iran", "peru", "zangezur-corridor", "iran-peru")
    assert linking.topics(entities, text)[-1] == "syunik-corridor"


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="Iran itshe \n“”’😀É(.)[PB", max_size=80))
def test_links_hold_for_any_text(text):
    """Every mention lies in the text, and rewriting never fails."""
    _, links = linked(text)
    assert all(0 <= m.start < m.end <= len(text) for m in links.mentions)
    assert links.entities(0, len(text)) is not None
    assert isinstance(links.rewrite(0, len(text)), str)


def test_links_on_the_seeds():
    """In a real article "there" is Azerbaijan and "the Jewish state" Israel."""
    text = (SEEDS / "000_0c828f323741936d.txt").read_text(encoding="utf8")
    doc, links = linked(text)
    assert links.rewrite(*_span(text, "having its own bases there")) == "having its own bases in Azerbaijan"
    start, end = _span(text, "the Jewish state")
    assert sources.resolve_source(doc, links, document(text), (start, end), start).id == "country:israel"


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)
