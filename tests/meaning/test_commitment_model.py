"""The commitment model, on invented sentences."""

from pathlib import Path

import pytest

from claimtrack.meaning.commitment_model import CommitmentModel

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="module")
def commitments() -> CommitmentModel:
    """The commitment model as it ships."""
    return CommitmentModel.load(MODELS / "commitment")


def rate(model: CommitmentModel, text: str, word: str) -> float:
    """The commitment to the first occurrence of a word."""
    start = text.index(word)
    return model.commitment([(text, start, start + len(word))])[0]


def test_commitment_orders_negation_modal_and_assertion(commitments: CommitmentModel) -> None:
    """What did not happen is below zero, what may happen is in between, what happened is near three."""
    denied = rate(commitments, "The coach did not leave the club.", "leave")
    possible = rate(commitments, "The coach might leave the club.", "leave")
    held = rate(commitments, "The coach left the club.", "left")
    assert denied < 0 < held
    assert denied < possible < held
    assert held > 2


def test_commitment_heeds_attribution(commitments: CommitmentModel) -> None:
    """An event under a denial is held less than the denial."""
    text = "The firm denied that it had bribed the inspectors."
    assert rate(commitments, text, "bribed") < rate(commitments, text, "denied")


def test_commitment_rates_a_clause_like_its_head(commitments: CommitmentModel) -> None:
    """The span of a whole clause is near enough to that of its verb."""
    text = "The ministry never signed the contract."
    assert rate(commitments, text, "signed the contract") == pytest.approx(rate(commitments, text, "signed"), abs=1.5)


def test_commitment_is_independent_of_the_batch(commitments: CommitmentModel) -> None:
    """A target gets the same value to the last bit, alone or with others of its text or of another."""
    text = "The firm said it would sell the plant, but never sold it."
    rows = [(text, at, at + 4) for at in range(0, len(text), 3)] + [("Nobody came.", 7, 11)]
    assert commitments.commitment(rows) == [commitments.commitment([row])[0] for row in rows]


def test_commitment_takes_odd_texts(commitments: CommitmentModel) -> None:
    """Empty texts, spans that miss the text and stray code points get a value on the scale, none for nothing."""
    rows = [
        ("", 0, 0),
        (" ", 0, 1),
        ("Rain fell.", 50, 90),
        ("Rain fell.", -4, 2),
        ("Rain fell.", 7, 3),
        ("\ud800\x00", 0, 2),
    ]
    values = commitments.commitment(rows)
    assert all(-3 <= value <= 3 for value in values)
    assert values[:2] == [0, 0]
    assert commitments.commitment([]) == []


def test_commitment_reads_around_the_target_in_a_long_text(commitments: CommitmentModel) -> None:
    """A negation far into a long text is seen, because the window follows the target."""
    text = "The river rose again. " * 500 + "The dam did not break. " + "The sun shone. " * 500
    assert rate(commitments, text, "break") < 0
