"""Periods of the calendar that words name: "early 2026", "next summer", "Q3 2025", "the end of the year".

Seasons go by whole months of the northern hemisphere, winter from December on.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from claimtrack.meaning import rolling
from claimtrack.meaning.calendar_units import Period, share, shifted, split_months, unit_of, whole_month, whole_year
from claimtrack.meaning.time_expressions import calendar_words, counted, months, named, shares


def read(words: str, base: date | None, future: bool) -> Period | None:
    """Read the calendar period that words name, None where they name none, or one by a day of writing not known."""
    for kind in (_part, _quarter, _season, _named_month):
        found = kind(words, base, future)
        if found is not None:
            return found
    return _years(words) or (_counted(words, base, future) if base is not None else None)


def _years(words: str) -> Period | None:
    """Read years, decades by their number, and ranges of years and months."""
    if match := named().years.search(words):
        return date(int(match[1]), 1, 1), date(int(match[2]), 12, 31)
    if (match := named().season_year.match(words)) and int(match[3]) == int(match[2]) + 1:
        return date(int(match[1] + match[2]), 1, 1), date(int(match[1] + match[3]), 12, 31)
    if match := named().months.search(words):
        first, year, last, last_year = match.groups()
        begin = whole_month(int(year or last_year), months()[first])
        return begin[0], whole_month(int(last_year), months()[last])[1]
    if match := named().decade.search(words):
        return date(int(match[1]) * 10, 1, 1), date(int(match[1]) * 10 + 9, 12, 31)
    return whole_year(int(match[1])) if (match := named().year.match(words)) else None


def _part(words: str, base: date | None, future: bool) -> Period | None:
    """Read a part of a period: "early 2026", "the second half of next year", "year-end", "later this month"."""
    if (match := named().unit_end.match(words)) and base is not None:
        return share(unit_of(base, match[1]), *shares()["end"]) if future else None
    if match := named().rest_of.match(words):
        whole = read(match[2], base, future)
        if whole is None or base is None:
            return None
        halved = (whole[0], base) if match[1] == "earlier" else (base, whole[1])
        return halved if whole[0] <= base <= whole[1] else whole
    match = named().part.match(words)
    whole = read(match["rest"], base, future) if match else None
    if match is None or whole is None:
        return None
    if match["share"]:
        return share(whole, *shares()[match["share"]])
    size = calendar_words("size")[match["size"]]
    nth = size - 1 if match["nth"] == "last" else calendar_words("ordinal")[match["nth"]]
    return share(whole, nth / size, (nth + 1) / size) if nth < size else None


def _quarter(words: str, base: date | None, future: bool) -> Period | None:
    """Read "Q3 2025", "H1 next year"; without a year the nearest."""
    match = named().quarter.match(words)
    if match is None or (match["size"] == "h" and match["nth"] > "2"):
        return None
    size, nth = 4 if match["size"] == "q" else 2, int(match["nth"]) - 1
    return _yearly(lambda year: share(whole_year(year), nth / size, (nth + 1) / size), match, base, future)


def _season(words: str, base: date | None, future: bool) -> Period | None:
    """Read "spring 2026", "this summer", "last winter"."""
    match = named().season.match(words)
    if match is None:
        return None

    def of(year: int) -> Period:
        first = year * 12 + calendar_words("season")[match["season"]] - 1
        return whole_month(*split_months(first))[0], whole_month(*split_months(first + 2))[1]

    return _yearly(of, match, base, future)


def _named_month(words: str, base: date | None, future: bool) -> Period | None:
    """Read "June", "June 2026", "next June", "June next year"."""
    match = named().month.match(words)
    return _yearly(lambda year: whole_month(year, months()[match["month"]]), match, base, future) if match else None


def _yearly(of: Callable[[int], Period], said: re.Match[str], base: date | None, future: bool) -> Period | None:
    """Choose the year of what comes every year: the one that is said, else the nearest.

    "Next summer" is the first that begins after the day of writing, "last summer" the last that ended before it.
    """
    if said["year"]:
        return of(int(said["year"]))
    if base is None:
        return None
    if said["relative"]:
        return of(base.year + calendar_words("step")[said["relative"]])
    around = [of(base.year + step) for step in (-2, -1, 0, 1, 2)]
    if said["which"] == "next":
        return next(p for p in around if p[0] > base)
    if said["which"] in ("last", "this past"):
        return next(p for p in reversed(around) if p[1] < base)
    if future or said["which"] == "this coming":
        return next(p for p in around if p[1] >= base)
    return next(p for p in reversed(around) if p[0] <= base)


def _counted(words: str, base: date, future: bool) -> Period | None:
    """Read periods counted from the day of writing: "this week", "next year", "two months ago", "in three years"."""
    if match := counted().deictic.match(words):
        vague = match[1] in ("the", "next") and not future  # a tale leaves open of which year "the end of the year" is
        return None if vague else unit_of(shifted(base, calendar_words("step")[match[1]], match[2]), match[2])
    if match := counted().ago.match(words):
        then = shifted(base, rolling.amount(match) * (-1 if match[4] == "ago" else 1), match[3])
        return (min(base, then), max(base, then)) if rolling.is_vague(match) else unit_of(then, match[3])
    match = counted().weekday.match(words)
    return _weekday(match[2], match[1] or ("next" if future else ""), base) if match else None


def _weekday(name: str, which: str, base: date) -> Period:
    """Find a day of the week: "next" after the day of writing, "last" before it; a tale's "Monday" may be that day."""
    ahead = ([d.lower() for d in calendar.day_name].index(name) - base.weekday()) % 7
    if which == "this":
        day = unit_of(base, "week")[0] + timedelta(days=(base.weekday() + ahead) % 7)
    elif which in ("next", "this coming"):
        day = base + timedelta(days=ahead or 7)
    else:
        day = base - timedelta(days=(7 - ahead) % 7 or (7 if which else 0))
    return day, day
