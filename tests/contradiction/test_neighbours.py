"""Nearest neighbours by cosine."""

import numpy as np
import pytest

from claimtrack.contradiction.neighbours import Space

CORNERS = np.array([[9, 0], [8, 1], [0, 5], [1, 6], [-7, 0]], dtype=np.int8)


def test_neighbours_come_nearest_first_without_the_one_asked_for() -> None:
    """Length does not count, only direction; a row is not its own neighbour."""
    found = list(Space(CORNERS).nearest([0, 4], 2))
    assert [near[:2] for near in found] == [(0, 1), (0, 3), (4, 2), (4, 3)]
    assert found[0][2] == pytest.approx(8 / 65**0.5)


@pytest.mark.parametrize("rows", [0, 1])
def test_neighbours_of_nothing_are_none(rows: int) -> None:
    """An empty space, or a claim alone, has no neighbours."""
    assert list(Space(CORNERS[:rows]).nearest(range(rows), 3)) == []


def test_neighbours_in_regions_are_nearly_those_of_all() -> None:
    """Beyond the limit for exact search, nine in ten of the nearest are still found, and none twice."""
    dice = np.random.default_rng(4)
    heart = dice.normal(size=(40, 16))
    points = (heart[dice.integers(0, 40, 3000)] + dice.normal(size=(3000, 16)) / 3) * 20
    rows = np.clip(points, -127, 127).astype(np.int8)
    exact = {near[:2] for near in Space(rows).nearest(range(100), 5)}
    rough = [near[:2] for near in Space(rows, exact=1000).nearest(range(100), 5)]
    assert len(rough) == len(set(rough)) == 500
    assert len(exact & {*rough}) >= 450
