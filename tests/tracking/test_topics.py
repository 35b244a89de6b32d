"""Topics: what recurs, counted once however it is written, named for reading, and in people's order."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.errors import StoreError, UsageError
from claimtrack.schema import Claim, Contradiction, Document, Entity, Frame, Source, Topic
from claimtrack.store import Query, Store
from claimtrack.tracking import reviews, topics
from claimtrack.tracking.taxonomy import called
from tests.conftest import make_claim, make_document

QUIST = Source(id="person:mara-quist", name="Mara Quist", kind="person")
ODE = Source(id="person:tom-ode", name="Tom Ode", kind="person")


def article(number: int) -> Document:
    """One of several articles."""
    return make_document(f"Article {number}: DNA tests, gas exports and the Lapis Corridor.", path=f"{number}.txt")


def told(document: Document, *slugs: str, source: Source = QUIST, words: str | None = None) -> Claim:
    """A claim on these topics."""
    return make_claim(document, words, topics=slugs, source=source)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two articles: on the canal, on air strikes in singular and plural, and on much that is said once."""
    store = Store(tmp_path / "claims.db")
    one, two = article(1), article(2)
    store.add(one, [told(one, "canal", "air-strikes", "ditch"), told(one, "canal", "moon", source=ODE)])
    store.add(two, [told(two, "canal", "air-strike"), told(two, "sun", "ditch", source=ODE)])
    return store


def rows(store: Store, **over: bool) -> list[tuple[str, int, int, int]]:
    """The topics with how many claims, documents and sources they have."""
    return [(t.topic, t.claims, t.documents, t.sources) for t in topics.listed(store, **over).topics]


def test_topics_lists_what_recurs(store: Store) -> None:
    """A topic is listed from two documents or three claims on, singular and plural together; all of them if asked."""
    assert rows(store) == [("canal", 3, 2, 2), ("air-strike", 2, 2, 1), ("ditch", 2, 2, 2)]
    assert [row[0] for row in rows(store, every=True)] == ["canal", "air-strike", "ditch", "moon", "sun"]


def test_topics_limit_tells_how_many_there_are(store: Store) -> None:
    """A limit cuts the rows and not the count."""
    listing = topics.listed(store, limit=1)
    assert ([t.topic for t in listing.topics], listing.total) == (["canal"], 3)


def test_topics_merged_count_once(store: Store) -> None:
    """A claim on both of two merged topics counts once; undone, they are two again."""
    merged = reviews.decide(store, "merge", "canal", by="ann", subject="topic", others=("ditch",))
    assert rows(store) == [("canal", 4, 2, 2), ("air-strike", 2, 2, 1)]
    assert topics.listed(store).topics[0].aliases == ("ditch",)
    assert store.count_claims(Query(topic="ditch")) == 4
    reviews.decide(store, "undo", merged.id, by="ann")
    assert len(rows(store)) == 3
    assert store.count_claims(Query(topic="ditch")) == 2


def test_topics_placed_ones_follow_their_heading(store: Store) -> None:
    """A heading that no claim bears counts and finds what stands under it, and stands above it."""
    for child in ("moon", "sun"):
        changes = (called("sky", "The Sky"),)
        reviews.decide(store, "place", child, by="ann", subject="topic", others=("sky",), changes=changes)
    assert rows(store)[1:] == [
        ("air-strike", 2, 2, 1), ("ditch", 2, 2, 2), ("sky", 2, 2, 1), ("moon", 1, 1, 1), ("sun", 1, 1, 1)
    ]  # fmt: skip
    found = {topic.topic: topic for topic in topics.listed(store).topics}
    assert (found["sky"].name, found["moon"].under) == ("The Sky", "sky")
    assert store.count_claims(Query(topic="sky")) == 2
    with pytest.raises(UsageError, match="'sky' cannot be put under 'moon': that is the same topic, or stands under"):
        topics.check_place(store, "sky", "moon")


def test_topics_users_aliases_are_the_same_topic(store: Store) -> None:
    """A user's alias is no topic of its own."""
    store.add_alias("Ditch", "canal")
    assert rows(store)[0] == ("canal", 4, 2, 2)


def test_topics_count_the_contradictions_of_their_claims(store: Store) -> None:
    """Each clash counts for each topic of either claim; tensions do not."""
    bearing = {topic: claim for claim in store.claims() for topic in claim.topics}
    one, other, third = (bearing[topic] for topic in ("air-strikes", "moon", "sun"))
    with store.transaction():
        for claim in (one, other, third):
            store.seat(claim.id, [("block", claim.id)])
        pairs = clash(one, other, "contradiction"), clash(one, third, "tension")
        store.settle(store.block("block", 10), pairs)
    counts = {topic.topic: topic.contradictions for topic in topics.listed(store, every=True).topics}
    assert counts == {"canal": 1, "air-strike": 1, "ditch": 1, "moon": 1, "sun": 0}


def clash(a: Claim, b: Claim, strength: str) -> Contradiction:
    """A pair of claims."""
    return Contradiction.model_validate({
        "id": f"ctr_{a.id[4:12]}{b.id[4:12]}", "kind": "denial", "strength": strength, "score": 0.9, "a": a, "b": b,
        "explanation": "One denies it.", "same_source": False, "same_document": False,
    })  # fmt: skip


# --- names -------------------------------------------------------------------------------------------------------


def named(topic: str) -> str:
    """What a claim on a corridor, two states, DNA tests and gas exports calls a topic."""
    document = article(1)
    start = document.text.index("Lapis Corridor")
    entities = (
        Entity(id="country:cote-d-ivoire", name="Côte d’Ivoire", type="country"),
        Entity(id="country:peru", name="Peru", type="country"),
        Entity(id="place:lapis-lazuli-route", name="Lapis Lazuli Route", type="place", via="alias",
               spans=((start, start + len("Lapis Corridor")),)),
    )  # fmt: skip
    frame = Frame(predicate="test", parties=("country:united-states",))
    return topics.readable(topic, make_claim(document, entities=entities, frame=frame))


@pytest.mark.parametrize(
    ("topic", "name"),
    [
        ("peru", "Peru"),
        ("cote-d-ivoire-peru", "Côte d’Ivoire–Peru"),
        ("peru-united-states-war", "Peru–United States war"),
        ("lapis-lazuli-route", "Lapis Lazuli Route"),
        ("lapis-corridor", "Lapis Corridor"),
        ("dna-tests", "DNA tests"),
        ("gas-exports", "gas exports"),
        ("peace-treaty", "peace treaty"),
        ("war", "war"),
    ],
)
def test_topics_are_named_for_reading(topic: str, name: str) -> None:
    """A topic is called as the claims call it: names with their capitals, common nouns without."""
    assert named(topic) == name


def test_topics_other_names_are_read_from_the_claims(tmp_path: Path) -> None:
    """What articles call the same thing otherwise is not counted apart from it."""
    store = Store(tmp_path / "claims.db")
    for number in (1, 2):
        document = article(number)
        start = document.text.index("Lapis Corridor")
        entity = Entity(id="place:lapis-lazuli-route", name="Lapis Lazuli Route", type="place", via="alias",
                        spans=((start, start + len("Lapis Corridor")),))  # fmt: skip
        slugs = ("lapis-lazuli-route", "lapis-corridor")
        store.add(document, [make_claim(document, topics=slugs, entities=(entity,))])
    assert topics.listed(store).topics == [
        Topic(topic="lapis-lazuli-route", name="Lapis Lazuli Route", claims=2, documents=2, sources=1,
              contradictions=0, aliases=("Lapis Corridor",)),
    ]  # fmt: skip


@pytest.mark.parametrize("wanted", ["canal", "Canals", "CANAL", "waterway", "The Waterway"])
def test_topics_are_found_by_any_name(store: Store, wanted: str) -> None:
    """Slug, readable name, singular and plural, an alias, and the name people gave lead to one topic."""
    store.add_alias("waterway", "canal")
    change = (called("canal", "The Waterway"),)
    reviews.decide(store, "merge", "canal", by="ann", subject="topic", others=("sun",), changes=change)
    assert topics.find(store, wanted) == "canal"
    assert topics.find_or_name(store, wanted) == ("canal", ())


def test_topics_unknown_ones_are_named_with_similar_ones(store: Store) -> None:
    """A name that nothing bears is refused, or becomes a heading; one without a word can be neither."""
    with pytest.raises(StoreError, match=r"No topic is called 'chanal'\. Do you mean canal"):
        topics.find(store, "chanal")
    assert topics.find_or_name(store, "Inland Waters") == ("inland-waters", (called("inland-waters", "Inland Waters"),))
    with pytest.raises(UsageError, match="holds no word"):
        topics.find_or_name(store, "?!")
