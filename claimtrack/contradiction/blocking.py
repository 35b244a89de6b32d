"""Which claims meet: those on different sides of a block, such as for and against one target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from claimtrack.contradiction.findings import Seat
from claimtrack.contradiction.rules import RULES
from claimtrack.schema import Claim

BUCKET_LIMIT = 400
"""Claims of one block that are paired with one another; a fuller block speaks of nothing in particular."""


def seats(claim: Claim) -> frozenset[Seat]:
    """Give the seats of a claim, one a block at most; claims that meet in no block are never compared.

    For each rule a block is what two claims must share for it, and the side what must set them apart, so that hardly
    a pair meets in vain. A claim on several sides of one block ("Peru favors the dam, Chile opposes it") meets all.
    """
    sides: dict[str, set[str]] = defaultdict(set)
    for seat in chain.from_iterable(rule.seats(claim) for rule in RULES):
        sides[seat.block].add(seat.side)
    return frozenset(Seat(block, min(of) if len(of) == 1 else claim.id) for block, of in sides.items())


def candidates(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Give each pair of claims that meet in a block once; over-full blocks are cut to their first members."""
    blocks: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for i, claim in enumerate(claims):
        for block, side in seats(claim):
            if len(blocks[block]) < BUCKET_LIMIT:
                blocks[block].append((i, side))
    pairs = {(i, j) for members in blocks.values() for (i, x), (j, y) in combinations(members, 2) if x != y}
    for i, j in sorted(pairs):
        yield claims[i], claims[j]
