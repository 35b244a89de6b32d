"""From days, and from documents without a date, to places on the width of a timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

__all__ = ["BEYOND", "NARROW", "WIDE", "Layout", "Saying", "Scale", "round_dates"]

NO_DATE = "no date"
EDGE, GAP = 18, 30
BEYOND = 48  # room for the years of horizons outside the figure
LEAST_REACH = 30  # days


@dataclass(frozen=True)
class Saying:
    """A claim on the timeline: in the row of its source, on the day of publication or in its document's column."""

    claim: str
    source: str
    document: str
    day: date | None
    horizon: date | None = None


@dataclass(frozen=True)
class Layout:
    """Sizes in pixels: all of it, the column of names (0 puts names above their rows), a row, an undated column."""

    name: str
    width: int
    names: int
    row: int
    column: int
    columns: int


WIDE = Layout("wide", width=760, names=190, row=36, column=58, columns=5)
NARROW = Layout("narrow", width=340, names=0, row=52, column=54, columns=3)


class Scale:
    """From days, and from documents without a date, to places on the width."""

    def __init__(self, sayings: Sequence[Saying], layout: Layout) -> None:
        days = [saying.day for saying in sayings if saying.day]
        horizons = [saying.horizon for saying in sayings if saying.day and saying.horizon]
        undated = list(dict.fromkeys(saying.document for saying in sayings if not saying.day))
        self._dated, self._undated = bool(days), len(undated)
        self._labels = undated if len(undated) <= layout.columns else [NO_DATE]
        self.first, self.last = (min(days), _last(days, horizons)) if days else (date.min, date.min)
        self.left, inner = layout.names + EDGE, layout.width - EDGE
        width = self._undated_width(inner, len(set(days)), layout) if undated else 0
        beyond = BEYOND if any(horizon > self.last for horizon in horizons) else 0
        self.right = inner - width - beyond - (GAP if width else 0)
        self._columns = {
            label: inner - width + width * (i + 0.5) / len(self._labels) for i, label in enumerate(self._labels)
        }

    def _undated_width(self, inner: float, days: int, layout: Layout) -> float:
        """What columns without a date get: all there is but for the days, of which a single one is a column too."""
        columns = len(self._labels)
        return columns * layout.column if days > 1 else (inner - self.left) * columns / (columns + days)

    def x(self, saying: Saying) -> float:
        """Where a claim stands."""
        if saying.day:
            return self.place(saying.day)
        return self._columns.get(saying.document) or self._columns[NO_DATE]

    def place(self, day: date) -> float:
        """Where a day stands; the middle where there is but one."""
        days = (self.last - self.first).days
        share = (day - self.first).days / days if days else 0.5
        return self.left + share * (self.right - self.left)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Places with a label: round dates, then the documents without a date."""
        if self._dated:
            most = max(1, int((self.right - self.left) / 86))
            for day, label in round_dates(self.first, self.last, most):
                yield self.place(day), label
        for label, x in self._columns.items():
            yield x, label if label != NO_DATE else f"{self._undated:,} doc."

    def headings(self) -> Iterator[tuple[float, str]]:
        """What the two zones are."""
        if self._dated:
            yield (self.left + self.right) / 2, "published"
        if self._columns:
            yield sum(self._columns.values()) / len(self._columns), NO_DATE


def _last(days: Sequence[date], horizons: Sequence[date]) -> date:
    """The last day drawn: horizons count as far as what is said takes no less than half of the width."""
    first, last = min(days).toordinal(), max(days).toordinal()
    reach = last + max(last - first, LEAST_REACH)
    return date.fromordinal(max(last, min(reach, max(horizons).toordinal())) if horizons else last)


def round_dates(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """At most `most` days to label, whole years, months or days, whatever is finest; else the first and the last."""
    for step in (1, 2, 7, 14):
        days = range(first.toordinal(), last.toordinal() + 1, step)
        if len(days) <= most:
            return [(date.fromordinal(day), date.fromordinal(day).isoformat()) for day in days]
    for step in (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000):
        months = _months(first, last, step)
        if 1 < len(months) <= most:
            return [(day, day.isoformat()[: 7 if step < 12 else 4]) for day in months]
    return [(day, day.isoformat()) for day in ([first, last] if most > 1 else [first])]


def _months(first: date, last: date, step: int) -> list[date]:
    """The first days of months between two days that are a multiple of `step` months after the year 0."""
    start = ceil((12 * first.year + first.month - (first.day == 1)) / step) * step
    end = 12 * last.year + last.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(start, end + 1, step) if month >= 12]
