"""Claims of a store meet their neighbours."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from claimtrack.contradiction import encoder, judge_model, learned
from claimtrack.contradiction.judge_model import Reading
from claimtrack.schema import Claim
from claimtrack.store import PairQuery, Store
from claimtrack.tracking import pairing
from tests.conftest import make_claim, make_document


class Alike:
    """Puts all claims in one place."""

    def vectors(self, claims: list[Claim]) -> NDArray[np.int8]:
        """Give equal vectors."""
        return np.ones((len(claims), encoder.WIDTH), dtype=np.int8)


class Counting:
    """Finds a doubtful clash in every pair, and counts them."""

    def __init__(self) -> None:
        self.read_pairs: list[frozenset[str]] = []

    def read(self, a: Claim, b: Claim, _nearness: float) -> Reading:
        """Count, and find a clash."""
        self.read_pairs.append(frozenset((a.id, b.id)))
        return Reading(learned.KEPT, hard=True, kinds={"denial": 1.0})


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """A judge and an encoder in place of the shipped ones."""
    counting = Counting()
    monkeypatch.setattr(judge_model, "shipped", lambda: counting)
    monkeypatch.setattr(encoder, "shipped", Alike)
    return counting


def _add(store: Store, text: str) -> None:
    document = make_document(text, path=f"{text[:9]}.txt")
    store.add(document, [make_claim(document)])


def test_meeting_judges_each_pair_once(tmp_path: Path, judge: Counting) -> None:
    """Whoever comes later meets those that are there; those do not meet again."""
    with Store(tmp_path / "s.db") as store:
        _add(store, "The canal opens in spring.")
        _add(store, "Nobody expects ships before autumn.")
        assert pairing.update_pairs(store) == 1
        _add(store, "Work has hardly begun.")
        assert pairing.update_pairs(store) == 2
        assert pairing.update_pairs(store) == 0
    assert len(judge.read_pairs) == len(set(judge.read_pairs)) == 3


@pytest.mark.usefixtures("judge")
def test_meeting_keeps_doubtful_clashes_for_who_asks(tmp_path: Path) -> None:
    """A faint pair is listed from the score that is asked for, and not unasked."""
    with Store(tmp_path / "s.db") as store:
        _add(store, "The canal opens in spring.")
        _add(store, "Nobody expects ships before autumn.")
        pairing.update_pairs(store)
        assert list(store.contradictions()) == []
        assert [p.basis for p in store.contradictions(PairQuery(min_score=learned.KEPT))] == ["judge"]


@pytest.mark.usefixtures("judge")
def test_meeting_forgets_the_pairs_of_a_document_that_goes(tmp_path: Path) -> None:
    """A new version of an article takes the place of the old one, in the space and in the pairs."""
    with Store(tmp_path / "s.db") as store:
        _add(store, "The canal opens in spring.")
        _add(store, "Nobody expects ships before autumn.")
        pairing.update_pairs(store)
        _add(store, "The canal opens in winter.")
        pairing.update_pairs(store)
        assert len(store.vectors()) == 2
        assert sum(store.count_contradictions(PairQuery(min_score=0))) == 1


def test_meeting_does_not_happen_without_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the weights were left out, the store counts as paired."""
    monkeypatch.setattr(judge_model, "shipped", lambda: None)
    with Store(tmp_path / "s.db") as store:
        _add(store, "The canal opens in spring.")
        assert pairing.update_pairs(store) == 0
        assert not pairing.is_due(store)
