"""Whose a claim is: each promise on an invented sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.claims.sentences import claims_of, only

if TYPE_CHECKING:
    from spacy.language import Language


def test_extraction_gives_two_verbs_to_the_source_after_them(nlp: Language) -> None:
    """The source at the end of a sentence holds all of it, also where a relative clause follows."""
    text = ("Mara Quist was attacked in prison and left blinded, a satirical website claimed in a story that quickly "
            "went viral this weekend.")
    assert {claim.source.name for claim in claims_of(nlp, text)} == {"a satirical website"}


@pytest.mark.parametrize(("text", "source"), [
    ("Mara Quist was quoted as saying that Peru will leave.", "Mara Quist"),
    ("Mara Quist was quoted by Reuters as saying that Peru will leave.", "Mara Quist"),
    ("Peru, say experts, will leave.", "experts"),
])
def test_extraction_finds_who_said_it_beside_other_names(nlp: Language, text: str, source: str) -> None:
    """Neither the paper that quotes nor the one spoken of is the speaker."""
    claim = only(nlp, text)
    assert (claim.source.name, claim.proposition) == (source, "Peru will leave")


def test_extraction_gives_block_quotes_to_their_voice(nlp: Language) -> None:
    """Paragraphs under "Ruiz points out:" are claims of Ruiz, though no quotation mark stands there."""
    claims = claims_of(nlp, "Ruiz points out:\n\nThe lake is drying up quickly. The valley has lost its river.\n")
    assert [claim.proposition for claim in claims] == ["The lake is drying up quickly", "The valley has lost its river"]
    assert {claim.source.name.lower() for claim in claims} == {"ruiz"}
    assert {claim.section for claim in claims} == {"quote_block"}


@pytest.mark.parametrize("mark", ["'", "’"])
def test_extraction_reads_any_apostrophe_alike(nlp, mark: str) -> None:
    """A contraction means the same however its apostrophe is set; the words as stored keep theirs."""
    claim = only(nlp, f"It{mark}s dangerous for the port.")
    assert claim.frame.predicate == "be dangerous"
    assert claim.text.startswith(f"It{mark}s")


def test_extraction_words_what_is_called_something(nlp) -> None:
    """Where nothing but quotation marks would be left, the words themselves are the proposition."""
    text = "A critic said they considered Holt's comments \"unacceptable\" and \"inaccurate.\""
    assert all(any(map(str.isalpha, claim.proposition)) for claim in claims_of(nlp, text))


def test_extraction_makes_no_claim_of_grammar_alone(nlp) -> None:
    """A word alone, or pronouns and auxiliaries, claim nothing."""
    told = claims_of(nlp, "Them. Medicare. They were. The port is shut.")
    assert [claim.proposition for claim in told] == ["The port is shut"]
