"""The store keeps what it is given, whole, and finds it again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack import store as store_module
from claimtrack.errors import StoreError, StoreVersionError
from claimtrack.schema import Claim, Contradiction, Document, Frame, NearMiss, Source
from claimtrack.store import AliasLine, PairQuery, Query, SourceCount, Store, TopicCount, words
from claimtrack.tracking.pairing import best_pairs, update_pairs
from tests.conftest import make_claim, make_document

Made = Callable[..., Claim]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where no file is yet."""
    return tmp_path / "claims.db"


@pytest.fixture
def store(path: Path) -> Store:
    """An empty store."""
    return Store(path)


def article(number: int, **over: object) -> Document:
    """A document of its own path and text."""
    return make_document(f"Mara Quist said the canal {number} is unlikely to open.", path=f"a/{number}.txt", **over)


def held_by(name: str) -> Source:
    """A person as a source."""
    return Source(id="person:" + name.lower().replace(" ", "-"), name=name, kind="person")


# --------------------------------------------------------------------------------------------------------- documents


def test_store_gives_back_what_it_was_given(store: Store) -> None:
    """Records come back equal, field for field."""
    document = article(1, published="2024-05-01")
    claim = make_claim(document, topics=("canal",))
    assert store.add(document, [claim])
    assert list(store.documents()) == [document]
    assert list(store.claims()) == [claim]
    assert store.document(document.id) == document
    assert store.claim(claim.id) == claim
    assert document.id in store


def test_store_names_itself_when_it_holds_what_it_cannot_read(store: Store) -> None:
    """A record with a field of another version is told as the store's fault, with what to do."""
    document = article(1)
    store.add(document, [make_claim(document)])
    store._db.execute("UPDATE claims SET record = json_set(record, '$.mood', 'glad')")
    with pytest.raises(StoreError, match=r"'.*\.db' holds a record .* cannot read: extract its documents"):
        list(store.claims())


def test_store_adds_a_document_once(store: Store) -> None:
    """The same bytes again change nothing; `force` replaces the claims."""
    document = article(1)
    old, new = make_claim(document), make_claim(document, kind="prediction")
    assert store.add(document, [old])
    assert not store.add(document, [new])
    assert list(store.claims()) == [old]
    assert store.add(document, [new], force=True)
    assert list(store.claims()) == [new]


def test_store_replaces_the_former_version_of_a_path(store: Store) -> None:
    """A changed file's old claims go, with their topics, words and pairs."""
    old, new = article(1), make_document("The canal opened.", path="a/1.txt")
    a, b = make_claim(old, topics=("old",)), make_claim(old, stance="deny", topics=("old",))
    store.add(old, [a, b])
    write_pair(store, a, b)
    claim = make_claim(new, topics=("new",))
    store.add(new, [claim])
    assert list(store.documents()) == [new]
    assert list(store.claims()) == [claim]
    assert [t.topic for t in store.topics()] == ["new"]
    assert store.count_claims(Query(search="unlikely")) == 0
    assert list(store.contradictions()) == []


def test_store_keeps_what_was_read_from_standard_input(store: Store) -> None:
    """Two texts from standard input are two documents, though both have the path "-"."""
    for text in ("The canal opened.", "The canal closed."):
        document = make_document(text, path="-")
        store.add(document, [make_claim(document)])
    assert store.count_claims() == 2


def test_store_follows_a_document_that_moved(store: Store) -> None:
    """A line that moved down in a file of records survives the new line that takes its place."""
    first = make_document("The canal opened.", path="news.jsonl:1")
    store.add(first, [make_claim(first)])
    store.move(first.id, "news.jsonl:2")
    second = make_document("The canal closed.", path="news.jsonl:1")
    store.add(second, [make_claim(second)])
    assert {d.text: d.path for d in store.documents()} == {
        "The canal opened.": "news.jsonl:2", "The canal closed.": "news.jsonl:1"
    }  # fmt: skip
    assert {c.text: c.document_path for c in store.claims()} == {d.text: d.path for d in store.documents()}


@settings(max_examples=50, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_store_takes_any_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Text of any script, with quotes, markup, NUL and controls, comes back as it was."""
    with Store(tmp_path_factory.mktemp("any") / "claims.db") as store:
        document = make_document(text, title=text, path="-")
        claim = make_claim(document, topics=(text,), source=Source(id=text, name=text, kind="person"))
        store.add(document, [claim])
        assert next(store.claims()) == claim
        assert next(store.documents()) == document
        store.count_claims(Query(topic=text, source=text, search=text))
        store.add(document, [], force=True)
        assert store.count_claims() == 0


# ----------------------------------------------------------------------------------------------------------- queries


def filled(store: Store) -> dict[str, Claim]:
    """A store of four claims in two documents, by name."""
    old, new = article(1, published="2021-10-06"), article(2, published="2025-07")
    claims = {
        "war": make_claim(old, kind="prediction", topics=("iran", "azerbaijan", "war"), confidence=0.9),
        "bases": make_claim(old, stance="deny", topics=("israel",), source=held_by("Ada Brandt"), confidence=0.6),
        "opens": make_claim(new, topics=("zangezur-corridor",), source=held_by("Élise Brandt"), confidence=0.7),
        "talks": make_claim(new, "said the canal", topics=("iran-azerbaijan-talks",), confidence=0.5),
    }
    store.add(old, [claims["war"], claims["bases"]])
    store.add(new, [claims["opens"], claims["talks"]])
    return claims


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
    assert set(store.claims(Query(topic="zangezur corridor"))) == {claims["opens"], late}
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


# ------------------------------------------------------------------------------------------------------------- pairs


def contradiction(a: Claim, b: Claim, **over: object) -> Contradiction:
    """A pair of two claims."""
    fields = {
        "id": f"ctr_{a.id[4:12]}{b.id[4:12]}", "kind": "denial", "strength": "contradiction", "score": 0.9,
        "explanation": "One says it, the other denies it.", "same_source": False, "same_document": True, "a": a, "b": b,
    }  # fmt: skip
    return Contradiction.model_validate(fields | over)


def write_pair(store: Store, a: Claim, b: Claim, **over: object) -> Contradiction:
    """Store a pair whose claims share a block."""
    pair = contradiction(a, b, **over)
    with store.transaction():
        for claim in (a, b):
            store.seat(claim.id, [(f"pair:{a.id}:{b.id}", claim.id)])
        store.settle(store.block(f"pair:{a.id}:{b.id}", 10), [pair])
    return pair


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


def clashing(number: int) -> tuple[Document, Claim]:
    """Claims that clash with those of the other parity: one affirms, the other denies the same event."""
    document = make_document(f"Report {number}: the two states will go to war.", path=f"{number}.txt")
    stance = ("affirm", "deny")[number % 2]
    frame = Frame(predicate="war", event="war", parties=("x", "y"))
    return document, make_claim(document, source=held_by(f"Source {number}"), stance=stance, frame=frame)


@pytest.fixture
def plain_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    """All claims meet, each on a side of its own, and clash if their stances differ."""
    from claimtrack.contradiction import judging

    monkeypatch.setattr(judging, "seats", lambda claim: {("first", claim.id), ("second", claim.id)})
    monkeypatch.setattr(judging, "judge", lambda a, b: contradiction(a, b) if a.stance != b.stance else None)
    monkeypatch.setattr(judging, "select", list)


@pytest.mark.usefixtures("plain_judge")
def test_tracking_pairs_alike_in_any_order(tmp_path: Path) -> None:
    """Whichever order documents come in, one by one or together, crowded block or not, the pairs are the same."""
    documents = [clashing(number) for number in range(4)]
    for size in (3, 10):
        results = []
        for i, order in enumerate(permutations(documents)):
            with Store(tmp_path / f"{size}-{i}.db") as store:
                for document, claim in order:
                    store.add(document, [claim])
                    if i % 2:
                        update_pairs(store, block_size=size)
                update_pairs(store, block_size=size)
                results.append([pair.id for pair in store.contradictions()])
        assert results == [results[0]] * len(results)
        assert len(results[0]) == (4 if size == 10 else 2)


@pytest.mark.usefixtures("plain_judge")
def test_tracking_judges_a_pair_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims that share two blocks are judged once, and a new document costs only its own pairs."""
    from claimtrack.contradiction import judging

    judged: list[tuple[str, str]] = []
    judge = judging.judge
    monkeypatch.setattr(judging, "judge", lambda a, b: judged.append((a.id, b.id)) or judge(a, b))
    for document, claim in map(clashing, range(4)):
        store.add(document, [claim])
    assert update_pairs(store) == 4
    assert len(judged) == len(set(judged)) == 6
    store.add(clashing(4)[0], [clashing(4)[1]])
    assert update_pairs(store) == 2
    assert len(judged) == len(set(judged)) == 10
    assert store.is_paired()
    assert update_pairs(store) == 0
    assert len(judged) == 10


@pytest.mark.usefixtures("plain_judge")
def test_tracking_pairs_anew_when_a_document_goes(store: Store) -> None:
    """Where a crowded block loses a member, the next one takes its place, as if the first had never been."""
    documents = sorted(map(clashing, range(4)), key=lambda pair: pair[1].id)
    for document, claim in documents:
        store.add(document, [claim])
    update_pairs(store, block_size=3)
    gone = documents[0][0]
    store.add(make_document("Nothing.", path=gone.path), [])
    update_pairs(store, block_size=3)
    rest = [claim for _, claim in documents[1:]]
    assert len(list(store.contradictions())) == sum(
        a.stance != b.stance for i, a in enumerate(rest) for b in rest[i + 1 :]
    )


@pytest.mark.usefixtures("plain_judge")
def test_tracking_reads_no_more_pairs_than_asked_for(store: Store) -> None:
    """The best pairs come first, as many as the limit says."""
    for document, claim in map(clashing, range(6)):
        store.add(document, [claim])
    update_pairs(store)
    everything = best_pairs(store, PairQuery())
    assert len(everything) == 9
    assert best_pairs(store, PairQuery(limit=2)) == everything[:2]


# ------------------------------------------------------------------------------------------------------------ whole


_ENDLESS = """
import sys
from claimtrack.store import Store
from tests.conftest import make_claim, make_document
with Store(sys.argv[1]) as store:
    for number in range(100_000):
        document = make_document(f"Text {number}.", path=f"{number}.txt")
        store.add(document, [make_claim(document, topics=("t",), kind=kind) for kind in ("fact", "opinion", "cause")])
        print(number, flush=True)
"""


def test_store_is_whole_after_a_kill(path: Path) -> None:
    """A writer killed at any moment leaves whole documents only, and all that it said it stored."""
    root = Path(__file__).parent.parent
    environment = os.environ | {"PYTHONPATH": str(root)}
    command = [sys.executable, "-c", _ENDLESS, str(path)]
    with subprocess.Popen(command, env=environment, cwd=root, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(30):
            said = writer.stdout.readline()
        time.sleep(0.003)
        writer.send_signal(signal.SIGKILL)
    with Store(path) as store:
        documents = list(store.documents())
        assert len(documents) > int(said)
        for document in documents:
            assert len(list(store.claims_of(document.id))) == 3
        assert store.topics() == [TopicCount("t", 3 * len(documents), len(documents))]
        assert store.count_claims(Query(search="text")) == 3 * len(documents)
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_store_undoes_a_document_that_fails_midway(store: Store) -> None:
    """An exception inside a transaction leaves the store as it was."""
    document = article(1)
    store.add(document, [make_claim(document)])

    def fail() -> None:
        with store.transaction():
            store._db.execute("DELETE FROM claims")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert store.count_claims() == 1


def test_store_upgrades_an_older_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of an older version is migrated step by step, its claims kept; a newer one is refused."""
    document = article(1)
    with Store(path) as store:
        store.add(document, [make_claim(document)])
    more = (*store_module.MIGRATIONS, "CREATE TABLE extra (x);", "INSERT INTO extra VALUES (1);")
    with monkeypatch.context() as patch:
        patch.setattr(store_module, "MIGRATIONS", more)
        with Store(path) as store:
            assert store._rows("SELECT x FROM extra") == [(1,)]
            assert store.count_claims() == 1
    with pytest.raises(StoreVersionError, match="has version 7, this claimtrack reads up to 5: a newer claimtrack"):
        Store(path)


def test_store_brings_a_file_of_the_first_version_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was stored before there were decisions can be listed, and decided on."""
    document = article(1)
    with monkeypatch.context() as patch:
        patch.setattr(store_module, "MIGRATIONS", store_module.MIGRATIONS[:1])
        store = Store(path)
        store._db.execute("INSERT INTO documents(id, record) VALUES (?, ?)", (document.id, document.model_dump_json()))
        claim = make_claim(document)
        row = (claim.id, document.id, claim.model_dump_json())
        store._db.execute("INSERT INTO claims(id, document, record) VALUES (?, ?, ?)", row)
        store.close()
    with Store(path) as store:
        assert list(store.claims()) == [claim]
        assert store.added(claim.id) is None
        store.rewrite(document.id, [], {claim.id: claim})
        assert list(store.claims()) == []
        assert store.machine_claims(document.id) == [claim]


def test_store_undoes_a_migration_that_fails(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration is run whole or not at all."""
    Store(path).close()
    with monkeypatch.context() as patch:
        patch.setattr(store_module, "MIGRATIONS", (*store_module.MIGRATIONS, "CREATE TABLE extra (x);\nNONSENSE;"))
        with pytest.raises(StoreError, match="syntax error"):
            Store(path)
    with Store(path) as store:
        assert store._rows("SELECT count(*) FROM sqlite_master WHERE name = 'extra'") == [(0,)]


# ------------------------------------------------------------------------------------------------------------ errors


def test_store_refuses_what_is_no_store(tmp_path: Path) -> None:
    """Each wrong place is named, with what to do."""
    (tmp_path / "text.db").write_text("This is no database. " * 100)
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.close()
    for name, message in {
        "": "is a folder. Name a file in it with --db",
        "text.db": "is not an SQLite file. Name another file with --db",
        "other.db": "is an SQLite database of another program",
        "no/where.db": "cannot be made: there is no folder",
    }.items():
        with pytest.raises(StoreError, match=message):
            Store(tmp_path / name)
    assert (tmp_path / "text.db").read_text().startswith("This is no database.")


def test_store_is_not_made_where_it_should_be_read(path: Path) -> None:
    """A command that reads says that there is no store, and makes none."""
    with pytest.raises(StoreError, match=r"No store at .* Make one with `claimtrack extract PATH…`"):
        Store(path, create=False)
    assert not path.exists()


def test_store_is_read_where_it_may_not_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store in a read-only place answers, and says so when it should be written."""
    document = article(1)
    with Store(path) as store:
        store.add(document, [make_claim(document)])
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Store(path) as store:
        assert store.count_claims() == 1
        with pytest.raises(StoreError, match="may not be written"):
            store.add(article(2), [])


def test_store_says_when_the_disk_is_full(store: Store) -> None:
    """A full disk is named, and what was stored before stays."""
    document = article(1)
    store.add(document, [make_claim(document)])
    store._db.execute(f"PRAGMA max_page_count = {store._rows('PRAGMA page_count')[0][0]}")
    big = make_document("word " * 100_000, path="big.txt")
    with pytest.raises(StoreError, match=r"the disk is full\. What was stored before is whole"):
        store.add(big, [])
    assert list(store.documents()) == [document]
