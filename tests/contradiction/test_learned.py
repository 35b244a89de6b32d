"""What becomes of what the trained judge reads, whatever its weights: its readings are given here."""

from collections.abc import Callable

import pytest

from claimtrack import contradiction
from claimtrack.contradiction import encoder, judge_model, learned
from claimtrack.contradiction.judge_model import Reading
from claimtrack.schema import Claim, Contradiction, NearMiss, Source
from tests.conftest import make_claim, make_document

OPEN = make_claim(make_document("The canal will open in spring."), topics=("canal",))
SHUT = make_claim(
    make_document("Nobody will see a ship there before autumn."),
    source=Source(id="person:ola-berg", name="Ola Berg", kind="person"), stance="deny", topics=("canal",),
)  # fmt: skip
NEAR = 0.8


class FixedJudge:
    """Reads the same in every pair."""

    def __init__(self, score: float, *, hard: bool = True, kind: str = "likelihood") -> None:
        self.reading = Reading(score, hard, {kind: 1.0})

    def read(self, _a: Claim, _b: Claim, _nearness: float) -> Reading:
        """Read."""
        return self.reading


@pytest.fixture
def judging(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`judging(score, hard=..., kind=...)` puts a judge in place of the shipped one."""

    def put(score: float, *, hard: bool = True, kind: str = "likelihood") -> None:
        monkeypatch.setattr(judge_model, "shipped", lambda: FixedJudge(score, hard=hard, kind=kind))

    return put


def test_learned_clash_names_both_holders_and_what_each_says(judging: Callable[..., None]) -> None:
    """One sentence that a reader checks against both quotations, and the name that readers gave the kind."""
    judging(0.9)
    pair = learned.judge(OPEN, SHUT, NEAR)
    assert isinstance(pair, Contradiction)
    assert pair.explanation == (
        "Mara Quist says: The canal will open in spring; Ola Berg denies: Nobody will see a ship there before autumn."
    )
    assert (pair.kind, pair.strength, pair.basis, pair.score, pair.faint) == (
        "likelihood", "contradiction", "judge", 0.9, False,
    )  # fmt: skip


def test_learned_explanation_agrees_with_several_holders(judging: Callable[..., None]) -> None:
    """Experts say and officials deny; one holder says and denies."""
    judging(0.9)
    holders = [Source(id=f"group:{name}", name=name, kind="group") for name in ("experts", "officials")]
    a, b = (c.model_copy(update={"source": s}) for c, s in zip((OPEN, SHUT), holders, strict=True))
    pair = learned.judge(a, b, NEAR)
    assert isinstance(pair, Contradiction)
    assert pair.explanation.startswith("Experts say: ")
    assert "; officials deny: " in pair.explanation


def test_learned_doubtful_clash_is_faint(judging: Callable[..., None]) -> None:
    """Below the score from which pairs are shown unasked, a clash is kept for who asks for it."""
    judging(learned.SHOWN - 0.01, hard=False)
    pair = learned.judge(OPEN, SHUT, NEAR)
    assert isinstance(pair, Contradiction)
    assert (pair.faint, pair.strength) == (True, "tension")


def test_learned_narrow_rejection_has_a_reason(judging: Callable[..., None]) -> None:
    """A pair just below what is kept is a near miss, with what the judge takes it for."""
    judging(learned.NARROW, kind="same side")
    pair = learned.judge(OPEN, SHUT, NEAR)
    assert isinstance(pair, NearMiss)
    assert pair.reason == "same side"


def test_learned_judge_says_nothing_of_what_is_far_from_a_clash(judging: Callable[..., None]) -> None:
    """Below that, nothing."""
    judging(learned.NARROW / 2)
    assert learned.judge(OPEN, SHUT, NEAR) is None


def test_learned_judge_does_not_read_one_claim_told_twice(judging: Callable[..., None]) -> None:
    """The same words with the same stance, as in a reprint, are not read."""
    judging(0.9)
    again = make_claim(make_document("The canal will open in spring.\n"), "The canal will open in spring.")
    assert learned.judge(OPEN, again, NEAR) is None


def test_learned_pairs_need_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without weights the rules judge alone."""
    monkeypatch.setattr(judge_model, "shipped", lambda: None)
    monkeypatch.setattr(encoder, "shipped", lambda: None)
    assert contradiction.contradictions([OPEN, SHUT]) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [({"condition": (0, 9)}, {}), ({"commitment": -2.0}, {"commitment": -3.0})],
)
def test_learned_does_not_show_what_may_both_stand(
    judging: Callable[..., None], first: dict[str, object], second: dict[str, object]
) -> None:
    """A condition is no assertion, and who doubts a thing does not contradict who denies it, however sure the judge."""
    judging(0.9)
    pair = learned.judge(OPEN.model_copy(update=first), SHUT.model_copy(update=second), NEAR)
    assert isinstance(pair, Contradiction)
    assert pair.faint


@pytest.mark.parametrize(
    ("statement", "met"),
    [
        ("On Monday the ministry sold eleven fishing boats to Chile, it said.", False),
        ("The museum of Lima lent its paintings, boats and fishing nets to Chile.", True),
    ],
)
def test_learned_leaves_a_statement_in_other_words_of_the_same_to_the_rules(
    judging: Callable[..., None], statement: str, met: bool
) -> None:
    """The judge is not asked of two statements of which one has all the words of the other."""
    judging(0.9)
    said = OPEN.model_copy(update={"proposition": "The ministry sold eleven fishing boats"})
    again = SHUT.model_copy(update={"proposition": statement, "stance": "affirm"})
    assert (learned.judge(said, again, NEAR) is not None) is met
