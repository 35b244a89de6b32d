"""Two stores become one: nothing is lost, and what they say differently is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.errors import UnreadableDocument
from claimtrack.schema import Claim, Conflict, Document
from claimtrack.store import Store
from claimtrack.tracking import joining, reviews
from tests.conftest import Ended, make_claim, make_document

TEXT = "Mara Quist said the canal will open. It is unlikely to leak."
WORDS = ("the canal will open", "It is unlikely to leak")


def claims_of(document: Document) -> list[Claim]:
    """The claims of the article that both analysts read."""
    return [make_claim(document, words) for words in WORDS]


@pytest.fixture
def ours(tmp_path: Path) -> Store:
    """A store with the article."""
    return filled(tmp_path / "ours.db")


def filled(path: Path, article: str = "a.txt") -> Store:
    """A store with the article at some path."""
    store = Store(path)
    document = make_document(TEXT, path=article)
    store.add(document, claims_of(document))
    return store


def exported(store: Store, path: Path) -> joining.Bundle:
    """What reading the JSON Lines of a store gives."""
    records = [*store.document_records(), *store.claim_records(), *store.original_records(), *store.decision_records()]
    path.write_text("\n".join(records) + "\n", encoding="utf8")
    return joining.read(path)


def test_joining_an_empty_store_makes_a_copy(ours: Store, tmp_path: Path) -> None:
    """Documents, claims as left and as extracted, and the log are all there; joining again adds nothing."""
    document = next(ours.documents())
    one, two = claims_of(document)
    reviews.decide(ours, "reject", one.id, by="ann")
    span = (TEXT.index("unlikely"), TEXT.index("leak"))
    reviews.decide(ours, "split", two.id, by="ann", parts=(span,))
    bundle = exported(ours, tmp_path / "x.jsonl")
    copy = Store(tmp_path / "copy.db")
    assert joining.join(copy, bundle, "x.jsonl") == joining.Joined(1, 2, 2, ())
    for read in (Store.documents, Store.claims, Store.decisions, Store.original_records):
        assert list(read(copy)) == list(read(ours))
    assert joining.join(copy, bundle, "x.jsonl") == joining.Joined(0, 0, 0, ())


def test_joining_tells_contrary_decisions_and_lets_the_later_count(
    ours: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ann rejected, Bob accepted later: both stay in the log, the claim is shown, the conflict names both."""
    theirs = filled(tmp_path / "theirs.db")
    claim = claims_of(next(ours.documents()))[0]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    reviews.decide(ours, "reject", claim.id, by="ann")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700086400")
    reviews.decide(theirs, "accept", claim.id, by="bob")
    joined = joining.join(ours, exported(theirs, tmp_path / "x.jsonl"), "x.jsonl")
    assert joined.conflicts == (
        Conflict(subject="decision", id=claim.id, ours="rejected by ann on 2023-11-14",
                 theirs="accepted by bob on 2023-11-15", kept="theirs"),
    )  # fmt: skip
    assert [d.action for d in ours.decisions()] == ["reject", "accept"]
    assert [c.text for c in ours.claims()] == list(WORDS)


def test_joining_keeps_our_reading_unless_theirs_is_asked_for(ours: Store, tmp_path: Path) -> None:
    """Where one id was read in two ways, ours stays and the difference is shown, field by field."""
    document = next(ours.documents())
    one, two = claims_of(document)
    theirs = Store(tmp_path / "theirs.db")
    theirs.add(document, [one.model_copy(update={"stance": "doubt"}), two])
    bundle = exported(theirs, tmp_path / "x.jsonl")
    joined = joining.join(ours, bundle, "x.jsonl")
    assert joined.conflicts == (
        Conflict(subject="claim", id=one.id, ours="stance: affirm", theirs="stance: doubt", kept="ours"),
    )
    assert next(ours.claims()).stance == "affirm"
    joining.join(ours, bundle, "x.jsonl", theirs=True)
    assert next(ours.claims()).stance == "doubt"


def test_joining_keeps_both_texts_of_one_path(ours: Store, tmp_path: Path) -> None:
    """Another article of the same file name gets a path of its own instead of pushing ours out."""
    theirs = Store(tmp_path / "theirs.db")
    other = make_document("The dam will break.", path="a.txt")
    theirs.add(other, [make_claim(other)])
    joined = joining.join(ours, exported(theirs, tmp_path / "bob.jsonl"), "bob.jsonl")
    assert sorted(d.path for d in ours.documents()) == ["a.txt", "bob.jsonl:a.txt"]
    assert [conflict.kept for conflict in joined.conflicts] == ["both"]
    assert {claim.document_path for claim in ours.claims()} == {"a.txt", "bob.jsonl:a.txt"}


def test_joining_adds_the_claims_we_lack(ours: Store, tmp_path: Path) -> None:
    """Of a document that both have, claims only they found come in; ours stay."""
    document = next(ours.documents())
    theirs = Store(tmp_path / "theirs.db")
    theirs.add(document, [make_claim(document, "open")])
    assert joining.join(ours, exported(theirs, tmp_path / "x.jsonl"), "x.jsonl") == joining.Joined(0, 1, 0, ())
    assert sorted(c.text for c in ours.claims()) == sorted([*WORDS, "open"])


@pytest.mark.parametrize("text", ["", "[1]", "{}", '{"record": "claim"}', "no json", '{"record": "near_miss"}'])
def test_joining_refuses_what_is_no_export(tmp_path: Path, text: str) -> None:
    """Each wrong file is named, with the command that writes a right one or that it holds nothing."""
    path = tmp_path / "wrong.json"
    path.write_text(text)
    with pytest.raises(UnreadableDocument, match=r"wrong\.json"):
        joining.read(path)
    with pytest.raises(UnreadableDocument, match="cannot be read"):
        joining.read(tmp_path / "missing.json")


@pytest.mark.parametrize("format", ["json", "jsonl"])
@pytest.mark.usefixtures("reader")
def test_joining_an_export_into_an_empty_store_exports_the_same(
    run: Callable[..., Ended], tmp_path: Path, format: str
) -> None:
    """What was exported, reviewed claims and all, imported and exported again is the same to the byte."""
    (tmp_path / "a.txt").write_text("The canal will open. The dam will break.")
    run("extract", "a.txt")
    with Store(tmp_path / "claimtrack.db") as store:
        one, two = [claim.id for claim in store.claims()]
    run("reject", one, "--by", "ann")
    run("edit", two, "stance=doubt", "--by", "ann")
    run("export", "--format", format, "-o", "ours")
    ended = run("import", "ours", "--db", "copy.db")
    assert (ended.code, ended.err) == (0, "New: 1 document, 2 claims, 2 decisions. 0 conflicts.\n")
    run("export", "--format", format, "-o", "again", "--db", "copy.db")
    assert (tmp_path / "again").read_bytes() == (tmp_path / "ours").read_bytes()


@pytest.mark.usefixtures("reader")
def test_joining_shows_conflicts_and_names_a_wrong_file(run: Callable[..., Ended], tmp_path: Path) -> None:
    """A contrary decision is shown as a table and as JSON; what is no export ends with 1, beside one that is with 3."""
    (tmp_path / "a.txt").write_text("The canal will open.")
    for db, action in (("ours.db", "accept"), ("theirs.db", "reject")):
        run("extract", "a.txt", "--db", db)
        with Store(tmp_path / db) as store:
            run(action, next(store.claims()).id, "--by", db, "--db", db)
    run("export", "-o", "theirs.json", "--db", "theirs.db")
    ended = run("import", "theirs.json", "--db", "ours.db")
    assert "accepted by ours.db" in ended.out
    assert "rejected by theirs.db" in ended.out
    assert ended.err.endswith("1 conflict.\n")
    assert run("import", "a.txt").code == 1
    assert run("import", "a.txt", "theirs.json", "--db", "third.db").code == 3
