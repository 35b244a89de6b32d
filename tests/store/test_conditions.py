"""The store finds what is asked for."""

from __future__ import annotations

import pytest

from claimtrack.errors import StoreError
from claimtrack.store import AliasLine, Query, SourceCount, Store, TopicCount, words
from tests.conftest import make_claim, make_document
from tests.store.conftest import article, filled


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(), {"war", "bases", "opens", "talks"}),
        (Query(topic="zangezur"), {"opens"}),
        (Query(topic="Zangezur Corridor"), {"opens"}),
        (Query(topic="zangez"), set()),
        (Query(topic="zangezur corridors"), {"opens"}),
        (Query(topic="Iran-Azerbaijan talk"), {"talks"}),
        (Query(topic="iran azerbaijan war"), {"war"}),
        (Query(topic="iran-azerbaijan"), {"war", "talks"}),
        (Query(topic="!"), set()),
        (Query(source="brandt"), {"bases", "opens"}),
        (Query(source="ELISE brandt"), {"opens"}),
        (Query(source="person:ada-brandt"), {"bases"}),
        (Query(kind="prediction"), {"war"}),
        (Query(stance="deny"), {"bases"}),
        (Query(since="2022"), {"opens", "talks"}),
        (Query(since="2021-10-06"), {"war", "bases", "opens", "talks"}),
        (Query(since="2021-10-07"), {"opens", "talks"}),
        (Query(since="2025-07-15"), {"opens", "talks"}),
        (Query(until="2021"), {"war", "bases"}),
        (Query(until="2021-09"), set()),
        (Query(until="2025-07-01"), {"war", "bases", "opens", "talks"}),
        (Query(min_confidence=0.7), {"war", "opens"}),
        (Query(max_confidence=0.7), {"bases", "opens", "talks"}),
        (Query(search="unlikely open"), {"war", "bases", "opens"}),
        (Query(search='"unlikely to open"'), {"war", "bases", "opens"}),
        (Query(search='"open unlikely"'), set()),
        (Query(search="unlik*"), {"war", "bases", "opens"}),
        (Query(search="elise"), {"opens"}),
        (Query(search='AND "'), set()),
        (Query(topic="iran", kind="prediction", since="2021", search="canal"), {"war"}),
    ],
    ids=lambda value: repr(value).replace("=None", "") if isinstance(value, Query) else "",
)
def test_store_finds_claims(store: Store, query: Query, expected: set[str]) -> None:
    """Each filter finds the claims it promises, and the count agrees."""
    names = {claim.id: name for name, claim in filled(store).items()}
    assert {names[claim.id] for claim in store.claims(query)} == expected
    assert store.count_claims(query) == len(expected)


def test_store_orders_claims_newest_first(store: Store) -> None:
    """Newest document first, then as the claims stand in it; a limit cuts the end."""
    claims = filled(store)
    order = [claim.id for claim in store.claims()]
    assert order[:2] == [claims["opens"].id, claims["talks"].id]
    assert set(order[2:]) == {claims["war"].id, claims["bases"].id}
    assert [claim.id for claim in store.claims(Query(limit=3))] == order[:3]


def test_store_reads_an_alias_both_ways(store: Store) -> None:
    """A topic is found by its alias, whether it was stored under the one name or the other."""
    claims = filled(store)
    assert list(store.claims(Query(topic="syunik corridor"))) == []
    store.add_alias("Syunik corridor", "Zangezur corridor")
    assert store.aliases == [AliasLine("Syunik corridor", "Zangezur corridor")]
    assert list(store.claims(Query(topic="syunik corridor"))) == [claims["opens"]]
    document = article(3)
    late = make_claim(document, topics=("syunik-corridor",))
    store.add(document, [late])
    for topic in ("zangezur corridor", "zangezur", "syunik", "corridors"):
        assert set(store.claims(Query(topic=topic))) == {claims["opens"], late}
    assert list(store.claims(Query(topic="syunik moon"))) == []
    assert store.remove_alias("Syunik corridor")
    assert not store.remove_alias("Syunik corridor")


@pytest.mark.parametrize(("alias", "name"), [("", "Iran"), ("Iran", "!"), ("Iran", "iran")])
def test_store_refuses_an_alias_that_says_nothing(store: Store, alias: str, name: str) -> None:
    """An alias without words, or of itself, is an error."""
    with pytest.raises(StoreError, match="An alias needs two different names"):
        store.add_alias(alias, name)


def test_store_finds_topics_by_the_names_people_gave_them(store: Store) -> None:
    """A topic read as another one, or under it, is found by its words; names given before are forgotten."""
    names = {claim.id: name for name, claim in filled(store).items()}
    found = lambda topic: {names[claim.id] for claim in store.claims(Query(topic=topic))}  # noqa: E731  # said five times
    store.name_topics([("zangezur-corridor", "transport-routes"), ("israel", "middle-east"), ("iran", "middle-east")])
    assert found("transport route") == {"opens"}
    assert found("Middle East") == {"war", "bases"}
    assert found("middle east war") == {"war"}
    store.name_topics([("israel", "levant")])
    assert found("middle east") == set()
    assert found("levant") == {"bases"}


def test_store_counts_a_topic_of_several_slugs_once(store: Store) -> None:
    """A claim that bears two slugs of one topic, and a source of two claims, count once."""
    filled(store)
    assert store.count_topic(["iran", "azerbaijan", "israel"]) == (2, 1, 2)
    assert store.count_topic(["moon"]) == (0, 0, 0)
    assert list(store.topic_examples(["moon", "israel"])) == ["israel"]
    assert store.topic_examples(["israel"])["israel"].topics == ("israel",)


def test_store_counts_topics_and_sources(store: Store) -> None:
    """Counts are of claims and of documents, the most frequent first."""
    filled(store)
    assert store.topics()[0] == TopicCount("azerbaijan", 1, 1)
    assert store.sources() == [
        SourceCount("person:mara-quist", "Mara Quist", "person", 2, 2, "2025-07"),
        SourceCount("person:ada-brandt", "Ada Brandt", "person", 1, 1, "2021-10-06"),
        SourceCount("person:élise-brandt", "Élise Brandt", "person", 1, 1, "2025-07"),
    ]


def test_store_finds_ids_by_how_they_begin(store: Store) -> None:
    """A beginning finds all ids that have it, of documents and claims."""
    claims = filled(store)
    assert store.find(claims["war"].id[:12]) == [claims["war"].id]
    assert len(store.find("doc_")) == 2
    assert store.find("") == store.find("xyz") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Türkiye's war", ("turkiye", "s", "war")), ("iran-azerbaijan_talks", ("iran", "azerbaijan", "talks")), ("–", ())],
)
def test_store_words(text: str, expected: tuple[str, ...]) -> None:
    """Words have no case and no accents, and end at any mark."""
    assert words(text) == expected


def test_store_finds_a_topic_that_came_after_it_was_asked_for(store: Store) -> None:
    """What is remembered of a topic's words is forgotten when anybody writes: new topics and aliases are found."""
    asked = Query(topic="lapis")
    assert store.count_claims(asked) == 0
    document = make_document("The lapis canal opens.", path="lapis.txt")
    with Store(store.path) as other:
        other.add(document, [make_claim(document, topics=("lapis-canal",))])
    assert store.count_claims(asked) == 1
    late = make_document("The lapis dam opens.", path="late.txt")
    store.add(late, [make_claim(late, topics=("lapis-dam",))])
    assert store.count_claims(asked) == 2
