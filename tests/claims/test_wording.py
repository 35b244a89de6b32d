"""The proposition that can stand alone: each promise on an invented sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.claims.sentences import claims_of, only

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "propositions"),
    [
        ("Peru will not sign or ratify the treaty.", ["Peru will not sign", "Peru will not ratify the treaty"]),
        ("Peru did not sign or ratify the treaty.", ["Peru did not sign", "Peru did not ratify the treaty"]),
        ("Peru won't sell or lease the port.", ["Peru won't sell", "Peru will not lease the port"]),
        ("The bank has not paid its debts or closed its doors.",
         ["The bank has not paid its debts", "The bank did not close the bank's doors"]),
        ("Peru is not selling the port. Nor is Chile selling the dam.",
         ["Peru is not selling the port", "Chile is not selling the dam"]),
        ("Peru did not pay, nor did Chile apologise.", ["Peru did not pay", "Chile did not apologise"]),
    ],
)  # fmt: skip
def test_wording_carries_a_denial_to_all_that_share_it(nlp: Language, text: str, propositions: list[str]) -> None:
    """A second predicate is denied with the first, in polarity, likelihood and wording; "nor" denies what follows."""
    claims = claims_of(nlp, text)
    assert [c.proposition for c in claims] == propositions
    assert {(c.polarity, c.factuality) for c in claims} == {("negative", "CT-")}


def test_wording_words_a_pledge_not_to_act(nlp: Language) -> None:
    """A denied infinitive gets a finite verb with its subject."""
    assert only(nlp, "Peru pledged not to invade Chile.").proposition == "Peru will not invade Chile"
    assert only(nlp, "Peru vowed never to leave the pact.").proposition == "Peru will never leave the pact"


def test_wording_keeps_what_used_to_be_in_the_past(nlp: Language) -> None:
    """The words "used to" stay in a proposition, for what was so need not be so now."""
    assert only(nlp, "Peru used to support Chile.").proposition == "Peru used to support Chile"


def test_wording_words_the_subject_that_stands_outside_the_content(nlp: Language) -> None:
    """A proposition stands alone although an adverb of hearsay cuts its subject off."""
    assert only(nlp, "Peru allegedly invaded Chile.").proposition == "Peru invaded Chile"


def test_wording_words_denied_content_as_what_is_denied(nlp: Language) -> None:
    """The proposition of a denial is the denied sentence; that it is denied is said by stance and factuality."""
    claim = only(nlp, "Peru denies having bases in Bolivia.")
    assert claim.proposition == "Peru has bases in Bolivia"
    assert (claim.source.name, claim.stance, claim.factuality) == ("Peru", "deny", "CT-")


def test_wording_names_whom_a_pronoun_means(nlp: Language) -> None:
    """A proposition stands alone: the name stands where the text has the pronoun."""
    claims = claims_of(nlp, "Minister Ada Brandt arrived in Lima on Monday. She will visit Chile.")
    assert claims[-1].text == "She will visit Chile"
    assert claims[-1].proposition == "Ada Brandt will visit Chile"


@pytest.mark.parametrize(
    "text",
    [
        "Her mother refused to accept the verdict.",
        "The bank declined to close the branch.",
        "Peru does not refuse to talk.",
        "The minister failed to sign the treaty.",
    ],
)
def test_wording_does_not_say_that_is_done_which_somebody_refused(nlp: Language, text: str) -> None:
    """The verb that turns an act over stays with it: who refused to pay is not said to pay."""
    assert only(nlp, text).proposition == text.removesuffix(".")


@pytest.mark.parametrize(
    ("text", "propositions"),
    [
        ("The firm was unable to sell or lease the mill.",
         ["The firm was unable to sell", "The firm was unable to lease the mill"]),
        ("Peru refused to pay or to talk.", ["Peru refused to pay", "Peru refused to talk"]),
    ],
)  # fmt: skip
def test_wording_keeps_what_turns_joined_acts_over(nlp: Language, text: str, propositions: list[str]) -> None:
    """What somebody is unable or refuses to do is not said to be done, the second act no more than the first."""
    claims = claims_of(nlp, text)
    assert sorted(c.proposition for c in claims) == sorted(propositions)
    assert {c.factuality for c in claims} == {"CT-"}


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("The video appears to have been taken in Lima.", "The video has been taken in Lima"),
        ("Peru seems to have lost the match.", "Peru has lost the match"),
    ],
)
def test_wording_does_not_foretell_what_seems_to_have_been(nlp: Language, text: str, proposition: str) -> None:
    """What appears to have happened is told as past, and how sure it is stands beside it."""
    claim = only(nlp, text)
    assert claim.proposition == proposition
    assert claim.likelihood is not None
    assert claim.likelihood.point == 0.75


def test_wording_keeps_the_words_of_we(nlp: Language) -> None:
    """Whom a speaker counts in is not for a name to say."""
    text = "The Founders wrote the charter. “We are proud of the Founders, and we seek a better union,” said Ola Berg."
    _, *said = claims_of(nlp, text)
    assert [c.proposition for c in said] == ["We are proud of the Founders", "We seek a better union"]


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("The hostage is believed to have been kidnapped by a gang.", "The hostage has been kidnapped by a gang"),
        ("The mayor is thought to be ill.", "The mayor is ill"),
        ("The bank is expected to be sold.", "The bank will be sold"),
    ],
)
def test_wording_foretells_what_is_expected_only(nlp: Language, text: str, proposition: str) -> None:
    """What is believed to be so is so, to whom it is; what is expected will be."""
    assert only(nlp, text).proposition == proposition


def test_wording_gives_a_pronoun_the_case_of_a_subject(nlp: Language) -> None:
    """Whoever is asked to act acts, as a subject."""
    assert only(nlp, "Peru asked them to leave.").proposition == "They should leave"
