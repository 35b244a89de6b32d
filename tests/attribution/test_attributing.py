"""Attribution: who says it, by which words, and what."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.attribution import Quotation, attribute
from claimtrack.attribution.quotes import find_quotes
from claimtrack.schema import Attribution, Span
from tests.attribution.conftest import document, paragraphs

Read = Callable[..., list[tuple[str, str, str]]]


@pytest.fixture
def read(nlp) -> Read:
    """Source, cue and content of each attribution, as text; parts of a content are joined by " | "."""
    def words(text: str, kinds: dict[int, str] | None = None) -> list[tuple[str, str, str]]:
        return [shown(text, a) for a in attribute(nlp(text), document(text, kinds))]

    return words


def shown(text: str, a: Attribution) -> tuple[str, str, str]:
    """Source, cue and content as text."""
    source = text[slice(*a.source_span)] if a.source_span else ""
    return source, a.cue or "", " | ".join(text[s:e] for s, e in a.content_spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said that the port would close.", ("The minister", "said", "that the port would close")),
        ("The port is full, according to the guild.", ("the guild", "according to", "The port is full")),
        ("The dam, the engineer said, will hold.", ("the engineer", "said", "The dam | will hold")),
        ("The mayor vowed to stay.", ("The mayor", "vowed", "to stay")),
        ("The ministry denied having bases there.", ("The ministry", "denied", "having bases there")),
        ("Lima opposes the ban.", ("Lima", "opposes", "the ban")),
        ("The guild accused the bank of hiding losses.",
         ("The guild", "accused", "the bank of hiding losses")),
        ("Rome views the islands as its own.", ("Rome", "views", "the islands as its own")),
        ("The court called the vote a farce.", ("The court", "called", "the vote a farce")),
        ("The bishops called for a ceasefire.", ("The bishops", "called for", "a ceasefire")),
        ("The town's fear that the dam would burst grew.",
         ("The town", "fear", "that the dam would burst")),
        ("The port received assurances from the league that the road was safe.",
         ("the league", "assurances", "that the road was safe")),
        ("In the report, there is a suggestion to move the market.",
         ("the report", "suggestion", "to move the market")),
        ("From the islanders' perspective, the base is a threat.",
         ("the islanders", "From the islanders' perspective", "the base is a threat")),
        ("The crew is aware of the risk.", ("The crew", "aware of", "the risk")),
        ("I would be surprised if the bridge held.",
         ("I", "surprised", "if the bridge held")),
        ("Traders wonder whether the mine will reopen.",
         ("Traders", "wonder", "whether the mine will reopen")),
    ],
)
def test_attribution_reads_each_frame(read: Read, text: str, expected: tuple[str, str, str]) -> None:
    """Every kind of cue gives its source, its own words and what it takes as content."""
    assert expected in read(text)


@pytest.mark.parametrize(("opens", "closes"), ["“”", "‘’", "«»", "„“", '""', "''"])
@pytest.mark.parametrize(
    "text",
    [
        "<The road is open,> the mayor of Porto said.",
        "<The road is open,> said the mayor of Porto.",
        "The mayor of Porto said, <The road is open.>",
        "The mayor of Porto said: <The road is open.>",
    ],
)
def test_attribution_reads_all_marks_on_all_sides(read: Read, text: str, opens: str, closes: str) -> None:
    """A quotation finds its speaker whatever its marks are and wherever its cue stands."""
    marked = text.replace("<", opens).replace(">", closes)
    quoted = marked[marked.index(opens) : marked.rindex(closes) + 1]
    assert read(marked) == [("The mayor of Porto" if text.startswith("The") else "the mayor of Porto", "said", quoted)]


def test_attribution_joins_what_a_cue_interrupts(read: Read) -> None:
    """Words before and after "he said" are one content in two parts, and so is the quotation that follows."""
    text = "“The road,” said the mayor, “is open. Come.” “Bring bread,” the baker added. “And salt.”"
    assert read(text) == [
        ("the mayor", "said", "“The road,” | “is open. Come.”"),
        ("the baker", "added", "“Bring bread,” | “And salt.”"),
    ]


def test_attribution_follows_a_quotation_over_paragraphs(read: Read) -> None:
    """Opened on each paragraph and closed once, it stays one content of one source."""
    text = "“The road is open,” the mayor said. “Come.\n\n“Bring bread.\n\n“And salt.”"
    assert read(text) == [("the mayor", "said", "“The road is open,” | “Come. | “Bring bread. | “And salt.”")]


def test_attribution_finds_the_cue_in_another_paragraph(read: Read) -> None:
    """A colon introduces the quotation below it; a line of its own closes a quotation without marks."""
    assert read("The abbot wrote:\n\n“The roof leaks.”") == [("The abbot", "wrote", "“The roof leaks.”")]
    text = "The talk went on.\n\nThe roof leaks and nobody cares.\n\nThe abbot emphasized."
    assert read(text, {1: "quote_block"}) == [("The abbot", "emphasized", "The roof leaks and nobody cares.")]


def test_attribution_leaves_titles_and_nicknames_alone(read: Read) -> None:
    """Words at arm's length have no speaker of their own."""
    assert read("The drill, dubbed “Iron Gate”, began on the island. The band played “Blue Moon” at noon.") == []


@pytest.mark.parametrize("text", ["Call it a habit.", "The war can be ruled out.", "If they want war, they arm."])
def test_attribution_needs_somebody_who_reports(read: Read, text: str) -> None:
    """An order, a mere possibility or a condition reports nobody's words."""
    assert read(text) == []


def test_attribution_loses_only_the_quotation_of_a_stray_mark(read: Read) -> None:
    """A mark without a partner costs no other quotation."""
    text = "He left “the old house. “The road is open,” the mayor said.\n“It is late,” the baker said."
    assert [s for s, _, _ in read(text)] == ["the mayor", "the baker"]


def test_attribution_says_what_the_source_does(nlp) -> None:
    """Type, kind and negation of an attribution come from its marks and its cue."""
    text = "The king did not say that he would go. The guild “never” denied that it lied."
    first, second = attribute(nlp(text), document(text))
    assert (first.type, first.cue_kind, first.negated) == ("indirect", "speech", True)
    assert (second.type, second.cue_kind, second.negated) == ("indirect", "denial", True)


def test_attribution_takes_words_from_the_tagger_and_sources_from_the_rules(nlp) -> None:
    """Where both find a content the tagger's words win; a source that it lacks is the rules'; the rest is kept."""
    text = "The mayor said that the old port would close. Lima opposes the ban."
    content = (text.index("the old"), text.index(". Lima"))
    found = attribute(nlp(text), document(text), [Quotation((content,), None, None, 0.9, 0.4)])
    assert [shown(text, a) for a in found] == [
        ("The mayor", "said", "the old port would close"), ("Lima", "opposes", "the ban")]
    assert found[0].confidence == pytest.approx(0.63)
    assert found[1].confidence < 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor heard from the guild that the well was dry.", ("the guild", "heard", "that the well was dry")),
        ("Traders were warned that the mine would close.", ("", "were warned", "that the mine would close")),
        ("No evidence has emerged that the mayor took bribes.", ("", "No evidence", "that the mayor took bribes")),
        ("There is scant evidence that the talks will fail.", ("", "scant evidence", "that the talks will fail")),
        ("Analysts see no signs that the ice is thin.", ("Analysts", "no signs", "that the ice is thin")),
        ("The Daily cited sources close to the guild, stating that the pass would open.",
         ("sources close to the guild", "stating", "that the pass would open")),
        ("For Israel, Azerbaijan offers a critical listening post.",
         ("Israel", "For", "Azerbaijan offers a critical listening post")),
    ],
)
def test_attribution_names_who_holds_a_content(read: Read, text: str, expected: tuple[str, str, str]) -> None:
    """Who hears is no source; what nobody has seen is doubted by the author; who is cited speaks."""
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "For Chile, the ships sailed on Monday.", "No one wants war.", "The court dismissed many cases last year.",
        "The bank declined a request from the clerk.", "The army rejected him.", "The system rejected the file.",
        "The palace declined to comment on the rumours.", "The firm refused to confirm that it had been hacked.",
    ],
)
def test_attribution_leaves_acts_to_the_author(read: Read, text: str) -> None:
    """What happens to things and people, what nobody says and what somebody would not say has no holder."""
    assert read(text) == []


def test_attribution_tells_denial_from_opposition(nlp) -> None:
    """A claim is denied, a proposal is opposed; missing evidence is doubt, and not negated once more."""
    text = "The palace rejected the accusation. Lima rejected the proposal. There is no sign that the ice is thin."
    kinds = [(a.cue_kind, a.negated) for a in attribute(nlp(text), document(text))]
    assert kinds == [("denial", False), ("opposition", False), ("doubt", False)]


def test_attribution_tells_what_a_denier_says_from_what_it_denies(nlp) -> None:
    """Who denies a report and is quoted denies the report; the quotation is what it says."""
    text = 'Ana Ruiz denied the report in a statement: "Peru has no bases." "Peru sold its tanks," Mara Quist denied.'
    kinds = {text[slice(*a.content_spans[0])]: a.cue_kind for a in attribute(nlp(text), document(text))}
    assert kinds == {'"Peru has no bases."': "speech", '"Peru sold its tanks,"': "denial"}


def span_of(text: str, words: str) -> Span:
    """Where words stand in a text."""
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(
    ("text", "parts", "expected"),
    [
        ("The town obtained a promise from the bank that the loan would be paid.",
         ("The town", "obtained a promise from", "that the loan would be paid"),
         [("the bank", "that the loan would be paid")]),
        ("Reporters were told that the bridge fell.", ("Reporters", "were told", "that the bridge fell"),
         [("", "that the bridge fell")]),
        ("No evidence has emerged that the mayor lied.", ("No evidence", "has emerged", "that the mayor lied"),
         [("", "that the mayor lied")]),
        ("Norland denied attacking the port.", ("Norland", "denied attacking", "the port"),
         [("Norland", "attacking the port")]),
        ("You may have heard that the bridge fell.", ("You", "may have heard", "that the bridge fell"), []),
        ("Two fleets launched joint drills called Iron Wave.",
         ("Two fleets", "launched joint drills called", "Iron Wave"), []),
        ("The king appointed a new governor.", ("The king", "appointed", "a new governor"), []),
    ],
)
def test_attribution_corrects_the_tagger(
    nlp, text: str, parts: tuple[str, str, str], expected: list[tuple[str, str]]
) -> None:
    """What the language rules out is ruled out whoever found it."""
    source, cue, content = (span_of(text, words) for words in parts)
    tagged = Quotation((content,), source, cue, 0.95, 0.95)
    found = attribute(nlp(text), document(text), [tagged])
    assert [(who, what) for who, _, what in (shown(text, a) for a in found)] == expected


MARKS = ["“", "”", "‘", "’", "«", "»", "„", '"', "'", "''", "it's", "said", "he", "Oh.", ",", "\n", "🙂"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(MARKS)))
def test_attribution_never_fails_on_marks(nlp, words: list[str]) -> None:
    """Any heap of marks is read; every span lies in the text, parts in order and not overlapping."""
    text = " ".join(words)
    for a in attribute(nlp(text), document(text)):
        flat = [offset for span in a.content_spans for offset in span]
        assert flat == sorted(flat)
        assert 0 <= flat[0] < flat[-1] <= len(text)
    for quote in find_quotes(text, paragraphs(text)):
        assert 0 <= quote.start < quote.end <= len(text)


def test_attribute_ends_a_content_where_somebody_else_speaks(nlp) -> None:
    """A tagger's content that runs on over the next sentence stops before the source that sentence names."""
    text = "President Ada Brandt said that Peru has four bases. Peru denied having bases."
    content, cue = (text.index("that"), len(text) - 1), (text.index("said"), text.index("said") + 4)
    tagged = Quotation((content,), (0, text.index(" said")), cue, 0.9, 0.9)
    found = attribute(nlp(text), document(text), [tagged])
    assert [[text[s:e] for s, e in a.content_spans] for a in found] == [["that Peru has four bases"], ["having bases"]]
    assert [text[slice(*a.source_span)] for a in found if a.source_span] == ["President Ada Brandt", "Peru"]
