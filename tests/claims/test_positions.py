"""Who is for or against what: each promise on an invented sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.claims.sentences import claims_of, only

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize("text", ["Not every member supports Chile.", "Few members support Chile."])
def test_positions_gives_nobody_the_position_of_few(nlp: Language, text: str) -> None:
    """That not all support something is no position for or against it."""
    assert only(nlp, text).positions == ()


def test_positions_gives_each_joint_holder_the_position(nlp: Language) -> None:
    """Two who oppose one thing together each oppose it."""
    claim = only(nlp, "Peru and Chile oppose the Atacama canal.")
    stands = [(position.holder_id, position.value) for position in claim.positions]
    assert stands == [("country:peru", "against"), ("country:chile", "against")]
    assert len({p.target_id for p in claim.positions}) == 1


@pytest.mark.parametrize("text", [
    "The bank denied that Chile supports the Atacama canal.", "Does Chile support the Atacama canal?",
    "Chile denied that it opposes the Atacama canal.",
])
def test_positions_are_not_read_off_what_is_denied_or_asked(nlp: Language, text: str) -> None:
    """Nobody stands for a thing because he denies to be against it, or because somebody asks."""
    assert all(claim.positions == () for claim in claims_of(nlp, text))


def test_positions_of_who_speaks_of_itself(nlp: Language) -> None:
    """The "it" of what a state says is that state, not the one before it."""
    _, claim = claims_of(nlp, "Egypt opposes the Atacama canal. Sudan said that it does not support the Atacama canal.")
    assert [(position.holder, position.value) for position in claim.positions] == [("Sudan", "against")]


@pytest.mark.parametrize(("text", "told"), [
    ("Peru opposed sending troops to Mali.", "Peru opposed sending troops to Mali"),
    ("Chile supports building a canal.", "Chile supports building a canal"),
    ("Chile is opposing building a canal.", "Chile is opposing building a canal"),
])
def test_positions_on_an_act_do_not_say_that_it_is_done(nlp: Language, text: str, told: str) -> None:
    """Who opposes sending troops sends none, as far as is told, and who supports a canal builds none yet."""
    claim = only(nlp, text)
    assert (claim.proposition, claim.factuality) == (told, "Uu")
