"""How people ordered the topics: which are read as one, which stand under which, and what they are called.

Topics are slugs ("zangezur-corridor"). The order follows from the decisions in force: a merge reads topics as the
target from then on, a place puts one under another, or on top again. A later decision wins where two cannot both hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from claimtrack.schema import Change, Decision

__all__ = ["Taxonomy", "called", "taxonomy"]


@dataclass(frozen=True)
class Taxonomy:
    """The order of the topics; those that nobody ordered stand in none of the three.

    Attributes:
        merged: the topic that each merged one is read as, itself never merged into another.
        under: the topic under which each one stands, both never merged; no topic stands under itself.
        names: what people call a topic.
        ordered: the topics that decisions are about.
    """

    merged: Mapping[str, str]
    under: Mapping[str, str]
    names: Mapping[str, str]
    ordered: frozenset[str]

    def root(self, topic: str) -> str:
        """Give the topic that a topic is read as: itself unless it was merged."""
        return self.merged.get(topic, topic)

    def lineage(self, topic: str) -> list[str]:
        """Give the topic that a topic is read as and those it stands under, the nearest first."""
        return _lineage(self.root(topic), self.under)

    def found_by(self) -> Iterator[tuple[str, str]]:
        """Give pairs of a topic and another one whose words find it, too: one read as it, or one that it stands under.

        A merged topic is found by the name it is read as, and the other way round.
        """
        groups: dict[str, set[str]] = defaultdict(set)
        for topic in self.ordered:
            groups[self.root(topic)].add(topic)
        for topic in sorted(self.ordered):
            names = {name for above in self.lineage(topic) for name in groups[above]}
            yield from ((topic, name) for name in sorted(names - {topic}))


def taxonomy(decisions: Iterable[Decision], aliases: Iterable[tuple[str, str]] = ()) -> Taxonomy:
    """Fold the decisions in force, oldest first, into the order of the topics.

    Args:
        decisions: as `reviews.active` gives them.
        aliases: topics that are other names of one, each with that one; decisions come after them.
    """
    merged: dict[str, str] = {}
    placed: dict[str, str] = {}
    names: dict[str, str] = {}
    for alias, topic in aliases:
        _read_as(merged, merged.get(topic, topic), [alias])
    orders = [d for d in decisions if d.subject == "topic" and d.action in {"merge", "place"}]
    for decision in orders:
        if decision.action == "merge":
            merged.pop(decision.target, None)
            _read_as(merged, decision.target, decision.others)
        else:
            placed.pop(decision.target, None)
            if decision.others:
                placed[decision.target] = decision.others[0]
        names |= _names(decision)
    ordered = frozenset(topic for decision in orders for topic in (decision.target, *decision.others))
    return Taxonomy(merged, _placed(merged, placed), names, ordered)


def called(topic: str, name: str) -> Change:
    """Give the change by which a decision says what a topic is called."""
    return Change(field=f"name of {topic}", value=name)


def _names(decision: Decision) -> dict[str, str]:
    prefix = "name of "
    named = [change for change in decision.changes if change.field.startswith(prefix)]
    return {change.field.removeprefix(prefix): change.value for change in named if change.value}


def _read_as(merged: dict[str, str], target: str, others: Iterable[str]) -> None:
    """Read topics, and all that is read as one of them, as the target, which is itself not merged."""
    wanted = set(others) - {target}
    merged |= dict.fromkeys([*(topic for topic, root in merged.items() if root in wanted), *sorted(wanted)], target)
    merged.pop(target, None)


def _placed(merged: Mapping[str, str], placed: dict[str, str]) -> dict[str, str]:
    """Give each topic its parent, leaving out a place that would put a topic under itself: the older one goes."""
    under: dict[str, str] = {}
    for topic, parent in reversed(placed.items()):
        child, above = merged.get(topic, topic), merged.get(parent, parent)
        if child not in _lineage(above, under):
            under[child] = above
    return under


def _lineage(topic: str, under: Mapping[str, str]) -> list[str]:
    found = [topic]
    while found[-1] in under:
        found.append(under[found[-1]])
    return found
