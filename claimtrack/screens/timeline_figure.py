"""Who said what when, as SVG text: a row for each source, a dot for its claims, an arc for each clash.

A figure brings no style, script or font: the page styles its classes, so that it follows a dark page or a printer.
Its `title` and `desc` say in words what it shows; the page sets a table with the same content beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from markupsafe import escape

from claimtrack.screens import svg
from claimtrack.screens.timeline_arcs import Dot, curve, plate
from claimtrack.screens.timeline_scale import BEYOND, Layout, Saying, Scale

__all__ = ["ARCS", "LANES", "Arc", "timeline"]

LANES = 12  # more rows than that no longer fit on a screen
ARCS = 40  # more are a knot
LABELS = 14
NEAR = 26.0  # pixels: claims of one source that would touch are one dot with their number
TOP, FOOT = 30, 52
ABOVE = 17  # from a row's line up to the name above it
TIERS, TIER = 3, 3.5  # lines below a row that run side by side, and their distance
GRID = 3


@dataclass(frozen=True)
class Arc:
    """Two claims that clash, by id, and what the clash is called on the page; dashed where it is a tension."""

    a: str
    b: str
    label: str
    tension: bool = False


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


class _Chart:
    """Where everything stands on a timeline."""

    def __init__(self, sayings: Sequence[Saying], arcs: Sequence[Arc], layout: Layout) -> None:
        self._sayings, self._arcs, self._layout = sayings, arcs, layout
        self._lanes = _lanes(sayings, arcs)
        self._scale = Scale(sayings, layout)
        self.height = TOP + layout.row * len(set(self._lanes.values())) + FOOT

    def _y(self, lane: int) -> float:
        # Names above their rows push the line of the row to its lower third.
        return TOP + self._layout.row * (lane + (0.5 if self._layout.names else 0.68))

    @cached_property
    def _dots(self) -> list[Dot]:
        rows: dict[int, list[tuple[float, str]]] = {}
        for saying in self._sayings:
            rows.setdefault(self._lanes[saying.source], []).append((self._scale.x(saying), saying.claim))
        return [dot for lane in sorted(rows) for dot in _gathered(sorted(rows[lane]), self._y(lane))]

    def axis(self) -> Iterator[str]:
        """Lines and labels of dates and of undated documents."""
        base = self.height - FOOT
        for x, label in self._scale.ticks():
            yield svg.line("grid", x, TOP - 12, x, base)
            yield svg.text("tick", min(max(x, 31), self._layout.width - 31), base + 16, label)
        for x, label in self._scale.headings():
            yield svg.text("heading", x, base + 36, label)

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
            yield svg.line("row", self._layout.names, y, self._layout.width, y)

    def names(self) -> Iterator[str]:
        """The name of each source, before its row or above it."""
        beside = self._layout.names
        for y, name in self._rows:
            if beside:
                yield svg.text("name", beside - 10, y + 4, svg.fitted(name, 28), anchor="end")
            else:
                yield svg.text("name", 0, y - ABOVE, svg.fitted(name, 46), anchor="start")

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
            yield svg.text("beyond", self._edge + 3, self._y(lane) + 12, _years(years), anchor="start")

    @property
    def _edge(self) -> float:
        """Where lines to horizons outside the figure end."""
        return self._scale.right + BEYOND / 4

    def arcs(self) -> Iterator[str]:
        """A curve for each pair of dots whose claims clash, with the names of the clashes."""
        at = {claim: dot for dot in self._dots for claim in dot.claims}
        joined: dict[tuple[Dot, Dot, bool], list[str]] = {}
        for arc in self._arcs:
            if arc.a in at and arc.b in at:
                joined.setdefault((at[arc.a], at[arc.b], arc.tension), []).append(arc.label)
        taken = list(self._taken())
        drawn = [(curve(a, b, self._layout.width), tension) for a, b, tension in joined]
        for line, tension in drawn:
            yield f'<path class="arc{" tension" if tension else ""}" d="{line.path}"/>'
        for labels, (line, _) in islice(zip(joined.values(), drawn, strict=True), LABELS):
            x, y = line.free_place(taken)
            taken.append((x, y))
            yield from plate(x, y, svg.fitted(", ".join(labels), 14))

    def dots(self) -> Iterator[str]:
        """A dot for a claim, or a larger one with how many there are."""
        for dot in self._dots:
            yield f'<circle class="dot" cx="{dot.x:.1f}" cy="{dot.y:.1f}" r="{dot.radius:g}"/>'
            if len(dot.claims) > 1:
                yield svg.text("count", dot.x, dot.y + 3.5, str(len(dot.claims)))


def _lanes(sayings: Iterable[Saying], arcs: Iterable[Arc]) -> dict[str, int]:
    """The row of each source: those that clash most on top, then those that say most; the rest share the last one."""
    source_of = {saying.claim: saying.source for saying in sayings}
    said = Counter(source_of.values())
    clashing = Counter(source_of[claim] for arc in arcs for claim in (arc.a, arc.b) if claim in source_of)
    ranked = sorted(said, key=lambda source: (-clashing[source], -said[source], source))
    own = len(ranked) if len(ranked) <= LANES else LANES - 1
    return {source: min(i, own) for i, source in enumerate(ranked)}


def _gathered(row: Sequence[tuple[float, str]], y: float) -> Iterator[Dot]:
    """The dots of one row, from its claims in order of place; none nearer than `NEAR` to the next."""
    claims: list[str] = []
    total = 0.0
    for x, claim in row:
        if claims and x - total / len(claims) > NEAR:
            yield Dot(total / len(claims), y, tuple(claims))
            claims, total = [], 0.0
        claims.append(claim)
        total += x
    yield Dot(total / len(claims), y, tuple(claims))


def _reaches(spans: Iterable[tuple[int, int]], y: float, edge: float) -> Iterator[str]:
    """Lines side by side where they overlap, joined in the last tier, each with a bar at its end before the edge."""
    ends = [0] * TIERS
    bars: set[tuple[int, int]] = set()
    for start, end in sorted(spans):
        tier = next((i for i, taken in enumerate(ends) if taken < start), TIERS - 1)
        if end > ends[tier]:
            below = y + TIER * tier
            yield svg.line("horizon", max(start, ends[tier]), below, end, below)
            ends[tier] = end
        if end < edge - GRID:
            bars.add((tier, end))
    for tier, end in sorted(bars):
        yield svg.line("horizon", end, y + TIER * tier - 3, end, y + TIER * tier + 3)


def _rounded(x: float) -> int:
    """A place on a grid: however many forecasts there are, their lines stay few."""
    return GRID * round(x / GRID)


def _years(years: set[int]) -> str:
    first, last = min(years), max(years)
    return f"› {first}" if first == last else f"› {first}–{last % 100:02}"
