"""What is new: the claims that came, what they contradict and confirm of the old, and who changed sides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimtrack.schema import Claim, Frame, Likelihood, Source, Time
from claimtrack.store import Store
from claimtrack.tracking.arrivals import Arrivals, arrivals
from claimtrack.tracking.pairing import update_pairs
from tests.conftest import make_claim, make_document

UNLIKELY = Likelihood(low=0.1, high=0.25, point=0.2, phrase="unlikely")
LIKELY = Likelihood(low=0.67, high=0.8, point=0.75, phrase="likely")
WAR = Frame(predicate="be", event="war", parties=("country:chile", "country:peru"), terms=("war", "peru", "chile"))
FIRST = "War with Chile is unlikely, says Mara.", ("Mara Quist", "War with Chile is unlikely", UNLIKELY)
DAY = 86_400  # seconds


def person(name: str) -> Source:
    """A person as a source."""
    return Source(id="person:" + name.lower().replace(" ", "-"), name=name, kind="person")


class Desk:
    """A store into which articles on a war come day by day."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Start on the first of January 2025."""
        self.store = Store(path)
        self._monkeypatch = monkeypatch
        self._day = 0

    def comes(self, text: str, *claims: tuple[str, str, Likelihood], **over: Any) -> list[Claim]:
        """Store an article the next day: its claims by who says which words how surely."""
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_735_689_600 + DAY * self._day))
        self._day += 1
        document = make_document(text, path=f"{self._day}.txt", published=f"2025-01-0{self._day}", **over)
        fields = {"frame": WAR, "kind": "prediction", "time": Time(relation="future"), "topics": ("war",)}
        made = [
            make_claim(document, words, source=person(name), likelihood=likelihood, **fields)
            for name, words, likelihood in claims
        ]
        self.store.add(document, made)
        update_pairs(self.store)
        return made

    def new(self, since: str, topic: str | None = None) -> Arrivals:
        """What came since a day."""
        return arrivals(self.store, since, topic)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An empty desk."""
    return Desk(tmp_path / "claims.db", monkeypatch)


def test_arrivals_gives_the_claims_of_the_day_and_after(desk: Desk) -> None:
    """The day of storing counts; a topic narrows it; nothing new is nothing at all."""
    desk.comes(*FIRST)
    second = desk.comes("A war will hardly come, says Tom.", ("Tom Ode", "A war will hardly come", UNLIKELY))
    assert len(desk.new("2025").claims) == 2
    assert list(desk.new("2025-01-02").claims) == second
    assert desk.new("2025-01-02", "canal").claims == ()
    assert desk.new("2025-01-03") == Arrivals((), (), (), ())


def test_arrivals_confirms_what_others_said_before(desk: Desk) -> None:
    """A new voice on the same side confirms the old one; the same voice again does not."""
    (old,) = desk.comes(*FIRST)
    (new,) = desk.comes("A war will hardly come, says Tom.", ("Tom Ode", "A war will hardly come", UNLIKELY))
    (found,) = desk.new("2025-01-02").confirmations
    assert (found.side, found.new, found.old) == ("deny or doubt", (new,), (old,))
    desk.comes("No war is likely, says Tom again.", ("Tom Ode", "No war is likely", UNLIKELY))
    assert desk.new("2025-01-03").confirmations == ()


def test_arrivals_puts_clashes_with_the_old_first(desk: Desk) -> None:
    """New claims clash with old ones, then among themselves."""
    (old,) = desk.comes(*FIRST)
    tom, ada = desk.comes(
        "War is likely, says Tom. Ada says that it is improbable.",
        ("Tom Ode", "War is likely", LIKELY), ("Ada Brandt", "it is improbable", UNLIKELY),
    )  # fmt: skip
    found = desk.new("2025-01-02")
    assert [{pair.a.id, pair.b.id} for pair in found.contradictions] == [{old.id, tom.id}, {tom.id, ada.id}]
    assert [confirmation.new for confirmation in found.confirmations] == [(ada,)]
    assert desk.new("2025-01-03").contradictions == ()


def test_arrivals_tells_a_change_of_side_once(desk: Desk) -> None:
    """Who now says the opposite changed sides; that is not listed as a clash again."""
    (old,) = desk.comes(*FIRST)
    (new,) = desk.comes("Mara: war is likely after all.", ("Mara Quist", "war is likely after all", LIKELY))
    found = desk.new("2025-01-02")
    assert [(one.source.name, one.before, one.after) for one in found.reversals] == [("Mara Quist", old, new)]
    assert found.contradictions == ()


def test_arrivals_reprint_brings_no_news(desk: Desk) -> None:
    """The claims of a reprint came in, and confirm and contradict nothing: the original did."""
    text = "War with Chile is unlikely, says Mara Quist to the press. War is likely, says Tom Ode in Lima on that day."
    said = ("Mara Quist", "War with Chile is unlikely", UNLIKELY), ("Tom Ode", "War is likely", LIKELY)
    desk.comes(text, *said)
    again = desk.comes(text + " Agency.", *said)
    found = desk.new("2025-01-02")
    assert set(found.claims) == set(again)
    assert (found.contradictions, found.confirmations, found.reversals) == ((), (), ())
