"""What is shown reads well at any width, says what is there, and harms no terminal."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Group

from claimtrack.errors import UsageError
from claimtrack.exports.escaping import visible
from claimtrack.schema import (
    Attribution,
    Claim,
    Contradiction,
    Contrast,
    Corroboration,
    Entity,
    Evidence,
    Frame,
    Likelihood,
    NearMiss,
    Quantity,
    Section,
    Side,
    Source,
    Span,
    Time,
    Verdict,
    Voice,
)
from claimtrack.screens.claim_display import claim_block, document_block
from claimtrack.screens.claim_tables import claim_table, document_table
from claimtrack.screens.contradiction_display import contradiction_blocks, near_miss_blocks, pair_block, verdict
from claimtrack.screens.decision_display import alias_table
from claimtrack.screens.proposition_display import contrast_blocks, corroboration_block
from claimtrack.screens.terminal import console, line, page
from claimtrack.screens.view import View
from claimtrack.screens.wording import certainty, doing, likelihood_words
from claimtrack.store import AliasLine
from tests.conftest import make_claim, make_document

Snapshot = Callable[[str, str], None]

TEXT = (
    "Canal [sic] to open?\n"
    "By Mara Quist\n"
    "The ministry had long been silent. It is highly unlikely that the Northern Canal will open by 2026 if the\n"
    "lakes stay dry, Mara Quist wrote. Later she said more.\n"
    "The ministry of waterways rejected this on Monday. It has always denied\x1b[2J that the canal is late: "
    "“the Northern Canal opens in spring [/x]”, a spokesman said.\n"
)
CANAL = Entity(id="place:northern-canal", name="Northern Canal", type="place")


def span(words: str) -> Span:
    """Where words stand in the text."""
    start = TEXT.index(words)
    return start, start + len(words)


DOCUMENT = make_document(
    TEXT, id="doc_00000000000000d0", path="news/canal.txt", title="Canal [sic] to open?", byline=("Mara Quist",),
    publisher="The Lock Keeper", published="2024-05-01",
    sections=(
        Section(kind="title", start=0, end=20), Section(kind="byline", start=21, end=34),
        Section(kind="body", start=35, end=span("more.")[1]),
        Section(kind="body", start=span("The ministry of")[0], end=len(TEXT) - 1, voice="The Lock Keeper"),
    ),
)  # fmt: skip
UNLIKELY = Likelihood(low=0.05, high=0.15, point=0.1, phrase="highly unlikely", scale="capphrase2026")
SENTENCE = TEXT[span("It is highly")[0] : span("wrote.")[1]]
QUIST = make_claim(
    DOCUMENT, "the Northern Canal will open by 2026", id="clm_00000000000000a0",
    context=SENTENCE, context_span=span(SENTENCE),
    proposition="The Northern Canal will open by 2026.", kind="prediction", stance="doubt", factuality="PR-",
    commitment=-1.5, likelihood=UNLIKELY, condition=span("if the\nlakes stay dry"), entities=(CANAL,),
    topics=("northern-canal",), reasons=(span("highly unlikely"), span("will")), confidence=0.82,
    time=Time(text="by 2026", span=span("by 2026"), end="2026-12-31", relation="future"),
    quantities=(Quantity(value=2026, span=span("2026")),),
)  # fmt: skip
MINISTRY = make_claim(
    DOCUMENT, "the Northern Canal opens in spring [/x]", id="clm_00000000000000b0",
    proposition="The Northern Canal opens in spring [/x].", kind="fact", entities=(CANAL,), confidence=0.7,
    source=Source(id="org:ministry", name="the ministry of waterways", kind="organization"),
    attribution=Attribution(
        id="att_0000000000000002", type="direct", cue="said", cue_kind="speech", cue_span=span("said.\n"),
        content_spans=(span("the Northern Canal opens in spring [/x]"),),
        chain=("a spokesman", "the ministry of waterways"), confidence=0.75,
    ),
)  # fmt: skip
PAIR = Contradiction(
    id="ctr_00000000000000c0", kind="likelihood", strength="contradiction", score=0.93,
    explanation="Mara Quist puts it at about 10 % (“highly unlikely”), the ministry says that it opens.",
    evidence=(
        Evidence(field="likelihood", a="0.1", b="1", a_span=span("highly unlikely"), b_span=span("opens")),
        Evidence(field="cue", a="", b="denied", b_span=span("denied")),
    ),
    same_source=False, same_document=True, a=QUIST, b=MINISTRY,
)  # fmt: skip
TENSION = PAIR.model_copy(update={"id": "ctr_00000000000000c1", "strength": "tension", "score": 0.4})
NEAR = NearMiss(reason="conditional", explanation="Only one of them says it under a condition.", a=QUIST, b=MINISTRY)
LATER = MINISTRY.model_copy(update={"id": "clm_00000000000000b1", "published": "2024-07-01"})
HALF = QUIST.model_copy(update={"id": "clm_00000000000000a1", "proposition": "The Northern Canal half opens."})
ALSO = PAIR.model_copy(update={"id": "ctr_00000000000000c2", "relation": "reversal", "b": LATER})
AGAINST_BOTH = [PAIR.model_copy(update={"b": HALF}), PAIR.model_copy(update={"a": HALF})]
CONTRAST = Contrast(
    id="prp_00000000000000e0", proposition="open: Northern Canal", claims=(MINISTRY, LATER, QUIST),
    sides=(
        Side(name="affirm", voices=(
            Voice(source=MINISTRY.source, claims=(MINISTRY.id, LATER.id), reprints=(LATER.id,), first="2024-05-01",
                  outlets=("The Lock Keeper", "Canal\x1b News"), last="2024-07-01"),
        )),
        Side(name="deny or doubt", voices=(
            Voice(source=QUIST.source, claims=(QUIST.id,), likelihood=UNLIKELY, outlets=("The Lock Keeper",)),
        )),
    ),
)  # fmt: skip
ONCE = Contrast(id="prp_00000000000000e1", proposition="open: Northern Canal", claims=(QUIST,))
BORNE_OUT = Corroboration(
    id=CONTRAST.id, proposition=CONTRAST.proposition, side="affirm", independent=1, outlets=2,
    voices=CONTRAST.sides[0].voices, claims=(MINISTRY, LATER),
)  # fmt: skip
VIEW = View({DOCUMENT.id: DOCUMENT}.get)


def shown(renderable: object, width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a pipe of that width gets."""
    monkeypatch.setenv("COLUMNS", str(width))
    return page(renderable, io.StringIO())


PAGES = {
    "claims": lambda: claim_table([QUIST, MINISTRY], VIEW),
    "contradictions": lambda: Group(*contradiction_blocks([[PAIR, ALSO, *AGAINST_BOTH], [TENSION]], VIEW)),
    "near": lambda: Group(*near_miss_blocks([NEAR], VIEW)),
    "contrast": lambda: Group(*contrast_blocks([CONTRAST, ONCE], VIEW, {})),
    "corroboration": lambda: corroboration_block(BORNE_OUT, VIEW),
    "claim": lambda: claim_block(QUIST, VIEW, [PAIR]),
    "document": lambda: document_block(DOCUMENT, [QUIST], VIEW),
    "documents": lambda: document_table([(DOCUMENT, 2, 2)]),
}


def test_display_heads_what_the_judge_guesses_as_a_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reason that a rule found stands as it is, one that the judge takes for likely does not."""
    rule, judge = NEAR, NEAR.model_copy(update={"basis": "judge"})
    heads = [shown(Group(*near_miss_blocks([pair], VIEW)), 80, monkeypatch).splitlines()[0] for pair in (rule, judge)]
    assert heads == ["NO CONTRADICTION  conditional", "NO CONTRADICTION  perhaps conditional"]


@pytest.mark.parametrize("width", [80, 200])
@pytest.mark.parametrize("name", PAGES)
def test_display_is_what_it_was(name: str, width: int, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each view is as in its snapshot, at 80 and at 200 columns; no line is longer, no id broken."""
    text = shown(PAGES[name](), width, monkeypatch)
    snapshot(f"{name}_{width}.txt", text)
    assert max(map(len, text.splitlines())) <= width
    ids = re.findall(r"(?:clm|doc|ctr)_\w*", text)
    assert all(len(found) == 20 for found in ids)


def test_display_never_mixes_the_two_certainties(monkeypatch: pytest.MonkeyPatch) -> None:
    """The source's likelihood stands as word and number; our confidence is never in its phrase."""
    text = shown(claim_table([QUIST], VIEW), 200, monkeypatch)
    assert "prediction, doubt · highly unlikely (5–15 %) · condition: “if the lakes stay dry”" in text
    assert re.search(r"^confidence 0\.82", text, re.MULTILINE)
    assert not re.search(r"confidence[^\n]*%|%[^\n]*confidence", text)


@pytest.mark.parametrize(
    ("likelihood", "expected"),
    [
        (UNLIKELY, "highly unlikely (5–15 %)"),
        (Likelihood(low=0.3, high=0.3, point=0.3, phrase="one third, roughly"), "one third, roughly (30 %)"),
        (Likelihood(point=0.005, phrase="one in two hundred"), "one in two hundred (0.5 %)"),
        (Likelihood(phrase="the most likely scenario", basis="rank"), "the most likely scenario (a rank, no number)"),
        (Likelihood(low=0.1, high=0.25, point=0.2, phrase="un\x1b[1mlikely"), "un␛[1mlikely (10–25 %)"),
    ],
)  # fmt: skip
def test_display_likelihood_as_word_and_number(likelihood: Likelihood, expected: str) -> None:
    """A likelihood is always a word and a number, or says that it has none."""
    assert likelihood_words(likelihood) == expected


def test_display_likelihood_in_a_house_scale() -> None:
    """A house scale adds its word; an unknown one is an error."""
    assert likelihood_words(UNLIKELY, "icd203") == "highly unlikely (5–15 %; icd203: very unlikely)"
    with pytest.raises(UsageError, match="scale"):
        likelihood_words(UNLIKELY, "house")


def test_display_marks_the_words_that_clash() -> None:
    """Clashing words are marked where they stand, also outside the claim's own words."""
    assert VIEW.quotation(QUIST, [span("highly unlikely")]).plain == (
        "“«highly unlikely» that the Northern Canal will open by 2026”"
    )
    assert VIEW.quotation(MINISTRY, [span("denied")]).plain == (
        "“«denied»␛[2J that the canal is late: “the Northern Canal opens in spring [/x]”"
    )


def test_display_shows_gaps_in_a_quotation() -> None:
    """Pieces far apart are joined by an ellipsis; marks beyond reach are left out."""
    pieces = QUIST.model_copy(update={"spans": (span("Canal [sic]"), span("Mara Quist wrote"))})
    assert VIEW.quotation(pieces).plain == "“Canal [sic] … Mara Quist wrote”"
    assert VIEW.quotation(QUIST, [(0, 5)]).plain == "“«Canal» … the Northern Canal will open by 2026”"
    far = make_document("Denied. " + "x " * 400 + "The canal opens.")
    view = View({far.id: far}.get)
    assert view.quotation(make_claim(far, "The canal opens."), [(0, 6)]).plain == "“The canal opens.”"


def test_display_does_without_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the document is not at hand, the claim's own words stand."""
    text = shown(pair_block(PAIR, View(lambda _: None)), 200, monkeypatch)
    assert "“the Northern Canal will open by 2026”" in text
    assert "news/canal.txt" in text


def test_display_shows_a_claim_in_its_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole sentence stands around the claim's marked words, and nothing of the next."""
    text = shown(claim_block(QUIST, VIEW), 200, monkeypatch)
    assert (
        "It is highly unlikely that «the Northern Canal will open by 2026» if the lakes stay dry, Mara Quist wrote.\n"
        in text
    )


@given(st.text(st.characters()))
def test_display_text_steers_no_terminal(text: str) -> None:
    """No control character, override of direction or half of a surrogate pair reaches the terminal."""
    text += "\x1b]0;x\x07\x9b2J\u202e\u2066\ud800\u2028\r\x08"
    for safe in (visible(text), line(text)):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f]", safe)
        safe.encode("utf8")


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8))
def test_display_shows_any_text(text: str) -> None:
    """Whatever a document holds, every view of it is printed, and markup is printed as it stands."""
    text += "[/x][bold]"
    document = make_document(text, title=text, path=text, publisher=text, byline=(text,), url=text)
    claim: Claim = make_claim(
        document, proposition=text, topics=(text,), condition=(0, len(text)), reasons=((0, 1),),
        source=Source(id=text, name=text, kind="person"), likelihood=UNLIKELY.model_copy(update={"phrase": text}),
        entities=(Entity(id=text, name=text, type="other"),),
    )  # fmt: skip
    view = View({document.id: document}.get)
    pair = PAIR.model_copy(update={"a": claim, "b": claim, "explanation": text})
    for renderable in (
        claim_table([claim], view), claim_block(claim, view), document_block(document, [claim], view),
        pair_block(pair, view),
        alias_table([AliasLine(text, text)]),
        verdict(Verdict(entailment=0, neutral=0, contradiction=1, explanation=text)),
    ):  # fmt: skip
        printed = page(renderable, io.StringIO())
        assert "[/x]" in re.sub(r"\s|│", "", printed)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", printed)


def test_display_is_plain_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets 100 columns, no colour and no blanks at line ends; COLUMNS sets another width."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert console(io.StringIO()).width == 100
    text = page(pair_block(PAIR, VIEW), io.StringIO())
    assert "\x1b" not in text
    assert not re.search(r" $", text, re.MULTILINE)
    monkeypatch.setenv("COLUMNS", "64")
    assert console(io.StringIO()).width == 64


class Terminal(io.StringIO):
    """A file that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_display_honours_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR a terminal gets no colour, and the same words as a pipe."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    text = page(pair_block(PAIR, VIEW), Terminal())
    assert not re.search(r"\x1b\[[\d;]*3\d", text)
    plain = re.sub(r"\x1b\[[\d;]*m", "", text)
    assert re.sub(r" +$", "", plain, flags=re.MULTILINE) == page(pair_block(PAIR, VIEW), io.StringIO())


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ((0.1, 0.2, 0.7), "They contradict each other."),
        ((0.8, 0.1, 0.1), "The second follows from the first."),
        ((0.1, 0.6, 0.3), "Both can stand: neither contradicts the other"),
        ((0.2, 0.35, 0.45), "It cannot be told. Likeliest: they contradict each other."),
    ],
)
def test_display_says_a_verdict_in_words(shares: tuple[float, float, float], words: str) -> None:
    """Three probabilities are told as an answer, above them; where none is likelier than the others, that is said."""
    entailment, neutral, contradiction = shares
    found = Verdict(entailment=entailment, neutral=neutral, contradiction=contradiction)
    assert page(verdict(found), io.StringIO()).startswith(words)


def test_certainty_is_that_of_the_statement_as_it_is_worded() -> None:
    """Nobody reads the opposite: "did not sign" is held true, what is refused or denied false, a told denial true."""
    signs = Frame(predicate="sign")
    refused = make_claim(proposition="Peru will sign.", polarity="negative", factuality="CT-", frame=signs)
    assert certainty(refused) == "held false"
    negative = refused.model_copy(
        update={"proposition": "Peru did not sign.", "frame": signs.model_copy(update={"negated": True})}
    )
    assert (doing(negative), certainty(negative)) == ("fact", "held true")
    denied = make_claim(proposition="Peru signed.", stance="deny", polarity="negative", factuality="CT-")
    assert (doing(denied), certainty(denied)) == ("fact, deny", "held false")
    cue = denied.attribution.model_copy(update={"cue": "has denied"})
    told = denied.model_copy(update={"proposition": "Peru has denied the deal.", "attribution": cue})
    assert (doing(told), certainty(told)) == ("fact", "held true")


def test_certainty_of_what_is_only_supposed_is_left_open() -> None:
    """What would come of a thing, or is promised, is not shown as a forecast of 97 %."""
    would = Likelihood(low=0.9, high=1.0, point=0.97, phrase="would", basis="tense")
    claim = make_claim(proposition="A war would be costly.", factuality="Uu", likelihood=would)
    assert certainty(claim) == "left open"
    assert certainty(claim.model_copy(update={"factuality": "CT+"})) == "would (90–100 %)"
