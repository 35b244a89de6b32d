"""An article that shares a headline's words agrees only if a sentence of it says so."""

from __future__ import annotations

import pytest

from claimtrack.claims.comparison import Agreement
from claimtrack.contradiction.nli import Verdict as Reading
from claimtrack.schema import Bearing, Passage, Verdict
from claimtrack.tracking.headlines import OPPOSED, TOLD, UNTOLD, Judges, checked

SENTENCE = "Turkey favors the corridor."
FOUND = Bearing(
    headline="Turkey opposes the corridor", document="doc_0", label="agree", disagree=0.0, agree=0.9, discuss=0.08,
    unrelated=0.02, explanation="By its words.",
    passages=(Passage(role="tells", span=(0, 27), text=SENTENCE, marks=()),),
)  # fmt: skip


def judged(
    entailment: float, contradiction: float, explanation: str | None = None, side: Agreement | None = None
) -> Bearing:
    """What becomes of it where the model reads so, and the rules find a clash if there is an explanation."""
    neutral = 1 - entailment - contradiction
    clash = Verdict(entailment=0.05, neutral=0.05, contradiction=0.9, explanation=explanation)
    read = Reading(entailment, neutral, contradiction)
    return checked(FOUND, Judges(lambda *_: read, lambda *_: clash, lambda *_: side))


def test_headlines_agree_where_one_follows_from_a_sentence() -> None:
    """What was found stands, with the reason."""
    assert judged(0.8, 0.1) == FOUND.model_copy(update={"explanation": TOLD})


def test_headlines_are_contradicted_where_model_and_rules_find_a_clash() -> None:
    """The article disagrees, by the rule's reason, and its scores still add up to 1."""
    found = judged(0.0, 0.9, "Turkey is for it, and against it.")
    assert (found.label, found.explanation) == ("disagree", "Turkey is for it, and against it.")
    assert [passage.role for passage in found.passages] == ["refutes"]
    assert found.disagree + found.agree + found.discuss + found.unrelated == pytest.approx(1)


@pytest.mark.parametrize("reading", [(0.1, 0.1, None), (0.1, 0.9, None), (0.1, 0.1, "Two parties differ.")])
def test_headlines_that_nothing_decides_are_only_discussed(reading: tuple[float, float, str | None]) -> None:
    """Shared words alone are no agreement, and one of the two judges alone finds no clash: it cannot be told."""
    found = judged(*reading)
    assert (found.label, found.explanation) == ("discuss", UNTOLD)
    assert found.agree == pytest.approx(0.09)
    assert found.disagree + found.agree + found.discuss + found.unrelated == pytest.approx(1)


@pytest.mark.parametrize(
    ("side", "label", "why"), [("same", "agree", TOLD), ("opposed", "disagree", OPPOSED), ("others", "discuss", UNTOLD)]
)
def test_headlines_on_a_side_go_by_who_is_on_it(side: Agreement, label: str, why: str) -> None:
    """A side is told of its holder: what the pair model and the rules make of other holders decides nothing."""
    found = judged(0.0, 0.9, "Chile is for it, Peru against it.", side)
    assert (found.label, found.explanation) == (label, why)
    assert found.disagree + found.agree + found.discuss + found.unrelated == pytest.approx(1)


def test_headlines_leave_what_was_refuted_or_is_unrelated() -> None:
    """Only agreement is asked after."""
    other = FOUND.model_copy(update={"label": "unrelated"})
    assert checked(other, Judges(*[lambda *_: pytest.fail("asked")] * 3)) == other
