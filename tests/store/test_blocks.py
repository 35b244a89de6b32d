"""Claims meet in blocks, and are paired alike whatever the order they came in."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from claimtrack.schema import Claim, Document, Frame
from claimtrack.store import PairQuery, Store
from claimtrack.tracking.pairing import best_pairs, update_pairs
from tests.conftest import make_claim, make_document
from tests.store.conftest import contradiction, held_by


def clashing(number: int) -> tuple[Document, Claim]:
    """Claims that clash with those of the other parity: one affirms, the other denies the same event."""
    document = make_document(f"Report {number}: the two states will go to war.", path=f"{number}.txt")
    stance = ("affirm", "deny")[number % 2]
    frame = Frame(predicate="war", event="war", parties=("x", "y"))
    return document, make_claim(document, source=held_by(f"Source {number}"), stance=stance, frame=frame)


@pytest.fixture
def plain_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    """All claims meet, each on a side of its own, and clash if their stances differ."""
    from claimtrack import contradiction as judging

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
    from claimtrack import contradiction as judging

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
