"""What a person may change of a claim, and what becomes of it when it is split."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.errors import StoreError, UsageError
from claimtrack.schema import Likelihood, Quantity, Source
from claimtrack.store import Store
from claimtrack.tracking import reviews
from claimtrack.tracking.edits import changes
from tests.conftest import make_claim, make_document

TEXT = "If it rains, the dam will probably hold and 3 roads are closed. It is unlikely that the bridge falls."
WORDS = "the dam will probably hold and 3 roads are closed"
IRAN = Source(id="country:iran", name="Iran", kind="state")


def span(words: str) -> tuple[int, int]:
    """Where words stand."""
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with a claim of two contents, only the first of which is hedged, and one by a state."""
    document = make_document(TEXT, path="a.txt")
    likely = Likelihood(low=0.6, high=0.8, point=0.7, phrase="probably", phrase_span=span("probably"))
    claim = make_claim(
        document, WORDS, id="clm_00000000000000a0", likelihood=likely, factuality="PR+", commitment=2.0,
        kind="prediction", condition=span("If it rains"), quantities=(Quantity(value=3, span=span("3")),),
    )  # fmt: skip
    other = make_claim(document, "the bridge falls", id="clm_00000000000000b0", source=IRAN)
    store = Store(tmp_path / "claimtrack.db")
    store.add(document, [claim, other])
    return store


def split(store: Store, *parts: str) -> list[tuple[str, str | None, str, int]]:
    """The parts of the first claim: words, likelihood word, factuality, how many quantities."""
    reviews.decide(store, "split", "clm_00000000000000a0", by="ann", parts=tuple(map(span, parts)))
    found = [claim for claim in store.claims() if claim.source != IRAN]
    return [(c.text, c.likelihood and c.likelihood.phrase, c.factuality, len(c.quantities)) for c in found]


def test_edits_split_leaves_words_to_the_part_they_stand_in(store: Store) -> None:
    """A "probably" in the first half makes the second no less certain; a condition before both holds for both."""
    assert split(store, "the dam will probably hold", "3 roads are closed") == [
        ("the dam will probably hold", "probably", "PR+", 0),
        ("3 roads are closed", None, "CT+", 1),
    ]
    assert {c.condition for c in store.claims() if c.source != IRAN} == {span("If it rains")}


def test_edits_split_keeps_what_stands_outside_every_part(store: Store) -> None:
    """A hedge that no part holds governs them all."""
    assert [row[1] for row in split(store, "hold", "3 roads")] == ["probably", "probably"]


@pytest.mark.parametrize(
    ("assignment", "field", "expected"),
    [
        ("condition=the bridge falls", "condition", span("the bridge falls")),
        ("condition=none", "condition", None),
        ("topics=Trade routes, dams", "topics", ("trade-routes", "dams")),
        ("topics=none", "topics", ()),
    ],
)
def test_edits_set_condition_and_topics(store: Store, assignment: str, field: str, expected: object) -> None:
    """Words of the sentence become the condition; names become topics; none takes them away."""
    reviews.decide(store, "edit", "clm_00000000000000a0", by="ann", changes=changes(store, [assignment]))
    claim = store.claim("clm_00000000000000a0")
    assert claim is not None
    assert getattr(claim, field) == expected


def test_edits_set_the_time_without_its_tense(store: Store) -> None:
    """A time leaves past, present or future as it was; a horizon lies in the future."""
    for assignment, expected in (
        ("time=2024-05", ("2024-05", "2024-05", "present")),
        ("time.relation=past", ("2024-05", "2024-05", "past")),
        ("horizon=2025/2026", ("2025", "2026", "future")),
    ):
        reviews.decide(store, "edit", "clm_00000000000000a0", by="ann", changes=changes(store, [assignment]))
        claim = store.claim("clm_00000000000000a0")
        assert claim is not None
        assert (claim.time.start, claim.time.end, claim.time.relation) == expected


@pytest.mark.parametrize(
    "assignment", ["condition=if it snows", "time=soon", "horizon=May", "time.relation=never", "source=!"]
)
def test_edits_refuse_what_a_claim_cannot_hold(store: Store, assignment: str) -> None:
    """Words that are not there, and dates that are none, are refused, and nothing is logged."""
    with pytest.raises(UsageError):
        reviews.decide(store, "edit", "clm_00000000000000a0", by="ann", changes=changes(store, [assignment]))
    assert list(store.decisions()) == []


def test_edits_take_a_source_that_the_store_has(store: Store) -> None:
    """A source is found in other capitals, by its id and by what the lexicons call it, before a new one is made."""
    for wanted in ("iran", "country:iran", "Tehran"):
        assert [change.value for change in changes(store, [f"source={wanted}"])] == ["country:iran", "Iran", "state"]
    assert changes(store, ["source=Ivo Brandt"])[0].value == "person:ivo-brandt"


def test_edits_are_not_logged_twice(store: Store) -> None:
    """To reject what one rejected, or to undo what was undone, is refused; another person's verdict is not."""
    target = "clm_00000000000000a0"
    rejected = reviews.decide(store, "reject", target, by="ann")
    with pytest.raises(StoreError, match=rejected.id):
        reviews.decide(store, "reject", target, by="ann")
    reviews.decide(store, "reject", target, by="bob")
    undone = reviews.decide(store, "undo", rejected.id, by="ann")
    with pytest.raises(StoreError, match=undone.id):
        reviews.decide(store, "undo", rejected.id, by="ann")
    reviews.decide(store, "undo", undone.id, by="ann")
    reviews.decide(store, "undo", rejected.id, by="ann", note="after all")
    assert [d.action for d in store.decisions()] == ["reject", "reject", "undo", "undo", "undo"]
