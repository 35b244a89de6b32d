"""The store keeps what it is given, whole, and gives it back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import StoreError
from claimtrack.schema import Source
from claimtrack.store import Query, Store
from tests.conftest import make_claim, make_document
from tests.store.conftest import article, write_pair


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
