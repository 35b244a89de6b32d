"""Dots on a timeline, and the curves between those whose claims clash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import NamedTuple

from claimtrack.screens import svg

__all__ = ["Curve", "Dot", "curve", "plate"]


@dataclass(frozen=True)
class Dot:
    """The claims of one row that stand too close to be told apart."""

    x: float
    y: float
    claims: tuple[str, ...]

    @property
    def radius(self) -> float:
        """Larger where it stands for several claims, so that their number fits in."""
        return 4.5 if len(self.claims) == 1 else 6 + 2.5 * len(str(len(self.claims)))


class Curve(NamedTuple):
    """A line between two dots, and where on it its name may stand, the best place first."""

    path: str
    places: tuple[tuple[float, float], ...]

    def free_place(self, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
        """The place that is farthest from what stands there already; a name is wider than high."""
        return max(self.places, key=lambda p: min((min(hypot(p[0] - x, 2 * (p[1] - y)), 40) for x, y in taken)))


def curve(a: Dot, b: Dot, width: float) -> Curve:
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
    return Curve(path, tuple(places))


def _ring(dot: Dot) -> Curve:
    """A circle around a dot whose claims clash with one another."""
    r = dot.radius + 4
    path = f"M{dot.x - r:.1f} {dot.y:.1f} a{r:g} {r:g} 0 1 1 {2 * r:g} 0 a{r:g} {r:g} 0 1 1 {-2 * r:g} 0"
    return Curve(path, ((dot.x, dot.y - r - 6), (dot.x, dot.y + r + 6)))


def plate(x: float, y: float, text: str) -> Iterator[str]:
    """A name on a plate that hides the lines below it."""
    width = 7 * len(text) + 4
    yield f'<rect class="plate" x="{x - width / 2:.1f}" y="{y - 7:.1f}" width="{width}" height="14"/>'
    yield svg.text("clash", x, y + 4, text)
