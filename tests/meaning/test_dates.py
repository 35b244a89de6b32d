"""Tests of claimtrack.meaning.dates: which days words of time name, written on Wednesday, 18 June 2025."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.meaning import dates

WRITTEN = "2025-06-18"


@pytest.mark.parametrize(("words", "interval"), [
    ("before 2026", (None, "2025-12-31")),
    ("before June", (None, "2025-05-31")),
    ("before the end of 2026", (None, "2026-12-31")),
    ("by 2030", (None, "2030-12-31")),
    ("by the end of 2026", (None, "2026-12-31")),
    ("by the end of the year", (None, "2025-12-31")),
    ("by year-end", (None, "2025-12-31")),
    ("by next summer", (None, "2026-08-31")),
    ("after 2026", ("2027-01-01", None)),
    ("since 2021", ("2021-01-01", None)),
    ("this week", ("2025-06-16", "2025-06-22")),
    ("next week", ("2025-06-23", "2025-06-29")),
    ("this weekend", ("2025-06-21", "2025-06-22")),
    ("this month", ("2025-06-01", "2025-06-30")),
    ("next month", ("2025-07-01", "2025-07-31")),
    ("this quarter", ("2025-04-01", "2025-06-30")),
    ("this year", ("2025-01-01", "2025-12-31")),
    ("next year", ("2026-01-01", "2026-12-31")),
    ("this decade", ("2020-01-01", "2029-12-31")),
    ("next spring", ("2026-03-01", "2026-05-31")),
    ("this summer", ("2025-06-01", "2025-08-31")),
    ("next summer", ("2026-06-01", "2026-08-31")),
    ("winter 2025", ("2025-12-01", "2026-02-28")),
    ("the spring of next year", ("2026-03-01", "2026-05-31")),
    ("the coming months", ("2025-06-18", "2025-12-18")),
    ("the next few weeks", ("2025-06-18", "2025-07-30")),
    ("the next year", ("2025-06-18", "2026-06-18")),
    ("the next five years", ("2025-06-18", "2030-06-18")),
    ("the next two to three years", ("2025-06-18", "2028-06-18")),
    ("the next decade", ("2025-06-18", "2035-06-18")),
    ("within two years", ("2025-06-18", "2027-06-18")),
    ("within the next 18 months", ("2025-06-18", "2026-12-18")),
    ("within days", ("2025-06-18", "2025-06-24")),
    ("in two weeks", ("2025-06-30", "2025-07-06")),
    ("in a few weeks", ("2025-06-18", "2025-07-30")),
    ("six years from now", ("2031-01-01", "2031-12-31")),
    ("later this year", ("2025-06-18", "2025-12-31")),
    ("earlier this year", ("2025-01-01", "2025-06-18")),
    ("the second half of 2025", ("2025-07-01", "2025-12-31")),
    ("the first half of next year", ("2026-01-01", "2026-06-30")),
    ("Q3 2025", ("2025-07-01", "2025-09-30")),
    ("the third quarter of 2025", ("2025-07-01", "2025-09-30")),
    ("H1 2026", ("2026-01-01", "2026-06-30")),
    ("early 2026", ("2026-01-01", "2026-04-30")),
    ("mid-2026", ("2026-05-01", "2026-08-31")),
    ("late next year", ("2026-09-01", "2026-12-31")),
    ("mid-June", ("2025-06-11", "2025-06-20")),
    ("the 2030s", ("2030-01-01", "2039-12-31")),
    ("the early 2030s", ("2030-01-01", "2033-04-30")),
    ("the winter of 2024-25", (None, None)),
    ("the 2024-25 season", (None, None)),
    ("2024-25", ("2024-01-01", "2025-12-31")),
    ("next June", ("2026-06-01", "2026-06-30")),
    ("May", ("2026-05-01", "2026-05-31")),
    ("Monday", ("2025-06-23", "2025-06-23")),
    ("Wednesday", ("2025-06-25", "2025-06-25")),
    ("this Friday", ("2025-06-20", "2025-06-20")),
    ("sometime next week", ("2025-06-23", "2025-06-29")),
    ("the day", (None, None)),
    ("tomorrow", ("2025-06-19", "2025-06-19")),
    ("three years", (None, None)),
    ("the following year", (None, None)),
    ("900 decades ago", (None, None)),
])
def test_dates_words_of_a_forecast_name_their_days(words: str, interval: dates.Interval) -> None:
    """Words of time to come name the interval they mean, neither a day nor a year more."""
    assert dates.resolve(words, WRITTEN, future=True) == interval


@pytest.mark.parametrize(("words", "interval"), [
    ("last year", ("2024-01-01", "2024-12-31")),
    ("last week", ("2025-06-09", "2025-06-15")),
    ("last winter", ("2024-12-01", "2025-02-28")),
    ("this winter", ("2024-12-01", "2025-02-28")),
    ("three years ago", ("2022-01-01", "2022-12-31")),
    ("two weeks ago", ("2025-06-02", "2025-06-08")),
    ("a few months ago", ("2024-12-18", "2025-06-18")),
    ("the past decade", ("2015-06-18", "2025-06-18")),
    ("the last two years", ("2023-06-18", "2025-06-18")),
    ("September", ("2024-09-01", "2024-09-30")),
    ("Monday", ("2025-06-16", "2025-06-16")),
    ("Wednesday", ("2025-06-18", "2025-06-18")),
    ("last Wednesday", ("2025-06-11", "2025-06-11")),
    ("the 1980s and", ("1980-01-01", "1989-12-31")),
    ("the end of the year", (None, None)),
    ("in two weeks", (None, None)),
    ("within two weeks", (None, None)),
    ("the next day", (None, None)),
    ("next day", (None, None)),
    ("the next month", (None, None)),
])
def test_dates_words_of_a_report_look_back(words: str, interval: dates.Interval) -> None:
    """What is told of the past looks back; "the end of the year" may be that of any year then."""
    assert dates.resolve(words, WRITTEN, future=False) == interval


@pytest.mark.parametrize("words", [
    "this week", "next year", "the coming months", "by year-end", "later this year", "within two years", "next spring",
    "Q3", "June", "tomorrow", "three years ago",
])
def test_dates_without_a_day_of_writing_nothing_is_guessed(words: str) -> None:
    """Words that count from the day of writing name no days where that is unknown."""
    assert dates.resolve(words, None, future=True) == (None, None)


@pytest.mark.parametrize(("words", "published", "interval"), [
    ("by 2026", None, (None, "2026-12-31")),
    ("by 2026", "2025", (None, "2026-12-31")),
    ("next year", "2025", ("2026-01-01", "2026-12-31")),
    ("next month", "2025", ("2025-02-01", "2026-01-31")),
    ("next week", "2025-06", ("2025-06-02", "2025-07-13")),
    ("within a month", "2025-06", ("2025-06-01", "2025-07-30")),
    ("2021", "not a date", ("2021-01-01", "2021-12-31")),
])
def test_dates_day_of_writing_counts_as_precisely_as_known(
    words: str, published: str | None, interval: dates.Interval
) -> None:
    """A day of writing known to the month or year gives what holds for each of its days."""
    assert dates.resolve(words, published, future=True) == interval


@given(
    st.dates(min_value=date(1800, 1, 1), max_value=date(2150, 12, 31)),
    st.sampled_from([
        "this week", "next month", "within {} years", "the next {} weeks", "{} months ago", "by the end of the year",
        "later this year", "next winter", "early next year", "in {} quarters", "the coming days", "last {} decades",
    ]),
    st.integers(min_value=1, max_value=999),
    st.booleans(),
)
def test_dates_intervals_are_in_order(written: date, words: str, count: int, future: bool) -> None:
    """Whatever the day and the count, an interval begins before it ends, and nothing fails."""
    start, end = dates.resolve(words.format(count), written.isoformat(), future)
    assert start is None or end is None or start <= end


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2150, 12, 31)))
def test_dates_this_week_holds_the_day_of_writing(written: date) -> None:
    """A week has seven days from Monday on, the day of writing among them; next week follows it."""
    start, end = dates.resolve("this week", written.isoformat(), future=True)
    following, _ = dates.resolve("next week", written.isoformat(), future=True)
    assert start is not None
    assert end is not None
    monday = date.fromisoformat(start)
    assert monday.weekday() == 0
    assert monday <= written <= date.fromisoformat(end) == monday + timedelta(days=6)
    assert following == (monday + timedelta(days=7)).isoformat()
