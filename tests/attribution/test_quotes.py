"""Quotations: what stands in marks, whatever the marks are."""

from __future__ import annotations

import pytest

from claimtrack.attribution.quotes import find_quotes
from tests.attribution.conftest import paragraphs


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("It's the dogs' yard. 'Go,' he said.", ["'Go,'"]),
        ("He wrote: 'the voters' choice is ours', twice.", ["'the voters' choice is ours'"]),
        ("''It's fine,'' he said. ''Bob's 'big' day.''", ["''It's fine,''", "''Bob's 'big' day.''"]),
        ("He said “one “two” three” and „vier“.", ["“one “two” three”", "„vier“"]),
        ("A 5'10\" man said \"no\".", ['"no"']),
        ("“First.\nand last.” He left.", ["“First.", "and last.”"]),
    ],
)
def test_quotes_tells_marks_from_apostrophes(text: str, quotes: list[str]) -> None:
    """Only the outermost quotations count, and an apostrophe neither opens nor closes one."""
    assert [text[q.start : q.end] for q in find_quotes(text, paragraphs(text))] == quotes
