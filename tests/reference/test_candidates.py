"""Candidates: the phrases and pronouns of a text, cut as annotators of coreference cut them."""

from __future__ import annotations

import pytest

from claimtrack.reference.candidates import candidates
from tests.reference.parsed import english


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The bank, which is old, closed.", {"The bank": "nominal"}),
        ("The mayor of Callao left Peru's port.",
         {"The mayor of Callao": "nominal", "Callao": "name", "Peru's": "name", "Peru's port": "nominal"}),
        ("Ana Banda and Luis Cruz met.",
         {"Ana Banda": "name", "Luis Cruz": "name", "Ana Banda and Luis Cruz": "joint"}),
        ("It is hers, not theirs.", {"It": "it", "hers": "she", "theirs": "they"}),
        ("They said that that was it.", {"They": "they", "that": "this", "it": "it"}),
        ("There is a plan.", {"a plan": "nominal"}),
    ],
)
def test_candidates_are_cut_like_noun_phrases(text: str, found: dict[str, str]) -> None:
    """A phrase keeps what modifies it and loses clauses between commas; a list is a candidate of its own."""
    doc = english()(text)
    assert {doc[c.start : c.end].text: c.kind for c in candidates(doc)}.items() >= found.items()


def test_candidates_come_in_order_and_once() -> None:
    """A longer phrase stands before those inside it; no two candidates have the same words."""
    doc = english()("The mayor of the town of Lima's oldest port and her deputy told us that they own it.")
    spans = [(c.start, -c.end) for c in candidates(doc)]
    assert spans == sorted(set(spans))
