"""Quotation marks as the tagger sees them."""

import pytest

from claimtrack.attribution.marks import quote_marks


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ('He said "no" twice.', {8: True, 11: False}),
        ("“First.", {0: True}),
        ("„Nein“, sagte er.", {0: True, 5: False}),
        ("»Nein«, sagte er.", {0: True, 5: False}),
        ("« Non », dit-il.", {0: True, 6: False}),
        ("It's the voters' choice.", {}),
        ("‘It's mine,’ he said.", {0: True, 11: False}),
        ("\"He said 'no' to me.\"", {0: True, 20: False}),
        ("a stray ” mark", {}),
    ],
)
def test_quote_marks(text, marks):
    """Outermost marks open and close; apostrophes and strays do neither."""
    assert dict(quote_marks(text)) == marks
