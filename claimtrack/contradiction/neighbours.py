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

MOST, LEAST = 16, 4
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
        """Take vectors of shape (claims, width), of any length."""
        import numpy as np

        self._rows = vectors.astype(np.float32)
        self._rows /= np.maximum(np.linalg.norm(self._rows, axis=1, keepdims=True), 1e-9)
        self._regions = _Regions(self._rows) if len(self._rows) > exact else None

    def nearest(self, asked: Sequence[int], count: int) -> Iterator[tuple[int, int, float]]:
        """Give (row, neighbour, cosine) for the `count` nearest others of each row asked for, nearest first."""
        import numpy as np

        for start in range(0, len(asked), AT_ONCE):
            rows = np.array(asked[start : start + AT_ONCE])
            if self._regions is None:
                yield from _nearest(self._rows, rows, np.arange(len(self._rows)), count)
            else:
                for row in rows:
                    yield from _nearest(self._rows, row[None], self._regions.around(self._rows[row]), count)


class _Regions:
    """The claims by the region they lie in: the one of the sampled claim that is nearest."""

    def __init__(self, rows: NDArray[np.float32]) -> None:
        import numpy as np

        self._centres = rows[:: isqrt(len(rows))]
        home = np.concatenate(
            [(rows[i : i + AT_ONCE] @ self._centres.T).argmax(axis=1) for i in range(0, len(rows), AT_ONCE)]
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
    space: NDArray[np.float32], rows: NDArray[np.intp], among: NDArray[np.intp], count: int
) -> Iterator[tuple[int, int, float]]:
    """Compare rows with some of the space; of equally near ones the first in the space counts as nearer."""
    import numpy as np

    near = space[rows] @ (space if len(among) == len(space) else space[among]).T
    near[among[None, :] == rows[:, None]] = -np.inf
    count = min(count, len(among) - 1)
    if count < 1:
        return
    best = np.sort(np.argpartition(-near, count - 1, axis=1)[:, :count], axis=1)
    for row, cosines, columns in zip(rows.tolist(), near, best, strict=True):
        order = columns[np.argsort(-cosines[columns], kind="stable")]
        yield from ((row, int(among[column]), float(cosines[column])) for column in order)
