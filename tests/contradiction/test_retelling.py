"""A claim as one line for a model."""

import pytest

from claimtrack.contradiction.retelling import retold, retold_both, says_something, stands_alone
from claimtrack.schema import Source
from tests.conftest import make_claim, make_document

AUTHOR = Source(id="voice:doc_0:author", name="author", kind="author")


def test_retelling_names_holder_and_stance() -> None:
    """The line says who holds it, what the holder does with it, and what is claimed."""
    claim = make_claim(stance="deny", proposition="The canal is open.")
    assert retold(claim) == "Mara Quist denies: The canal is open."


def test_retelling_tells_authors_of_two_articles_apart() -> None:
    """An author has no name for the model; one of another article is another author, one of the same is not."""
    here = make_claim(source=AUTHOR)
    there = make_claim(make_document("The canal is shut."), source=AUTHOR)
    assert retold_both(here, there)[1] == "another author says: The canal is shut."
    assert retold_both(here, here)[1].startswith("the author says: ")


def test_retelling_does_not_deny_a_denial() -> None:
    """Where the statement itself tells of the denial, it is told: "Mara Quist has denied it" is what is claimed."""
    claim = make_claim(stance="deny", proposition="Mara Quist has denied the leak.")
    cue = claim.attribution.model_copy(update={"cue": "has denied"})
    assert retold(claim.model_copy(update={"attribution": cue})) == "Mara Quist says: Mara Quist has denied the leak."


def test_retelling_knows_an_empty_statement() -> None:
    """A name and a verb of saying say nothing that could clash."""
    cue = make_claim().attribution.model_copy(update={"cue": "rejected"})
    assert not says_something(make_claim(proposition="Mara Quist rejected", attribution=cue))
    assert says_something(make_claim(proposition="Mara Quist rejected the budget", attribution=cue))


def test_retelling_knows_a_denial_of_nobody_knows_what() -> None:
    """A bare denial would clash with whatever the holder is accused of; one that says what it denies may be read."""
    cue = make_claim().attribution.model_copy(update={"cue": "has denied"})
    denied = {"stance": "deny", "attribution": cue}
    assert not says_something(make_claim(proposition="Lima has denied any involvement", **denied))
    assert not says_something(make_claim(proposition="Peru is responsible", **denied))
    assert says_something(make_claim(proposition="Lima has denied any involvement in the fire", **denied))


@pytest.mark.parametrize(
    ("proposition", "stands"),
    [
        ("The canal is shut", True), ("It was shut", False), ("To curb the trade", False), ("Why it is shut", False),
        ("That would shut it", False), ("This is a lie", False), ("Those letters are forged", True),
        ("Its banks are shut", True), ("We know that it is shut", True),
    ],
)
def test_retelling_knows_what_cannot_be_read_alone(proposition: str, stands: bool) -> None:
    """What hangs on a pronoun, an infinitive or an indirect question asserts nothing by itself."""
    assert stands_alone(make_claim(proposition=proposition)) is stands
