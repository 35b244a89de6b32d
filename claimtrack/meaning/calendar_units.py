"""Whole days, months and years of the calendar, and steps and shares of them.

Weeks run from Monday to Sunday (ISO 8601), decades from their round year on.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

Period = tuple[date, date]


def whole_year(year: int) -> Period:
    """Give the first and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def whole_month(year: int, month: int) -> Period:
    """Give the first and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def unit_of(day: date, unit: str) -> Period:
    """Give the calendar day, week, month, quarter, year or decade that holds a day."""
    monday = day - timedelta(days=day.weekday())
    match unit:
        case "week" | "fortnight":
            return monday, monday + timedelta(days=6)
        case "weekend":
            return monday + timedelta(days=5), monday + timedelta(days=6)
        case "month":
            return whole_month(day.year, day.month)
        case "quarter":
            return share(whole_year(day.year), (day.month - 1) // 3 / 4, ((day.month - 1) // 3 + 1) / 4)
        case "year":
            return whole_year(day.year)
        case "decade":
            return date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 9, 12, 31)
    return day, day


def share(period: Period, low: float, high: float) -> Period:
    """Cut a part out of a period, by whole months where it has several, else by days."""
    start, end = period
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if start.day == 1 and months >= 3:
        first = start.year * 12 + start.month - 1
        cut = whole_month(*split_months(first + int(low * months)))
        last = whole_month(*split_months(first + round(high * months) - 1))
        return cut[0], last[1]
    days = (end - start).days + 1
    return start + timedelta(days=int(low * days)), start + timedelta(days=max(round(high * days) - 1, 0))


def shifted(day: date, count: int, unit: str) -> date:
    """Move a day by so many units; by months to the same day of the month, or to its last."""
    days = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}.get(unit)
    if days:
        return day + timedelta(days=days * count)
    months = day.year * 12 + day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    first, last = whole_month(*split_months(months))
    return min(first + timedelta(days=day.day - 1), last)


def split_months(months: int) -> tuple[int, int]:
    """Part months counted from the year 0 into a year and its month from 1 to 12."""
    return months // 12, months % 12 + 1
