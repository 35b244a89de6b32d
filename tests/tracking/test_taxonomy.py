"""The order that people give topics: merges and places, the later one counting, all of it undone as it was done."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.schema import Action, Decision
from claimtrack.tracking.taxonomy import called, taxonomy

numbers = count()


def decision(action: Action, target: str, *others: str, name: str = "") -> Decision:
    """A person's decision on topics."""
    changes = (called(others[0], name),) if name else ()
    return Decision(
        id=f"dec_{next(numbers)}", at="2025-01-01T00:00:00Z", by="ann", action=action, subject="topic", target=target,
        others=others, changes=changes,
    )  # fmt: skip


def test_taxonomy_without_decisions_leaves_all_as_it_is() -> None:
    """A topic that nobody ordered is read as itself and stands under nothing."""
    order = taxonomy([])
    assert (order.root("canal"), order.lineage("canal"), list(order.found_by())) == ("canal", ["canal"], [])


def test_taxonomy_reads_merged_topics_as_the_target() -> None:
    """Merging a topic takes along what was merged into it before."""
    order = taxonomy([decision("merge", "canal", "ditch"), decision("merge", "waterway", "canal")])
    assert {topic: order.root(topic) for topic in ("ditch", "canal", "waterway")} == dict.fromkeys(
        ("ditch", "canal", "waterway"), "waterway"
    )


def test_taxonomy_later_merge_wins() -> None:
    """What was merged into another topic can become the one that the other is read as."""
    order = taxonomy([decision("merge", "canal", "ditch"), decision("merge", "ditch", "canal")])
    assert (order.root("canal"), order.root("ditch")) == ("ditch", "ditch")


def test_taxonomy_places_topics_under_others() -> None:
    """A topic has the line of those above it, whichever of their names it was placed under; placed again, it moves."""
    placed = [
        decision("place", "lock", "ditch"), decision("place", "canal", "transport"), decision("merge", "canal", "ditch")
    ]  # fmt: skip
    assert taxonomy(placed).lineage("lock") == ["lock", "canal", "transport"]
    assert taxonomy([*placed, decision("place", "lock", "trade")]).lineage("lock") == ["lock", "trade"]
    assert taxonomy([*placed, decision("place", "lock")]).lineage("lock") == ["lock"]


def test_taxonomy_later_place_wins_over_a_circle() -> None:
    """Of two places that would put a topic under itself, the later one holds."""
    order = taxonomy([decision("place", "canal", "transport"), decision("place", "transport", "canal")])
    assert order.lineage("transport") == ["transport", "canal"]
    assert order.lineage("canal") == ["canal"]


def test_taxonomy_keeps_the_names_people_gave() -> None:
    """A heading is called as it was written."""
    assert taxonomy([decision("place", "iran", "middle-east", name="Middle East")]).names == {
        "middle-east": "Middle East"
    }


def test_taxonomy_puts_aliases_before_decisions() -> None:
    """Another name leads to its topic, also where that was merged since."""
    order = taxonomy([decision("merge", "waterway", "canal")], [("ditch", "canal"), ("drain", "ditch")])
    assert {order.root(topic) for topic in ("drain", "ditch", "canal")} == {"waterway"}


def test_taxonomy_topics_are_found_by_the_names_around_them() -> None:
    """Merged topics find each other; a topic is found by those above it, never by those below."""
    order = taxonomy([decision("merge", "canal", "ditch"), decision("place", "ditch", "transport")])
    assert sorted(order.found_by()) == [
        ("canal", "ditch"), ("canal", "transport"), ("ditch", "canal"), ("ditch", "transport")
    ]  # fmt: skip


TOPICS = st.sampled_from("abcd")
ORDERS = st.builds(decision, st.sampled_from(["merge", "place"]), TOPICS, TOPICS)


@given(st.lists(ORDERS, max_size=8), st.lists(st.tuples(TOPICS, TOPICS), max_size=4))
def test_taxonomy_has_no_circles(decisions: list[Decision], aliases: list[tuple[str, str]]) -> None:
    """Whatever people decide, every topic has one root that is its own, and a line upwards that ends."""
    order = taxonomy(decisions, aliases)
    for topic in "abcd":
        assert order.root(order.root(topic)) == order.root(topic)
        line = order.lineage(topic)
        assert len(line) == len(set(line))
        assert all(order.root(above) == above for above in line)


@pytest.mark.parametrize("action", ["accept", "comment"])
def test_taxonomy_minds_only_merges_and_places(action: Action) -> None:
    """Comments on topics order nothing."""
    assert taxonomy([decision(action, "canal", "ditch")]) == taxonomy([])
