"""What people decide changes what is shown, survives a new extraction, and can be taken back."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.commands.review_walk import Order, _unread
from claimtrack.errors import StoreError, UsageError
from claimtrack.schema import Claim, Decision, Document
from claimtrack.screens.claim_display import claim_summary
from claimtrack.screens.terminal import page
from claimtrack.screens.view import View
from claimtrack.store import Query, Store
from claimtrack.tracking import reviews
from claimtrack.tracking.anchors import locate
from claimtrack.tracking.edits import changes
from claimtrack.tracking.fold import Fold, fold
from claimtrack.tracking.pairing import update_pairs
from claimtrack.tracking.standing import judgements, standing
from tests.conftest import Ended, make_claim, make_document

TEXT = "Mara Quist said the canal will open. It is unlikely to leak. The dam will break soon, and the road will close."
WORDS = ("the canal will open", "It is unlikely to leak", "The dam will break soon")


@pytest.fixture
def document() -> Document:
    """An article with three claims."""
    return make_document(TEXT, path="a.txt")


@pytest.fixture
def store(tmp_path: Path, document: Document) -> Store:
    """A store with the article's claims."""
    store = Store(tmp_path / "claims.db")
    store.add(document, read(document))
    return store


def read(document: Document) -> list[Claim]:
    """The claims of the article, or of another version of it."""
    return [make_claim(document, words) for words in WORDS if words in document.text]


def extract(store: Store, document: Document) -> None:
    """Store a document as `claimtrack extract --force` does."""
    log = reviews.active(store.decisions())
    found = fold(document, read(document), reviews.concerning(document, log))
    store.add(document, found.claims, machine=found.machine, force=True)


def texts(store: Store) -> list[str]:
    """The claims shown, by their words, in the order of the text."""
    return [claim.text for claim in store.claims()]


def test_reviews_reject_hides_and_undo_brings_back(store: Store, document: Document) -> None:
    """A rejected claim is in no list but can be looked up; undone, it is back as it was; the log keeps both."""
    claim = read(document)[0]
    rejected = reviews.decide(store, "reject", claim.id, by="ann")
    assert texts(store) == list(WORDS[1:])
    assert store.set_aside(claim.id) == claim
    assert store.find(claim.id) == [claim.id]
    undone = reviews.decide(store, "undo", rejected.id, by="bob")
    assert texts(store) == list(WORDS)
    assert [d.id for d in store.decisions()] == [rejected.id, undone.id]
    reviews.decide(store, "undo", undone.id, by="ann")
    assert texts(store) == list(WORDS[1:])
    reviews.decide(store, "accept", claim.id, by="ann")
    assert texts(store) == list(WORDS)


def test_reviews_edit_sets_fields_that_lists_filter_by(store: Store, document: Document) -> None:
    """An edited claim is found by its new source and stance, with the reviewer's likelihood and horizon."""
    claim = read(document)[1]
    wanted = ["source=Ivo Brandt", "stance=doubt", "likelihood=0.1-0.3", "horizon=2025-01/2025-06"]
    found = changes(store, wanted)
    reviews.decide(store, "edit", claim.id, by="ann", changes=found)
    edited = next(store.claims(Query(source="Ivo Brandt", stance="doubt")))
    assert edited.id == claim.id
    assert edited.likelihood is not None
    assert (edited.likelihood.low, edited.likelihood.point, edited.likelihood.high) == (0.1, 0.2, 0.3)
    assert (edited.time.start, edited.time.end, edited.time.relation) == ("2025-01", "2025-06", "future")
    assert store.machine_claims(document.id) == read(document)


def test_reviews_edit_of_polarity_turns_what_depends_on_it(store: Store, document: Document) -> None:
    """Factuality, commitment and frame follow the polarity, and back again."""
    claim = read(document)[0]
    for polarity, factuality, commitment, negated in (("negative", "CT-", -3.0, True), ("positive", "CT+", 3.0, False)):
        found = changes(store, [f"polarity={polarity}"])
        reviews.decide(store, "edit", claim.id, by="ann", changes=found, note=polarity)
        edited = store.claim(claim.id)
        assert edited is not None
        assert (edited.factuality, edited.commitment, edited.frame.negated) == (factuality, commitment, negated)


@pytest.mark.parametrize("assignment", ["stance=loves", "id=clm_0", "likelihood=7", "likelihood=often", "stance"])
def test_reviews_edit_refuses_what_a_claim_cannot_hold(store: Store, document: Document, assignment: str) -> None:
    """A wrong value or field is named; nothing is logged."""
    with pytest.raises(UsageError):
        reviews.decide(store, "edit", read(document)[0].id, by="ann", changes=changes(store, [assignment]))
    assert list(store.decisions()) == []


def test_reviews_merge_and_split_claims(store: Store, document: Document) -> None:
    """Of merged claims one stays; a split one gives way to its parts, quoted from the text."""
    one, two, three = read(document)
    reviews.decide(store, "merge", one.id, by="ann", others=(two.id,))
    assert texts(store) == [WORDS[0], WORDS[2]]
    spans = tuple((TEXT.index(w), TEXT.index(w) + len(w)) for w in ("The dam will break", "the road will close"))
    split = reviews.decide(store, "split", three.id, by="ann", parts=spans)
    assert texts(store) == [WORDS[0], "The dam will break", "the road will close"]
    assert [c.source for c in store.claims()] == [one.source] * 3
    extract(store, document)
    assert texts(store) == [WORDS[0], "The dam will break", "the road will close"]
    reviews.decide(store, "undo", split.id, by="ann")
    assert texts(store) == [WORDS[0], WORDS[2]]
    with pytest.raises(UsageError, match="does not lie inside"):
        reviews.decide(store, "split", three.id, by="ann", parts=((0, 10_000),))


def test_reviews_merge_only_claims_of_one_document(store: Store, document: Document) -> None:
    """Equal claims of two articles corroborate; they are not one claim."""
    other = make_document("Elsewhere: the canal will open.", path="b.txt")
    claim = make_claim(other, "the canal will open")
    store.add(other, [claim])
    with pytest.raises(UsageError, match="one document"):
        reviews.decide(store, "merge", read(document)[0].id, by="ann", others=(claim.id,))


def test_reviews_merge_sources_everywhere_and_take_it_back(store: Store) -> None:
    """All claims of a merged source, also those of later articles, are the target's, until the merge is undone."""
    found = changes(store, ["source=Dr Quist"])
    reviews.decide(store, "edit", next(store.claims()).id, by="ann", changes=found)
    others = ("person:mara-quist",)
    merged = reviews.decide(store, "merge", "person:dr-quist", by="ann", subject="source", others=others)
    later = make_document("Mara Quist: the canal will open.", path="later.txt")
    extract(store, later)
    assert {claim.source.name for claim in store.claims()} == {"Dr Quist"}
    reviews.decide(store, "undo", merged.id, by="ann")
    assert [claim.source.name for claim in store.claims()].count("Mara Quist") == 3


def test_reviews_survive_a_changed_article(store: Store, document: Document) -> None:
    """Decisions find their claims again by quotation, moved or slightly changed; what is gone is named as lost."""
    one, two, three = read(document)
    reviews.decide(store, "reject", one.id, by="ann")
    reviews.decide(store, "edit", two.id, by="ann", changes=changes(store, ["stance=doubt"]))
    reviews.decide(store, "reject", three.id, by="ann")
    changed = make_document("Corrected. " + TEXT.split(" The dam", maxsplit=1)[0], path="a.txt")
    extract(store, changed)
    assert [(c.text, c.stance) for c in store.claims()] == [(WORDS[1], "doubt")]
    assert [d.target for d in reviews.lost(store)] == [three.id]
    assert {found.words for found in standing(store).values()} == {"rejected by ann", "edited by ann"}


def test_reviews_follow_words_that_changed_a_little(store: Store, document: Document) -> None:
    """A corrected spelling keeps its review; another claim of the same source does not inherit it."""
    claim = read(document)[2]
    reviews.decide(store, "reject", claim.id, by="ann")
    anchor = next(store.decisions()).anchors[0]
    spelt = make_document(TEXT.replace("break soon", "brake soon"), path="a.txt")
    near, far = make_claim(spelt, "The dam will brake soon"), make_claim(spelt, "the road will close")
    assert locate(anchor, spelt, [far, near]) == near
    assert locate(anchor, spelt, [far]) is None
    assert locate(anchor, make_document(spelt.text, path="other.txt"), [near]) is None


def test_reviews_reject_a_pair_for_good(store: Store) -> None:
    """A rejected contradiction is shown no more, after a new extraction neither; accepted again, it is."""

    def said(name: str, value: str) -> None:
        document = make_document(f"{name} spoke: the canal will open.", path=f"{name}.txt")
        position = {"holder": name, "holder_id": f"person:{name}", "target": "the canal", "target_id": "place:canal"}
        claim = make_claim(document, "the canal will open", positions=[position | {"value": value}])
        store.add(document, [claim], force=True)

    said("Ann", "favor")
    said("Bob", "against")
    update_pairs(store)
    (pair,) = store.contradictions()
    reviews.decide(store, "reject", pair.id, by="ann")
    assert list(store.contradictions()) == []
    assert store.count_contradictions() == (0, 0)
    assert list(store.contradictions_of(pair.a.id)) == []
    said("Ann", "favor")
    update_pairs(store)
    reviews.apply(store, list(store.decisions()))
    assert list(store.contradictions()) == []
    reviews.decide(store, "accept", pair.id, by="bob")
    assert [p.id for p in store.contradictions()] == [pair.id]


def test_reviews_log_cannot_be_changed(store: Store, document: Document) -> None:
    """The store itself refuses to delete or change a decision."""
    reviews.decide(store, "accept", read(document)[0].id, by="ann")
    for statement in ("DELETE FROM decisions", "UPDATE decisions SET record = '{}'"):
        with pytest.raises(StoreError, match="decisions are never"):
            store.rows(statement)


def test_reviews_refuse_what_does_not_fit(store: Store) -> None:
    """An unknown record, an action on the wrong kind of record and an unknown decision are refused in words."""
    for action, target, message in (
        ("accept", "clm_0000", "There is no claim"), ("accept", "ctr_0000", "There is no contradiction"),
        ("undo", "dec_0000", "There is no decision"), ("merge", "ctr_0000", "no record that one can merge"),
        ("accept", "nonsense", "no record"),
    ):  # fmt: skip
        with pytest.raises((StoreError, UsageError), match=message):
            reviews.decide(store, action, target, by="ann")  # type: ignore[arg-type]  # a string of the table above


def test_reviews_give_rows_to_train_with(store: Store, document: Document) -> None:
    """Each judged claim comes with what was extracted and what a person made of it; comments are no judgement."""
    one, two, three = read(document)
    reviews.decide(store, "reject", one.id, by="ann", note="a caption")
    reviews.decide(store, "edit", two.id, by="ann", changes=changes(store, ["stance=doubt"]))
    reviews.decide(store, "comment", three.id, by="ann", note="hm")
    rows = {row.target: row for row in judgements(store)}
    assert rows.keys() == {one.id, two.id}
    assert (rows[one.id].verdict, rows[one.id].extracted, rows[one.id].reviewed) == ("reject", one, None)
    assert rows[two.id].extracted == two
    assert rows[two.id].reviewed == two.model_copy(update={"stance": "doubt"})


ACTIONS = st.lists(
    st.tuples(st.sampled_from(["accept", "reject", "edit", "undo"]), st.integers(0, 2), st.integers(0, 9)), max_size=8
)


@given(steps=ACTIONS)
@settings(max_examples=60, deadline=None)
def test_reviews_undoing_all_gives_back_what_was_extracted(steps: list[tuple[str, int, int]]) -> None:
    """Whatever is decided in whatever order: undone altogether, the claims are as extracted; folding twice is once."""
    document = make_document(TEXT, path="a.txt")
    extracted, log = read(document), list[Decision]()
    for number, (action, claim, earlier) in enumerate(steps):
        log.append(decision(number, action, extracted[claim], log[earlier % len(log)] if log else None))
    folded = fold(document, extracted, reviews.active(log))
    kept = {c.id for c in folded.claims}
    assert kept | {id for id, claim in folded.machine.items() if claim} == {c.id for c in extracted}
    undo = [decision(100 + i, "undo", extracted[0], d) for i, d in enumerate(reversed(reviews.active(log)))]
    assert fold(document, extracted, reviews.active(log + undo)) == Fold(tuple(extracted), {})


def decision(number: int, action: str, claim: Claim, earlier: Decision | None) -> Decision:
    """A decision without a store."""
    if action == "undo" and earlier is None:
        action = "accept"
    anchor = {"claim": claim.id, "document": claim.document, "path": "a.txt", "source": claim.source.id,
              "quotation": claim.text, "start": claim.spans[0][0]}
    return Decision.model_validate({
        "id": f"dec_{number}", "at": f"2024-05-01T00:{number // 60:02}:{number % 60:02}Z", "by": "ann",
        "action": action, "subject": "decision" if action == "undo" else "claim",
        "target": earlier.id if action == "undo" and earlier else claim.id,
        "anchors": () if action == "undo" else (anchor,),
        "changes": ({"field": "stance", "value": "doubt"},) if action == "edit" else (),
    })


# ------------------------------------------------------------------------------------------------------- command line


@pytest.fixture
def filled(run: Callable[..., Ended], reader: list[str], tmp_path: Path) -> list[str]:
    """The command line's store with an article of two claims; gives their ids."""
    assert reader == []
    (tmp_path / "a.txt").write_text("The canal will open. The dam will break.")
    assert run("extract", "a.txt").code == 0
    with Store(tmp_path / "claimtrack.db") as store:
        return [claim.id for claim in store.claims()]


def test_reviews_commands_decide_and_log(run: Callable[..., Ended], filled: list[str]) -> None:
    """Each command says what it did with the id to undo it; list, show and reviews tell of it; it survives --force."""
    one, two = filled
    ended = run("reject", one[:12], "--by", "ann", "--note", "a caption")
    assert ended.code == 0
    assert f"{one} rejected by ann (“The canal will open”)." in ended.err
    decision_id = ended.err.split(":")[0]
    run("edit", two, "stance=doubt", "source=Ivo Brandt", "--by", "ann")
    assert run("extract", "--force", "a.txt").code == 0
    listed = run("list")
    assert one not in listed.out
    assert "Ivo Brandt" in listed.out
    assert "edited by ann" in listed.out
    assert "rejected by ann" in run("show", one).out
    assert "note: a caption" in run("reviews").out
    assert run("undo", decision_id, "--by", "ann").code == 0
    assert one in run("list").out
    log = run("reviews", "--json").out
    assert log.count('"record":"decision"') == 3


def test_reviews_commands_name_decisions_whose_claim_is_gone(
    run: Callable[..., Ended], filled: list[str], tmp_path: Path
) -> None:
    """After an article lost a reviewed claim, extract says so, and the decision is kept."""
    run("reject", filled[0], "--by", "ann")
    (tmp_path / "a.txt").write_text("Something else was written here. The dam will break.")
    ended = run("extract", "a.txt")
    assert "Decisions whose claim is nowhere to be found now: 1 (dec_" in ended.err
    assert "reject" in run("reviews", "--lost").out


def test_reviews_commands_split_by_words(run: Callable[..., Ended], filled: list[str]) -> None:
    """The parts are words of the sentence; other words are refused with what to do."""
    assert run("split", filled[1], "dam will", "will break", "--by", "ann").code == 0
    assert "dam will" in run("list").out
    ended = run("split", filled[0], "no such words", "--by", "ann")
    assert ended.code == 2
    assert "are not words of the sentence" in ended.err


@pytest.mark.usefixtures("filled")
def test_reviews_walk_asks_only_on_a_terminal(run: Callable[..., Ended]) -> None:
    """In a pipe, review names the commands to use instead."""
    ended = run("review")
    assert ended.code == 2
    assert "use accept, reject" in ended.err


@pytest.mark.usefixtures("filled")
def test_reviews_walk_decides_with_one_key(tmp_path: Path) -> None:
    """On a terminal: r rejects and goes on, u takes it back, b goes back, c asks for a comment, q ends."""
    keys = [b"r", b"u", b"b", b"c", b"read again\n", b"q"]
    said = on_terminal(["review", "--by", "ann", "--again"], keys, tmp_path)
    assert "rejected by ann" in said
    with Store(tmp_path / "claimtrack.db") as store:
        assert [d.action for d in store.decisions()] == ["reject", "undo", "comment"]
        assert store.count_claims() == 2


@pytest.mark.usefixtures("filled")
def test_reviews_walk_keeps_the_good_lines_of_an_edit(tmp_path: Path) -> None:
    """A line that cannot be is told and costs itself alone; ? lists the keys, d shows all that is known."""
    keys = [b"?", b"d", b"e", b"stance=doubt\n", b"stance=loves\n", b"mood=bad\n", b"kind=opinion\n", b"\n", b"q"]
    said = on_terminal(["review", "--by", "ann"], keys, tmp_path)
    assert "r  reject: no list shows it any more" in said
    assert "attribution" in said
    assert "stance 'loves'" in said
    assert "'mood=bad' is no change" in said
    with Store(tmp_path / "claimtrack.db") as store:
        [decision] = store.decisions()
    assert [(change.field, change.value) for change in decision.changes] == [("stance", "doubt"), ("kind", "opinion")]


@pytest.mark.parametrize(("order", "first"), [("text", "one"), ("unsure", "two"), ("sure", "three")])
def test_reviews_walk_in_order_of_confidence(tmp_path: Path, order: Order, first: str) -> None:
    """Those read least surely come first for who has little time, or last."""
    document = make_document("one two three")
    confidence = {"one": 0.5, "two": 0.2, "three": 0.9}
    with Store(tmp_path / "claims.db") as store:
        claims = [make_claim(document, word, id=f"clm_{word}", confidence=sure) for word, sure in confidence.items()]
        store.add(document, claims)
        assert _unread(store, None, None, False, False, order)[0] == f"clm_{first}"


def test_reviews_walk_shows_a_claim_on_one_screen() -> None:
    """On 80 columns a long claim in a long sentence leaves room for the keys below it."""
    text = "It was said at length, " * 40 + "that the canal will open again, " + "and so on and so forth, " * 40
    document = make_document(text, title="A long title of an article that goes on and on", publisher="The Mail")
    claim = make_claim(document, "the canal will open again", condition=(0, 20))
    shown = page(claim_summary(claim, View({document.id: document}.get)))
    assert "«the canal will open again»" in shown
    assert len(shown.splitlines()) <= 18


def on_terminal(arguments: list[str], keys: list[bytes], folder: Path) -> str:
    """Run the command line on a pseudo-terminal and type keys, each when the walk asks for one."""
    ours, theirs = pty.openpty()
    code = "from claimtrack.cli import main; main()"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "TERM": "dumb", "COLUMNS": "80"}
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder,
        env=environment,
    )  # fmt: skip
    os.close(theirs)
    printed = b""
    try:
        for key in keys:
            asked = b""
            while not re.search(rb"(q quit|empty to end: ?|comment: ?)\s*$", asked):
                asked += os.read(ours, 65536)
            printed += asked
            time.sleep(0.4)  # until it waits for a key
            os.write(ours, key)
        while chunk := os.read(ours, 65536):
            printed += chunk
    except OSError:  # the terminal closes with the process
        pass
    assert process.wait(20) == 0
    return printed.decode("utf8", "replace")
