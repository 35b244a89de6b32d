"""What becomes a claim, whose it is, and how it is worded: each promise on an invented sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claimtrack.claims import extraction
from claimtrack.reading import ingest
from claimtrack.schema import Claim

if TYPE_CHECKING:
    from spacy.language import Language


def claims_of(nlp: Language, text: str) -> list[Claim]:
    """The claims of a text, in text order."""
    return extraction.extract(ingest.from_text(text), nlp)


def only(nlp: Language, text: str) -> Claim:
    """The one claim of a text."""
    (claim,) = claims_of(nlp, text)
    return claim


@pytest.mark.parametrize(
    ("text", "propositions"),
    [
        ("Although Peru signed the treaty, Chile left the talks.", ["Peru signed the treaty", "Chile left the talks"]),
        ("Peru left the talks because Chile attacked the port.", ["Peru left the talks", "Chile attacked the port"]),
        ("Peru signed the treaty and Chile left the talks.", ["Peru signed the treaty", "Chile left the talks"]),
        ("Peru signed the treaty, which ended the war.", ["Peru signed the treaty", "The treaty ended the war"]),
        ("The dam broke; the town was moved.", ["The dam broke", "The town was moved"]),
        (
            'Efforts may be made to "gently" re-examine the status of the lake.',
            ['Efforts may be made to "gently" re-examine the status of the lake'],
        ),
        (
            "The war is unlikely as Chile, which backs Peru, will not allow its ally to attack.",
            ["Chile backs Peru", "Chile will not allow its ally to attack"],
        ),
        (
            'The paper wrote that such measures "will not violate the law and will be based on the plan".',
            ["Such measures will not violate the law", "Such measures will be based on the plan"],
        ),
        ("The port announced that ships will not be able to dock.", ["Ships will not be able to dock"]),
        ("I am never going to be happy.", ["I am never going to be happy"]),
        ("Each of the mills has yet to be finished.", ["Each of the mills has yet to be finished"]),
        ("Mara Quist expects the canal to be opened next year.", ["The canal is opened next year"]),
        ("Mara Quist expects the canals not to open.", ["The canals do not open"]),
        ("The risk that the canal closes is 10 percent.", ["The canal closes"]),
    ],
)
def test_extraction_splits_what_is_asserted_apart(nlp: Language, text: str, propositions: list[str]) -> None:
    """Clauses that assert something by themselves are claims of their own, worded to stand alone."""
    assert sorted(claim.proposition for claim in claims_of(nlp, text)) == sorted(propositions)


@pytest.mark.parametrize(
    ("text", "propositions"),
    [
        ("Peru will not sign or ratify the treaty.", ["Peru will not sign", "Peru will not ratify the treaty"]),
        ("Peru did not sign or ratify the treaty.", ["Peru did not sign", "Peru did not ratify the treaty"]),
        ("Peru won't sell or lease the port.", ["Peru won't sell", "Peru will not lease the port"]),
        ("The bank has not paid its debts or closed its doors.",
         ["The bank has not paid its debts", "The bank did not close its doors"]),
        ("Peru is not selling the port. Nor is Chile selling the dam.",
         ["Peru is not selling the port", "Chile is not selling the dam"]),
        ("Peru did not pay, nor did Chile apologise.", ["Peru did not pay", "Chile did not apologise"]),
    ],
)  # fmt: skip
def test_extraction_carries_a_denial_to_all_that_share_it(nlp: Language, text: str, propositions: list[str]) -> None:
    """A second predicate is denied with the first, in polarity, likelihood and wording; "nor" denies what follows."""
    claims = claims_of(nlp, text)
    assert [c.proposition for c in claims] == propositions
    assert {(c.polarity, c.factuality) for c in claims} == {("negative", "CT-")}


def test_extraction_reads_no_likelihood_where_nobody_says_so(nlp: Language) -> None:
    """What is not said, asked or fought over has no likelihood, however it is worded."""
    for text in ("Mara Quist did not say that Peru will pay.", "Experts are divided over whether Peru will pay.",
                 "It is unclear whether Peru will pay."):
        claim = next(c for c in claims_of(nlp, text) if c.frame.predicate == "pay")
        assert (claim.likelihood, claim.factuality) == (None, "Uu")


def test_extraction_gives_two_verbs_to_the_source_after_them(nlp: Language) -> None:
    """The source at the end of a sentence holds all of it, also where a relative clause follows."""
    text = ("Mara Quist was attacked in prison and left blinded, a satirical website claimed in a story that quickly "
            "went viral this weekend.")
    assert {claim.source.name for claim in claims_of(nlp, text)} == {"a satirical website"}


@pytest.mark.parametrize(("text", "point", "phrase"), [
    ("There's a 1-in-3 chance Peru wins.", 0.3333, "1-in-3 chance"),
    ("I'm 80% sure Peru wins.", 0.8, "80% sure"),
    ("My guess is that Peru wins.", 0.7, "guess"),
    ("I bet Peru wins.", 0.7, "bet"),
    ("Few analysts expect that Peru wins.", 0.2, "Few analysts expect"),
])
def test_extraction_reads_how_sure_a_guess_is(nlp: Language, text: str, point: float, phrase: str) -> None:
    """A chance without "that", a share of certainty and a bet say how likely it is."""
    claim = only(nlp, text)
    assert claim.proposition == "Peru wins"
    assert claim.likelihood is not None
    assert (claim.likelihood.point, claim.likelihood.phrase) == (pytest.approx(point), phrase)


def test_extraction_asserts_neither_of_two_alternatives(nlp: Language) -> None:
    """Of what "will win or lose" neither is foretold, and "Peru or Chile" names nobody who acts."""
    assert {(c.factuality, c.likelihood) for c in claims_of(nlp, "Peru will win or lose.")} == {("Uu", None)}
    assert only(nlp, "Either Peru or Chile will win.").frame.agents == ()


def test_extraction_leaves_a_lapsed_view_open(nlp: Language) -> None:
    """What experts once thought they need not think now."""
    claim = only(nlp, "Experts once believed that Peru would collapse.")
    assert (claim.factuality, claim.likelihood) == ("Uu", None)


@pytest.mark.parametrize("text", [
    "Mara Quist said Peru had left, but Juan Paz said it had not.",
    "Mara Quist said Peru had left. Juan Paz said it had not.",
])
def test_extraction_fills_in_a_verb_left_out(nlp: Language, text: str) -> None:
    """Who says that "it had not" denies what was said before of the same one."""
    said, denied = claims_of(nlp, text)
    assert (said.source.name, denied.source.name) == ("Mara Quist", "Juan Paz")
    assert (denied.proposition, denied.stance, denied.frame.predicate) == ("Peru had left", "deny", "leave")
    assert only(nlp, "Peru left the pact, but Chile did not.").frame.agents == ("country:peru",)


def test_extraction_ends_a_content_where_another_view_begins(nlp: Language) -> None:
    """What stands against a report is not the reporter's."""
    claims = claims_of(nlp, "Mara Quist says 30 people died in Lima, while Peru puts the toll at 12.")
    assert [(c.source.name, c.proposition) for c in claims] == [
        ("Mara Quist", "30 people died in Lima"), ("author", "Peru puts the toll at 12")]


def test_extraction_takes_no_bare_modal_for_a_claim(nlp: Language) -> None:
    """A clause cut short says nothing that can stand alone."""
    assert only(nlp, "Peru won't win; Chile will.").proposition == "Peru won't win"


@pytest.mark.parametrize(("text", "source"), [
    ("Mara Quist was quoted as saying that Peru will leave.", "Mara Quist"),
    ("Mara Quist was quoted by Reuters as saying that Peru will leave.", "Mara Quist"),
    ("Peru, say experts, will leave.", "experts"),
])
def test_extraction_finds_who_said_it_beside_other_names(nlp: Language, text: str, source: str) -> None:
    """Neither the paper that quotes nor the one spoken of is the speaker."""
    claim = only(nlp, text)
    assert (claim.source.name, claim.proposition) == (source, "Peru will leave")


def test_extraction_tells_of_a_claim_and_that_it_is_false(nlp: Language) -> None:
    """What is "falsely claimed" one holds and the author denies."""
    claims = claims_of(nlp, "Mara Quist falsely claimed that Peru had left.")
    assert {(c.source.name, c.proposition, c.stance) for c in claims} == {
        ("Mara Quist", "Peru had left", "affirm"), ("author", "Peru had left", "deny")}


def test_extraction_words_a_pledge_not_to_act(nlp: Language) -> None:
    """A denied infinitive gets a finite verb with its subject."""
    assert only(nlp, "Peru pledged not to invade Chile.").proposition == "Peru does not invade Chile"
    assert only(nlp, "Peru vowed never to leave the pact.").proposition == "Peru will never leave the pact"


def test_extraction_leaves_open_what_is_only_asked_in_reports(nlp: Language) -> None:
    """What reports differ on is held by nobody."""
    text = "There are conflicting reports whether Mara Quist has been captured."
    open_claim = next(c for c in claims_of(nlp, text) if c.proposition == "Mara Quist has been captured")
    assert (open_claim.stance, open_claim.factuality) == ("question", "Uu")


@pytest.mark.parametrize("text", [
    "Doctors were shocked to discover that a spider was living in the boot.",
    "Doctors were surprised that a spider was living in the boot.",
])
def test_extraction_takes_what_surprises_for_true(nlp: Language, text: str) -> None:
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
def test_extraction_knows_whether_a_statement_is_held(
    nlp: Language, text: str, expected: tuple[str, str, str, str]
) -> None:
    """What hardly anybody holds is doubted, what only nearly happened did not, and nobody vouches for hearsay."""
    claim = only(nlp, text)
    assert (claim.source.name, claim.stance, claim.polarity, claim.factuality) == expected


def test_extraction_keeps_a_claim_apart_from_its_refutation(nlp: Language) -> None:
    """What a named source claims is the source's; that it is false, the author's."""
    claims = claims_of(nlp, "The mayor's claim that wages rose is false.")
    assert {(c.source.name, c.proposition, c.stance) for c in claims} == {
        ("the mayor", "Wages rose", "affirm"), ("author", "Wages rose", "deny")}


@pytest.mark.parametrize("text", [
    "Mara Quist ruled out that Peru will invade Chile.",
    "Mara Quist denied claims that Peru will invade Chile.",
    "Mara Quist dismissed reports that Peru will invade Chile.",
    "Mara Quist called the report that Peru will invade Chile a lie.",
    "Mara Quist called it false that Peru will invade Chile.",
    "Mara Quist called reports that Peru will invade Chile fake news.",
    "Mara Quist described claims that Peru will invade Chile as nonsense.",
    "Mara Quist said the claim that Peru will invade Chile was false.",
])
def test_extraction_claims_the_contrary_of_what_a_source_calls_false(nlp: Language, text: str) -> None:
    """However a source turns a report down, the claim is what the report says, denied."""
    claim = only(nlp, text)
    assert (claim.source.name, claim.proposition) == ("Mara Quist", "Peru will invade Chile")
    assert (claim.kind, claim.stance, claim.polarity, claim.factuality) == ("prediction", "deny", "negative", "CT-")
    assert claim.likelihood is not None
    assert claim.likelihood.point == pytest.approx(0.03)


def test_extraction_keeps_what_used_to_be_in_the_past(nlp: Language) -> None:
    """The words "used to" stay in a proposition, for what was so need not be so now."""
    assert only(nlp, "Peru used to support Chile.").proposition == "Peru used to support Chile"


def test_extraction_words_the_subject_that_stands_outside_the_content(nlp: Language) -> None:
    """A proposition stands alone although an adverb of hearsay cuts its subject off."""
    assert only(nlp, "Peru allegedly invaded Chile.").proposition == "Peru invaded Chile"


@pytest.mark.parametrize("text", ["Not every member supports Chile.", "Few members support Chile."])
def test_extraction_gives_nobody_the_position_of_few(nlp: Language, text: str) -> None:
    """That not all support something is no position for or against it."""
    assert only(nlp, text).positions == ()


def test_extraction_marks_what_is_conceded(nlp: Language) -> None:
    """What stands after "although" is a claim, and marked as conceded."""
    conceded, main = claims_of(nlp, "Although Peru signed the treaty, Chile left the talks.")
    assert (conceded.concession, main.concession) == (True, False)


def test_extraction_asserts_no_condition(nlp: Language) -> None:
    """An if-clause is no claim of its own; the consequent names it and is left open."""
    text = "If Chile closes the border, Peru will leave the treaty."
    claim = only(nlp, text)
    assert claim.condition is not None
    assert text[slice(*claim.condition)] == "If Chile closes the border"
    assert claim.factuality == "Uu"


def test_extraction_takes_as_long_as_for_a_condition(nlp: Language) -> None:
    """What holds "as long as" something else does is not asserted, and neither is that."""
    claim = only(nlp, "Peru will stay as long as Chile pays.")
    assert claim.condition is not None
    assert claim.text[slice(*claim.condition)] == "as long as Chile pays"
    assert claim.factuality == "Uu"


def test_extraction_keeps_unlikely_positive(nlp: Language) -> None:
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
def test_extraction_reads_a_chance_in_figures_as_a_forecast(
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
def test_extraction_takes_no_other_act_for_a_forecast(nlp: Language, text: str) -> None:
    """Only who gives a chance forecasts, not who does something about it."""
    assert [claim.kind for claim in claims_of(nlp, text)] == ["fact"]


def test_extraction_gives_block_quotes_to_their_voice(nlp: Language) -> None:
    """Paragraphs under "Ruiz points out:" are claims of Ruiz, though no quotation mark stands there."""
    claims = claims_of(nlp, "Ruiz points out:\n\nThe lake is drying up quickly. The valley has lost its river.\n")
    assert [claim.proposition for claim in claims] == ["The lake is drying up quickly", "The valley has lost its river"]
    assert {claim.source.name.lower() for claim in claims} == {"ruiz"}
    assert {claim.section for claim in claims} == {"quote_block"}


def test_extraction_words_denied_content_as_what_is_denied(nlp: Language) -> None:
    """The proposition of a denial is the denied sentence; that it is denied is said by stance and factuality."""
    claim = only(nlp, "Peru denies having bases in Bolivia.")
    assert claim.proposition == "Peru has bases in Bolivia"
    assert (claim.source.name, claim.stance, claim.factuality) == ("Peru", "deny", "CT-")


def test_extraction_gives_each_joint_holder_the_position(nlp: Language) -> None:
    """Two who oppose one thing together each oppose it."""
    claim = only(nlp, "Peru and Chile oppose the Atacama canal.")
    stands = [(position.holder_id, position.value) for position in claim.positions]
    assert stands == [("country:peru", "against"), ("country:chile", "against")]
    assert len({p.target_id for p in claim.positions}) == 1


def test_extraction_names_whom_a_pronoun_means(nlp: Language) -> None:
    """A proposition stands alone: the name stands where the text has the pronoun."""
    claims = claims_of(nlp, "Minister Ada Brandt arrived in Lima on Monday. She will visit Chile.")
    assert claims[-1].text == "She will visit Chile"
    assert claims[-1].proposition == "Ada Brandt will visit Chile"


def test_extraction_reads_an_event_taken_for_granted_as_forecast(nlp: Language) -> None:
    """Who gives "an upcoming war" as a reason forecasts the war."""
    claims = claims_of(nlp, "Peru buys ships because of an upcoming war between Chile and Bolivia.")
    forecast = next(claim for claim in claims if claim.kind == "prediction")
    assert forecast.frame.event == "war"
    assert forecast.frame.parties == ("country:bolivia", "country:chile")
    assert forecast.time.relation == "future"
    assert forecast.likelihood is not None
    assert forecast.likelihood.phrase == "upcoming"


def test_extraction_takes_a_question_for_no_assertion(nlp: Language) -> None:
    """A question holds nothing to be true, and expects nothing."""
    claim = only(nlp, "Will Peru leave the treaty?")
    assert (claim.stance, claim.factuality, claim.likelihood) == ("question", "Uu", None)


def test_extraction_hangs_a_scenario_list_on_its_labels(nlp: Language) -> None:
    """What stands in the paragraph of a scenario holds only in it."""
    text = "Second scenario: Siege of the harbour. Norway is likely to send ships to Bergen."
    claim = claims_of(nlp, text)[-1]
    assert text[slice(*claim.condition)] == "Second scenario: Siege of the harbour"
    assert claim.factuality == "Uu"
    assert claim.likelihood.point == 0.75


def test_extraction_takes_no_interest_for_no_intention(nlp: Language) -> None:
    """What a source is said not to want is no intention of its."""
    claim = claims_of(nlp, "Peru does not want to annul the Baltic Treaty.")[-1]
    assert (claim.source.name, claim.kind, claim.stance, claim.polarity) == ("Peru", "intention", "deny", "negative")


def test_extraction_forecasts_nothing_by_what_a_scenario_may_hold(nlp: Language) -> None:
    """What may happen in a scenario that is laid out is part of it; what is said to be likely in it is forecast."""
    label = "Second scenario: Siege of the harbour."
    kinds = [only(nlp, f"{label} {said}").kind for said in ("Norway could sink a ship.", "Norway is likely to attack.")]
    assert kinds == ["scenario", "prediction"]
