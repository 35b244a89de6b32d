"""Chains: the likeliest antecedents joined, without ever making one thing of two."""

from __future__ import annotations

import numpy as np
import pytest

from claimtrack.reference.chains import chains
from claimtrack.reference.ranker import Ranking
from claimtrack.reference.signs import COLUMNS, KINDS, OWN_SIGNS, Table


def table(kinds: str, genders: str = "") -> Table:
    """Make a table of candidates of some kinds: n for a name, d for a description, h for "he", i for "it"."""
    own = np.zeros((len(kinds), len(OWN_SIGNS)), np.int8)
    own[:, 0] = [KINDS.index({"n": "name", "d": "nominal", "h": "he", "i": "it"}[k]) for k in kinds]
    own[:, list(OWN_SIGNS).index("gender")] = [" mf".index(g) for g in genders.ljust(len(kinds))]
    return Table(own, {name: np.full(len(kinds), -1, np.int32) for name in COLUMNS})


def ranking(size: int, pairs: dict[tuple[int, int], float]) -> Ranking:
    """Make a ranking of some pairs (anaphor, antecedent); the rest of each anaphor's probability is nothing's."""
    keys = sorted(pairs)
    nothing = np.ones(size, np.float32)
    for (j, _), chance in pairs.items():
        nothing[j] -= chance
    return Ranking(np.array([j for j, _ in keys], np.int64), np.array([i for _, i in keys], np.int64),
                   np.array([pairs[k] for k in keys], np.float32), nothing)


def joined(
    of: Table, ranked: Ranking, names: dict[int, str] | None = None, known: dict[int, int] | None = None
) -> list[list[int]]:
    """Give the members of the chains."""
    persons = frozenset((names or {}).values())
    return [list(c.members) for c in chains(of, ranked, names or {}, persons, known or {})]


def test_chains_join_what_is_likelier_than_nothing() -> None:
    """A description is joined where an antecedent is likelier than none, and left alone where it is not."""
    assert joined(table("dd"), ranking(2, {(1, 0): 0.6})) == [[0, 1]]
    assert joined(table("dd"), ranking(2, {(1, 0): 0.2})) == []


def test_chains_count_the_mentions_of_one_thing_together() -> None:
    """Two mentions of one thing outweigh a likelier single one."""
    pairs = {(1, 0): 0.9, (3, 0): 0.3, (3, 1): 0.3, (3, 2): 0.35}
    assert joined(table("ddni"), ranking(4, pairs)) == [[0, 1, 3]]


def test_chains_never_make_one_of_two_persons_or_genders() -> None:
    """Names of two persons stay apart, however likely; "he" does not take up a woman."""
    assert joined(table("nn"), ranking(2, {(1, 0): 0.9}), {0: "person:a", 1: "person:b"}) == []
    assert joined(table("nnh", "f m"), ranking(3, {(2, 0): 0.6, (2, 1): 0.3})) == [[1, 2]]


def test_chains_tell_how_sure_each_member_is() -> None:
    """A pronoun is as sure as what it takes up, times how probably it does; names and the first are sure."""
    pairs = {(1, 0): 0.8, (2, 1): 0.5, (2, 0): 0.25}
    (chain,) = chains(table("nhh"), ranking(3, pairs), {0: "person:a"}, frozenset({"person:a"}), {})
    assert chain.chances == pytest.approx((1.0, 0.8, 0.65))


def test_chains_keep_what_is_known() -> None:
    """Names of one referent are one chain from the start, and who "I" is needs no probability."""
    assert joined(table("ndn"), ranking(3, {}), {0: "person:a", 2: "person:a"}) == [[0, 2]]
    assert joined(table("nd"), ranking(2, {}), known={1: 0}) == [[0, 1]]


def test_chains_of_nothing_are_none() -> None:
    """A text without candidates has no chains."""
    assert joined(table(""), ranking(0, {})) == []
