"""Speeches: quotations, in marks or set off as paragraphs, each with the cue before, after or inside it.

They are bound by what stands beside them in the text rather than in the parse, which quotation marks often mislead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimtrack.attribution.cues import Cue, Reporting, cues_of, quote_cue
from claimtrack.attribution.findings import Finding
from claimtrack.attribution.frames import that_clause
from claimtrack.attribution.quoted_text import QuotedText
from claimtrack.attribution.quotes import Quote
from claimtrack.attribution.sources import subject_of
from claimtrack.attribution.syntax import NOMINAL, SUBJECTS, Range, children, is_finite, is_finite_form
from claimtrack.schema import Section, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

SENTENCE_ENDS = frozenset(".!?")
DASHES = frozenset((",", "--", "—", "–", "-"))
NAME_PARTS = frozenset(("of", "the", "von", "van", "de", "der", "bin", "al", "."))
MARKS = "\"'“”‘’„`»«"
LONGEST_GAP = 150  # tokens from one part of a quotation to the next, or from a cue's sentence start to the mark
LONGEST_TAIL = 40  # tokens between a closing mark and the end of its reporting clause, appositions included
MOST_PARTS = 100  # of one speech, after which it is told as another: each of its claims carries all of them
LONGEST_LABEL = 12  # tokens of "Ms. Ito, the mayor of Porto:" before a quotation


@dataclass(frozen=True)
class Speech:
    """A quotation with the cue found for it; its first part may begin before the opening mark ("that")."""

    pattern: str
    parts: tuple[Span, ...]
    source: Range | None = None
    cue: Range | None = None
    head: Token | None = None
    entry: Reporting | None = None


def speeches(text: QuotedText) -> list[Speech]:
    """Bind every quotation to the cue before, after or inside it, or to the quotation it goes on from."""
    found: list[Speech] = []
    before: Speech | None = None  # what the paragraph before ended in
    for i, section in enumerate(text.sections):
        current, end = before, section.start
        for quote in text.quotes_in(section.start, section.end):
            gap = text.tokens(end, quote.start)
            if current is not None and _goes_on(text, current, quote, gap, section):
                if len(current.parts) < MOST_PARTS:
                    current = found[-1] = replace(current, parts=(*current.parts, (quote.start, quote.end)))
                else:
                    current = replace(current, parts=((quote.start, quote.end),))
                    found.append(current)
            elif (bound := _bind(text, quote, gap, section, text.sections[i - 1] if i else None)) is not None:
                current = bound
                found.append(bound)
            else:
                continue  # a title, a nickname, words held at arm's length: part of the sentence around them
            end = quote.end
        rest = text.tokens(end, section.end)
        before = current if end > section.start and rest[1] - rest[0] <= LONGEST_TAIL else None
    return found


def _goes_on(text: QuotedText, current: Speech, quote: Quote, gap: Range, section: Section) -> bool:
    """Whether a quotation continues the one before: around its cue, after it, or in the next paragraph."""
    if gap[1] - gap[0] > LONGEST_GAP or _tail(text, quote, section) is not None:
        return False
    words = [t for t in text.doc[gap[0] : gap[1]] if not t.is_space and not t.is_quote]
    if current.parts[-1][1] <= section.start or not words:
        return gap[0] == gap[1] or not words
    if current.cue is None or current.head is None or not gap[0] <= current.cue[0] < gap[1]:
        return False
    ends = [k for k, t in enumerate(words) if t.text in SENTENCE_ENDS]
    if not ends:
        other = any(quote_cue(t) for t in words if t.i >= current.cue[1] and t.dep_ != "relcl")
        return not other and (words[-1].text in DASHES | {":"} or words[-1].i < current.cue[1])
    goes_elsewhere = any(t.dep_ == "conj" and t.head == current.head and is_finite(t) for t in words)
    return ends[0] == len(words) - 1 and not goes_elsewhere


def _bind(text: QuotedText, quote: Quote, gap: Range, section: Section, previous: Section | None) -> Speech | None:
    before = _last_sentence(text, gap)
    after = _tail(text, quote, section)
    if after is not None and (before[0] == before[1] or _follows(text, after, quote)):
        if before[0] < before[1] and not any(quote_cue(t) for t in text.doc[before[0] : before[1]]):
            return replace(after, parts=((text.starts[before[0]], quote.end),))
        return after
    if (signed := _signed(text, quote, section)) is not None:
        return signed
    if quote.start > section.start or previous is None:
        return _lead(text, quote, before)
    return _introduction(text, quote, previous) or _standing_alone(text, quote, section, previous)


def _signed(text: QuotedText, quote: Quote, section: Section) -> Speech | None:
    """The quotation with the name behind a dash that is all that follows it: "The bank is closed" - Mara Ito."""
    first, last = text.tokens(quote.end, section.end)
    words = [t for t in text.doc[first:last] if not t.is_space]
    if len(words) < 2 or words[0].text not in DASHES - {","} or len(words) > LONGEST_LABEL:
        return None
    name = next((k for k, t in enumerate(words) if k and t.text in {",", "("}), len(words))
    named = all(t.pos_ == "PROPN" or (t.lower_ in NAME_PARTS and k) for k, t in enumerate(words[1:name]))
    if name < 2 or not named:
        return None
    cue = (words[0].i, words[0].i + 1)
    return Speech("quote after", ((quote.start, quote.end),), (words[1].i, words[name - 1].i + 1), cue)


def _standing_alone(text: QuotedText, quote: Quote, section: Section, previous: Section) -> Speech | None:
    """A quotation that fills its paragraphs, with the person whom the sentence before them is about."""
    rest = text.document.text[quote.end : section.end].strip()
    above = text.tokens(previous.start, previous.end)
    quoted = any(text.quoted[i] for i in range(*above))
    if rest or quoted or previous.kind != "body" or (quote.closes and _last_inner(text, quote) not in SENTENCE_ENDS):
        return None
    for token in text.doc[slice(*_last_sentence(text, (above[0], _without_stop(text, above))))]:
        subject = subject_of(token) if token.dep_ == "ROOT" and is_finite(token) else None
        if subject is not None and any(t.ent_type_ == "PERSON" for t in text.doc[slice(*subject)]):
            return Speech("quote alone", ((quote.start, quote.end),), subject)
    return None


def _without_stop(text: QuotedText, tokens: Range) -> int:
    """Where the words of a paragraph end, without its last stop."""
    last = tokens[1]
    while last > tokens[0] and (text.doc[last - 1].is_space or text.doc[last - 1].is_punct):
        last -= 1
    return last


def _follows(text: QuotedText, after: Speech, quote: Quote) -> bool:
    """Whether the speaker stands after the quotation; "the drill, dubbed “Iron”, began" has its subject before."""
    return after.source is not None and text.starts[after.source[0]] >= quote.end


def _ends_in_colon(text: QuotedText, tokens: Range) -> bool:
    words = [t for t in text.doc[max(tokens[0], tokens[1] - 2) : tokens[1]] if not t.is_space]
    return bool(words) and words[-1].text.endswith(":")


def _last_sentence(text: QuotedText, tokens: Range) -> Range:
    first, last = max(tokens[0], tokens[1] - LONGEST_GAP), tokens[1]
    while last > first and text.doc[last - 1].is_space:
        last -= 1
    ends = (i + 1 for i in range(last - 1, first - 1, -1) if text.doc[i].text in SENTENCE_ENDS)
    return next(ends, first), last


def _last_inner(text: QuotedText, quote: Quote) -> str:
    return text.document.text[quote.start : quote.end].rstrip(MARKS + " ")[-1:]


def _tail(text: QuotedText, quote: Quote, section: Section) -> Speech | None:
    """The quotation with the reporting clause that follows it: "…," said the mayor."""
    first, last = text.tokens(quote.end, section.end)
    last = min(last, first + LONGEST_TAIL)
    start = first
    while start < last and text.doc[start].text in DASHES:
        start += 1
    if not quote.closes or (start == first and _last_inner(text, quote) not in ",?!—–-…") or start >= last:
        return None
    for token in text.doc[start:last]:
        if text.quoted[token.i] or token.text in SENTENCE_ENDS:
            break
        cue = quote_cue(token)
        if cue is not None:
            return _closing(text, quote, cue, start, last)
        if is_finite_form(token) and token.dep_ != "relcl":
            break
    return None


def _closing(text: QuotedText, quote: Quote, cue: Cue, start: int, last: int) -> Speech | None:
    if not _closes_speech(cue, text.doc[start]):
        return None
    stops = (i for i in range(cue.head.i, last) if text.quoted[i] or text.doc[i].text in SENTENCE_ENDS)
    speaker = _speaker(text, cue, (start, next(stops, last)))
    if speaker is None:
        return None
    return Speech("quote after", ((quote.start, quote.end),), speaker, cue.tokens, cue.head, cue.entry)


def _closes_speech(cue: Cue, first: Token) -> bool:
    """Whether a cue after a quotation reports it, rather than words of its own or as a mere participle."""
    if cue.entry.pos == "preposition":
        return True
    own = [c for c in children(cue.head, "ccomp") if cue.head.i < c.left_edge.i and any(
        cue.head.i < s.i < c.i for s in children(c, *SUBJECTS))]
    shared = first.dep_ == "cc" and not children(cue.head, "nsubj")
    return is_finite(cue.head) and not own and not shared


def _speaker(text: QuotedText, cue: Cue, segment: Range) -> Range | None:
    """The subject of a cue beside a quotation; by position where the quotation led the parse astray."""
    first, last = segment
    if cue.entry.pos == "preposition":
        return (cue.tokens[1], last) if cue.tokens[1] < last else None
    subject = subject_of(cue.head)
    if subject and first <= subject[0] and subject[1] <= last:
        return subject
    near = _noun_before(text, first, cue.tokens[0]) or _noun_after(text, cue.tokens[1], last)
    if near is None and subject and not any(text.quoted[subject[0] : subject[1]]):
        return subject
    return near


def _noun_before(text: QuotedText, first: int, last: int) -> Range | None:
    """The noun phrase that ends right before a cue, over adverbs and marks."""
    while last > first and _is_passed_over(text.doc[last - 1]):
        last -= 1
    if last == first or text.doc[last - 1].pos_ not in NOMINAL:
        return None
    return max(first, text.doc[last - 1].left_edge.i), last


def _noun_after(text: QuotedText, first: int, end: int) -> Range | None:
    """The noun phrase that stands right after a cue: "said Ms. Ito, the mayor"."""
    last = first
    while last < end and (text.doc[last].pos_ in NOMINAL | {"DET", "ADJ", "PART"} or text.doc[last].lower_ == "of"):
        last += 1
    return (first, last) if last > first else None


def _is_passed_over(token: Token) -> bool:
    return token.pos_ in {"ADV", "AUX", "CCONJ", "PART"} or not any(c.isalnum() for c in token.text)


def _lead(text: QuotedText, quote: Quote, words: Range) -> Speech | None:
    """The quotation with the reporting clause before it: the mayor said: "…"."""
    first, last = words
    if first == last:
        return None
    colon = _ends_in_colon(text, (first, last))
    for token in reversed(text.doc[first:last]):
        cue = quote_cue(token)
        if cue is None and is_finite_form(token):
            break
        if cue is not None and cue.entry.pos == "verb" and (colon or _opens_speech(text, quote, cue, last - 1)):
            start = text.starts[last - 1] if text.doc[last - 1].lower_ == "that" else quote.start
            speaker = _speaker(text, cue, (first, cue.tokens[0]))
            return Speech("quote before", ((start, quote.end),), speaker, cue.tokens, cue.head, cue.entry)
    return _colon_lead(text, quote, (first, last - 1)) if colon else None


def _opens_speech(text: QuotedText, quote: Quote, cue: Cue, last: int) -> bool:
    """Whether the words between a cue and an opening mark let the quotation be what is said, not a part of it."""
    between = last - cue.tokens[1] + 1
    if between > LONGEST_TAIL or not _is_whole(text, quote):
        return False
    if between <= 0 or text.doc[last].text == "," or text.doc[last].lower_ == "that":
        return True
    inner = text.document.text[quote.start : quote.end].lstrip(MARKS + " [")
    return inner[:1].isupper() and between <= 8 and text.doc[last].pos_ not in {"ADP", "DET", "PART", "ADJ"}


def _is_whole(text: QuotedText, quote: Quote) -> bool:
    """Whether a quotation ends with its sentence or at a comma, so that it is no mere part of a clause."""
    after = text.tokens(quote.end, quote.end + 1)[0]
    return not quote.closes or _last_inner(text, quote) in ".,?!…—–-" or (
        after >= len(text.doc) or text.doc[after].text in ".,;:?!)"
    )


def _colon_lead(text: QuotedText, quote: Quote, words: Range) -> Speech | None:
    """A quotation after a colon with no verb of speech beside it: its holder is the subject of what precedes."""
    found = Speech("quote colon", ((quote.start, quote.end),))
    verbs = [t for t in text.doc[words[0] : words[1]] if t.pos_ in {"VERB", "AUX"} and is_finite(t)]
    beside = "\n" not in text.document.text[text.starts[words[1]] : quote.start]
    if beside and any(that_clause(t) for t in verbs if quote_cue(t)):
        return None
    for verb in verbs:
        subject = subject_of(verb)
        if subject and words[0] <= subject[0] and subject[1] <= words[1] and verb.dep_ not in {"relcl", "advcl"}:
            cue = next(cues_of(verb), None)
            tokens, entry = (cue.tokens, cue.entry) if cue else ((verb.i, verb.i + 1), None)
            return replace(found, source=subject, cue=tokens, head=verb, entry=entry)
    if verbs or not 0 < words[1] - words[0] <= LONGEST_LABEL:
        return None
    return replace(found, source=words, cue=(words[1], words[1] + 1))


def blocks(text: QuotedText) -> Iterator[Finding]:
    """Each paragraph of a quotation without marks, with the cue of the paragraph before or after, if it has one."""
    run: list[Section] = []
    for i, section in enumerate(text.sections):
        if section.kind != "quote_block":
            continue
        run.append(section)
        following = text.sections[i + 1] if i + 1 < len(text.sections) else None
        if following is None or following.kind != "quote_block" or following.voice != section.voice:
            previous = text.sections[i - len(run)] if i >= len(run) else None
            yield from _block_findings(text, run, previous, following)
            run = []


def _block_findings(
    text: QuotedText, run: Sequence[Section], previous: Section | None, following: Section | None
) -> Iterator[Finding]:
    whole = Quote(run[0].start, run[0].end)
    speech = _introduction(text, whole, previous) or _closing_line(text, following)
    for section in run:
        tokens = text.tokens(section.start, section.end)
        if tokens[0] < tokens[1] and speech is not None:
            yield Finding("block", (tokens,), speech.source, speech.cue, speech.head, speech.entry)
        elif tokens[0] < tokens[1]:
            yield Finding("block", (tokens,))


def _introduction(text: QuotedText, quote: Quote, previous: Section | None) -> Speech | None:
    """The quotation with the cue at the end of the paragraph before it: "The guide says:"."""
    if previous is None:
        return None
    above = text.tokens(previous.start, previous.end)
    return _lead(text, quote, _last_sentence(text, above)) if _ends_in_colon(text, above) else None


def _closing_line(text: QuotedText, following: Section | None) -> Speech | None:
    """The cue in a short paragraph of its own after a block: "the guide added."."""
    if following is None:
        return None
    first, last = text.tokens(following.start, following.end)
    cue = next((c for t in text.doc[first:last] if (c := quote_cue(t))), None)
    if cue is None or last - first > LONGEST_LABEL:
        return None
    return Speech("block", (), _speaker(text, cue, (first, last)), cue.tokens, cue.head, cue.entry)
