"""Join the candidates of a text into chains, each of which is one thing, by how probably one takes up another.

Candidates are read in order and each joins the likeliest chain before it, with all the antecedents in it counted
together (an entity's probability is the sum of its mentions'), if it may be one thing with it. Names that are
known to mean one thing are joined beforehand, and two persons or states of different names never are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from claimtrack.reference.ranker import Ranking
from claimtrack.reference.signs import KINDS, NAME, OWN_SIGNS, PERSON, ROLES, Indices, Table

_KIND, _ROLE, _NUMBER, _GENDER, _SORT, _REFLEXIVE, _POSSESSIVE = (
    list(OWN_SIGNS).index(sign)
    for sign in ("kind", "role", "number", "gender", "sort", "reflexive", "possessive"))
_SUBJECT_ROLES = [ROLES.index("nsubj"), ROLES.index("nsubjpass")]
_OBJECT_ROLES = frozenset({ROLES.index("dobj"), ROLES.index("dative")})
_SEVERAL = 2
_ONE = frozenset({"he", "she"})
_NOT_SELF = frozenset({"he", "she", "it", "they"})
_NOTHING_WEIGHS = {"he": 0.1, "she": 0.1, "they": 0.5, "it": 0.7, "nominal": 0.6, "name": 0.7, "joint": 0.6}
"""How much "nothing before it" counts against a chain, by the kind of what may take it up: "he" seldom means nobody.
Chosen on the dev parts of GAP, OntoGUM and the hand-read claims."""
_LEAST = 0.08  # below this an antecedent is a guess, however empty the text is
_ROUNDING = 1e-6  # what sums of probabilities may be off by


@dataclass(frozen=True)
class Chain:
    """Candidates, by their numbers in order, that are one thing.

    `chances` are how probable it is, in [0, 1], that each belongs to what stands before it in the chain, directly or
    through others; 1 for the first, for names and for what is known.
    """

    members: tuple[int, ...]
    chances: tuple[float, ...]


def chains(
    table: Table, ranking: Ranking, names: Mapping[int, str], single: frozenset[str], known: Mapping[int, int]
) -> list[Chain]:
    """Join candidates into chains of two or more, in order of their first members.

    Args:
        table: the candidates.
        ranking: how probable their antecedents are.
        names: what a candidate is known to name, by its number: the id of a referent.
        single: the ids among them of persons and states: two of them are never one thing.
        known: candidates that surely are one thing with another.
    """
    joined, sure = _Joined(table, names, single), dict[int, float]()
    first = np.searchsorted(ranking.anaphors, np.arange(len(table) + 1))
    for j, i in known.items():
        joined.join(i, j)
    for j in range(len(table)):
        if j in known:
            continue
        pairs = slice(first[j], first[j + 1])
        kind = KINDS[table.own[j, _KIND]]
        floor = max(float(ranking.nothing[j]) * _NOTHING_WEIGHS.get(kind, 1.0), _LEAST)
        probabilities = ranking.probabilities[pairs].tolist()
        if sum(probabilities) < floor - _ROUNDING:
            continue  # all antecedents together are less probable than nothing
        chances: dict[int, float] = defaultdict(float)
        through: dict[int, float] = defaultdict(float)
        for i, chance in zip(ranking.antecedents[pairs].tolist(), probabilities, strict=True):
            if kind in _ONE and (_is_several(table, i) or _is_said_by(table, i, j)):
                continue
            root = joined.root(i)
            chances[root] += chance
            through[root] += chance * sure.get(i, 1.0)
        moved = kind in _NOT_SELF and not (table.own[j, _REFLEXIVE] or table.own[j, _POSSESSIVE])
        barred = {joined.root(i) for i in _barred(table, j, kind)} if moved else set()
        for root, chance in sorted(chances.items(), key=lambda c: -c[1]):
            if chance < floor:
                break
            if root not in barred and not (moved and kind == "it" and root in joined.human) and joined.join(root, j):
                if j not in names:
                    sure[j] = through[root]
                break
    return [Chain(tuple(members), tuple(sure.get(k, 1.0) for k in members)) for members in joined.sets()]


def _barred(table: Table, j: int, kind: str) -> Indices:
    """Find whom a pronoun cannot mean for where it stands.

    "Him" is not the subject of its own verb; "he" is not who says the quotation he stands in.
    """
    barred = np.zeros(len(table), np.bool_)
    if table.own[j, _ROLE] in _OBJECT_ROLES:
        barred |= np.isin(table.own[:, _ROLE], _SUBJECT_ROLES) & (table["clause"] == table["clause"][j])
    if kind in _ONE and table["within"][j] >= 0 and table["quote"][j] >= 0:
        barred |= table["speaks"] == table["within"][j]
    return np.flatnonzero(barred)


def _is_several(table: Table, i: int) -> bool:
    """Tell whether a description is of several, as it seems: one person may be "the mayor and chief of police"."""
    return bool(table.own[i, _NUMBER] == _SEVERAL and table.own[i, _KIND] > NAME)


def _is_said_by(table: Table, i: int, j: int) -> bool:
    """Tell whether one stands in what the other says: who "he said" names does not."""
    return bool(table["speaks"][j] >= 0 and table["within"][i] == table["speaks"][j])


class _Joined:
    """Sets of candidates, with what is known of each set: whom it names, of what gender it is."""

    def __init__(self, table: Table, names: Mapping[int, str], single: frozenset[str]) -> None:
        self.parent = list(range(len(table)))
        self.whom = {k: {name} if name in single else set() for k, name in names.items()}
        genders = table.own[:, _GENDER].tolist()
        self.gender = {k: {gender} for k, gender in enumerate(genders) if gender}
        human = (table.own[:, _GENDER] > 0) & (table.own[:, _SORT] == PERSON)
        self.human = set(np.flatnonzero(human).tolist())
        """The sets, by their first candidates, that hold a man or a woman."""
        first: dict[str, int] = {}
        for k, name in sorted(names.items()):
            if name in first:
                self._merge(self.root(first[name]), self.root(k))
            first.setdefault(name, k)

    def join(self, i: int, j: int) -> bool:
        """Join the sets of two candidates, unless they cannot be one thing; tell whether they now are one."""
        a, b = self.root(i), self.root(j)
        if a == b:
            return True
        if len(self.whom.get(a, set()) | self.whom.get(b, set())) > 1:
            return False
        one, other = self.gender.get(a, set()), self.gender.get(b, set())
        if one and other and not one & other:
            return False
        self._merge(a, b)
        return True

    def sets(self) -> list[list[int]]:
        """Give the sets of two or more."""
        sets: dict[int, list[int]] = defaultdict(list)
        for k in range(len(self.parent)):
            sets[self.root(k)].append(k)
        return [members for members in sets.values() if len(members) > 1]

    def root(self, k: int) -> int:
        """Give the first candidate of the set of a candidate."""
        while self.parent[k] != k:
            self.parent[k] = self.parent[self.parent[k]]
            k = self.parent[k]
        return k

    def _merge(self, a: int, b: int) -> None:
        if a == b:
            return
        first, other = min(a, b), max(a, b)
        self.parent[other] = first
        for known in (self.whom, self.gender):
            known[first] = known.get(first, set()) | known.pop(other, set())
        if other in self.human:
            self.human.add(first)
