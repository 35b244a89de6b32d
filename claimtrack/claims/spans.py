"""Where a claim stands: the characters of its words, the sentences around them, its section and scenario."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.schema import Attribution, Document, Section, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FAR = 300
"""Characters beyond which a cue or source is no longer shown in one breath with the claim."""
STRIPPED = " \t\n\r,;:.–—-*•>"


def spans_of(text: str, tokens: Sequence[Token]) -> tuple[Span, ...]:
    """Give the character spans of tokens, neighbours joined, edges freed of space and loose punctuation."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    spans = (_trimmed(text, run[0].idx, run[-1].idx + len(run[-1])) for run in runs)
    return tuple(s for s in spans if any(c.isalnum() for c in text[s[0]:s[1]]))


def _trimmed(text: str, start: int, end: int, edges: str = STRIPPED) -> Span:
    while start < end and text[start] in edges:
        start += 1
    while end > start and text[end - 1] in edges:
        end -= 1
    return start, end


def context(doc: Doc, document: Document, attribution: Attribution, start: int, end: int) -> Span:
    """Give the sentences around a claim and its cue, unless the cue stands far away."""
    near = [span for span in (attribution.source_span, attribution.cue_span) if span and abs(span[0] - start) < FAR]
    first, last = min([start, *(s for s, _ in near)]), max([end, *(e for _, e in near)])
    covered = doc.char_span(first, last, alignment_mode="expand")
    if covered is None:
        return first, last
    return _trimmed(document.text, covered[0].sent.start_char, covered[-1].sent.end_char, " \t\r\n")


def section_at(document: Document, at: int) -> Section | None:
    """Give the section in which a character stands."""
    number = bisect_right(document.sections, at, key=lambda s: s.start) - 1
    return document.sections[number] if number >= 0 and at < document.sections[number].end else None


def published_at(document: Document, at: int) -> str | None:
    """Give the day on which the words at a character were published: a comment's own, else the document's."""
    section = section_at(document, at)
    return (section.published if section else None) or document.published


def scenario(document: Document, at: int) -> Span | None:
    """Give the label of the scenario that a paragraph lays out: its claims hold under "Scenario two: a siege"."""
    section = section_at(document, at)
    label = _scenario_label().match(document.text, section.start, section.end) if section else None
    return label.span() if label and label.end() <= at else None


@cache
def _scenario_label() -> re.Pattern[str]:
    """Give how a paragraph of a scenario list begins: "Second scenario: a siege.", "Worst-case scenario – war."."""
    nouns = "|".join(sorted(lexicon.words("claim_words", "scenario")))
    return re.compile(rf"\W*(?:the )?[\w-]+ (?:{nouns})(?: \w+)?\s*[:–—-][^.!?\n]*", re.IGNORECASE)
