"""What the store's claims come to together: which pairs of them clash, kept up to date as documents come and go.

Each claim sits in the store under the ids of its propositions, so that one is found by its id. Claims meet on different
sides of a block (`contradiction.seats`). At most its first `BUCKET_LIMIT` members by claim id take part: ids are
hashes, so that this is a fair sample, and the same one whichever order the documents came in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from claimtrack import contradiction
from claimtrack.contradiction import propositions
from claimtrack.contradiction.blocking import BUCKET_LIMIT
from claimtrack.reading import reprints
from claimtrack.tracking import meeting

if TYPE_CHECKING:
    from claimtrack.reading.reprints import Print
    from claimtrack.schema import Claim, Contradiction, Contrast, NearMiss
    from claimtrack.store import Block, PairQuery, Store

__all__ = ["BLOCK_READ", "Progress", "best_blocks", "best_pairs", "is_due", "prints", "proposition", "update_pairs"]

SEATED_AT_ONCE = 500
JUDGED_AT_ONCE = 5_000  # pairs a transaction: a kill costs at most these, and no reader waits longer than for them
CLAIMS_IN_MEMORY = 8_192
BLOCK_READ = 200
"""Pairs of one matter that are read for a block: nobody reads more below one another."""

Progress = Callable[[int, int], None]
"""Is told how many blocks are done, of how many."""


def update_pairs(
    store: Store, progress: Progress | None = None, *, block_size: int = BUCKET_LIMIT
) -> int:
    """Judge all pairs of claims that meet and have not met before; write what clashes or seems to.

    They meet in a block, and are judged by the rules, or as neighbours, and are read by the trained judge.

    Work is committed in batches: interrupted, it goes on at the next call where it stopped.

    Returns:
        How many contradictions, tensions and near misses were written; 0 where nothing changed.

    Raises:
        ModelError: weights are broken.
        StoreError: the store cannot be written.
    """
    return _seated(store, progress, block_size) + meeting.meet(store, progress)


def is_due(store: Store) -> bool:
    """Tell whether there are claims that have yet to meet others."""
    return not store.is_paired() or meeting.is_due(store)


def _seated(store: Store, progress: Progress | None, block_size: int) -> int:
    """Judge by the rules the pairs of claims that meet in a block."""
    if store.is_paired():
        return 0
    _seat(store)
    store.forget_lonely_blocks()
    meeting = _Meeting(store, block_size)
    keys = store.stale_keys()
    done = written = 0
    while done < len(keys):
        with store.transaction():
            judged = 0
            while done < len(keys) and judged < JUDGED_AT_ONCE:
                block = store.block(keys[done], block_size)
                pairs = list(meeting.pairs(block))
                found = [finding for a, b in pairs if (finding := meeting.judge(a, b)) is not None]
                store.settle(block, found)
                done, judged, written = done + 1, judged + len(pairs), written + len(found)
        if progress is not None:
            progress(done, len(keys))
    return written


def best_pairs(store: Store, query: PairQuery) -> list[Contradiction]:
    """The pairs of a query for reading: contradictions, best first, then tensions, each clash of the same voices once.

    Reads as few pairs as the query's limit needs: the store gives them in this order.
    """
    return list(islice(contradiction.distinct(store.contradictions(replace(query, limit=None))), query.limit))


def best_blocks(store: Store, query: PairQuery) -> list[list[Contradiction]]:
    """The pairs of `best_pairs` gathered by the matter they clash on, the block with the best pair first.

    The query's limit counts blocks. Of one matter, the best `BLOCK_READ` pairs are read.
    """
    found: list[list[Contradiction]] = []
    for matter in store.matters(query):
        pairs = store.contradictions(replace(query, matter=matter, limit=BLOCK_READ))
        found += contradiction.blocks(contradiction.select(pairs))
    in_order = sorted(found, key=lambda block: (block[0].strength, -block[0].score, block[0].id))
    return in_order[: query.limit]


def proposition(store: Store, id: str) -> Contrast | None:
    """All that the store holds on one proposition, or None where it knows none of this id.

    The id of a proposition that leaves something out leads to the fuller one that its document has in mind.
    """
    members = store.members(id)
    if not members:
        return None
    around = {claim.id: claim for claim in members}
    if any(key.sort == "act" for key in propositions.keys(members[0])):  # these may be completed by their documents
        documents = {claim.document for claim in members}
        around |= {claim.id: claim for document in documents for claim in _claims_of(store, document)}
    found = contradiction.contrast(around.values(), prints(store, members))
    return next((c for c in found if c.id == id), None) or next(c for c in found if members[0] in c.claims)


def _claims_of(store: Store, document_id: str) -> Iterator[Claim]:
    from claimtrack.schema import Claim

    return map(Claim.model_validate_json, store.claims_of(document_id))


def prints(store: Store, claims: Iterable[Claim]) -> dict[str, Print]:
    """Where the documents of claims stand, and of which they are reprints, by document id."""
    found = map(store.document, {claim.document for claim in claims})
    return reprints.prints(document for document in found if document is not None)


def _seat(store: Store) -> None:
    while claims := store.unseated(SEATED_AT_ONCE):
        with store.transaction():
            for claim in claims:
                # On one side of it, so that a proposition gathers claims and pairs none: that is for the other blocks.
                gathered = ((key.id, "") for key in propositions.keys(claim))
                store.seat(claim.id, [*contradiction.seats(claim), *gathered])


class _Meeting:
    """Which members of a block meet there for the first time, and what they have against each other."""

    def __init__(self, store: Store, block_size: int) -> None:
        self._crowded = store.crowded(block_size)
        self._seats = lru_cache(CLAIMS_IN_MEMORY)(store.seats_of)
        self._claim = lru_cache(CLAIMS_IN_MEMORY)(store.claim)

    def pairs(self, block: Block) -> Iterator[tuple[str, str]]:
        """The pairs with a fresh member; two claims that meet in several blocks do so in the first of them only."""
        fresh = [member for member in block.members if member.fresh]
        for i, a in enumerate(block.members):
            later = block.members[i + 1 :] if a.fresh else fresh[bisect_right(fresh, a) :]
            opposite = (b.claim for b in later if b.side != a.side)
            yield from ((a.claim, b) for b in opposite if self._first_shared(a.claim, b) == block.key)

    def judge(self, a: str, b: str) -> Contradiction | NearMiss | None:
        """Judge two claims by id."""
        first, second = self._claim(a), self._claim(b)
        if first is None or second is None:  # another process replaced its document meanwhile
            return None
        return contradiction.judge(first, second)

    def _first_shared(self, a: str, b: str) -> str:
        """The first block on two sides of which they take part; `a` stands before `b` there."""
        first, second = self._seats(a), self._seats(b)
        shared = (key for key in first.keys() & second.keys() if first[key] != second[key])
        return min(key for key in shared if b <= self._crowded.get(key, b))
