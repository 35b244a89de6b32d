"""Choose among the antecedents of a pronoun by salience, as in Lappin and Leass (1994).

Subjects go before objects, near before far, within two or three sentences; a pronoun whose two best antecedents are
close stays open.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import chain, islice

from claimtrack.reference.antecedents import OWN_SUBJECT, Anaphor, Antecedent, announced
from claimtrack.reference.binding import coarguments, governs
from claimtrack.reference.mentions import Mention
from claimtrack.reference.syntax import OBJECTS, own_subject

SENTENCE = 1.5
"""What a sentence of distance costs."""

MAX_ANTECEDENTS = 200
"""How many antecedents are looked at: enough for any sentences but those of broken text."""

_TOKEN = 0.02
_PARALLEL = 1.5
_MARGIN = 0.4

Cost = Callable[[Antecedent], float | None]
"""What an antecedent loses for fitting badly, None where it cannot be meant."""


def best(anaphor: Anaphor, reach: int, cost: Cost) -> tuple[Mention, ...]:
    """Choose the most salient antecedent; nothing where it is not linked or hardly ahead of another.

    Args:
        anaphor: the pronoun.
        reach: how many sentences back to look.
        cost: how well an antecedent fits.
    """
    scores = _fitting(anaphor, reach, cost)
    if not scores:
        return ()
    top, winner = scores[0]
    rivals = (s for s, a in scores[1:] if a.ids != winner.ids and a.token != winner.token)
    return winner.mentions if top - next(rivals, -math.inf) >= _MARGIN else ()


def only(anaphor: Anaphor, reach: int, cost: Cost) -> tuple[Mention, ...]:
    """Choose the one person who can be meant within reach; nobody where two can.

    A possessive takes the subject of its own clause where that is the only person of its sentence. To lay the
    deeds of one person at another's door is worse than to leave a pronoun.
    """
    fitting = [a for _, a in _fitting(anaphor, reach, cost)]
    near = [a for a in fitting if a.sentence == anaphor.sentence]
    if anaphor.is_possessive and any(a.token == own_subject(anaphor.token) for a in near):
        fitting = near
    if len({a.ids for a in fitting}) != 1 or len(fitting[0].mentions) != 1:
        return ()
    mentions = fitting[0].mentions
    return () if mentions[0].entity.id in anaphor.discourse.doubtful else mentions


def _fitting(anaphor: Anaphor, reach: int, cost: Cost) -> list[tuple[float, Antecedent]]:
    """Give the antecedents within reach that syntax and cost allow, each with its salience, the best first."""
    own = _paired(anaphor) if anaphor.is_possessive else -1
    own = own if own >= 0 else own_subject(anaphor.token)
    barred = coarguments(anaphor)
    scores: list[tuple[float, Antecedent]] = []
    for a in chain(announced(anaphor), islice(reversed(anaphor.before), MAX_ANTECEDENTS)):
        if anaphor.sentence - a.sentence > reach:
            break
        loss = cost(a)
        if loss is not None and not governs(a, anaphor) and barred.isdisjoint(a.ids):
            scores.append((_salience(a, anaphor) - loss + (OWN_SUBJECT if a.token == own else 0), a))
    return sorted(scores, key=lambda pair: -pair[0])


def _paired(anaphor: Anaphor) -> int:
    """Find whom a possessive in a pair means: "Iran and its allies", "Oslo's oil and its price"; -1 if none."""
    token, by_root = anaphor.token, anaphor.discourse.by_root
    if token.head.dep_ != "conj":
        return -1
    first = token.head.head
    if first.i in by_root:
        return int(first.i)
    return next((c.i for c in first.children if c.dep_ == "poss" and c.i in by_root), -1)


def _salience(a: Antecedent, anaphor: Anaphor) -> float:
    token, counts = anaphor.token, anaphor.discourse.counts
    often = sum(counts[m.entity.id] for m in a.mentions[:1])
    frequency = 0.2 * min(math.log2(1 + often), 3)
    parallel = _PARALLEL if token.dep_ in OBJECTS and token.doc[a.token].dep_ in OBJECTS else 0.0
    distance = SENTENCE * (anaphor.sentence - a.sentence) + _TOKEN * min(abs(token.i - a.token), 50)
    return a.weight + parallel + frequency - distance
