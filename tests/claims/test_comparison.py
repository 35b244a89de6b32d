"""Two statements held against each other: a clash is explained, what cannot clash is kept low."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import claimtrack
from claimtrack.claims import comparison
from claimtrack.contradiction import nli

if TYPE_CHECKING:
    from spacy.language import Language


class Sure:
    """A pair model that finds every pair contradictory."""

    def judge(self, pairs: list[tuple[str, str]]) -> list[nli.Verdict]:
        """Give the same verdict on each pair."""
        return [nli.Verdict(entailment=0.05, neutral=0.05, contradiction=0.9) for _ in pairs]


def test_comparison_explains_a_clash(nlp: Language) -> None:
    """A clash that the rules find needs no model, and says what clashes."""
    verdict = claimtrack.compare("Peru signed the treaty.", "Peru did not sign the treaty.", nlp)
    assert verdict.contradiction > 0.5
    assert verdict.explanation is not None
    assert verdict.entailment + verdict.neutral + verdict.contradiction == pytest.approx(1)


@pytest.mark.parametrize(("premise", "hypothesis"), [
    ("Peru may sign the treaty.", "Peru may not sign the treaty."),
    ("Will Peru sign the treaty?", "Peru did not sign the treaty."),
])
def test_comparison_rules_out_what_can_both_stand(nlp: Language, premise: str, hypothesis: str) -> None:
    """Two possibilities or a question cannot clash, however sure the pair model is."""
    verdict = comparison.compare(premise, hypothesis, nlp, Sure())
    assert verdict.contradiction <= comparison.RULED_OUT


def test_comparison_leaves_to_the_model_what_no_rule_decides(nlp: Language) -> None:
    """Without a model, two statements on unlike things are neutral; a model's word stands."""
    texts = ("Peru signed the treaty.", "The lake is drying up.")
    assert comparison.compare(*texts, nlp).neutral == pytest.approx(0.8)
    assert comparison.compare(*texts, nlp, Sure()).contradiction == pytest.approx(0.9)


@pytest.mark.parametrize(("hypothesis", "agreement"), [
    ("Peru backs the Andean Treaty.", "same"),
    ("Peru rejects the Andean Treaty.", "opposed"),
    ("Kenya rejects the Andean Treaty.", "others"),
    ("Peru rejects the Mombasa Pipeline.", None),
])
def test_comparison_tells_sides_by_their_holder(nlp: Language, hypothesis: str, agreement: str | None) -> None:
    """Whom a statement puts on a side stands there or not, whoever else is for or against the same."""
    premise = "Peru supports the Andean Treaty, while Chile opposes the Andean Treaty."
    assert comparison.positions(premise, hypothesis, nlp) == agreement
