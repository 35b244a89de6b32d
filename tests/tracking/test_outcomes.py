"""What was told of a forecast's matter since stands beside it, however its day was put."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from claimtrack.schema import Claim, Frame, Time
from claimtrack.tracking import forecasts
from claimtrack.tracking.outcomes import with_facts
from tests.conftest import make_claim, make_document

COUNTRIES = ("between country:chile", "between country:peru")
SIGNED = Frame(predicate="sign", patients=("treaty", "march"), circumstances=COUNTRIES)


def forecast(**over: Any) -> Claim:
    """The claim "The treaty between Peru and Chile will be signed before March 2026", as it is read."""
    time = Time(text="before March 2026", end="2026-02-28", relation="future")
    document = make_document("The treaty will be signed.", published="2025-11-03")
    return make_claim(document, **{"kind": "prediction", "frame": SIGNED, "time": time} | over)


def fact(published: str = "2026-04", **over: Any) -> Claim:
    """The claim "The treaty between Peru and Chile was not signed by March 2026", as it is read."""
    frame = Frame(predicate="sign", agents=("march",), patients=("treaty",), circumstances=COUNTRIES, negated=True)
    time = Time(text="by March 2026", end="2026-03-31", relation="past")
    document = make_document("The treaty was not signed.", published=published)
    return make_claim(document, **{"frame": frame, "time": time, "factuality": "CT-", "polarity": "negative"} | over)


def told(foreseen: Claim, *facts: Claim) -> list[Claim]:
    """The facts that stand beside a forecast on the first of May 2026."""
    [found] = with_facts(forecasts.gather([foreseen], {}, date(2026, 5, 1)), facts)
    return list(found.told)


def test_outcomes_meet_a_forecast_of_another_day() -> None:
    """A "before March" and a "by March" are no reason not to meet, nor is that a month was read as one who signs."""
    assert told(forecast(), fact()) == [fact()]


def test_outcomes_stand_beside_a_forecast_without_a_day() -> None:
    """What never comes due is answered, too."""
    assert told(forecast(time=Time(relation="future")), fact()) == [fact()]


@pytest.mark.parametrize(
    "other",
    [
        fact(published="2025-10"),
        fact(factuality="PR-"),
        fact(frame=Frame(predicate="break", patients=("treaty",), circumstances=COUNTRIES)),
        fact(frame=Frame(predicate="sign", patients=("treaty",), circumstances=("between country:peru",))),
        fact(frame=Frame(predicate="sign", patients=("letter",), circumstances=COUNTRIES)),
    ],
    ids=["before it", "not certain", "another deed", "other names", "another thing"],
)
def test_outcomes_are_of_the_same_matter(other: Claim) -> None:
    """Earlier news, what is only probable, and other deeds, parties or things are no answer."""
    assert told(forecast(), other) == []
