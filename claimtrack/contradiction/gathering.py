"""Put records in order, and together what hangs together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from claimtrack.schema import Claim

T = TypeVar("T")


def ordered(claims: Iterable[Claim]) -> list[Claim]:
    """Put claims in order of publication, then as they stand in their document."""
    return sorted(claims, key=lambda c: (c.published or "9999", c.document_path, c.document, c.spans, c.id))


def joined(items: Iterable[T], marks: Callable[[T], Iterable[Hashable]]) -> list[list[T]]:
    """Put together what shares a mark, directly or by way of others; all in the order given."""
    given = list(items)
    leader = list(range(len(given)))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = i = leader[leader[i]]
        return i

    seen: dict[Hashable, int] = {}
    for i, item in enumerate(given):
        for mark in marks(item):
            first, other = sorted((find(i), find(seen.setdefault(mark, i))))
            leader[other] = first
    groups: dict[int, list[T]] = defaultdict(list)
    for i, item in enumerate(given):
        groups[find(i)].append(item)
    return list(groups.values())
