"""Rules and tagger together: the words are the tagger's; the rules add the sources it lacks and what it missed."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.attribution.cues import cue_within, cues_of
from claimtrack.attribution.quoted_text import QuotedText, overlaps
from claimtrack.attribution.records import identity, is_negated, type_of
from claimtrack.attribution.syntax import SUBJECTS, WH_TAGS, children, is_finite, is_finite_form
from claimtrack.schema import Attribution, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimtrack.attribution.tagger import Quotation

SAME_CONTENT = 0.5  # share of common tokens over all tokens from which two contents are one
ALONE = 0.5  # how much less often a finding is right that the tagger does not make: on PolNeAR dev, 0.34 for 0.65
SURE_SOURCE = 0.7  # below it, a source that the rules found was right more often than the tagger's
WEAK = 0.6  # below it such a quotation was right less often than not, on PolNeAR dev


def join(
    text: QuotedText, ruled: Sequence[Attribution], quotations: Sequence[Quotation], sure: Set[str]
) -> list[Attribution]:
    """The tagger's quotations, helped by the rules, and what only the rules found.

    Where both found a content, the words are the tagger's, and so is the source unless it is unsure or has none. A
    quotation without marks (`quote_block`) is the rules' alone, and so is a finding in `sure` (ids).
    """
    at: dict[int, int] = {}
    for k, a in enumerate(ruled):
        for span in a.content_spans:
            at.update(dict.fromkeys(range(*text.tokens(*span)), k))
    blocks = {k for k, a in enumerate(ruled) if a.type == "direct" and not text.quotes_in(*a.content_spans[0])}
    out: list[Attribution] = []
    seen: set[int] = set()
    certain = _Certain(text, [a for a in ruled if a.id in sure])
    speaking = sorted((a for a in ruled if a.cue_span), key=_start)
    for q in (_to_next_speaker(text, _at_verb(text, q), speaking) for q in _over_paragraphs(text, quotations)):
        tokens = {i for span in q.content for i in range(*text.tokens(*span))}
        met = {at[i] for i in tokens if i in at}
        won = any(_wins(text, a, tokens, q) for a in certain.beside(tokens, q))
        if not tokens or won or met & blocks or _says_nothing(text, q):
            continue
        best = max(met, key=lambda k: _overlap(text, tokens, ruled[k]), default=None)
        alike = best is not None and best not in seen and _overlap(text, tokens, ruled[best]) >= SAME_CONTENT
        out.append(_tagged(text, q, ruled[best] if alike and best is not None else None))
        seen |= met
    for k, a in enumerate(ruled):
        if k in blocks or (a.id in sure and k not in seen):
            out.append(a)
        elif k not in seen:
            out.append(a.model_copy(update={"confidence": a.confidence * ALONE}))
    return sorted(out, key=lambda a: a.content_spans)


def _over_paragraphs(text: QuotedText, quotations: Sequence[Quotation]) -> Iterator[Quotation]:
    """Give the parts of a quotation over several paragraphs, which the tagger reads one by one, to one speaker.

    A part with a cue in its own paragraph keeps it; the others have that of the part before them, else after them.
    """
    run_of = {part.start: k for k, run in enumerate(text.runs) for part in run}
    runs: dict[int, list[Quotation]] = {}
    for q in quotations:
        inside = [run_of[m.start] for m in text.quotes_in(q.content[0][0], q.content[-1][1]) if m.start in run_of]
        if inside:
            runs.setdefault(inside[0], []).append(q)
        else:
            yield q
    for parts in runs.values():
        own = [q for q in parts if _is_beside(text, q)]
        for q in parts:
            before = [o for o in own if o.content <= q.content]
            held = q if q in own or not own else before[-1] if before else own[0]
            yield q if held is q else replace(q, source=held.source, cue=held.cue, source_score=held.source_score)


def _is_beside(text: QuotedText, q: Quotation) -> bool:
    """Whether the cue of a quotation stands in a paragraph with a part of it."""
    return q.cue is not None and any(
        s.start <= q.cue[0] < s.end and s.start <= start < s.end for s in text.sections for start, _ in q.content)


class _Certain:
    """Findings of which the rules are sure, by their words and by where their sources begin."""

    def __init__(self, text: QuotedText, findings: Sequence[Attribution]) -> None:
        self._findings = findings
        self._at: dict[int, set[int]] = defaultdict(set)
        self._from: dict[int, set[int]] = defaultdict(set)
        for k, a in enumerate(findings):
            self._from[_start(a)].add(k)
            for i in (i for span in a.content_spans for i in range(*text.tokens(*span))):
                self._at[i].add(k)

    def beside(self, tokens: Set[int], q: Quotation) -> list[Attribution]:
        """Give those that share a word with a quotation, or whose source stands where it begins."""
        met = self._from.get(q.content[0][0], set()).union(*(self._at.get(i, ()) for i in tokens))
        return [self._findings[k] for k in sorted(met)]


def _start(a: Attribution) -> int:
    """Where a source begins, -1 where there is none."""
    return a.source_span[0] if a.source_span else -1


def _wins(text: QuotedText, ruled: Attribution, tokens: set[int], q: Quotation) -> bool:
    """Whether a finding of which the rules are sure stands instead of a quotation: the same, a part, or its relay."""
    if ruled.chain and ruled.source_span and q.content[0][0] == ruled.source_span[0]:
        return True
    own = {i for span in ruled.content_spans for i in range(*text.tokens(*span))}
    same_cue = bool(tokens & own) and ruled.cue_span is not None and overlaps(ruled.cue_span, q.cue)
    return same_cue or tokens <= own or _overlap(text, tokens, ruled) >= SAME_CONTENT


def _at_verb(text: QuotedText, q: Quotation) -> Quotation:
    """Let the act that a cue denies, plans or threatens be content: "denied | attacking the port"."""
    for verb in text.doc[slice(*text.tokens(*q.cue))] if q.cue else ():
        if not any({"ger", "inf"} & set(c.entry.frames) for c in cues_of(verb)):
            continue
        for act in children(verb, "xcomp", "ccomp"):
            first = act.i - 1 if act.i and act.nbor(-1).lower_ == "to" else act.i
            start = text.starts[first]
            inside = verb.i < first and q.cue is not None and start < q.cue[1] <= q.content[0][0]
            if inside and not _tells(text, act, q.content) and (act.tag_ == "VBG" or first < act.i):
                return replace(q, cue=(q.cue[0] if q.cue else start, text.span((first - 1, first))[1]),
                               content=((start, q.content[0][1]), *q.content[1:]))
    return q


def _to_next_speaker(text: QuotedText, q: Quotation, speaking: Sequence[Attribution]) -> Quotation:
    """End a content where the next sentence has somebody else speak: "said she left. Peru denied | having bases".

    `speaking` is in the order of sources.
    """
    spans = [(s, min([e, *_speakers(text, (s, e), speaking)])) for s, e in q.content]
    return replace(q, content=tuple(spans)) if spans != list(q.content) else q


def _speakers(text: QuotedText, content: Span, speaking: Sequence[Attribution]) -> Iterator[int]:
    """Where the words end, inside a content, after which an unquoted sentence begins with a source of its own."""
    first, last = (bisect_right(speaking, at, key=_start) for at in content)
    for a in speaking[first:last]:
        if a.source_span and a.cue_span and content[0] < a.source_span[0] < a.cue_span[1] <= content[1]:
            word = text.doc[text.tokens(*a.source_span)[0]]
            end = word.i
            while end and (text.doc[end - 1].is_punct or text.doc[end - 1].is_space):
                end -= 1
            if word.is_sent_start and not text.quoted[word.i] and text.starts[end] > content[0]:
                yield text.span((end - 1, end))[1]


def _tells(text: QuotedText, act: Token, content: Sequence[Span]) -> bool:
    """Whether a verb below a cue is what the content hangs on: "went on to say that", not "threatened to cut"."""
    reports = any("that" in c.entry.frames for c in cues_of(act))
    return bool(text.quotes_in(*content[0])) or (reports and _has_clause(text, content))


def _has_clause(text: QuotedText, content: Sequence[Span]) -> bool:
    """Whether a content is a that-clause or a question, or holds a finite clause with a subject of its own."""
    words = [text.doc[i] for span in content for i in range(*text.tokens(*span))]
    if words and (words[0].lower_ == "that" or words[0].tag_ in WH_TAGS) and any(is_finite_form(t) for t in words):
        return True
    inside = {t.i for t in words}
    return any(t.pos_ in {"VERB", "AUX"} and t.dep_ not in {"relcl", "acl"} and is_finite(t)
               and any(c.i in inside for c in children(t, *SUBJECTS)) for t in words)


def _says_nothing(text: QuotedText, q: Quotation) -> bool:
    """Whether a cue that no lexicon knows has for content neither words in marks nor a clause, and is a deed or weak.

    "hired a lawyer" and "works to end it" are such; of those that the tagger holds for sure, most do tell a thought.
    """
    words = text.doc[slice(*text.tokens(*q.cue))] if q.cue else ()
    known = any(t.lower_ == "according" or (next(cues_of(t), None) and not _is_name(t)) for t in words)
    if all(t.lower_ == "that" or t.is_punct for s in q.content for t in text.doc[slice(*text.tokens(*s))]):
        return True  # "said | that, according to …"
    if known or not any(t.is_alpha for t in words):
        return False
    if _has_clause(text, q.content) or any(text.quoted[i] for s in q.content for i in range(*text.tokens(*s))):
        return False
    deeds = lexicon.words("cue_words", "deed")
    return q.content_score * q.source_score < WEAK or any(t.pos_ == "VERB" and t.lemma_ in deeds for t in words)


def _is_name(verb: Token) -> bool:
    """Whether a participle only names the noun before it: "a drill called Iron Gate"."""
    return verb.tag_ == "VBN" and verb.dep_ == "acl" and bool(children(verb, "oprd")) and not children(verb, "agent")


def _overlap(text: QuotedText, tokens: set[int], ruled: Attribution) -> float:
    """Shared tokens over all tokens of two contents, in [0, 1]."""
    other = {i for span in ruled.content_spans for i in range(*text.tokens(*span))}
    return len(tokens & other) / len(tokens | other)


def _tagged(text: QuotedText, q: Quotation, ruled: Attribution | None) -> Attribution:
    """A tagger's quotation as an attribution, with the cue's kind from the lexicon or from the rules' finding."""
    cue = q.cue or (ruled.cue_span if ruled else None)
    entry, head = cue_within(text, cue)
    source, sure = q.source, q.source_score
    if ruled and ruled.source_span and (source is None or sure < SURE_SOURCE or _holds(cue, ruled.source_span)):
        source, sure = ruled.source_span, max(sure, SURE_SOURCE)
    return Attribution(
        id=identity(text, q.content, cue),
        type=type_of(text, q.content),
        source_span=source,
        cue_span=cue,
        cue=text.document.text[slice(*cue)] if cue else None,
        cue_kind=entry.cue_kind if entry else ruled.cue_kind if ruled else None,
        negated=ruled.negated if ruled else head is not None and is_negated(head),
        content_spans=q.content,
        chain=ruled.chain if ruled else (),
        confidence=q.content_score * sure,
    )


def _holds(cue: Span | None, source: Span) -> bool:
    """Whether the cue names its source, as "received assurances from the league" does, whatever its subject is."""
    return cue is not None and cue[0] <= source[0] and source[1] <= cue[1]
