"""Marks of a figure as SVG text; its page or its own style sheet styles their classes."""

from __future__ import annotations

from markupsafe import escape

__all__ = ["fitted", "line", "text"]


def line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    """A line of a class."""
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def text(kind: str | None, x: float, y: float, words: str, anchor: str = "middle") -> str:
    """Words at a place, of a class if one is given."""
    styled = "" if kind is None else f'class="{kind}" '
    return f'<text {styled}x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def fitted(words: str, length: int) -> str:
    """At most so many characters."""
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"
