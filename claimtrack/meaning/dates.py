"""Which days words of time name: "by the end of 2026", "next spring", "within two years", "three weeks ago".

Words that count from the day of writing are resolved against the date of publication; where that is known to the month
or year alone, the interval holds whichever day it was, and without it such words name no days. Weeks run from Monday
to Sunday (ISO 8601), seasons by whole months of the northern hemisphere, winter from December on. "The next year" runs
from the day of writing for a year, "next year" is the calendar year to come.

What is left vague is read widely, so that no forecast falls due before its author would call it so: "a few", "several"
and "the coming" months are up to `FEW`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateparser.date import DateDataParser

Interval = tuple[str | None, str | None]
"""First and last day as ISO 8601; None where the words leave that end open, or name no days at all."""
Period = tuple[date, date]

FEW = 6
"""How many "a few" or "the coming" ones may be: beyond half a year or so people name the greater unit."""

UNITS = "day|week|weekend|fortnight|month|quarter|year|decade"
_UNIT = rf"({UNITS})"
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-four": 24, "thirty": 30,
    "couple of": 2, "a couple of": 2, "few": FEW, "a few": FEW, "several": FEW, "some": FEW,
}
_COUNT = r"(\d{1,3}|" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + ")"
_AMOUNT = rf"(?:{_COUNT}[ -]+(?:(?:to|or|and|-|–)[ -]*{_COUNT}[ -]+)?)"
_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTH = "(" + "|".join(_MONTHS) + ")"
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_YEAR = r"((?:1\d|20|21)\d\d)"

_PREPOSITION = re.compile(
    r"^(by|since|until|till|before|after|within|in|at|on|of|around|about|over|during|throughout|for)\s+")
_LOOSELY = re.compile(r"^(?:sometime|some time|as early as|as soon as|as late as) ")
_UNTIL = frozenset({"by", "until", "till", "within"})
_END = re.compile(r"^(?:the )?(?:very )?end of |(?:'s|’s)?[ -]end$")

_RANGE = re.compile(rf"(?:between\s+)?{_YEAR}\s*(?:\band\b|\bto\b|\buntil\b|[-–])\s*{_YEAR}")
_SEASON_YEAR = re.compile(r"^(?:the\s+)?(1\d|20|21)(\d\d)\s*[-–/]\s*(\d\d)$")
_MONTH_RANGE = re.compile(rf"\b{_MONTH}(?:\s+{_YEAR})?\s*(?:\band\b|\bto\b|\buntil\b|[-–])\s*{_MONTH}\s+{_YEAR}$")
_DECADE = re.compile(r"\b((?:1\d|20)\d)0s\b")

_AHEAD = re.compile(
    rf"(?:(?:the )?(?:next|coming) |(?:the )?(?=.* (?:to come|ahead)$)){_AMOUNT}?{_UNIT}(s?)(?: to come| ahead)?$")
_BEHIND = re.compile(rf"(?:the )?(?:last|past) {_AMOUNT}?{_UNIT}(s?)$")
_SPAN = re.compile(rf"(?:about |around |roughly |less than )?{_AMOUNT}?{_UNIT}(s?)$")
_AGO = re.compile(rf"(?:about |around |over |some |more than |nearly )?{_AMOUNT}{_UNIT}s? (ago|from now|hence)$")
_DEICTIC = re.compile(rf"(this|the current|current|the|next|this coming|last|this past) {_UNIT}$")
_BARE_UNIT = re.compile(rf"the {_UNIT}$")
_WEEKDAY = re.compile(rf"(?:(this|next|last|this coming|this past) )?({'|'.join(calendar.day_name)})$", re.I)
_PART = re.compile(
    r"(?:the )?(?:(?P<share>early|mid|middle|late|beginning|start|end)(?: part)?"
    r"|(?P<nth>first|second|third|fourth|last) (?P<size>half|quarter|third))(?: of |[ -]+)(?:in )?(?P<rest>.+)$")
_UNIT_END = re.compile(r"(?:the )?(week|month|quarter|year|decade)(?:'s|’s)?[ -]end$")
_REST_OF = re.compile(r"(?:(later|earlier)(?: in| on in)?|the (?:rest|remainder) of) (.+)$")
_WHICH = r"(?:(?P<which>this|next|last|this coming|this past) |the (?:month of )?)?"
_IN_YEAR = r"(?:,?(?: of)? (?:(?P<year>(?:1\d|20|21)\d\d)|(?P<relative>this|next|last) year))?$"
_QUARTER = re.compile(rf"{_WHICH}(?P<size>[qh])(?P<nth>[1-4]){_IN_YEAR}")
_SEASON = re.compile(rf"{_WHICH}(?P<season>{'|'.join(_SEASONS)}){_IN_YEAR}")
_MONTH_OF = re.compile(rf"{_WHICH}(?P<month>{'|'.join(_MONTHS)}){_IN_YEAR}")
_YEAR_ONLY = re.compile(rf"(?:the )?(?:year )?{_YEAR}$")

_SHARES = {
    "early": (0.0, 1 / 3), "mid": (1 / 3, 2 / 3), "middle": (1 / 3, 2 / 3), "late": (2 / 3, 1.0),
    "beginning": (0.0, 0.25), "start": (0.0, 0.25), "end": (0.75, 1.0),
}
_SIZES = {"half": 2, "third": 3, "quarter": 4}
_NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3}
_STEPS = {"this": 0, "the current": 0, "current": 0, "the": 0, "next": 1, "this coming": 1, "last": -1, "this past": -1}

# What dateparser would take for a day though it is none.
_NOT_A_POINT = re.compile(
    r"\b(days|weeks|months|years|decades|centuries|century|annual|daily|weekly|monthly|yearly|old|night|winter|summer"
    r"|spring|autumn|fall|half|quarter|decade)\b")
# "later" and "earlier" count from another event, not from the day of writing.
_ELSEWHERE = re.compile(r"\b(earlier|later|prior|previous|following)\b")


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
    found = _SPAN.match(text.lower())
    return found is not None and found[1] is not None


def day_range(day: str | None) -> Period | None:
    """Give the first and last day of an ISO 8601 date of any precision: of 2021, of 2021-10; None for none."""
    digits = [int(p) for p in (day or "")[:10].split("-") if p.isdigit()]
    if not digits:
        return None
    if len(digits) > 2:
        return date(*digits[:3]), date(*digits[:3])
    return _month(digits[0], digits[1]) if len(digits) == 2 else _year(digits[0])


@lru_cache(maxsize=4096)
def _on(text: str, base: date | None, future: bool) -> Interval:
    """Resolve words written on one day."""
    words = " ".join(text.lower().split())
    first = _PREPOSITION.match(words)
    bound = first[1] if first else ""
    bare = words[first.end():] if first else words
    if bound != "within":
        bare = _PREPOSITION.sub("", _LOOSELY.sub("", bare))  # "by about 2030"
    counted = _rolling(bound, bare, base, future) or (_hence(bare, base) if bound == "in" and future else None)
    if counted is not None:
        return counted[0].isoformat(), counted[1].isoformat()
    if _BARE_UNIT.match(bare):
        return None, None  # "the majority of the day"
    return _bounded(bound, bare, _period(bare, base, future) or _parsed(bare, base, future))


def _bounded(bound: str, words: str, period: Period | None) -> Interval:
    """Open the side of a period that its preposition leaves open: "by 2026", "after 2026"."""
    if period is None:
        return None, None
    start, end = period
    if bound in _UNTIL or (bound == "before" and _END.search(words)):
        return None, end.isoformat()
    if bound == "before":
        return None, (start - timedelta(days=1)).isoformat()
    if bound == "since":
        return start.isoformat(), None
    return ((end + timedelta(days=1)).isoformat(), None) if bound == "after" else (start.isoformat(), end.isoformat())


# --- from the day of writing on ------------------------------------------------------------------------------------


def _rolling(bound: str, words: str, base: date | None, future: bool) -> Period | None:
    """Read what runs from or to the day of writing: "the next five years", "within a month", "the past decade".

    In a tale of the past "the next day" and "within a month" count from what was told before.
    """
    if base is None:
        return None
    ahead = _AHEAD.match(words) if future else None
    if ahead and (words.startswith("the ") or bound == "within" or ahead[1] or ahead[4]):
        return base, _shifted(base, _amount(ahead), ahead[3])
    behind = _BEHIND.match(words)
    if behind and (words.startswith("the ") or behind[1] or behind[4]):
        return _shifted(base, -_amount(behind), behind[3]), base
    if bound == "within" and future and (span := _SPAN.match(words)):
        return base, _shifted(base, _amount(span), span[3])
    return None


def _hence(words: str, base: date | None) -> Period | None:
    """Read "in two weeks": that week, for a few any time until then."""
    span = _SPAN.match(words)
    if base is None or span is None or span[1] is None:
        return None
    then = _shifted(base, _amount(span), span[3])
    return (base, then) if _is_vague(span) else _unit(then, span[3])


def _is_vague(found: re.Match[str]) -> bool:
    return _COUNTS.get(found[1] or "") == FEW and found[1] != "six"


def _amount(found: re.Match[str]) -> int:
    """Count the units of a match: of "two to three years" the larger, of bare "years" a few."""
    said = found[2] or found[1]
    if said is None:
        return FEW if found[4] else 1
    return int(said) if said.isdigit() else _COUNTS[said]


def _shifted(day: date, count: int, unit: str) -> date:
    """Move a day by so many units; by months to the same day of the month, or to its last."""
    days = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}.get(unit)
    if days:
        return day + timedelta(days=days * count)
    months = day.year * 12 + day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    first, last = _month(*_split(months))
    return min(first + timedelta(days=day.day - 1), last)


def _split(months: int) -> tuple[int, int]:
    return months // 12, months % 12 + 1


# --- calendar periods ----------------------------------------------------------------------------------------------


def _period(words: str, base: date | None, future: bool) -> Period | None:
    """Read the calendar period that words name, None where they name none, or one by a day of writing not known."""
    for read in (_part, _quarter, _season, _named_month):
        found = read(words, base, future)
        if found is not None:
            return found
    return _years(words) or (_counted(words, base, future) if base is not None else None)


def _years(words: str) -> Period | None:
    """Read years, decades by their number, and ranges of years and months."""
    if match := _RANGE.search(words):
        return date(int(match[1]), 1, 1), date(int(match[2]), 12, 31)
    if (match := _SEASON_YEAR.match(words)) and int(match[3]) == int(match[2]) + 1:
        return date(int(match[1] + match[2]), 1, 1), date(int(match[1] + match[3]), 12, 31)
    if match := _MONTH_RANGE.search(words):
        first, year, last, last_year = match.groups()
        return _month(int(year or last_year), _MONTHS[first])[0], _month(int(last_year), _MONTHS[last])[1]
    if match := _DECADE.search(words):
        return date(int(match[1]) * 10, 1, 1), date(int(match[1]) * 10 + 9, 12, 31)
    return _year(int(match[1])) if (match := _YEAR_ONLY.match(words)) else None


def _part(words: str, base: date | None, future: bool) -> Period | None:
    """Read a part of a period: "early 2026", "the second half of next year", "year-end", "later this month"."""
    if (match := _UNIT_END.match(words)) and base is not None:
        return _share(_unit(base, match[1]), *_SHARES["end"]) if future else None
    if match := _REST_OF.match(words):
        whole = _period(match[2], base, future)
        if whole is None or base is None:
            return None
        halved = (whole[0], base) if match[1] == "earlier" else (base, whole[1])
        return halved if whole[0] <= base <= whole[1] else whole
    match = _PART.match(words)
    whole = _period(match["rest"], base, future) if match else None
    if match is None or whole is None:
        return None
    if match["share"]:
        return _share(whole, *_SHARES[match["share"]])
    size = _SIZES[match["size"]]
    nth = size - 1 if match["nth"] == "last" else _NTH[match["nth"]]
    return _share(whole, nth / size, (nth + 1) / size) if nth < size else None


def _share(period: Period, low: float, high: float) -> Period:
    """Cut a part out of a period, by whole months where it has several, else by days."""
    start, end = period
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if start.day == 1 and months >= 3:
        first = start.year * 12 + start.month - 1
        return _month(*_split(first + int(low * months)))[0], _month(*_split(first + round(high * months) - 1))[1]
    days = (end - start).days + 1
    return start + timedelta(days=int(low * days)), start + timedelta(days=max(round(high * days) - 1, 0))


def _quarter(words: str, base: date | None, future: bool) -> Period | None:
    """Read "Q3 2025", "H1 next year"; without a year the nearest."""
    match = _QUARTER.match(words)
    if match is None or (match["size"] == "h" and match["nth"] > "2"):
        return None
    size, nth = 4 if match["size"] == "q" else 2, int(match["nth"]) - 1
    return _yearly(lambda year: _share(_year(year), nth / size, (nth + 1) / size), match, base, future)


def _season(words: str, base: date | None, future: bool) -> Period | None:
    """Read "spring 2026", "this summer", "last winter"."""
    match = _SEASON.match(words)
    if match is None:
        return None

    def of(year: int) -> Period:
        first = year * 12 + _SEASONS[match["season"]] - 1
        return _month(*_split(first))[0], _month(*_split(first + 2))[1]

    return _yearly(of, match, base, future)


def _named_month(words: str, base: date | None, future: bool) -> Period | None:
    """Read "June", "June 2026", "next June", "June next year"."""
    match = _MONTH_OF.match(words)
    return _yearly(lambda year: _month(year, _MONTHS[match["month"]]), match, base, future) if match else None


def _yearly(of: Callable[[int], Period], said: re.Match[str], base: date | None, future: bool) -> Period | None:
    """Choose the year of what comes every year: the one that is said, else the nearest.

    "Next summer" is the first that begins after the day of writing, "last summer" the last that ended before it.
    """
    if said["year"]:
        return of(int(said["year"]))
    if base is None:
        return None
    if said["relative"]:
        return of(base.year + _STEPS[said["relative"]])
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
    if match := _DEICTIC.match(words):
        vague = match[1] in ("the", "next") and not future  # a tale leaves open of which year "the end of the year" is
        return None if vague else _unit(_shifted(base, _STEPS[match[1]], match[2]), match[2])
    if match := _AGO.match(words):
        then = _shifted(base, _amount(match) * (-1 if match[4] == "ago" else 1), match[3])
        return (min(base, then), max(base, then)) if _is_vague(match) else _unit(then, match[3])
    match = _WEEKDAY.match(words)
    return _weekday(match[2], match[1] or ("next" if future else ""), base) if match else None


def _weekday(name: str, which: str, base: date) -> Period:
    """Find a day of the week: "next" after the day of writing, "last" before it; a tale's "Monday" may be that day."""
    ahead = ([d.lower() for d in calendar.day_name].index(name) - base.weekday()) % 7
    if which == "this":
        day = _unit(base, "week")[0] + timedelta(days=(base.weekday() + ahead) % 7)
    elif which in ("next", "this coming"):
        day = base + timedelta(days=ahead or 7)
    else:
        day = base - timedelta(days=(7 - ahead) % 7 or (7 if which else 0))
    return day, day


def _unit(day: date, unit: str) -> Period:
    """Give the calendar day, week, month, quarter, year or decade that holds a day."""
    monday = day - timedelta(days=day.weekday())
    match unit:
        case "week" | "fortnight":
            return monday, monday + timedelta(days=6)
        case "weekend":
            return monday + timedelta(days=5), monday + timedelta(days=6)
        case "month":
            return _month(day.year, day.month)
        case "quarter":
            return _share(_year(day.year), (day.month - 1) // 3 / 4, ((day.month - 1) // 3 + 1) / 4)
        case "year":
            return _year(day.year)
        case "decade":
            return date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 9, 12, 31)
    return day, day


def _year(year: int) -> Period:
    return date(year, 1, 1), date(year, 12, 31)


def _month(year: int, month: int) -> Period:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


# --- all other dates -----------------------------------------------------------------------------------------------


def _parsed(words: str, base: date | None, future: bool) -> Period | None:
    """Ask dateparser for the rest: "3 May 2021", "last Tuesday", "tomorrow"; durations ("three years") name no time."""
    told = not future and words.startswith(("next ", "the next "))  # next to what was told before
    if told or _NOT_A_POINT.search(words) or _ELSEWHERE.search(words) or _SPAN.match(words) or (
            base is None and not re.search(_YEAR, words)):
        return None
    data = _parser(base or date(2000, 1, 1), future).get_date_data(words)
    if data.date_obj is None:
        return None
    day = data.date_obj.date()
    if data.period == "year":
        return _year(day.year)
    return _month(day.year, day.month) if data.period == "month" else (day, day)


@lru_cache(maxsize=64)
def _parser(base: date, future: bool) -> DateDataParser:
    from dateparser.date import DateDataParser  # slow to import, seldom needed

    return DateDataParser(languages=["en"], settings={
        "RELATIVE_BASE": datetime(base.year, base.month, base.day),
        "PREFER_DATES_FROM": "future" if future else "past",
    })
