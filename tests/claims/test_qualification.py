"""How a clause is held, as a fact, a forecast or a question: each promise on an invented sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.claims.sentences import claims_of, only

if TYPE_CHECKING:
    from spacy.language import Language


def test_qualification_reads_no_likelihood_where_nobody_says_so(nlp: Language) -> None:
    """What is not said, asked or fought over has no likelihood, however it is worded."""
    for text in ("Mara Quist did not say that Peru will pay.", "Experts are divided over whether Peru will pay.",
                 "It is unclear whether Peru will pay."):
        claim = next(c for c in claims_of(nlp, text) if c.frame.predicate == "pay")
        assert (claim.likelihood, claim.factuality) == (None, "Uu")


@pytest.mark.parametrize(("text", "point", "phrase"), [
    ("There's a 1-in-3 chance Peru wins.", 0.3333, "1-in-3 chance"),
    ("I'm 80% sure Peru wins.", 0.8, "80% sure"),
    ("My guess is that Peru wins.", 0.7, "guess"),
    ("I bet Peru wins.", 0.7, "bet"),
    ("Few analysts expect that Peru wins.", 0.2, "Few analysts expect"),
])
def test_qualification_reads_how_sure_a_guess_is(nlp: Language, text: str, point: float, phrase: str) -> None:
    """A chance without "that", a share of certainty and a bet say how likely it is."""
    claim = only(nlp, text)
    assert claim.proposition == "Peru wins"
    assert claim.likelihood is not None
    assert (claim.likelihood.point, claim.likelihood.phrase) == (pytest.approx(point), phrase)


def test_qualification_asserts_neither_of_two_alternatives(nlp: Language) -> None:
    """Of what "will win or lose" neither is foretold, and "Peru or Chile" names nobody who acts."""
    assert {(c.factuality, c.likelihood) for c in claims_of(nlp, "Peru will win or lose.")} == {("Uu", None)}
    assert only(nlp, "Either Peru or Chile will win.").frame.agents == ()


def test_qualification_leaves_a_lapsed_view_open(nlp: Language) -> None:
    """What experts once thought they need not think now."""
    claim = only(nlp, "Experts once believed that Peru would collapse.")
    assert (claim.factuality, claim.likelihood) == ("Uu", None)


def test_qualification_leaves_open_what_is_only_asked_in_reports(nlp: Language) -> None:
    """What reports differ on is held by nobody."""
    text = "There are conflicting reports whether Mara Quist has been captured."
    open_claim = next(c for c in claims_of(nlp, text) if c.proposition == "Mara Quist has been captured")
    assert (open_claim.stance, open_claim.factuality) == ("question", "Uu")


@pytest.mark.parametrize("text", [
    "Doctors were shocked to discover that a spider was living in the boot.",
    "Doctors were surprised that a spider was living in the boot.",
])
def test_qualification_takes_what_surprises_for_true(nlp: Language, text: str) -> None:
    """Who was surprised at something does not doubt it; who "would be surprised if" does."""
    claim = only(nlp, text)
    assert (claim.stance, claim.factuality, claim.likelihood) == ("affirm", "CT+", None)
    assert only(nlp, "Mara Quist would be surprised if a spider lived in the boot.").stance == "doubt"


@pytest.mark.parametrize(("text", "expected"), [
    ("Few analysts expect a war.", ("few analysts", "doubt", "positive", "PR-")),
    ("Hardly anyone believes that Chile will pay.", ("Hardly anyone", "doubt", "positive", "PR-")),
    ("Few drivers passed the gate.", ("author", "affirm", "negative", "CT-")),
    ("A few drivers passed the gate.", ("author", "affirm", "positive", "CT+")),
    ("Peru almost invaded Chile.", ("author", "affirm", "negative", "CT-")),
    ("Prices almost doubled.", ("author", "affirm", "positive", "CT+")),
    ("Peru is very unlikely to attack Chile.", ("author", "doubt", "positive", "PR-")),
    ("It is not true that Peru invaded Chile.", ("author", "affirm", "negative", "CT-")),
    ("It is a lie that Peru invaded Chile.", ("author", "affirm", "negative", "CT-")),
    ("The claim that Peru invaded Chile is false.", ("author", "deny", "negative", "CT-")),
    ("Reports that Peru invaded Chile are untrue.", ("author", "deny", "negative", "CT-")),
    ("Reports that Peru invaded Chile have been debunked.", ("author", "deny", "negative", "CT-")),
    ("There is no doubt that Peru invaded Chile.", ("author", "affirm", "positive", "PR+")),
    ("Under no circumstances did Peru invade Chile.", ("author", "affirm", "negative", "CT-")),
    ("Peru is rumoured to be invading Chile.", ("author", "affirm", "positive", "PS+")),
    ("Peru invaded Chile in no time.", ("author", "affirm", "positive", "CT+")),
    ("Nothing suggests that Peru invaded Chile.", ("author", "doubt", "positive", "PR-")),
    ("It would be wrong to say that Peru invaded Chile.", ("author", "deny", "negative", "CT-")),
    ("Peru reportedly invaded Chile.", ("author", "affirm", "positive", "PR+")),
    ("Peru allegedly invaded Chile.", ("author", "affirm", "positive", "PR+")),
])
def test_qualification_knows_whether_a_statement_is_held(
    nlp: Language, text: str, expected: tuple[str, str, str, str]
) -> None:
    """What hardly anybody holds is doubted, what only nearly happened did not, and nobody vouches for hearsay."""
    claim = only(nlp, text)
    assert (claim.source.name, claim.stance, claim.polarity, claim.factuality) == expected


def test_qualification_marks_what_is_conceded(nlp: Language) -> None:
    """What stands after "although" is a claim, and marked as conceded."""
    conceded, main = claims_of(nlp, "Although Peru signed the treaty, Chile left the talks.")
    assert (conceded.concession, main.concession) == (True, False)


def test_qualification_asserts_no_condition(nlp: Language) -> None:
    """An if-clause is no claim of its own; the consequent names it and is left open."""
    text = "If Chile closes the border, Peru will leave the treaty."
    claim = only(nlp, text)
    assert claim.condition is not None
    assert text[slice(*claim.condition)] == "If Chile closes the border"
    assert claim.factuality == "Uu"


def test_qualification_takes_as_long_as_for_a_condition(nlp: Language) -> None:
    """What holds "as long as" something else does is not asserted, and neither is that."""
    claim = only(nlp, "Peru will stay as long as Chile pays.")
    assert claim.condition is not None
    assert claim.text[slice(*claim.condition)] == "as long as Chile pays"
    assert claim.factuality == "Uu"


def test_qualification_keeps_unlikely_positive(nlp: Language) -> None:
    """What is unlikely is a positive claim with a low likelihood, worded without the hedge."""
    claim = only(nlp, "Experts say it is unlikely that the canal will open in 2030.")
    assert (claim.polarity, claim.kind, claim.factuality) == ("positive", "prediction", "PR-")
    assert claim.proposition == "The canal will open in 2030"
    assert claim.likelihood is not None
    assert claim.likelihood.phrase == "unlikely"
    assert claim.likelihood.point is not None
    assert claim.likelihood.point < 0.5


@pytest.mark.parametrize(
    ("text", "forecast", "number"),
    [
        ("There is a 70 percent chance that the canal opens.", ("author", "The canal opens"),
         ("70 percent chance", 0.7)),
        ("Mara Quist puts the odds at 60 percent that the canal opens.", ("Mara Quist", "The canal opens"),
         ("odds at 60 percent", 0.6)),
        ("The bank puts the odds of a recession at 60 percent.", ("the bank", "A recession takes place"),
         ("odds of a recession at 60 percent", 0.6)),
        ("The bank gives a 30 % probability to a recession.", ("the bank", "A recession takes place"),
         ("30 % probability", 0.3)),
        ("The bank sees a one in four chance of a war.", ("the bank", "A war takes place"),
         ("one in four chance", 0.25)),
        ("The canal has a 60 percent chance of opening.",
         ("author", "The canal has a 60 percent chance of opening"), ("60 percent chance", 0.6)),
        ("The odds are 60 percent that the canal opens.", ("author", "The canal opens"), ("odds are 60 percent", 0.6)),
    ],
)  # fmt: skip
def test_qualification_reads_a_chance_in_figures_as_a_forecast(
    nlp: Language, text: str, forecast: tuple[str, str], number: tuple[str, float]
) -> None:
    """Who gives a chance in figures forecasts its event, with the number as likelihood."""
    claim = only(nlp, text)
    assert (claim.source.name, claim.proposition) == forecast
    assert (claim.kind, claim.time.relation) == ("prediction", "future")
    assert claim.likelihood is not None
    assert claim.likelihood.basis == "number"
    assert (claim.likelihood.phrase, claim.likelihood.point) == number


@pytest.mark.parametrize("text", ["Peru took a chance on the canal.", "Peru reduces the risk of a war."])
def test_qualification_takes_no_other_act_for_a_forecast(nlp: Language, text: str) -> None:
    """Only who gives a chance forecasts, not who does something about it."""
    assert "prediction" not in {claim.kind for claim in claims_of(nlp, text)}


def test_qualification_reads_an_event_taken_for_granted_as_forecast(nlp: Language) -> None:
    """Who gives "an upcoming war" as a reason forecasts the war."""
    claims = claims_of(nlp, "Peru buys ships because of an upcoming war between Chile and Bolivia.")
    forecast = next(claim for claim in claims if claim.kind == "prediction")
    assert forecast.frame.event == "war"
    assert forecast.frame.parties == ("country:bolivia", "country:chile")
    assert forecast.time.relation == "future"
    assert forecast.likelihood is not None
    assert forecast.likelihood.phrase == "upcoming"


def test_qualification_takes_a_question_for_no_assertion(nlp: Language) -> None:
    """A question holds nothing to be true, and expects nothing."""
    claim = only(nlp, "Will Peru leave the treaty?")
    assert (claim.stance, claim.factuality, claim.likelihood) == ("question", "Uu", None)


def test_qualification_hangs_a_scenario_list_on_its_labels(nlp: Language) -> None:
    """What stands in the paragraph of a scenario holds only in it."""
    text = "Second scenario: Siege of the harbour. Norway is likely to send ships to Bergen."
    claim = claims_of(nlp, text)[-1]
    assert text[slice(*claim.condition)] == "Second scenario: Siege of the harbour"
    assert claim.factuality == "Uu"
    assert claim.likelihood.point == 0.75


def test_qualification_takes_no_interest_for_no_intention(nlp: Language) -> None:
    """What a source is said not to want is no intention of its."""
    claim = claims_of(nlp, "Peru does not want to annul the Baltic Treaty.")[-1]
    assert (claim.source.name, claim.kind, claim.stance, claim.polarity) == ("Peru", "intention", "deny", "negative")


def test_qualification_forecasts_nothing_by_what_a_scenario_may_hold(nlp: Language) -> None:
    """What may happen in a scenario that is laid out is part of it; what is said to be likely in it is forecast."""
    label = "Second scenario: Siege of the harbour."
    kinds = [only(nlp, f"{label} {said}").kind for said in ("Norway could sink a ship.", "Norway is likely to attack.")]
    assert kinds == ["scenario", "prediction"]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Chile abandoned plans to build a dam.", ("deny", "PR-")),
        ("Chile suspended plans to build a dam.", ("deny", "PR-")),
        ("Chile did not abandon plans to build a dam.", ("affirm", "Uu")),
        ("Chile has plans to build a dam.", ("affirm", "Uu")),
        ("Chile has no plans to build a dam.", ("deny", "PR-")),
    ],
)
def test_qualification_expects_nothing_of_a_plan_that_is_given_up(
    nlp: Language, text: str, held: tuple[str, str]
) -> None:
    """Who gives a plan up is not going to carry it out, whoever does not still is."""
    claim = only(nlp, text)
    assert (claim.proposition, (claim.stance, claim.factuality)) == ("Chile will build a dam", held)
