"""Records: from tokens to `Attribution`, with its type, its identity and how sure its pattern is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack.attribution.findings import Finding
from claimtrack.attribution.quoted_text import QuotedText
from claimtrack.attribution.syntax import Range
from claimtrack.schema import Attribution, AttributionType, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# Share of a pattern's findings whose content and source were both right, on PolNeAR's 840 training articles.
PRECISION = {
    "quote after": 0.95, "quote before": 0.83, "quote colon": 0.62,
    "quote alone": 0.6, "block": 0.85, "comment": 0.75, "verb that": 0.77,
    "verb around": 0.74, "verb aside": 0.74, "verb np_rest": 0.65, "verb as": 0.65, "verb wh": 0.65,
    "verb object_inf": 0.64, "verb onward": 0.62, "verb ger": 0.61, "verb small": 0.58, "verb inf": 0.57,
    "verb np": 0.54, "verb raising": 0.47, "adjective that": 0.62, "adjective np": 0.52, "adjective inf": 0.44,
    "noun that": 0.41, "noun wh": 0.43, "noun inf": 0.35, "noun np": 0.37, "noun doubted": 0.6, "verb relayed": 0.7,
}
RARE_PATTERN = 0.3
STOPS_BEFORE = frozenset((",", ";", ":", "-", "--", "—", "–", ".", ")"))
STOPS_AFTER = frozenset((",", ";", ":", "-", "--", "—", "–", ".", "?", "!", "("))


def attribution(text: QuotedText, finding: Finding) -> Attribution:
    """Set a finding in characters; `content_spans` is empty where only stops are left of the content."""
    spans = tuple(_spans(text, finding))
    cue = text.span(finding.cue) if finding.cue else None
    source = finding.source and _without_edges(text, finding.source)
    return Attribution(
        id=identity(text, spans, cue),
        type="direct" if finding.pattern == "block" else type_of(text, spans),
        source_span=text.span(source) if source else None,
        cue_span=cue,
        cue=text.document.text[slice(*cue)] if cue else None,
        cue_kind=finding.entry.cue_kind if finding.entry else None,
        negated=finding.head is not None and finding.entry is not None and finding.pattern != "noun doubted"
        and is_negated(finding.head),
        content_spans=spans,
        chain=finding.chain,
        confidence=PRECISION.get(finding.pattern, RARE_PATTERN),
    )


def _spans(text: QuotedText, finding: Finding) -> list[Span]:
    """The content in characters: without the stops at its borders, but with whole quotations."""
    out: list[Span] = []
    for tokens in finding.content:
        first, last = _trimmed(text, tokens, range(*finding.cue) if finding.cue else range(0))
        if first == last:
            continue
        while last < len(text.doc) and _is_hyphenated(text.doc[last - 1], text.doc[last]):
            last += 1
        start, end = text.span((first, last))
        end = max([end, *(q.end for q in text.quotes_in(start, end))])
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _is_hyphenated(token: Token, following: Token) -> bool:
    """Whether two tokens are parts of one word, such as "re" and "-" of "re-election"."""
    if token.whitespace_ or "-" not in {token.text, following.text}:
        return False
    return following.is_alpha or (following.text == "-" and not following.whitespace_)


def _trimmed(text: QuotedText, tokens: Range, cue: range) -> Range:
    first, last = tokens
    while first < last and (text.doc[first].text in STOPS_BEFORE or text.doc[first].is_space or first in cue):
        first += 1
    while last > first and not text.quoted[last - 1] and (
        text.doc[last - 1].text in STOPS_AFTER or text.doc[last - 1].is_space or last - 1 in cue
    ):
        last -= 1
    return first, last


def _without_edges(text: QuotedText, source: Range) -> Range | None:
    words = [i for i in range(*source) if any(c.isalnum() for c in text.doc[i].text)]
    last = max((i for i in range(*source) if not text.doc[i].is_space), default=source[0])
    return (words[0], last + 1) if words else None


def identity(text: QuotedText, spans: Sequence[Span], cue: Span | None) -> str:
    """The id of an attribution, from its document, its content and its cue."""
    key = f"{text.document.id}:{spans}:{cue}"
    return "att_" + hashlib.sha256(key.encode()).hexdigest()[:16]


def is_negated(cue: Token) -> bool:
    """Whether the cue itself is denied: "did not say", "no evidence", "never wanted"."""
    above = cue.head if cue.dep_ in {"xcomp", "acomp"} else cue
    return any(c.dep_ == "neg" or c.lower_ in {"never", "no", "neither"} for t in (cue, above) for c in t.children)


def type_of(text: QuotedText, spans: Sequence[Span]) -> AttributionType:
    """Whether a content is quoted throughout, in part or not at all."""
    quotes = [q for s, e in spans for q in text.quotes_in(s, e)]
    if not quotes:
        return "indirect"
    covered = sum(q.end - q.start for q in quotes)
    return "direct" if covered >= sum(e - s for s, e in spans) - 2 * len(spans) else "mixed"
