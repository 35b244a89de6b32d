"""Figures as SVG text: who said what when, and how likely forecasts are held. Pure functions of what they draw.

A figure brings no style, script or font: the page styles its classes, so that it follows a dark page or a printer.
Its `title` and `desc` say in words what it shows; the page sets a table with the same content beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from math import ceil, hypot
from typing import NamedTuple

from markupsafe import escape

__all__ = ["ARCS", "LANES", "NARROW", "WIDE", "Arc", "Layout", "Saying", "interval", "likelihood_axis", "timeline"]

LANES = 12  # more rows than that no longer fit on a screen
ARCS = 40  # more are a knot
LABELS = 14
NEAR = 26.0  # pixels: claims of one source that would touch are one dot with their number
NO_DATE = "no date"


@dataclass(frozen=True)
class Saying:
    """A claim on the timeline: in the row of its source, on the day of publication or in its document's column."""

    claim: str
    source: str
    document: str
    day: date | None
    horizon: date | None = None


@dataclass(frozen=True)
class Arc:
    """Two claims that clash, by id, and what the clash is called on the page; dashed where it is a tension."""

    a: str
    b: str
    label: str
    tension: bool = False


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

TOP, FOOT, EDGE, GAP = 30, 52, 18, 30
ABOVE = 17  # from a row's line up to the name above it
BEYOND = 48  # room for the years of horizons outside the figure
LEAST_REACH = 30  # days
TIERS, TIER = 3, 3.5  # lines below a row that run side by side, and their distance
GRID = 3


# ---------------------------------------------------------------------------------------------------------- timeline


def timeline(
    sayings: Sequence[Saying], arcs: Sequence[Arc], layout: Layout, *, title: str, description: str
) -> str:
    """Draw claims by source and date of publication, how far forecasts reach, and an arc for each clash.

    Undated documents stand in columns of their own on the right, in no order of time. Sources beyond `LANES` share
    the last row, arcs beyond `ARCS` are left out: give the best first. Empty without claims.
    """
    if not sayings:
        return ""
    chart = _Chart(sayings, arcs[:ARCS], layout)
    name = f"timeline-{layout.name}"
    parts = [*chart.axis(), *chart.rows(), *chart.horizons(), *chart.arcs(), *chart.dots()]
    return (
        f'<svg class="timeline {layout.name}" viewBox="0 0 {layout.width} {chart.height}" role="img"'
        f' aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
        + "".join(parts)
        + f'<g paint-order="stroke">{"".join(chart.names())}</g></svg>'  # their outline hides the lines below them
    )


@dataclass(frozen=True)
class _Dot:
    """The claims of one row that stand too close to be told apart."""

    x: float
    y: float
    claims: tuple[str, ...]

    @property
    def radius(self) -> float:
        return 4.5 if len(self.claims) == 1 else 6 + 2.5 * len(str(len(self.claims)))


class _Chart:
    """Where everything stands on a timeline."""

    def __init__(self, sayings: Sequence[Saying], arcs: Sequence[Arc], layout: Layout) -> None:
        self._sayings, self._arcs, self._layout = sayings, arcs, layout
        self._lanes = _lanes(sayings, arcs)
        self._scale = _Scale(sayings, layout)
        self.height = TOP + layout.row * len(set(self._lanes.values())) + FOOT

    def _y(self, lane: int) -> float:
        # Names above their rows push the line of the row to its lower third.
        return TOP + self._layout.row * (lane + (0.5 if self._layout.names else 0.68))

    @cached_property
    def _dots(self) -> list[_Dot]:
        rows: dict[int, list[tuple[float, str]]] = {}
        for saying in self._sayings:
            rows.setdefault(self._lanes[saying.source], []).append((self._scale.x(saying), saying.claim))
        return [dot for lane in sorted(rows) for dot in _gathered(sorted(rows[lane]), self._y(lane))]

    def axis(self) -> Iterator[str]:
        """Lines and labels of dates and of undated documents."""
        base = self.height - FOOT
        for x, label in self._scale.ticks():
            yield _line("grid", x, TOP - 12, x, base)
            yield _text("tick", min(max(x, 31), self._layout.width - 31), base + 16, label)
        for x, label in self._scale.headings():
            yield _text("heading", x, base + 36, label)

    @cached_property
    def _rows(self) -> list[tuple[float, str]]:
        """The height of each row, and its name; the last row may be that of many sources."""
        named: dict[int, list[str]] = {}
        for source, lane in self._lanes.items():
            named.setdefault(lane, []).append(source)
        return [
            (self._y(lane), sources[0] if len(sources) == 1 else f"{len(sources):,} other sources")
            for lane, sources in sorted(named.items())
        ]

    def rows(self) -> Iterator[str]:
        """A line for each source."""
        for y, _ in self._rows:
            yield _line("row", self._layout.names, y, self._layout.width, y)

    def names(self) -> Iterator[str]:
        """The name of each source, before its row or above it."""
        beside = self._layout.names
        for y, name in self._rows:
            if beside:
                yield _text("name", beside - 10, y + 4, _fitted(name, 28), anchor="end")
            else:
                yield _text("name", 0, y - ABOVE, _fitted(name, 46), anchor="start")

    def _taken(self) -> Iterator[tuple[float, float]]:
        """Places where the name of an arc would cover something."""
        yield from ((dot.x, dot.y) for dot in self._dots)
        if not self._layout.names:
            yield from ((x, y - ABOVE - 4) for y, name in self._rows for x in range(0, 6 * len(name) + 12, 12))

    def horizons(self) -> Iterator[str]:
        """A line from each dated forecast to the day it speaks of, below its row; years outside at the end."""
        spans: dict[int, set[tuple[int, int]]] = {}
        beyond: dict[int, set[int]] = {}
        for saying in self._sayings:
            if saying.day and saying.horizon and saying.horizon > saying.day:
                lane, leaves = self._lanes[saying.source], saying.horizon > self._scale.last
                end = self._edge if leaves else self._scale.place(saying.horizon)
                spans.setdefault(lane, set()).add((_rounded(self._scale.place(saying.day)), _rounded(end)))
                if leaves:
                    beyond.setdefault(lane, set()).add(saying.horizon.year)
        for lane, reaches in sorted(spans.items()):
            yield from _reaches(reaches, self._y(lane) + 8, self._edge)
        for lane, years in sorted(beyond.items()):
            yield _text("beyond", self._edge + 3, self._y(lane) + 12, _years(years), anchor="start")

    @property
    def _edge(self) -> float:
        """Where lines to horizons outside the figure end."""
        return self._scale.right + BEYOND / 4

    def arcs(self) -> Iterator[str]:
        """A curve for each pair of dots whose claims clash, with the names of the clashes."""
        at = {claim: dot for dot in self._dots for claim in dot.claims}
        joined: dict[tuple[_Dot, _Dot, bool], list[str]] = {}
        for arc in self._arcs:
            if arc.a in at and arc.b in at:
                joined.setdefault((at[arc.a], at[arc.b], arc.tension), []).append(arc.label)
        taken = list(self._taken())
        drawn = [(_arc(a, b, self._layout.width), tension) for a, b, tension in joined]
        for line, tension in drawn:
            yield f'<path class="arc{" tension" if tension else ""}" d="{line.path}"/>'
        for labels, (line, _) in islice(zip(joined.values(), drawn, strict=True), LABELS):
            x, y = line.free_place(taken)
            taken.append((x, y))
            yield from _plate(x, y, _fitted(", ".join(labels), 14))

    def dots(self) -> Iterator[str]:
        """A dot for a claim, or a larger one with how many there are."""
        for dot in self._dots:
            yield f'<circle class="dot" cx="{dot.x:.1f}" cy="{dot.y:.1f}" r="{dot.radius:g}"/>'
            if len(dot.claims) > 1:
                yield _text("count", dot.x, dot.y + 3.5, str(len(dot.claims)))


def _lanes(sayings: Iterable[Saying], arcs: Iterable[Arc]) -> dict[str, int]:
    """The row of each source: those that clash most on top, then those that say most; the rest share the last one."""
    source_of = {saying.claim: saying.source for saying in sayings}
    said = Counter(source_of.values())
    clashing = Counter(source_of[claim] for arc in arcs for claim in (arc.a, arc.b) if claim in source_of)
    ranked = sorted(said, key=lambda source: (-clashing[source], -said[source], source))
    own = len(ranked) if len(ranked) <= LANES else LANES - 1
    return {source: min(i, own) for i, source in enumerate(ranked)}


def _gathered(row: Sequence[tuple[float, str]], y: float) -> Iterator[_Dot]:
    """The dots of one row, from its claims in order of place; none nearer than `NEAR` to the next."""
    claims: list[str] = []
    total = 0.0
    for x, claim in row:
        if claims and x - total / len(claims) > NEAR:
            yield _Dot(total / len(claims), y, tuple(claims))
            claims, total = [], 0.0
        claims.append(claim)
        total += x
    yield _Dot(total / len(claims), y, tuple(claims))


def _reaches(spans: Iterable[tuple[int, int]], y: float, edge: float) -> Iterator[str]:
    """Lines side by side where they overlap, joined in the last tier, each with a bar at its end before the edge."""
    ends = [0] * TIERS
    bars: set[tuple[int, int]] = set()
    for start, end in sorted(spans):
        tier = next((i for i, taken in enumerate(ends) if taken < start), TIERS - 1)
        if end > ends[tier]:
            below = y + TIER * tier
            yield _line("horizon", max(start, ends[tier]), below, end, below)
            ends[tier] = end
        if end < edge - GRID:
            bars.add((tier, end))
    for tier, end in sorted(bars):
        yield _line("horizon", end, y + TIER * tier - 3, end, y + TIER * tier + 3)


def _rounded(x: float) -> int:
    """A place on a grid: however many forecasts there are, their lines stay few."""
    return GRID * round(x / GRID)


def _years(years: set[int]) -> str:
    first, last = min(years), max(years)
    return f"› {first}" if first == last else f"› {first}–{last % 100:02}"


# ------------------------------------------------------------------------------------------------------------- scale


class _Scale:
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
            for day, label in _round_dates(self.first, self.last, most):
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


def _round_dates(first: date, last: date, most: int) -> list[tuple[date, str]]:
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


# -------------------------------------------------------------------------------------------------------------- arcs


class _Drawn(NamedTuple):
    """A line between two dots, and where on it its name may stand, the best place first."""

    path: str
    places: tuple[tuple[float, float], ...]

    def free_place(self, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
        """The place that is farthest from what stands there already; a name is wider than high."""
        return max(self.places, key=lambda p: min((min(hypot(p[0] - x, 2 * (p[1] - y)), 40) for x, y in taken)))


def _arc(a: _Dot, b: _Dot, width: float) -> _Drawn:
    """A curve that bulges upwards, or into the figure where one dot stands below the other; a ring for one dot."""
    if a is b:
        return _ring(a)
    dx, dy = b.x - a.x, b.y - a.y
    length = hypot(dx, dy)
    bulge = 10 + 0.22 * length
    side = -1 if dx > 0 or (dx == 0 and (a.x > width * 0.6) == (dy < 0)) else 1
    control = (a.x + b.x) / 2 - side * dy / length * bulge, max(4.0, (a.y + b.y) / 2 + side * dx / length * bulge)
    path = f"M{a.x:.1f} {a.y:.1f} Q{control[0]:.1f} {control[1]:.1f} {b.x:.1f} {b.y:.1f}"
    shares = (((1 - t) ** 2, 2 * t * (1 - t), t * t) for t in (0.5, 0.4, 0.6, 0.3, 0.7))
    places = ((p * a.x + q * control[0] + r * b.x, p * a.y + q * control[1] + r * b.y) for p, q, r in shares)
    return _Drawn(path, tuple(places))


def _ring(dot: _Dot) -> _Drawn:
    """A circle around a dot whose claims clash with one another."""
    r = dot.radius + 4
    path = f"M{dot.x - r:.1f} {dot.y:.1f} a{r:g} {r:g} 0 1 1 {2 * r:g} 0 a{r:g} {r:g} 0 1 1 {-2 * r:g} 0"
    return _Drawn(path, ((dot.x, dot.y - r - 6), (dot.x, dot.y + r + 6)))


def _plate(x: float, y: float, text: str) -> Iterator[str]:
    """A name on a plate that hides the lines below it."""
    width = 7 * len(text) + 4
    yield f'<rect class="plate" x="{x - width / 2:.1f}" y="{y - 7:.1f}" width="{width}" height="14"/>'
    yield _text("clash", x, y + 4, text)


# --------------------------------------------------------------------------------------------------------- intervals


def interval(low: float, high: float, point: float | None, *, title: str, conditional: bool = False) -> str:
    """A likelihood from 0 to 1 on a strip as wide as its place: a bar for the range, a dot for the best guess.

    Drawn hollow where it hangs on a condition.
    """
    open_ = " open" if conditional else ""
    dot = "" if point is None else f'<circle class="point{open_}" cx="{_percent(point)}" cy="50%" r="5"/>'
    return (
        f'<svg class="interval" role="img"><title>{escape(title)}</title>'
        + "".join(f'<line class="grid" x1="{x}%" x2="{x}%" y1="0" y2="100%"/>' for x in (0, 25, 50, 75, 100))
        + f'<rect class="range{open_}" x="{_percent(low)}" width="{_percent(high - low)}" y="50%" height="11"'
        f' transform="translate(0 -5.5)"/>{dot}</svg>'
    )


def likelihood_axis() -> str:
    """The numbers above a column of strips, hidden from those who hear the page: each strip tells its own."""
    texts = (f'<text class="tick" x="{x}%" y="14" text-anchor="middle">{x} %</text>' for x in (0, 50, 100))
    return f'<svg class="scale" aria-hidden="true">{"".join(texts)}</svg>'


def _percent(share: float) -> str:
    return f"{100 * share:.4g}%"


# -------------------------------------------------------------------------------------------------------------- text


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(kind: str, x: float, y: float, text: str, anchor: str = "middle") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _fitted(text: str, length: int) -> str:
    """At most so many characters."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
