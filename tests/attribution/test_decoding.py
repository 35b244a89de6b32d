"""Decoding: from labels to spans."""

from claimtrack.attribution.decoding import label_spans


def test_label_spans():
    """Spans end where another begins, at another kind, and at the end."""
    assert label_spans([0, 1, 2, 1, 5, 6]) == {"source": [(1, 3), (3, 4)], "cue": [], "content": [(4, 6)]}
