"""Tests of what turns a claim into its opposite where it is misread: belief, rulings, idioms, conditions, amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claimtrack.meaning import dates, numerals, probability, quantities
from tests.meaning.sentences import qualified, words

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(("text", "low", "high"), [
    ("We cannot rule out a drought.", 0.05, 0.4),
    ("It is too early to rule out a drought.", 0.05, 0.4),
    ("A merger is not out of the question.", 0.05, 0.4),
    ("A merger is out of the question.", 0.0, 0.05),
    ("A merger is anything but certain.", 0.2, 0.8),
    ("A merger is less than certain.", 0.2, 0.8),
    ("A merger is by no means certain.", 0.2, 0.8),
    ("A merger looks less and less likely.", 0.1, 0.4),
    ("A merger is neither likely nor unlikely.", 0.5, 0.5),
    ("A merger is all but certain.", 0.9, 0.98),
    ("A merger is not a foregone conclusion.", 0.2, 0.8),
    ("The talks are not guaranteed to succeed.", 0.3, 0.8),
    ("There is less than a 15 percent chance of a strike.", 0.0, 0.15),
    ("There is a less than even chance of a strike.", 0.25, 0.5),
    ("The chance of a strike is not small.", 0.4, 0.65),
    ("The odds of a strike are close to zero.", 0.01, 0.05),
])
def test_likelihood_idioms_keep_their_sense(parser: Language, text: str, low: float, high: float) -> None:
    """Idioms of certainty, rulings that are not made, and bounds of chances are read as people mean them."""
    reading = qualified(parser(text)).likelihood
    assert reading is not None
    assert (reading.low, reading.high) == (low, high)


@pytest.mark.parametrize(("text", "value"), [
    ("1/3", 0.3333), ("¼", 0.25), ("two thirds", 0.6667), ("0.3", 0.3), ("one in a million", 0.0),
    ("one in three", 0.3333),
    ("2-to-1 that", 0.6667), ("2-to-1 against", 0.3333), ("50-50", 0.5), ("a 1 in 1,000", 0.001),
])
def test_probability_reads_shares_and_odds(text: str, value: float) -> None:
    """A chance is read from fractions, decimals, counts of cases and odds for or against."""
    found = probability.probability(text)
    assert found is not None
    assert round(found[1], 4) == value


@pytest.mark.parametrize("text", [
    "The drones were far from new.", "The water was anything but clean.", "The plant is nowhere near ready.",
])
def test_negation_by_distance_denies(parser: Language, text: str) -> None:
    """What is far from a quality has it not."""
    assert qualified(parser(text)).factuality == "CT-"


@pytest.mark.parametrize("text", [
    "The crew stopped the ferry, not.... — a post",
    "Chile bought not ships but planes.", "Chile bought no ships but planes.", "Chile could not but sell the ships.",
])
def test_negation_of_something_else_denies_nothing(parser: Language, text: str) -> None:
    """A "not" that corrects what was bought does not deny the buying."""
    assert qualified(parser(text)).polarity == "positive"


@pytest.mark.parametrize(("text", "condition"), [
    ("Barring an accident, the ship will arrive.", "Barring an accident"),
    ("The ship will arrive, barring an accident.", "barring an accident"),
    ("Without a grant, the clinic will close.", "Without a grant"),
    ("The clinic will close without a grant.", "without a grant"),
    ("Should Peru attack, the war will spread.", "Should Peru attack"),
    ("The sale will go ahead, subject to a vote.", "subject to a vote"),
    ("The army will leave on condition that the rebels disarm.", "on condition that the rebels disarm"),
    ("Attack us and we will attack you.", None),
    ("The tunnel will open without delay.", None),
    ("Without warning, the bridge collapsed.", None),
])
def test_condition_without_if(parser: Language, text: str, condition: str | None) -> None:
    """Prepositions, participles and inversion open conditions, "without" only where something may still come."""
    doc = parser(text)
    assert words(doc, qualified(doc).condition) == condition


@pytest.mark.parametrize("text", [
    "Suppose the dam breaks.", "Imagine the dam breaking.", "Let us say that the dam breaks.",
])
def test_condition_supposed_is_no_fact(parser: Language, text: str) -> None:
    """What one is asked to suppose stays open."""
    found = qualified(parser(text))
    assert (found.factuality, found.kind) == ("Uu", "scenario")


@pytest.mark.parametrize(("text", "value"), [
    ("The fund paid €4.5bn.", 4.5e9), ("The fund paid £12m.", 12e6), ("The boat cost $70k.", 70e3),
    ("Some 25 000 voters stayed home.", 25e3), ("About 2½ million voters stayed home.", 2.5e6),
    ("Four hundred and six sheep died.", 406), ("Seven hundred thousand voters left.", 700e3),
    ("One in five shops will close.", 0.2), ("Output changed by -3.5% in May.", -3.5),
])
def test_quantity_keeps_the_whole_number(parser: Language, text: str, value: float) -> None:
    """No multiplier, sign or part of a number is lost."""
    doc = parser(text)
    assert [q.value for q in quantities(doc, (0, len(doc.text)))] == [value]


@pytest.mark.parametrize(("text", "value"), [
    ("a hundred and twenty", 120), ("two dozen", 24), ("one thousand two hundred", 1200), ("1,200", 1200), ("½", 0.5),
])
def test_numerals_cardinal(text: str, value: float) -> None:
    """Numbers are read in words and in figures."""
    assert numerals.cardinal(text) == value


@pytest.mark.parametrize(("text", "start", "end"), [
    ("a week from Friday", "2021-10-15", "2021-10-15"), ("in four years' time", "2025-01-01", "2025-12-31"),
    ("in three to four weeks", "2021-10-25", "2021-11-07"), ("within 48 hours", "2021-10-06", "2021-10-08"),
    ("in the week of November 15", "2021-11-15", "2021-11-21"), ("on the 12th", "2021-10-12", "2021-10-12"),
    ("the second week of December", "2021-12-08", "2021-12-14"), ("no later than June", None, "2022-06-30"),
    ("until 2026", None, "2025-12-31"), ("by the weekend", "2021-10-06", "2021-10-10"),
    ("the final quarter of 2022", "2022-10-01", "2022-12-31"),
    ("in the fiscal year ending in March 2023", "2022-04-01", "2023-03-31"),
])
def test_spoken_dates(text: str, start: str | None, end: str | None) -> None:
    """Dates are resolved as people say them, against Wednesday, 6 October 2021."""
    assert dates.resolve(text, "2021-10-06", True) == (start, end)
