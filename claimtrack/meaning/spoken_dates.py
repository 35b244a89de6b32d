"""Dates as people say them: "a week from Friday", "in three years' time", "the week of October 18", "the 12th".

The parser tags only parts of such phrases as dates, so that they are found in the text by their own patterns.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

from claimtrack.meaning import numerals, periods
from claimtrack.meaning.calendar_units import Period, shifted, split_months, unit_of, whole_month
from claimtrack.meaning.time_expressions import calendar_words, months

Reader = Callable[[re.Match[str], date, bool], Period | None]
HOURS = 24
FISCAL_MONTHS = 12


@cache
def _readers() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    count = r"(\d{1,3}|" + numerals.alternatives(numerals.values("count")) + ")"
    unit, month = r"(day|week|fortnight|month|year)", f"({'|'.join(months())})"
    nth = numerals.alternatives({*calendar_words("ordinal"), "last", "final"})
    return tuple((re.compile(pattern, re.I), reader) for pattern, reader in (
        (rf"{count} {unit}s? from (\w+day|tomorrow|today)\b", _from_day),
        (rf"in {count} (?:to|or|-|–) ?{count} {unit}s?(?:['’]s? time)?\b", _between),
        (rf"in {count} {unit}(?:s['’]?|['’]s)? time\b", _in_time),
        (r"in (an?|one|two) (fortnight)s?\b", _in_time),
        (rf"(?:with)in (?:the next )?{count} hours?\b", _within_hours),
        (r"within the (week|month|quarter|year)\b", _within),
        (rf"(?:in )?the week (of|beginning|starting) (?:on )?(?:{month} (\d{{1,2}})|(\d{{1,2}}) {month})\b", _week_of),
        (rf"(?:in )?the ({nth}) week of {month}(?: (\d{{4}}))?\b", _week_in),
        (rf"(?:in )?the (?:fiscal|financial) year (?:ending|that ends|to) (?:in |on )?(?:the end of )?{month}"
         r"(?: \d{1,2},?)? (\d{4})\b", _fiscal_year),
        (r"(?:on )?the (\d{1,2})(?:st|nd|rd|th)\b(?! (?:of|century|\w+ury))", _day_of_month),
        (r"(?:at |on |over |during |this |by |before |until )+(?:the |this )?weekend\b", _weekend),
    ))


def find(text: str) -> Iterator[tuple[int, int]]:
    """Give where in a text such dates stand, a longer one before those within it."""
    taken: list[tuple[int, int]] = []
    for pattern, _ in _readers():
        for match in pattern.finditer(text):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
    yield from taken
    yield from (match.span() for match in _no_later().finditer(text))


@cache
def _no_later() -> re.Pattern[str]:
    return re.compile(rf"\bno later than (?:the end of )?[\w ]*?(?:\d{{4}}|day|{'|'.join(months())})\b", re.I)


def read(words: str, base: date | None, future: bool) -> Period | None:
    """Read the days of such a date, None for any other; `words` are lower case, with their preposition."""
    if base is None:
        return None
    for pattern, reader in _readers():
        if match := pattern.fullmatch(words):
            return reader(match, base, future)
    return None


def plain(words: str) -> str:
    """Put the words of other dates as the calendar reads them: "no later than May" is "by May"."""
    return re.sub(r"\bfinal (?=quarter|third|half)", "last ", re.sub(r"^no later than ", "by ", words))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else numerals.values("count")[word]


def _day(word: str, base: date) -> date | None:
    if word in ("today", "tomorrow"):
        return base + timedelta(days=word == "tomorrow")
    found = periods.read(word, base, True)
    return found[0] if found else None


def _from_day(match: re.Match[str], base: date, future: bool) -> Period | None:
    first = _day(match[3], base) if future else None
    then = shifted(first, _count(match[1]), match[2]) if first is not None else None
    return (then, then) if then is not None else None


def _between(match: re.Match[str], base: date, future: bool) -> Period | None:
    first, last = (shifted(base, _count(match[g]), match[3]) for g in (1, 2))
    return (unit_of(first, match[3])[0], unit_of(last, match[3])[1]) if future else None


def _in_time(match: re.Match[str], base: date, future: bool) -> Period | None:
    return unit_of(shifted(base, _count(match[1]), match[2]), match[2]) if future else None


def _within_hours(match: re.Match[str], base: date, future: bool) -> Period | None:
    return (base, base + timedelta(days=-(-_count(match[1]) // HOURS))) if future else None


def _within(match: re.Match[str], base: date, future: bool) -> Period | None:
    return (base, unit_of(base, match[1])[1]) if future else None


def _week_of(match: re.Match[str], base: date, future: bool) -> Period | None:
    month, day = months()[match[2] or match[5]], int(match[3] or match[4])
    near = [date(base.year + step, month, day) for step in (-1, 0, 1)]
    first = next(d for d in near if d >= base) if future else next(d for d in reversed(near) if d <= base)
    return unit_of(first, "week") if match[1] == "of" else (first, first + timedelta(days=6))


def _week_in(match: re.Match[str], base: date, future: bool) -> Period | None:
    whole = periods.read(" ".join(filter(None, match.groups()[1:])), base, future)
    if whole is None:
        return None
    if match[1] in ("last", "final"):
        return whole[1] - timedelta(days=6), whole[1]
    first = whole[0] + timedelta(days=7 * calendar_words("ordinal")[match[1]])
    return first, min(first + timedelta(days=6), whole[1])


def _fiscal_year(match: re.Match[str], _base: date, _future: bool) -> Period | None:
    last = int(match[2]) * 12 + months()[match[1]] - 1
    return whole_month(*split_months(last - FISCAL_MONTHS + 1))[0], whole_month(*split_months(last))[1]


def _day_of_month(match: re.Match[str], base: date, future: bool) -> Period | None:
    day, here = int(match[1]), base.year * 12 + base.month - 1
    near = [date(y, m, day) for y, m in (split_months(here + step) for step in (-2, -1, 0, 1, 2))
            if 1 <= day <= calendar.monthrange(y, m)[1]]
    ahead, behind = [d for d in near if d >= base], [d for d in near if d <= base]
    days = ahead[:1] if future else behind[-1:]
    return (days[0], days[0]) if days else None


def _weekend(match: re.Match[str], base: date, future: bool) -> Period | None:
    weekend = unit_of(base, "weekend") if future else None
    bound = match[0].split()[0]
    if weekend is None or bound == "until":
        return weekend and (base, weekend[0] - timedelta(days=1))
    return (base, weekend[1]) if bound in ("by", "before") else weekend
