"""The store gives pairs, the best first."""

from __future__ import annotations

from claimtrack.schema import NearMiss
from claimtrack.store import PairQuery, Store
from tests.store.conftest import filled, write_pair


def test_store_gives_pairs_best_first(store: Store) -> None:
    """Contradictions come before tensions, surer ones before others; filters look at both claims."""
    claims = filled(store)
    tension = write_pair(store, claims["war"], claims["opens"], strength="tension", score=0.95)
    weak = write_pair(store, claims["bases"], claims["talks"], score=0.5, kind="stance")
    strong = write_pair(store, claims["war"], claims["bases"], score=0.8)
    assert list(store.contradictions()) == [strong, weak, tension]
    assert store.count_contradictions() == (2, 1)
    assert list(store.contradictions(PairQuery(kind="stance"))) == [weak]
    assert list(store.contradictions(PairQuery(min_score=0.8))) == [strong, tension]
    assert list(store.contradictions(PairQuery(source="Ada"))) == [strong, weak]
    assert list(store.contradictions(PairQuery(topic="zangezur"))) == [tension]
    assert list(store.contradictions(PairQuery(topic="war israel"))) == [strong]
    assert list(store.contradictions(PairQuery(limit=1))) == [strong]
    assert list(store.contradictions(PairQuery(added_since="2000"))) == [strong, weak, tension]
    assert list(store.contradictions(PairQuery(added_since="2999"))) == []
    assert store.contradiction(weak.id) == weak
    assert list(store.contradictions_of(claims["war"].id)) == [strong, tension]


def test_store_gives_near_misses(store: Store) -> None:
    """Near misses stand apart from contradictions, found by their reason."""
    claims = filled(store)
    near = NearMiss(reason="other parties", explanation="Others.", a=claims["war"], b=claims["talks"])
    with store.transaction():
        store.settle(store.block("any", 10), [near])
    assert list(store.near_misses()) == [near]
    assert list(store.near_misses(PairQuery(kind="conditional"))) == []
    assert store.count_near(PairQuery(topic="iran")) == 1
    assert list(store.contradictions()) == []
