"""What the shipped judge and encoder read: pairs that no rule has words for."""

import numpy as np
import pytest

from claimtrack.contradiction import encoder, judge_model
from claimtrack.contradiction.judge_model import READ_AGAIN, Judge, Reading
from claimtrack.schema import Claim, Source
from tests.conftest import make_claim, make_document

pytestmark = pytest.mark.judge


def _claim(name: str, statement: str, **over: object) -> Claim:
    source = Source(id=f"person:{name.lower().replace(' ', '-')}", name=name, kind="person")
    return make_claim(make_document(f"{name}: {statement}"), source=source, proposition=statement, **over)


def test_judge_model_tells_a_clash_from_agreement() -> None:
    """A statement and its denial by another holder clash more than two that agree, and than two unrelated ones."""
    model = judge_model.shipped()
    assert model is not None
    said = _claim("Mara Quist", "The navy of Peru attacked the ferry.")
    denied = _claim("Ola Berg", "The navy of Peru attacked the ferry.", stance="deny")
    agreed = _claim("Ola Berg", "Peru's navy fired on the ferry.")
    other = _claim("Ola Berg", "The museum in Lima opens in May.")
    scores = [model.read(said, b, 0.7).score for b in (denied, agreed, other)]
    assert scores[0] > scores[1]
    assert scores[0] > scores[2]


class Fixed:
    """A model that reads one score in every pair."""

    def __init__(self, score: float) -> None:
        """Take the score."""
        self.score = score

    def read(self, _a: Claim, _b: Claim, _nearness: float) -> Reading:
        """Read."""
        return Reading(self.score, hard=True, kinds={})


@pytest.mark.parametrize(("first", "score"), [(READ_AGAIN / 2, READ_AGAIN / 2), (READ_AGAIN, 0.8), (0.7, 0.8)])
def test_judge_reads_again_what_lies_near_a_clash(first: float, score: float) -> None:
    """Of what the small model finds near a clash the large one decides."""
    judge = Judge(Fixed(first), lambda: Fixed(0.8))  # type: ignore[arg-type, return-value]
    a, b = _claim("Mara Quist", "Peru attacked the ferry."), _claim("Ola Berg", "Chile attacked it.")
    assert judge.read(a, b, 0.5).score == score


def test_judge_goes_without_the_large_model() -> None:
    """Where its weights were left out, the small model decides alone."""
    judge = Judge(Fixed(0.7), lambda: None)  # type: ignore[arg-type]
    a, b = _claim("Mara Quist", "Peru attacked the ferry."), _claim("Ola Berg", "Chile attacked it.")
    assert judge.read(a, b, 0.5).score == 0.7


def test_encoder_puts_claims_on_one_matter_near_one_another() -> None:
    """For or against, two claims on one matter lie nearer than two on different ones."""
    model = encoder.shipped()
    assert model is not None
    claims = [
        _claim("Mara Quist", "The navy of Peru attacked the ferry."),
        _claim("Ola Berg", "Peru had nothing to do with what happened to the ferry."),
        _claim("Ola Berg", "The museum in Lima opens in May."),
    ]
    rows = model.vectors(claims).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
