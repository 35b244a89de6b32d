"""Cues: the lexicons that attribution reads, each entry proved by its example."""

from __future__ import annotations

from claimtrack import lexicon
from claimtrack.attribution import attribute
from claimtrack.attribution.cues import Lemma, Reporting
from tests.attribution.conftest import document


def test_attribution_lexicon_entries_are_proved_by_their_examples(nlp) -> None:
    """Each entry is listed once, and its example holds an attribution of its kind."""
    entries = lexicon.read("reporting", Reporting)
    assert len({(e.phrase, e.pos) for e in entries}) == len(entries)
    docs = nlp.pipe(e.example for e in entries)
    kinds = [{a.cue_kind for a in attribute(doc, document(doc.text))} for doc in docs]
    assert [e.phrase for e, found in zip(entries, kinds, strict=True) if e.cue_kind not in found] == []


def test_cues_lemmas_are_given_wrong_in_their_examples(nlp) -> None:
    """The lemmatizer still gives each wrong lemma, and `reporting` lists the right one."""
    listed = {e.phrase for e in lexicon.read("reporting", Reporting) if e.pos == "verb"}
    for entry in lexicon.read("lemma_words", Lemma):
        assert entry.phrase in {t.lemma_ for t in nlp(entry.example)}
        assert any(entry.lemma == phrase.split()[0] for phrase in listed)


def test_cues_on_a_quality_leave_the_clause_held(nlp) -> None:
    """What is supposedly safe fails for sure: the adverb speaks of the quality alone."""
    doc = nlp("The supposedly safe mill failed on Monday.")
    assert attribute(doc, document(doc.text)) == []
