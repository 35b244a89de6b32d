"""How often what was forecast took place, as an SVG file of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimtrack.schema import CalibrationBin
from claimtrack.screens import svg
from claimtrack.screens.terminal import counted
from claimtrack.screens.wording import whole_percent

__all__ = ["calibration_image"]

SIDE, LEFT, TOP = 400, 64, 24  # of the square in the image, in pixels
WIDTH, HEIGHT = LEFT + SIDE + 56, TOP + SIDE + 76
STYLE = """
  .calibration { color: #1b1b1b; background: #fff; font: 13px system-ui, sans-serif; fill: currentColor }
  .calibration line { stroke: currentColor }
  .calibration .grid { opacity: .2 }
  .calibration .perfect { opacity: .6; stroke-dasharray: 5 4 }
  .calibration .range { stroke-width: 2 }
  @media (prefers-color-scheme: dark) { .calibration { color: #ececec; background: #161616 } }
"""


def calibration_image(bins: Sequence[CalibrationBin]) -> str:
    """The calibration plot as an SVG file: what was said from left to right, the share that took place upwards.

    A dot for each bin; a bar across it for the range of the words, one upwards for the 95 % Wilson interval. On the
    diagonal, forecasts are calibrated. It follows a dark page and tells in words what it shows.
    """
    drawn = [*_grid(), *(mark for found in bins for mark in _cross(found))]
    described = " ".join(map(_described, bins))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="calibration" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" aria-labelledby="calibration-title calibration-desc">\n'
        '<title id="calibration-title">Calibration of resolved forecasts</title>\n'
        f'<desc id="calibration-desc">{described}</desc>\n<style>{STYLE}</style>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _described(found: CalibrationBin) -> str:
    share = found.observed
    return (
        f"Said {whole_percent(found.low)} to {whole_percent(found.high)} %: {found.took_place} of "
        f"{counted(found.forecasts, 'forecast')} took place, {whole_percent(share.point)} %, with a 95 % interval of "
        f"{whole_percent(share.low)} to {whole_percent(share.high)} %."
    )


def _grid() -> Iterator[str]:
    """The square with its lines, numbers and names, and the diagonal."""
    for step in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        x, y = _place(step, step)
        yield svg.line("grid", x, TOP, x, TOP + SIDE)
        yield svg.line("grid", LEFT, y, LEFT + SIDE, y)
        yield svg.text(None, x, TOP + SIDE + 20, whole_percent(step))
        yield svg.text(None, LEFT - 10, y + 4, whole_percent(step), anchor="end")
    yield svg.line("perfect", *_place(0, 0), *_place(1, 1))
    yield svg.text(None, LEFT + SIDE / 2, TOP + SIDE + 42, "what was said, %")
    bars = "bars: range of the words across, 95 % Wilson interval upwards"
    yield svg.text(None, LEFT + SIDE / 2, TOP + SIDE + 66, bars)
    middle = TOP + SIDE / 2
    yield f'<text x="18" y="{middle:g}" text-anchor="middle" transform="rotate(-90 18 {middle:g})">took place, %</text>'


def _cross(found: CalibrationBin) -> Iterator[str]:
    """The dot of a bin, its two bars and how many forecasts it holds."""
    said, share = found.stated, found.observed
    x, y = _place(said.point, share.point)
    yield svg.line("range", *_place(said.low, share.point), *_place(said.high, share.point))
    yield svg.line("range", *_place(said.point, share.low), *_place(said.point, share.high))
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    yield svg.text(None, x + 8, y - 8, f"n = {found.forecasts:,}", anchor="start")


def _place(said: float, took_place: float) -> tuple[float, float]:
    return LEFT + SIDE * said, TOP + SIDE * (1 - took_place)
