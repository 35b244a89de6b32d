"""Tests of claimtrack.meaning.hedges, on invented sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claimtrack.meaning import hedges

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(("sentence", "event"), [
    ("The bridge is expected to open.", "open"),
    ("It is unlikely that a strike will break out.", "break"),
    ("The possibility of a strike can be ruled out.", "strike"),
    ("A confrontation remains unlikely.", "confrontation"),
    ("The likelihood of his involvement is quite high.", "involvement"),
    ("The guards seem to have left.", "left"),
    ("I'd be surprised if the senate annulled the vote.", "annulled"),
    ("There is a risk that the dam will break.", "break"),
    ("Chances are slim that he will win.", "win"),
    ("It is far from certain that he will win.", "win"),
    ("I don't think that he will win.", "win"),
    ("The firm will have to pay.", "pay"),
    ("The firm began to pay.", "pay"),
    ("The mayor said that he will win.", "said"),
    ("The firm wants to grow.", "wants"),
    ("The road is closed.", "closed"),
])
def test_hedges_event_of_follows_hedges_only(parser: Language, sentence: str, event: str) -> None:
    """Hedges, aspect and modals lead down to the event; reports and wishes are events of their own."""
    root = next(t for t in parser(sentence) if t.dep_ == "ROOT")
    assert hedges.event_of(root).text == event
