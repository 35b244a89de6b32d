"""Pieces and the windows they are packed into."""

from claimtrack.attribution.pieces import fill_windows, special, split_block


def test_split_block_after_sentence():
    """A long paragraph is cut after a sentence, and nothing is lost."""
    block = special(2000)
    for piece in [2001, 1012, 1000, 2002, 2003, 2004, 2005]:
        block.extend(special(piece))
    parts = split_block(block, 5)
    assert [part.ids for part in parts] == [[2000, 2001, 1012, 1000], [2002, 2003, 2004, 2005]]


def test_fill_windows_keeps_paragraphs_whole():
    """A paragraph that does not fit any more starts the next window."""
    blocks = [special(2000).cut(0, 1) for _ in range(5)]
    assert [len(window) for window in fill_windows(blocks, 5)] == [5, 5, 3]
