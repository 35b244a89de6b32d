"""The rules together: what all of them find in a text, each content once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claimtrack import lexicon
from claimtrack.attribution.clauses import reported
from claimtrack.attribution.constructions import passes_on
from claimtrack.attribution.findings import Finding, source_words
from claimtrack.attribution.perspectives import according
from claimtrack.attribution.quoted_text import QuotedText
from claimtrack.attribution.speeches import blocks, speeches

QUOTED = frozenset(("quote after", "quote before", "quote colon", "quote alone", "block"))
SURE = frozenset(("noun doubted", "verb relayed"))  # constructions in which the words next to the cue mislead


def findings_in(text: QuotedText) -> list[Finding]:
    """Every attribution that the rules find in a text, in the order of their contents."""
    return list(_with_describers(text, _arrange([*_quoted(text), *blocks(text), *_clausal(text)])))


def _quoted(text: QuotedText) -> Iterator[Finding]:
    for s in speeches(text):
        yield Finding(s.pattern, tuple(text.tokens(*p) for p in s.parts), s.source, s.cue, s.head, s.entry)


def _clausal(text: QuotedText) -> Iterator[Finding]:
    for section in text.sections:
        for token in text.doc[slice(*text.tokens(section.start, section.end))]:
            finding = reported(token) or according(token)
            if finding is not None:
                yield finding


def _arrange(findings: Sequence[Finding]) -> list[Finding]:
    """Keep the outermost attributions: quotations first, then what has the longest content.

    An attribution inside another's content stays part of it, unless the outer one only passes it on ("the paper
    cited officials, saying that …"); it then names both in its chain.
    """
    told = {i for f in findings if f.pattern == "verb that" for a, b in f.content for i in range(a, b)}
    marked = [f for f in findings if f.pattern in QUOTED and not (
        f.pattern == "quote before" and f.cue and f.cue[0] in told)]
    clausal = [f for f in findings if f.pattern not in QUOTED]
    kept: list[Finding] = []
    owner: dict[int, int] = {}
    heads: set[int] = set()
    for f in [*marked, *sorted(clausal, key=lambda f: (-sum(b - a for a, b in f.content), f.pattern not in SURE))]:
        inside = {owner.get(i) for a, b in [*f.content, *([f.cue] if f.cue else ())] for i in range(a, b)}
        used = f.head is not None and f.head.i in heads
        if f.pattern in QUOTED or (inside == {None} and not used):
            owner.update(dict.fromkeys((i for a, b in f.content for i in range(a, b)), len(kept)))
            heads.update(range(*f.cue) if f.cue and f.pattern != "block" else ())
            kept.append(f)
        elif len(inside) == 1 and not used and (k := inside.pop()) is not None and passes_on(kept[k], f):
            heads.update(range(*f.cue) if f.cue else ())
            kept.append(replace(f, chain=(source_words(kept[k]), source_words(f))))
    return sorted(kept, key=lambda f: f.content)


def _with_describers(text: QuotedText, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Give "it is portrayed as …" the source that spoke last in its paragraph: the paragraph retells that source."""
    describing = lexicon.words("holder_words", "describing")
    section_of = [s.start for s in text.sections]
    last: Finding | None = None
    for f in findings:
        if f.source is None and f.entry and f.entry.phrase in describing and last and f.head:
            here, there = (bisect_left(section_of, text.starts[i] + 1) for i in (f.head.i, last.content[0][0]))
            yield replace(f, source=last.source if here == there else None)
            continue
        if f.source is not None and f.entry and f.entry.cue_kind == "speech":
            last = f
        yield f
