"""Tests of claimtrack.meaning.quantity, on invented sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claimtrack.meaning import quantity

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(("text", "expected"), [
    ("The firm has four bases.", [(4, None, "bases", None)]),
    ("The firm bought about 30 trucks.", [(30, None, "trucks", "about")]),
    ("It sold at least 1,200 cars.", [(1200, None, "cars", "at least")]),
    ("The deal is worth $9.3 billion.", [(9.3e9, None, "USD", None)]),
    ("Exports rose by 4.5 per cent.", [(4.5, None, "%", None)]),
    ("Between 10 and 20 ships left.", [(10, 20, "ships", "between")]),
    ("The 400-kilometer road opened.", [(400, None, "kilometer", None)]),
    ("Around two-thirds of the land is dry.", [(0.6667, None, "share", "about")]),
    ("He paid 300 pounds for the coat.", [(300, None, "GBP", None)]),
    ("The catfish weighed 280 pounds.", [(280, None, "pounds", None)]),
    ("The dog is 80 pounds heavier.", [(80, None, "pounds", None)]),
    ("The bridge opened in 2021.", []),
    ("The third bridge opened.", []),
    ("No one left.", []),
])
def test_quantity_reads_value_unit_modifier(
    parser: Language, text: str, expected: list[tuple[float, float | None, str | None, str | None]]
) -> None:
    """Numbers come with unit and modifier; years, ordinals and "no one" are no quantities."""
    doc = parser(text)
    found = quantity.quantities(doc, (0, len(text)))
    assert [(q.value, q.high, q.unit, q.modifier) for q in found] == expected


def test_quantity_span_covers_its_words(parser: Language) -> None:
    """The span runs from the modifier to the unit."""
    text = "He says that the firm bought about 30 trucks there."
    (found,) = quantity.quantities(parser(text), (0, len(text)))
    assert text[slice(*found.span)] == "about 30 trucks"
