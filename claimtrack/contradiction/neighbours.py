"""Which claims lie near one another: nearest neighbours by cosine, in groups that fit into memory.

Exact up to `EXACT` claims; beyond, a claim is compared with those of the regions nearest to it only, so that what one
costs grows with the square root of their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST, LEAST = 32, 4
"""Neighbours that a claim meets at most and at least (models/retriever/README.md: how often the right one is among
them)."""

MET_IN_ALL = 400_000  # neighbours of all claims together: what two cores read in less than half an hour

EXACT = 120_000
AT_ONCE = 256  # rows compared with all at once: 100 MB at 100,000 claims
REGIONS_SEARCHED = 24


def neighbour_count(claims: int) -> int:
    """Give how many neighbours each of so many claims meets."""
    return max(LEAST, min(MOST, MET_IN_ALL // max(claims, 1)))


class Space:
    """The vectors of claims, to ask for the neighbours of some of them."""

    def __init__(self, vectors: NDArray[np.int8], exact: int = EXACT) -> None:
        """Take vectors of shape (claims, width), of any length; beyond `exact`, they stay in memory as they are."""
        self._units = _Units(vectors)
        self._all = self._units[:] if len(vectors) <= exact else None
        self._regions = _Regions(self._units) if self._all is None else None

    def nearest(self, asked: Sequence[int], count: int) -> Iterator[tuple[int, int, float]]:
        """Give (row, neighbour, cosine) for the `count` nearest others of each row asked for, nearest first."""
        import numpy as np

        for start in range(0, len(asked), AT_ONCE):
            rows = np.array(asked[start : start + AT_ONCE])
            if self._regions is None:
                space = self._all if self._all is not None else self._units[:]
                yield from _nearest(space[rows], rows, space, np.arange(len(space)), count)
                continue
            for row in rows:
                unit = self._units[row[None]]
                among = self._regions.around(unit[0])
                yield from _nearest(unit, row[None], self._units[among], among, count)


class _Units:
    """Vectors of length 1, made of small numbers when they are asked for: a quarter of the memory."""

    def __init__(self, vectors: NDArray[np.int8]) -> None:
        import numpy as np

        self._vectors = vectors
        lengths = [np.linalg.norm(vectors[i : i + AT_ONCE].astype(np.float32), axis=1, keepdims=True)
                   for i in range(0, len(vectors), AT_ONCE)]
        self._lengths = np.maximum(np.concatenate(lengths), 1e-9) if lengths else np.ones((0, 1), np.float32)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._vectors)

    def __getitem__(self, rows: slice | NDArray[np.intp]) -> NDArray[np.float32]:
        """Give some of them."""
        units: NDArray[np.float32] = self._vectors[rows].astype("float32")
        units /= self._lengths[rows]
        return units


class _Regions:
    """The claims by the region they lie in: the one of the sampled claim that is nearest."""

    def __init__(self, units: _Units) -> None:
        import numpy as np

        self._centres = units[:: isqrt(len(units))]
        home = np.concatenate(
            [(units[i : i + AT_ONCE] @ self._centres.T).argmax(axis=1) for i in range(0, len(units), AT_ONCE)]
        )
        order = home.argsort(kind="stable")
        ends = np.searchsorted(home[order], np.arange(len(self._centres)), side="right")
        self._members = np.split(order, ends[:-1])

    def around(self, row: NDArray[np.float32]) -> NDArray[np.intp]:
        """Give the claims of the regions nearest to a vector, in order."""
        import numpy as np

        near = np.argsort(-(self._centres @ row), kind="stable")[:REGIONS_SEARCHED]
        return np.sort(np.concatenate([self._members[i] for i in near]))


def _nearest(
    asked: NDArray[np.float32], rows: NDArray[np.intp], space: NDArray[np.float32], among: NDArray[np.intp], count: int
) -> Iterator[tuple[int, int, float]]:
    """Compare some rows with others; of equally near ones the first counts as nearer.

    Args:
        asked: the vectors of the rows.
        rows: their numbers.
        space: the vectors that they are compared with.
        among: the numbers of those.
        count: how many to give of each.
    """
    import numpy as np

    near = asked @ space.T
    near[among[None, :] == rows[:, None]] = -np.inf
    count = min(count, len(among) - 1)
    if count < 1:
        return
    best = np.sort(np.argpartition(-near, count - 1, axis=1)[:, :count], axis=1)
    for row, cosines, columns in zip(rows.tolist(), near, best, strict=True):
        order = columns[np.argsort(-cosines[columns], kind="stable")]
        yield from ((row, int(among[column]), float(cosines[column])) for column in order)
