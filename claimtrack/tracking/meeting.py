"""Claims of a store meet their nearest neighbours, and the trained judge reads what typed seats never bring together.

A claim meets those that lie nearest to it when it comes in; later ones come to it. The vectors stand in the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from claimtrack.contradiction import encoder, learned
from claimtrack.contradiction.gathering import ordered
from claimtrack.contradiction.neighbours import Space, neighbour_count

if TYPE_CHECKING:
    from claimtrack.schema import Claim
    from claimtrack.store import Store

PLACED_AT_ONCE = 500
MET_AT_ONCE = 200  # claims a transaction: a kill costs at most these
CLAIMS_IN_MEMORY = 8_192


def is_due(store: Store) -> bool:
    """Tell whether there are weights, and claims that have yet to meet their neighbours."""
    return not store.is_met() and learned.is_ready()


def meet(store: Store, progress: Callable[[int, int], None] | None = None) -> int:
    """Judge the claims that are new with those that lie near them; write what clashes or nearly does.

    Work is committed in batches: interrupted, it goes on at the next call where it stopped.

    Returns:
        How many contradictions, tensions and near misses were found.

    Raises:
        ModelError: weights are broken.
        StoreError: the store cannot be written.
    """
    if not is_due(store):
        return 0
    _place(store)
    fresh, found = store.lonely(), 0
    neighbours = _Neighbours(store)
    for start in range(0, len(fresh), MET_AT_ONCE):
        group = fresh[start : start + MET_AT_ONCE]
        pairs = list(learned.judged(neighbours.of(group)))
        with store.transaction():
            store.meet(group, pairs)
        found += len(pairs)
        if progress is not None:
            progress(min(start + MET_AT_ONCE, len(fresh)), len(fresh))
    return found


def _place(store: Store) -> None:
    model = encoder.shipped()
    while model is not None and (claims := store.unplaced(PLACED_AT_ONCE)):
        rows = model.vectors(claims)
        with store.transaction():
            store.place((claim.id, row.tobytes()) for claim, row in zip(claims, rows, strict=True))


class _Neighbours:
    """The claims that lie near one another, each two of them given once."""

    def __init__(self, store: Store) -> None:
        import numpy as np

        placed = store.vectors()
        self._ids = [claim for claim, _ in placed]
        self._row = {claim: i for i, claim in enumerate(self._ids)}
        width = len(placed[0][1]) if placed else encoder.WIDTH
        self._space = Space(np.frombuffer(b"".join(v for _, v in placed), dtype=np.int8).reshape(-1, width))
        self._claim = lru_cache(CLAIMS_IN_MEMORY)(store.claim)
        self._met: set[tuple[int, int]] = set()

    def of(self, claims: Sequence[str]) -> Iterator[tuple[Claim, Claim, float]]:
        """Give the pairs of some claims with neighbours that were not given before, in text order, and their cosine."""
        rows = [self._row[claim] for claim in claims if claim in self._row]
        for i, j, cosine in self._space.nearest(rows, neighbour_count(len(self._ids))):
            pair = min(i, j), max(i, j)
            if pair not in self._met:
                self._met.add(pair)
                a, b = (self._claim(self._ids[row]) for row in pair)
                if a is not None and b is not None:  # else another process replaced its document meanwhile
                    first, second = ordered((a, b))
                    yield first, second, cosine
