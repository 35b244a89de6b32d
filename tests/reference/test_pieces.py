"""Windows over the pieces of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.reference.pieces import WINDOW, windows


@given(st.integers(min_value=1, max_value=5000))
def test_windows_take_each_piece_once(size: int) -> None:
    """However long a text is, each piece is taken from one window, in order, and none exceeds the limit."""
    cut = windows(size)
    assert [piece for w in cut for piece in range(w.first, w.last)] == list(range(size))
    assert all(w.start <= w.first < w.last <= w.end and w.end - w.start <= WINDOW for w in cut)
