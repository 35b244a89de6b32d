"""Tests of claimtrack.meaning.timing and tense, on invented sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.meaning.sentences import qualified

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(("sentence", "relation"), [
    ("The bridge opened.", "past"), ("The bridge has opened.", "past"), ("The bridge is opening.", "present"),
    ("Prices have been rising.", "present"), ("The bridge will open.", "future"), ("They plan to open it.", "present"),
    ("The mayor always wins.", "timeless"), ("The bridge may have opened.", "past"),
    ("A strike is inevitable.", "future"), ("The risk is losing the port.", "future"),
])
def test_timing_relation_follows_tense_and_aspect(parser: Language, sentence: str, relation: str) -> None:
    """Tense and aspect put an event in past, present or future; a habit is timeless."""
    assert qualified(parser(sentence)).time.relation == relation


@pytest.mark.parametrize(("sentence", "time"), [
    ("The bridge will open by 2026.", ("by 2026", None, "2026-12-31", "future")),
    ("The bridge opened in March 2021.", ("March 2021", "2021-03-01", "2021-03-31", "past")),
    ("Exports fell between 2020 and 2024.", ("between 2020 and 2024", "2020-01-01", "2024-12-31", "past")),
    ("The bridge opened on 3 May 2021.", ("3 May 2021", "2021-05-03", "2021-05-03", "past")),
    ("The bridge will open in the near future.", ("in the near future", None, None, "future")),
    ("The bridge will open in the coming months.", ("the coming months", "2025-06-15", "2025-12-15", "future")),
    ("The bridge will open in the years to come.", ("the years to come", "2025-06-15", "2031-06-15", "future")),
    ("The bridge will soon open, by 2026.", ("by 2026", None, "2026-12-31", "future")),
    ("The bridge will open in two years.", ("in two years", "2027-01-01", "2027-12-31", "future")),
    ("The bridge was built in two years.", ("in two years", None, None, "past")),
    ("The bridge opens next year.", ("next year", "2026-01-01", "2026-12-31", "future")),
    ("The bridge opens by the end of the year.", ("by the end of the year", None, "2025-12-31", "future")),
    ("The bridge opens in the next five years.", ("the next five years", "2025-06-15", "2030-06-15", "future")),
    ("The talks resume on Monday.", ("Monday", "2025-06-16", "2025-06-16", "future")),
    ("The bridge is shut until Friday.", ("until Friday", None, "2025-06-20", "present")),
    ("The bank puts the odds of a deal this year at 60 %.", ("this year", "2025-01-01", "2025-12-31", "future")),
    ("The bridge is closed this week.", ("this week", "2025-06-09", "2025-06-15", "present")),
    ("Next year's vote worries the bank.", (None, None, None, "present")),
    ("The bridge opened in 1066.", ("1066", "1066-01-01", "1066-12-31", "past")),
    ("The bridge opened in September.", ("September", "2024-09-01", "2024-09-30", "past")),
    ("The bridge will open in September.", ("September", "2025-09-01", "2025-09-30", "future")),
    ("The bridge was shut from 1914 to 1918.", ("1914 to 1918", "1914-01-01", "1918-12-31", "past")),
    ("The bridge was shut from March to June 2015.", ("March to June 2015", "2015-03-01", "2015-06-30", "past")),
    ("The man, 21, was found at home.", (None, None, None, "past")),
    ("A 24-year-old man was found.", (None, None, None, "past")),
    ("The lawyers had a field day.", (None, None, None, "past")),
    ("The fall of the city shocked us.", (None, None, None, "past")),
    ("The bridge opened last year.", ("last year", "2024-01-01", "2024-12-31", "past")),
])
def test_timing_resolves_dates_against_the_day_of_writing(
    parser: Language, sentence: str, time: tuple[str | None, ...]
) -> None:
    """Words of time come as intervals, horizons that name none stay open."""
    t = qualified(parser(sentence), published="2025-06-15").time
    assert (t.text, t.start, t.end, t.relation) == time


def test_timing_month_without_a_day_of_writing_stays_open(parser: Language) -> None:
    """A month alone names no year where nothing tells when the text was written."""
    t = qualified(parser("The bridge opened in March.")).time
    assert (t.text, t.start, t.end) == ("March", None, None)


def test_timing_modal_may_is_no_month(parser: Language) -> None:
    """The modal "may" is not read as a date."""
    assert qualified(parser("The bridge may open."), published="2025-06-15").time.text is None


def test_timing_word_to_come_needs_no_day_of_writing(parser: Language) -> None:
    """A present tense "next year" speaks of the future though nothing tells of which year."""
    t = qualified(parser("The bridge opens next year.")).time
    assert (t.text, t.start, t.end, t.relation) == ("next year", None, None, "future")


@pytest.mark.parametrize(("sentence", "expected"), [
    ("There is a 70 percent chance that the bridge opens.", ("prediction", "future")),
    ("There is a risk that the dam does not hold.", ("prediction", "future")),
    ("There is a 70 percent chance that he knows.", ("fact", "present")),
    ("There is a 70 percent chance that he lied.", ("fact", "past")),
    ("The bridge opens next year.", ("prediction", "future")),
    ("The bridge is open.", ("fact", "present")),
])
def test_timing_chance_of_a_simple_present_is_of_the_future(
    parser: Language, sentence: str, expected: tuple[str, str]
) -> None:
    """A chance given to what happens, and a date to come, make a forecast; what is so already makes none."""
    q = qualified(parser(sentence), published="2025-06-15")
    assert (q.kind, q.time.relation) == expected
