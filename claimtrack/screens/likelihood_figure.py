"""How likely a forecast is held, as SVG text: a strip with a bar for the range and a dot for the best guess."""

from __future__ import annotations

from markupsafe import escape

__all__ = ["interval", "likelihood_axis"]


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
