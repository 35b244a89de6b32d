"""The words and patterns of time expressions: "the next two years", "early 2026", "next Monday", "Q3"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from claimtrack import lexicon
from claimtrack.meaning import numerals
from claimtrack.meaning.numerals import alternatives

Role = Literal["season", "share", "size", "ordinal", "step"]

_YEAR = r"((?:1\d|20|21)\d\d)"
_TO = r"\s*(?:\band\b|\bto\b|\buntil\b|[-–])\s*"
_WHICH = r"(?:(?P<which>this|next|last|this coming|this past) |the (?:month of )?)?"
_IN_YEAR = r"(?:,?(?: of)? (?:(?P<year>(?:1\d|20|21)\d\d)|(?P<relative>this|next|last) year))?$"


class CalendarWord(lexicon.Entry):
    """A word that picks a part or a neighbour of a period; the header of the lexicon says what its numbers mean."""

    role: Role
    first: int
    last: int = 12


@cache
def calendar_words(role: Role) -> dict[str, int]:
    """Give the words of one role with their first number."""
    return {w.phrase: w.first for w in lexicon.read("calendar", CalendarWord) if w.role == role}


@cache
def shares() -> dict[str, tuple[float, float]]:
    """Give the words for a share of a period, from where to where in [0, 1]: "early", "end"."""
    words = (w for w in lexicon.read("calendar", CalendarWord) if w.role == "share")
    return {w.phrase: (w.first / 12, w.last / 12) for w in words}


@cache
def months() -> dict[str, int]:
    """Give the months by their names in lower case."""
    return {name.lower(): number for number, name in enumerate(calendar.month_name) if name}


@cache
def units() -> str:
    """Give the units of the calendar as alternatives of a pattern."""
    return alternatives(lexicon.words("time_words", "unit"))


@cache
def among(role: str) -> str:
    """Give the words of time of one role as alternatives of a pattern."""
    return alternatives(lexicon.words("time_words", role))


@dataclass(frozen=True, slots=True)
class Bounds:
    """What may stand before a time and bound it, and what dateparser would take for a day though it is none."""

    preposition: re.Pattern[str]
    loosely: re.Pattern[str]
    end: re.Pattern[str]
    undated: re.Pattern[str]
    elsewhere: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts from the day of writing; of those with an amount the groups 1 and 2 are its numbers, 3 the unit."""

    ahead: re.Pattern[str]
    behind: re.Pattern[str]
    span: re.Pattern[str]
    ago: re.Pattern[str]
    deictic: re.Pattern[str]
    bare_unit: re.Pattern[str]
    weekday: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Named:
    """What names a period of the calendar or a part of one."""

    year: re.Pattern[str]
    years: re.Pattern[str]
    season_year: re.Pattern[str]
    months: re.Pattern[str]
    decade: re.Pattern[str]
    quarter: re.Pattern[str]
    season: re.Pattern[str]
    month: re.Pattern[str]
    part: re.Pattern[str]
    unit_end: re.Pattern[str]
    rest_of: re.Pattern[str]


@cache
def bounds() -> Bounds:
    """Compile the patterns of `Bounds`."""
    return Bounds(
        preposition=re.compile(rf"^({among('preposition')})\s+"),
        loosely=re.compile(rf"^(?:{among('loosely')}) "),
        end=re.compile(r"^(?:the )?(?:very )?end of |(?:'s|’s)?[ -]end$"),
        undated=re.compile(rf"\b({among('undated')})\b"),
        elsewhere=re.compile(rf"\b({among('elsewhere')})\b"),
    )


@cache
def counted() -> Counted:
    """Compile the patterns of `Counted`."""
    unit = f"({units()})"
    count = r"(\d{1,3}|" + alternatives(numerals.values("count")) + ")"
    amount = rf"(?:{count}[ -]+(?:(?:to|or|and|-|–)[ -]*{count}[ -]+)?)"
    coming = r"(?:the )?(?:next|coming) |(?:the )?(?=.* (?:to come|ahead)$)"
    return Counted(
        ahead=re.compile(rf"(?:{coming}){amount}?{unit}(s?)(?: to come| ahead)?$"),
        behind=re.compile(rf"(?:the )?(?:last|past) {amount}?{unit}(s?)$"),
        span=re.compile(rf"(?:about |around |roughly |less than )?{amount}?{unit}(s?)$"),
        ago=re.compile(rf"(?:about |around |over |some |more than |nearly )?{amount}{unit}s? (ago|from now|hence)$"),
        deictic=re.compile(rf"({alternatives(calendar_words('step'))}) {unit}$"),
        bare_unit=re.compile(rf"the {unit}$"),
        weekday=re.compile(
            rf"(?:(this|next|last|this coming|this past) )?({'|'.join(calendar.day_name)})$", re.I),
    )


@cache
def named() -> Named:
    """Compile the patterns of `Named`."""
    month, year = f"({'|'.join(months())})", _YEAR
    nth = alternatives({*calendar_words("ordinal"), "last"})
    part = rf"(?P<share>{alternatives(shares())})(?: part)?"
    nth_part = rf"(?P<nth>{nth}) (?P<size>{alternatives(calendar_words('size'))})"
    return Named(
        year=re.compile(rf"(?:the )?(?:year )?{year}$"),
        years=re.compile(rf"(?:between\s+)?{year}{_TO}{year}"),
        season_year=re.compile(r"^(?:the\s+)?(1\d|20|21)(\d\d)\s*[-–/]\s*(\d\d)$"),
        months=re.compile(rf"\b{month}(?:\s+{year})?{_TO}{month}\s+{year}$"),
        decade=re.compile(r"\b((?:1\d|20)\d)0s\b"),
        quarter=re.compile(rf"{_WHICH}(?P<size>[qh])(?P<nth>[1-4]){_IN_YEAR}"),
        season=re.compile(rf"{_WHICH}(?P<season>{alternatives(calendar_words('season'))}){_IN_YEAR}"),
        month=re.compile(rf"{_WHICH}(?P<month>{'|'.join(months())}){_IN_YEAR}"),
        part=re.compile(rf"(?:the )?(?:{part}|{nth_part})(?: of |[ -]+)(?:in )?(?P<rest>.+)$"),
        unit_end=re.compile(r"(?:the )?(week|month|quarter|year|decade)(?:'s|’s)?[ -]end$"),
        rest_of=re.compile(r"(?:(later|earlier)(?: in| on in)?|the (?:rest|remainder) of) (.+)$"),
    )


def names_year(words: str) -> bool:
    """Tell whether words hold the number of a year."""
    return re.search(_YEAR, words) is not None
