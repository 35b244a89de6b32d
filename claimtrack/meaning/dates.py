"""Which days words of time name: "by the end of 2026", "next spring", "within two years", "three weeks ago".

Words that count from the day of writing are resolved against the date of publication; where that is known to the month
or year alone, the interval holds whichever day it was, and without it such words name no days. "The next year" runs
from the day of writing for a year, "next year" is the calendar year to come.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.meaning import periods, rolling, spoken_dates
from claimtrack.meaning.calendar_units import Period, whole_month, whole_year
from claimtrack.meaning.time_expressions import bounds, counted, names_year

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

Interval = tuple[str | None, str | None]
"""First and last day as ISO 8601; None where the words leave that end open, or name no days at all."""


def resolve(text: str, published: str | None, future: bool) -> Interval:
    """Resolve words of time to an interval of ISO dates, (None, None) where they name none.

    "by" leaves the start open, "since" the end; "before 2026" ends on the day before, "after 2026" begins on the day
    after it. A date without a year is the nearest in the direction of `future`.
    """
    try:
        known = day_range(published) or (None, None)
        (start, end), (last_start, last_end) = (_on(text, day, future) for day in known)
    except (ValueError, OverflowError):  # no day of the calendar: "900 decades ago"
        return None, None
    return min(start, last_start) if start and last_start else None, max(end, last_end) if end and last_end else None


def is_span(text: str) -> bool:
    """Tell whether words name a length of time: "two weeks", which "in" makes a time to come."""
    found = counted().span.match(text.lower())
    return found is not None and found[1] is not None


def day_range(day: str | None) -> Period | None:
    """Give the first and last day of an ISO 8601 date of any precision: of 2021, of 2021-10; None for none."""
    digits = [int(p) for p in (day or "")[:10].split("-") if p.isdigit()]
    if not digits:
        return None
    if len(digits) > 2:
        return date(*digits[:3]), date(*digits[:3])
    return whole_month(digits[0], digits[1]) if len(digits) == 2 else whole_year(digits[0])


@lru_cache(maxsize=4096)
def _on(text: str, base: date | None, future: bool) -> Interval:
    """Resolve words written on one day."""
    words = spoken_dates.plain(" ".join(text.lower().split()))
    if (spoken := spoken_dates.read(words, base, future)) is not None:
        return spoken[0].isoformat(), spoken[1].isoformat()
    first = bounds().preposition.match(words)
    bound = first[1] if first else ""
    bare = words[first.end():] if first else words
    if bound != "within":
        bare = bounds().preposition.sub("", bounds().loosely.sub("", bare))  # "by about 2030"
    running = rolling.around(bound, bare, base, future)
    if running is None and bound == "in" and future:
        running = rolling.hence(bare, base)
    if running is not None:
        return running[0].isoformat(), running[1].isoformat()
    if counted().bare_unit.match(bare):
        return None, None  # "the majority of the day"
    return _bounded(bound, bare, periods.read(bare, base, future) or _parsed(bare, base, future))


def _bounded(bound: str, words: str, period: Period | None) -> Interval:
    """Open the side of a period that its preposition leaves open: "by 2026", "after 2026"."""
    if period is None:
        return None, None
    start, end = period
    if bound in ("until", "till") and words.isdigit():
        return None, (start - timedelta(days=1)).isoformat()  # "closed until 2026" opens when it begins
    limiting = lexicon.words("time_words", "limiting")
    if bound in limiting or (bound == "before" and bounds().end.search(words)):
        return None, end.isoformat()
    if bound == "before":
        return None, (start - timedelta(days=1)).isoformat()
    if bound == "since":
        return start.isoformat(), None
    return ((end + timedelta(days=1)).isoformat(), None) if bound == "after" else (start.isoformat(), end.isoformat())


def _parsed(words: str, base: date | None, future: bool) -> Period | None:
    """Ask dateparser for the rest: "3 May 2021", "last Tuesday", "tomorrow"; durations ("three years") name no time."""
    told = not future and words.startswith(("next ", "the next "))  # next to what was told before
    if told or (base is None and not names_year(words)) or counted().span.match(words):
        return None
    if bounds().undated.search(words) or bounds().elsewhere.search(words):
        return None
    data = _parser(base or date(2000, 1, 1), future).get_date_data(words)
    if data.date_obj is None:
        return None
    day = data.date_obj.date()
    if data.period == "year":
        return whole_year(day.year)
    return whole_month(day.year, day.month) if data.period == "month" else (day, day)


@lru_cache(maxsize=64)
def _parser(base: date, future: bool) -> DateDataParser:
    from dateparser.date import DateDataParser  # slow to import, seldom needed

    return DateDataParser(languages=["en"], settings={
        "RELATIVE_BASE": datetime(base.year, base.month, base.day),
        "PREFER_DATES_FROM": "future" if future else "past",
    })
