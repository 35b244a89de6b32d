"""Where a sentence is cut into clauses that assert something: each promise on an invented sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.claims.sentences import claims_of, only

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "propositions"),
    [
        ("Although Peru signed the treaty, Chile left the talks.", ["Peru signed the treaty", "Chile left the talks"]),
        ("Peru left the talks because Chile attacked the port.", ["Peru left the talks", "Chile attacked the port"]),
        ("Peru signed the treaty and Chile left the talks.", ["Peru signed the treaty", "Chile left the talks"]),
        ("Peru signed the treaty, which ended the war.", ["Peru signed the treaty", "The treaty ended the war"]),
        ("The dam broke; the town was moved.", ["The dam broke", "The town was moved"]),
        (
            'Efforts may be made to "gently" re-examine the status of the lake.',
            ['Efforts may be made to "gently" re-examine the status of the lake'],
        ),
        (
            "The war is unlikely as Chile, which backs Peru, will not allow its ally to attack.",
            ["Chile backs Peru", "Chile will not allow its ally to attack"],
        ),
        (
            'The paper wrote that such measures "will not violate the law and will be based on the plan".',
            ["Such measures will not violate the law", "Such measures will be based on the plan"],
        ),
        ("The port announced that ships will not be able to dock.", ["Ships will not be able to dock"]),
        ("I am never going to be happy.", ["The author is never going to be happy"]),
        ("Each of the mills has yet to be finished.", ["Each of the mills has yet to be finished"]),
        ("Mara Quist expects the canal to be opened next year.", ["The canal will be opened next year"]),
        ("Mara Quist expects the canals not to open.", ["The canals will not open"]),
        ("The risk that the canal closes is 10 percent.", ["The canal closes"]),
    ],
)
def test_clauses_splits_what_is_asserted_apart(nlp: Language, text: str, propositions: list[str]) -> None:
    """Clauses that assert something by themselves are claims of their own, worded to stand alone."""
    assert sorted(claim.proposition for claim in claims_of(nlp, text)) == sorted(propositions)


@pytest.mark.parametrize("text", [
    "Mara Quist said Peru had left, but Juan Paz said it had not.",
    "Mara Quist said Peru had left. Juan Paz said it had not.",
])
def test_clauses_fills_in_a_verb_left_out(nlp: Language, text: str) -> None:
    """Who says that "it had not" denies what was said before of the same one."""
    said, denied = claims_of(nlp, text)
    assert (said.source.name, denied.source.name) == ("Mara Quist", "Juan Paz")
    assert (denied.proposition, denied.stance, denied.frame.predicate) == ("Peru had left", "deny", "leave")
    assert only(nlp, "Peru left the pact, but Chile did not.").frame.agents == ("country:peru",)


def test_clauses_ends_a_content_where_another_view_begins(nlp: Language) -> None:
    """What stands against a report is not the reporter's."""
    claims = claims_of(nlp, "Mara Quist says 30 people died in Lima, while Peru puts the toll at 12.")
    assert [(c.source.name, c.proposition) for c in claims] == [
        ("Mara Quist", "30 people died in Lima"), ("author", "Peru puts the toll at 12")]


def test_clauses_takes_no_bare_modal_for_a_claim(nlp: Language) -> None:
    """A clause cut short says nothing that can stand alone."""
    assert only(nlp, "Peru won't win; Chile will.").proposition == "Peru won't win"


def test_clauses_tells_of_a_claim_and_that_it_is_false(nlp: Language) -> None:
    """What is "falsely claimed" one holds and the author denies."""
    claims = claims_of(nlp, "Mara Quist falsely claimed that Peru had left.")
    assert {(c.source.name, c.proposition, c.stance) for c in claims} == {
        ("Mara Quist", "Peru had left", "affirm"), ("author", "Peru had left", "deny")}


def test_clauses_keeps_a_claim_apart_from_its_refutation(nlp: Language) -> None:
    """What a named source claims is the source's; that it is false, the author's."""
    claims = claims_of(nlp, "The mayor's claim that wages rose is false.")
    assert {(c.source.name, c.proposition, c.stance) for c in claims} == {
        ("the mayor", "Wages rose", "affirm"), ("author", "Wages rose", "deny")}


@pytest.mark.parametrize("text", [
    "Mara Quist ruled out that Peru will invade Chile.",
    "Mara Quist denied claims that Peru will invade Chile.",
    "Mara Quist dismissed reports that Peru will invade Chile.",
    "Mara Quist called the report that Peru will invade Chile a lie.",
    "Mara Quist called it false that Peru will invade Chile.",
    "Mara Quist called reports that Peru will invade Chile fake news.",
    "Mara Quist described claims that Peru will invade Chile as nonsense.",
    "Mara Quist said the claim that Peru will invade Chile was false.",
])
def test_clauses_claims_the_contrary_of_what_a_source_calls_false(nlp: Language, text: str) -> None:
    """However a source turns a report down, the claim is what the report says, denied."""
    claim = only(nlp, text)
    assert (claim.source.name, claim.proposition) == ("Mara Quist", "Peru will invade Chile")
    assert (claim.kind, claim.stance, claim.polarity, claim.factuality) == ("prediction", "deny", "negative", "CT-")
    assert claim.likelihood is not None
    assert claim.likelihood.point == pytest.approx(0.01 if "ruled out" in text else 0.03)
