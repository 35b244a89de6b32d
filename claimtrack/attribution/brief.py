"""Views told in few words, which lean on what was reported before them.

"Russia that it was closed" leaves out its verb, "but Russia disagrees" its content, "asked whether it had left, he said
no" says the content in the question; "according to Ito, Roe said that …" has one pass on the words of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.attribution.cues import cue_within, cues_of
from claimtrack.attribution.frames import that_clause
from claimtrack.attribution.perspectives import according
from claimtrack.attribution.quoted_text import QuotedText, overlaps
from claimtrack.attribution.records import identity
from claimtrack.attribution.sources import subject_of
from claimtrack.attribution.syntax import Range, children, is_finite
from claimtrack.meaning import falsity
from claimtrack.schema import Attribution, CueKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

CONTRASTS = frozenset(("and", "but", "while", ",", ";"))
ANSWERS: dict[str, CueKind] = {"dissent": "denial", "assent": "confirmation"}
FAR = 60  # tokens from a view to the short answer that leans on it


def completed(text: QuotedText, found: Sequence[Attribution]) -> list[Attribution]:
    """Give the attributions with those that are told in few words, in the order of their contents."""
    told = [part for a in found for part in _gapped(text, a)]
    told = [inner for a in told for inner in _relayed(text, a)]
    told = _answered(text, told)
    return sorted(_contested(text, told), key=lambda a: a.content_spans)


def _with(text: QuotedText, a: Attribution, spans: Sequence[Span], **changes: object) -> Attribution:
    """Give an attribution with another content and other fields, under an id of its own."""
    cue = changes.get("cue_span", a.cue_span)
    key = identity(text, spans, cue if isinstance(cue, tuple) else None)
    return a.model_copy(update={"id": key, "content_spans": tuple(spans), **changes})


# --- "Peru said it was open and Chile that it was closed"


def _gapped(text: QuotedText, a: Attribution) -> Iterator[Attribution]:
    """Cut a content where another holder begins without a verb of his own."""
    if a.type != "indirect" or a.source_span is None or len(a.content_spans) != 1:
        yield a
        return
    start, end = a.content_spans[0]
    source = a.source_span
    first, last = text.tokens(start, end)
    if " that " not in text.document.text[start:end]:
        yield a
        return
    for that in text.doc[first + 3 : max(last - 2, first + 3)]:
        holder = _holder_before(that, first)
        if holder is not None:
            border = _without_contrast(text, first, holder[0])
            yield _with(text, a, [(start, border)], source_span=source) if source != a.source_span else (
                a.model_copy(update={"content_spans": ((start, border),)}))
            start, source, first = text.starts[that.i], text.span(holder), that.i
    changed = source != a.source_span
    yield _with(text, a, [(start, end)], source_span=source) if changed else a


def _holder_before(that: Token, first: int) -> Range | None:
    """Find the bare name or "others" right before a "that" with a clause of its own, behind "and" or a comma."""
    if that.lower_ != "that" or that.nbor(1).pos_ in {"VERB", "AUX", "PUNCT"}:
        return None
    noun = that.nbor(-1)
    others = noun.lower_ in lexicon.words("holder_words", "rest")
    if not others and (noun.pos_ != "PROPN" or noun.ent_type_ in {"DATE", "TIME"}):
        return None
    begin = noun.i
    while begin > first and (that.doc[begin - 1].pos_ == "PROPN" or that.doc[begin - 1].pos_ == "DET"):
        begin -= 1
    if begin - 1 <= first or that.doc[begin - 1].lower_ not in CONTRASTS:
        return None
    return (begin, noun.i + 1)


def _without_contrast(text: QuotedText, first: int, end: int) -> int:
    """Give the character at which the words before a holder end, without the "and" between."""
    while end > first + 1 and text.doc[end - 1].lower_ in CONTRASTS:
        end -= 1
    return text.span((first, end))[1]


# --- "according to Ito, Roe said that …", "Ito said that, according to Roe, …"


def _relayed(text: QuotedText, a: Attribution) -> Iterator[Attribution]:
    """Give what one passes on of another to the other, with both in its chain."""
    inner = None if a.type == "direct" or a.source_span is None or a.chain else _view_inside(text, a)
    if inner is None:
        yield a
        return
    content, source, cue, kind, whole = inner
    chain = tuple(text.document.text[slice(*s)].rstrip(" ,") for s in (a.source_span, source) if s)
    if not whole:
        yield a
    yield _with(text, a, content, source_span=source, cue_span=cue, cue=text.document.text[slice(*cue)],
                cue_kind=kind, chain=chain, negated=False)


def _view_inside(text: QuotedText, a: Attribution) -> tuple[list[Span], Span, Span, CueKind, bool] | None:
    """Find the view of somebody else that a content tells of, and whether all of it is his."""
    first, last = text.tokens(a.content_spans[0][0], a.content_spans[-1][1])
    _, cue = cue_within(text, a.cue_span)
    told_by_noun = cue is not None and cue.lower_ == "according"
    for token in text.doc[first : min(last, first + 12)]:
        if token.lower_ == "according" and token.head.head.i < first and not text.quoted[token.i]:
            found = according(token)
            if found is not None and found.source is not None and found.cue is not None:
                spans = [text.span(_bare(text, r)) for r in found.content if r[0] >= first and _bare(text, r)[1] > r[0]]
                spans = [s for s in spans if any(c.isalnum() for c in text.document.text[slice(*s)])]
                return (spans, text.span(found.source), text.span(found.cue), "speech", True) if spans else None
        verb = told_by_noun and token.dep_ in {"ROOT", "ccomp"} and is_finite(token)
        said = next((c for c in cues_of(token) if c.entry.cue_kind == "speech"), None) if verb else None
        content, source = (that_clause(token), subject_of(token)) if said is not None else ([], None)
        if said and content and source and first <= source[0] < token.i and text.doc[source[0]].tag_ != "PRP":
            return [text.span(r) for r in content], text.span(source), text.span(said.tokens), "speech", False
    return None


def _bare(text: QuotedText, tokens: Range) -> Range:
    """Give a range without the stops and the "that" at its borders."""
    first, last = tokens
    while first < last and (text.doc[first].is_punct or text.doc[first].lower_ == "that"):
        first += 1
    while last > first and text.doc[last - 1].is_punct:
        last -= 1
    return first, last


# --- "asked whether it had left, he said no"


def _answered(text: QuotedText, found: Sequence[Attribution]) -> list[Attribution]:
    """Let who answers a reported question with yes or no hold its content or deny it."""
    out: list[Attribution] = []
    for a in found:
        _, cue = cue_within(text, a.cue_span)
        answer = _answer_to(cue) if cue is not None else None
        if answer is None or cue is None:
            out.append(a)
            continue
        verb, word, kind = answer
        clause = next((c for c in children(cue, "ccomp", "advcl", "xcomp") if c.left_edge.i > cue.i), None)
        source = subject_of(verb)
        if clause is None or source is None:
            out.append(a)
            continue
        span = text.span((min(verb.i, word.i), max(verb.i, word.i) + 1))
        first = clause.left_edge.i + (clause.left_edge.lower_ in {"if", "whether"})
        out.append(_with(text, a, [text.span((first, clause.right_edge.i + 1))], source_span=text.span(source),
                         cue_span=span, cue=text.document.text[slice(*span)], cue_kind=kind, type="indirect"))
    answers = [a.cue_span for a in out if a not in found]
    return [a for a in out if (a in found and not _is_answer(a, answers)) or a not in found]


def _is_answer(a: Attribution, answers: Sequence[Span | None]) -> bool:
    """Tell whether a content lies in the words of an answer: the "no" of "he said no"."""
    return any(span and all(overlaps(c, span) for c in a.content_spans) for span in answers)


def _answer_to(asked: Token) -> tuple[Token, Token, CueKind] | None:
    """Find the verb, the word and the sense of the answer in the clause on which an "asked whether" hangs."""
    verb = asked.head
    if asked.lemma_ not in lexicon.words("cue_words", "asking") or asked.dep_ != "advcl" or verb == asked:
        return None
    for role, kind in ANSWERS.items():
        spoken, shown = lexicon.words("cue_words", role), lexicon.words("cue_words", f"{role}_gesture")
        if verb.lemma_ in shown or any(f"{verb.lemma_} {o.lemma_}" in shown for o in children(verb, "dobj")):
            return verb, verb, kind
        word = next(_answers(asked, verb, spoken), None)
        if word is not None and word.dep_ != "det":
            return verb, word, kind
    return None


def _answers(asked: Token, verb: Token, words: Set[str]) -> Iterator[Token]:
    """Find the words of an answer below its verb, or right behind it in marks: a "No." may be its own sentence."""
    for t in verb.subtree:
        beside = t.i > verb.i and (t.head == verb or t.dep_ in {"intj", "pobj", "attr", "ccomp"})
        if beside and t.lower_ in words and not any(c.i > t.i and c.is_alpha for c in t.children):
            yield t
    for t in asked.doc[verb.i + 1 : verb.i + 5]:
        if t.lower_ in words and t.nbor(-1).is_quote and t.i + 1 < len(t.doc) and t.nbor(1).text[0] in ".,!\"”’'":
            yield t


# --- "Peru says it is open, but Chile disagrees"


def _contested(text: QuotedText, found: Sequence[Attribution]) -> list[Attribution]:
    """Let who disagrees with what was just reported, "denies it" or calls it false deny its content."""
    dissents = [*_ruled(text, found)]
    for verb in (t for t in text.doc if t.pos_ in {"AUX", "VERB"}) if found else ():
        false = _calls_false(verb)
        before = _view_before(text, found, verb) if false or (_disagrees(verb) and not text.quoted[verb.i]) else None
        if before is None:
            continue
        around = next((a for a in found if any(s <= verb.idx < e for s, e in a.content_spans)), None)
        by = subject_of(verb) if not false else None
        source = around.source_span if false and around is not None else text.span(by) if by else None
        if source == before.source_span or (source is None and not false):
            continue
        last = max([verb.i, *(o.i for o in children(verb, "dobj", "acomp", "attr"))])
        dissents.append(_denial(text, before, text.span((verb.i, last + 1)), source))
    if not dissents:
        return list(found)
    cues = [d.cue_span for d in dissents]
    kept = [a for a in found if not any(overlaps(c, a.cue_span) and c != a.cue_span for c in cues if c)
            or len(text.document.text[slice(*a.content_spans[0])].split()) > 2]
    return [*dissents, *kept]


def _denial(text: QuotedText, a: Attribution, cue: Span, source: Span | None) -> Attribution:
    """Give the denial of a reported content."""
    return _with(text, a, a.content_spans, source_span=source, cue_span=cue, cue=text.document.text[slice(*cue)],
                 cue_kind="denial", type="indirect" if source else "authorial", negated=False, chain=())


def _calls_false(verb: Token) -> bool:
    """Tell whether a clause calls false what was said before it: "This is false.", "That claim is a lie."."""
    subject = next(iter(children(verb, "nsubj", "nsubjpass")), None)
    if subject is None or not falsity.refutes(verb):
        return False
    pointing = any(c.lower_ in {"this", "that", "the"} for c in children(subject, "det"))
    claim = subject.lemma_.lower() in lexicon.words("denial_words", "proposition")
    bare = not any(c.dep_ in {"acl", "relcl", "ccomp", "prep"} for c in subject.children)
    return bare and (subject.lower_ in {"this", "that", "it"} or (pointing and claim))


def _ruled(text: QuotedText, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Read the lines of a fact check: "Claim: Peru sent drones. / Verdict: False"."""
    for claim in _claim_line().finditer(text.document.text):
        verdict = _verdict_line().search(text.document.text, claim.end(), claim.end() + 500)
        span = claim.span("said")
        if verdict is None or any(overlaps(span, c) for a in found for c in a.content_spans):
            continue
        false = verdict["verdict"].lower() in lexicon.words("denial_words", "verdict_false")
        yield Attribution(
            id=identity(text, [span], verdict.span("verdict")), type="indirect", cue_span=verdict.span("verdict"),
            cue=verdict["verdict"], cue_kind="denial" if false else "confirmation", content_spans=(span,),
            confidence=0.7)


@cache
def _claim_line() -> re.Pattern[str]:
    """Match the line of a fact check that says what is claimed."""
    labels = "|".join(sorted(lexicon.words("denial_words", "claim_label")))
    said = r"(?P<said>[^\n]{10,400}?)[ \t.*]*$"
    return re.compile(rf"^[ \t*]*(?:the )?(?:{labels})[ \t*]*:[ \t*]*{said}", re.MULTILINE | re.IGNORECASE)


@cache
def _verdict_line() -> re.Pattern[str]:
    """Match the line of a fact check that says whether it is so."""
    labels, false, true = ("|".join(sorted(lexicon.words("denial_words", role), key=len, reverse=True))
                           for role in ("verdict_label", "verdict_false", "verdict_true"))
    found = rf"(?P<verdict>{false}|{true})\b"
    return re.compile(rf"^[ \t*]*(?:the |our )?(?:{labels})[ \t*]*:[ \t*]*{found}", re.MULTILINE | re.IGNORECASE)


def _disagrees(verb: Token) -> bool:
    """Tell whether a verb denies what was said before it: "disagrees", "denies it", "rejected the claim"."""
    if verb.pos_ != "VERB" or not is_finite(verb) or children(verb, "neg", "ccomp", "xcomp", "advcl"):
        return False
    objects = children(verb, "dobj", "prep", "nsubjpass")
    if verb.lemma_ in lexicon.words("denial_words", "disagreeing"):
        return not objects
    rejects = any(verb.lemma_ in lexicon.words("denial_words", role) for role in ("turning_down", "disputing"))
    if not rejects or len(objects) != 1:
        return False
    thing = objects[0]
    claim = thing.lemma_.lower() in lexicon.words("denial_words", "proposition")
    plain = all(c.dep_ == "det" and c.lower_ in {"the", "this", "that", "these", "those"} for c in thing.children)
    return thing.lower_ in {"it", "this", "that", "them"} or (claim and plain)


def _view_before(text: QuotedText, found: Sequence[Attribution], verb: Token) -> Attribution | None:
    """Find the last reported view before a verb, in its sentence or the one before."""
    begin = verb.sent.start
    earliest = text.doc[begin - 1].sent.start if begin else begin
    views = [a for a in found if a.source_span and a.cue_kind in {"speech", "belief", "accusation", "confirmation"}
             and text.starts[earliest] <= a.content_spans[0][0] and a.content_spans[-1][1] <= verb.idx]
    near = [a for a in views if verb.i - text.tokens(*a.content_spans[-1])[1] < FAR]
    return max(near, key=lambda a: a.content_spans[-1][1], default=None)
