"""Who says it: find source, cue and content of reported speech and thought, by rules on the parse.

A cue is a word of the lexicon `reporting` in one of its frames ("accuse X of V-ing", "view X as Y"); its content is
what the frame takes, its source the cue's subject or what stands for it. Quotations are bound to the cue beside
them in the text rather than in the parse, which quotation marks often mislead.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.quotes import Quote, find_quotes
from claimtrack.schema import Attribution, AttributionType, CueKind, Document, Section, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claimtrack.tagger import Quotation

Frame = Literal["quote", "that", "wh", "inf", "object_inf", "ger", "np", "np_rest", "as", "small", "raising", "comment"]
PartOfSpeech = Literal["verb", "noun", "adjective", "adverb", "preposition"]
Range = tuple[int, int]  # tokens of the doc, half-open


class Reporting(lexicon.Entry):
    """A reporting cue: what the source does by it, and the frames in which it takes content."""

    pos: PartOfSpeech
    cue_kind: CueKind
    frames: tuple[Frame, ...]


@dataclass(frozen=True)
class _Cue:
    """A cue in a text: its head, the token its content hangs on ("for" in "call for"), all its tokens."""

    head: Token
    base: Token
    tokens: Range
    entry: Reporting

    @property
    def negated(self) -> bool:
        near = [self.head, *(self.head.ancestors if self.head.dep_ in {"xcomp", "acomp"} else ())][:2]
        return any(c.dep_ == "neg" or c.lower_ in {"never", "no", "neither"} for t in near for c in t.children)


@dataclass(frozen=True)
class _Finding:
    """One attribution in tokens, before it is set in characters."""

    pattern: str
    content: tuple[Range, ...]
    source: Range | None
    cue: _Cue | None
    cue_tokens: Range | None


SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
WH_TAGS = ("WDT", "WP", "WP$", "WRB")
# spaCy's lemmatizer takes the doubled consonant rule too far, or not far enough.
LEMMAS = {"hop": "hope", "retweete": "retweet", "lambast": "lambaste", "labelle": "label"}


# ---- the parse


def _ranges(tokens: Iterable[Token]) -> list[Range]:
    out: list[Range] = []
    for i in sorted(t.i for t in tokens):
        if out and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return out


def _subtree(token: Token) -> Range:
    return token.left_edge.i, token.right_edge.i + 1


def _children(token: Token, *deps: str) -> list[Token]:
    return [c for c in token.children if c.dep_ in deps]


def _is_finite(verb: Token) -> bool:
    return any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in (verb, *_children(verb, "aux", "auxpass")))


def _is_question(clause: Token) -> bool:
    first = clause.left_edge
    return (first.tag_ in WH_TAGS and first.lower_ != "that") or first.lower_ in {"whether", "if", "why", "how"}


def _to_infinitive(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


# ---- frames: what a cue takes as content


def _that(cue: Token) -> list[Range]:
    for c in _children(cue, "ccomp", "acl", "advcl"):
        marked = any(x.dep_ == "mark" and x.lower_ == "that" for x in c.children)
        if (marked or (c.dep_ == "ccomp" and _children(c, *SUBJECTS))) and _is_finite(c) and not _is_question(c):
            return _ranges(c.subtree)
    return []


def _wh(cue: Token) -> list[Range]:
    for c in _children(cue, "ccomp", "advcl", "pcomp", "acl"):
        if _is_question(c) and c.left_edge.i > cue.i and (
            c.dep_ != "advcl" or c.left_edge.lower_ in {"if", "whether"}
        ):
            return [_subtree(c)]
    return []


def _inf(cue: Token) -> list[Range]:
    for c in _children(cue, "xcomp", "ccomp", "acl"):
        if _to_infinitive(c) and not _children(c, "nsubj") and c.i > cue.i and not _children(cue, "dobj"):
            passive = _children(cue, "nsubjpass")
            return [_subtree(passive[0]), _subtree(c)] if passive else [_subtree(c)]
    return []


def _object_inf(cue: Token) -> list[Range]:
    for c in _children(cue, "xcomp", "ccomp"):
        if _to_infinitive(c) and c.i > cue.i:
            objects = _children(cue, "dobj") or _children(c, "nsubj")
            if objects and objects[0].left_edge.i > cue.i:
                return [(objects[0].left_edge.i, c.right_edge.i + 1)]
    return []


def _ger(cue: Token) -> list[Range]:
    for c in _children(cue, "xcomp", "ccomp", "pcomp"):
        if c.tag_ == "VBG" and not _is_finite(c) and c.i > cue.i:
            return [_subtree(c)]
    return []


def _np(cue: Token) -> list[Range]:
    for c in _children(cue, "dobj", "pobj"):
        if c.i > cue.i or c.tag_ in WH_TAGS:
            return [_subtree(c)]
    if cue.tag_ == "VBN":
        return [_subtree(c) for c in _children(cue, "nsubjpass")[:1]]
    return []


OBJECT_PREPOSITIONS = frozenset(("of", "for", "on", "to", "with", "from", "against", "over", "as"))


def _np_rest(cue: Token) -> list[Range]:
    for c in _children(cue, "dobj"):
        rest = [p for p in _children(cue, "prep") if p.i > c.i and p.lower_ in OBJECT_PREPOSITIONS]
        if c.i > cue.i and rest:
            return [(c.left_edge.i, rest[-1].right_edge.i + 1)]
    return []


def _as(cue: Token) -> list[Range]:
    for p in cue.children:
        if p.dep_ in {"prep", "mark"} and p.lower_ == "as" and p.i > cue.i:
            objects = [c for c in _children(cue, "dobj") if c.i < p.i]
            if objects:
                return [(objects[0].left_edge.i, p.right_edge.i + 1)]
            passive = _children(cue, "nsubjpass")
            if passive:
                return [_subtree(passive[0]), _subtree(p)]
    for c in _children(cue, "dobj"):
        if any(p.dep_ == "prep" and p.lower_ == "as" for p in c.children):
            return [_subtree(c)]
    return []


def _small(cue: Token) -> list[Range]:
    for c in cue.children:
        if c.dep_ == "oprd" and c.i > cue.i:
            objects = [o for o in _children(cue, "dobj") if o.i < c.i]
            if objects:
                return [(objects[0].left_edge.i, c.right_edge.i + 1)]
            passive = _children(cue, "nsubjpass")
            if passive:
                return [_subtree(passive[0]), _subtree(c)]
        verbless = not _is_finite(c) and not _to_infinitive(c) and c.tag_ != "VBG"
        if c.dep_ in {"ccomp", "xcomp"} and verbless and c.i > cue.i and _children(c, "nsubj"):
            return [_subtree(c)]
    return []


def _raising(cue: Token) -> list[Range]:
    for c in _children(cue, "xcomp", "oprd", "acomp"):
        subjects = _children(cue, "nsubj")
        if subjects and c.i > cue.i:
            return [_subtree(subjects[0]), _subtree(c)]
    return []


def _comment(cue: Token) -> list[Range]:
    """The clause a comment stands in, without the comment: "it rained" of "it rained, according to them"."""
    clause = _clause(cue)
    return _ranges(set(clause.subtree) - set(cue.subtree)) if clause is not None else []


def _clause(token: Token) -> Token | None:
    """The head of the smallest clause with a subject that the token stands in."""
    for head in token.ancestors:
        if head.pos_ in {"VERB", "AUX"} and (_children(head, *SUBJECTS) or head.dep_ == "ROOT"):
            return head
    return None


FRAMES: dict[Frame, Callable[[Token], list[Range]]] = {
    "that": _that, "wh": _wh, "inf": _inf, "object_inf": _object_inf, "ger": _ger, "np": _np, "np_rest": _np_rest,
    "as": _as, "small": _small, "raising": _raising, "comment": _comment,
}


# ---- cues


@cache
def _lexicon() -> dict[tuple[str, PartOfSpeech], list[tuple[list[str], Reporting]]]:
    """Entries by first word and part of speech, the longest phrases first."""
    index: dict[tuple[str, PartOfSpeech], list[tuple[list[str], Reporting]]] = {}
    for entry in sorted(lexicon.read("reporting", Reporting), key=lambda e: -len(e.phrase.split())):
        first, *rest = entry.phrase.split()
        index.setdefault((first, entry.pos), []).append((rest, entry))
    return index


def _part_of_speech(token: Token) -> Iterator[tuple[str, PartOfSpeech]]:
    lemma = LEMMAS.get(token.lemma_.lower(), token.lemma_.lower())
    if token.pos_ in {"VERB", "AUX"}:
        yield lemma, "verb"
    if token.pos_ in {"ADJ", "VERB"}:
        yield token.lower_, "adjective"
    if token.pos_ == "NOUN":
        yield lemma, "noun"
    if token.pos_ == "ADV":
        yield token.lower_, "adverb"


def _cues(token: Token) -> Iterator[_Cue]:
    """All readings of a token as a cue, the longest phrase first."""
    for key in _part_of_speech(token):
        for rest, entry in _lexicon().get(key, ()):
            base = _base(token, rest)
            if base is not None:
                yield _Cue(token, base, _cue_tokens(token, base, len(rest)), entry)


def _base(head: Token, rest: Sequence[str]) -> Token | None:
    """The token that the content hangs on, if the words of the phrase after the head are there."""
    base = head
    for word in rest:
        following = [c for c in head.children if c.lower_ == word and c.i > head.i and c.dep_ in
                     {"prep", "prt", "agent", "advmod", "dative"}]
        if following:
            base = base if following[0].dep_ in {"prt", "advmod"} else following[0]
        elif [t.lower_ for t in head.doc[head.i + 1 : head.i + 1 + len(rest)]] == list(rest):
            return head
        else:
            return None
    return base


def _cue_tokens(head: Token, base: Token, words: int) -> Range:
    first = head.i
    left = {c.i for c in head.children if c.dep_ in {"aux", "auxpass", "neg", "advmod"} or c.lower_ == "to"}
    while first - 1 in left:
        first -= 1
    return first, max(base.i + 1, head.i + 1 + words if base is head else 0)


# ---- sources


LIGHT_VERBS = frozenset((
    "make", "have", "express", "voice", "issue", "raise", "reiterate", "repeat", "give", "offer", "share", "hold", "state",
    "announce", "release", "take", "deliver", "send", "advance", "put", "pose", "air", "show", "renew", "retain", "keep",
))
RECEIVING_VERBS = frozenset(("receive", "get", "hear", "obtain", "win", "draw", "secure", "face", "meet"))


def _holder(cue: _Cue) -> Range | None:
    if cue.entry.pos == "noun":
        return _noun_source(cue.head, cue.base)
    if cue.entry.pos == "adjective" and cue.head.dep_ in {"acomp", "oprd", "attr"}:
        return _subject(cue.head.head)
    if cue.head.tag_ == "VBN" and _children(cue.head, "auxpass", "nsubjpass"):
        return _agent(cue.head)
    return _subject(cue.head)


def _agent(verb: Token) -> Range | None:
    for by in _children(verb, "agent"):
        for c in _children(by, "pobj"):
            return _subtree(c)
    return None


def _subject(verb: Token) -> Range | None:
    """The noun phrase that does the verb, which may belong to a verb above it ("went on to say")."""
    for _ in range(6):
        for c in _children(verb, "nsubj", "nsubjpass"):
            return _noun_phrase(c, verb)
        if verb.dep_ in {"acl", "relcl"} and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            return verb.head.left_edge.i, verb.head.i + 1
        if verb.dep_ == "pcomp":
            verb = verb.head
        if verb.dep_ not in {"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "acomp", "dep"} or verb.head is verb:
            return None
        verb = verb.head
    return None


def _noun_phrase(noun: Token, verb: Token) -> Range | None:
    """The subject as written; a relative pronoun takes its antecedent along ("the clerk who")."""
    if noun.lower_ in {"it", "there"} and verb.lemma_ in {"seem", "appear", "be"}:
        return None
    if noun.tag_ in WH_TAGS and verb.dep_ == "relcl" and noun.i > verb.head.i:
        return verb.head.left_edge.i, noun.i + 1
    first, last = _subtree(noun)
    return (first, last) if last <= verb.i or first > verb.i else (noun.i, noun.i + 1)


def _noun_source(noun: Token, base: Token) -> Range | None:
    for c in _children(noun, "poss"):
        return c.left_edge.i, c.right_edge.i + (0 if c.right_edge.tag_ == "POS" else 1)
    verb = noun.head
    for prep in [*_children(noun, "prep"), *_children(verb, "prep")]:
        if prep.lower_ in {"by", "from", "among"} and prep is not base:
            for c in _children(prep, "pobj"):
                return _subtree(c)
    if noun.dep_ == "dobj" and verb.lemma_ not in RECEIVING_VERBS:
        return _subject(verb)
    if noun.dep_ == "pobj" and verb.lower_ in {"in", "with", "out", "on"} and verb.head.pos_ == "VERB":
        return _subject(verb.head)
    if any(c.dep_ == "expl" for c in verb.children):
        return _container(verb)
    return None


def _container(verb: Token) -> Range | None:
    """The text that "there is" something in: "in the report, there is a suggestion"."""
    for prep in _children(verb, "prep"):
        for c in _children(prep, "pobj"):
            if prep.lower_ == "in" and c.ent_type_ not in {"GPE", "LOC", "DATE", "TIME", "FAC"}:
                return _subtree(c)
    return None


# ---- reported clauses and phrases


def _reported(token: Token) -> _Finding | None:
    """The attribution that a token makes as a cue, if it is one with content."""
    for cue in _cues(token):
        for frame in cue.entry.frames:
            content = FRAMES[frame](cue.base) if frame != "quote" else []
            if content:
                holder = None if frame == "raising" else _holder(cue)
                return _Finding(f"{cue.entry.pos} {frame}", tuple(content), holder, cue, cue.tokens)
        if "that" in cue.entry.frames and cue.entry.pos == "verb":
            for name, rule in (("around", _around), ("aside", _aside), ("onward", _onward)):
                if content := rule(cue):
                    return _Finding(f"verb {name}", tuple(content), _holder(cue), cue, cue.tokens)
    return None


def _around(cue: _Cue) -> list[Range]:
    """The clause around a cue that stands in it or after it: "rain, they said, would come", "as they put it"."""
    verb = cue.head
    as_clause = verb.dep_ == "advcl" and any(c.dep_ in {"mark", "advmod"} and c.lower_ == "as" for c in verb.children)
    if not (verb.dep_ == "parataxis" or as_clause) or not _children(verb, "nsubj"):
        return []
    return _ranges(set(verb.head.subtree) - set(verb.subtree))


def _aside(cue: _Cue) -> list[Range]:
    """The sentence around ", they said," or before ", said they." where the parse does not know it for an aside."""
    doc, sentence = cue.head.doc, cue.head.sent
    subject = _children(cue.head, "nsubj")
    if not subject or not _is_finite(cue.head):
        return []
    first = min(subject[0].left_edge.i, cue.tokens[0])
    last = max(subject[0].right_edge.i + 1, cue.tokens[1])
    while last < sentence.end and doc[last].dep_ in {"dobj", "npadvmod", "advmod"} and doc[last].text not in ",.":
        last += 1
    if first - 1 <= sentence.start or doc[first - 1].text != "," or last >= len(doc) or doc[last].text not in {",", "."}:
        return []
    content = [(sentence.start, first - 1)]
    return [*content, (last + 1, sentence.end)] if last + 1 < sentence.end else content


def _onward(cue: _Cue) -> list[Range]:
    """The rest of the sentence after "they said that", where the parse has no clause there."""
    sentence, doc = cue.head.sent, cue.head.doc
    first = cue.tokens[1]
    if "quote" not in cue.entry.frames or not _is_finite(cue.head) or first + 2 >= sentence.end:
        return []
    starts_clause = doc[first].lower_ == "that" or doc[first].dep_ in {"nsubj", "nsubjpass", "expl"}
    if starts_clause and any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in doc[first + 1 : sentence.end]):
        return [(first, sentence.end)]
    return []


def _according(token: Token) -> _Finding | None:
    """ "According to X" and perspective phrases ("from X's perspective", "in the view of X", "for X,")."""
    for rest, entry in _lexicon().get((token.lower_, "preposition"), ()):
        for inner in token.children:
            if rest == ["to"] and inner.lower_ == "to":
                holder = [_subtree(c) for c in _children(inner, "pobj")]
                return _comment_finding(token, inner.i + 1, holder, entry)
            if inner.dep_ == "pobj" and rest == [inner.lemma_.lower()]:
                return _comment_finding(token, inner.i + 1, _perspective(inner), entry)
            if inner.dep_ == "pobj" and not rest and _fronted(token) and inner.ent_type_ in HOLDER_TYPES:
                return _comment_finding(token, token.i + 1, [_subtree(inner)], entry)
    return None


HOLDER_TYPES = frozenset(("GPE", "ORG", "NORP", "PERSON"))


def _fronted(prep: Token) -> bool:
    last = prep.right_edge.i + 1
    return prep.i == prep.sent.start and last < len(prep.doc) and prep.doc[last].text == ","


def _perspective(noun: Token) -> list[Range]:
    """Whose view it is: the possessor, the object of "of", or the adjective's people, by the whole phrase."""
    for c in noun.children:
        if c.dep_ == "poss":
            return [(c.left_edge.i, c.right_edge.i + (0 if c.right_edge.tag_ == "POS" else 1))]
        if c.dep_ == "prep" and c.lower_ == "of" and c.i > noun.i:
            return [_perspective(x)[0] if x.lemma_ == "view" else _subtree(x) for x in _children(c, "pobj")]
    return [_subtree(noun)]


def _comment_finding(prep: Token, end: int, holder: Sequence[Range], entry: Reporting) -> _Finding | None:
    content = _comment(prep)
    cue = _Cue(prep, prep, (prep.i, end), entry)
    return _Finding("comment", tuple(content), holder[0], cue, cue.tokens) if content and holder else None


# ---- quotations


class _Text:
    """A parsed document with its quotations: which tokens are quoted, and where sections begin."""

    def __init__(self, doc: Doc, document: Document) -> None:
        """Finds the quotations of the document."""
        self.doc = doc
        self.document = document
        self.sections = [s for s in document.sections if s.kind != "boilerplate"]
        self.starts = [t.idx for t in doc]
        self.quotes = find_quotes(document.text, [(s.start, s.end) for s in self.sections])
        self.quote_starts = [q.start for q in self.quotes]
        self.quoted = bytearray(len(doc))
        for q in self.quotes:
            first, last = self.tokens(q.start, q.end)
            self.quoted[first:last] = b"\1" * (last - first)

    def tokens(self, start: int, end: int) -> Range:
        """The tokens that begin in a range of characters."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def span(self, tokens: Range) -> Span:
        """The characters of a range of tokens."""
        last = self.doc[tokens[1] - 1]
        return self.starts[tokens[0]], last.idx + len(last)

    def quotes_in(self, start: int, end: int) -> list[Quote]:
        """The quotations that begin in a range of characters."""
        return self.quotes[bisect_left(self.quote_starts, start) : bisect_left(self.quote_starts, end)]


@dataclass
class _Quotation:
    """A quotation under construction: its parts, and the cue found for it."""

    parts: list[Quote]
    source: Range | None
    cue: Range | None
    entry: Reporting | None
    head: Token | None
    pattern: str
    lead: int | None = None  # first token of the content before the opening mark


SENTENCE_ENDS = frozenset(".!?")
LONGEST_TAIL = 40  # tokens between a closing mark and the end of its reporting clause, appositions included


def _quotations(text: _Text) -> list[_Quotation]:
    """Bind every quotation to the cue before, after or inside it, or to the quotation it goes on from."""
    found: list[_Quotation] = []
    before: _Quotation | None = None  # what the last paragraph ended in
    for i, section in enumerate(text.sections):
        current = before
        end = section.start
        for quote in text.quotes_in(section.start, section.end):
            gap = text.tokens(end, quote.start)
            if current is not None and _goes_on(text, current, quote, gap, section):
                current.parts.append(quote)
            elif (bound := _bind(text, quote, gap, section, text.sections[i - 1] if i else None)) is not None:
                current = bound
                found.append(bound)
            else:
                continue  # a title, a nickname, words held at arm's length: part of the sentence around them
            end = quote.end
        rest = text.tokens(end, section.end)
        before = current if end > section.start and rest[1] - rest[0] <= LONGEST_TAIL else None
    return found


def _goes_on(text: _Text, current: _Quotation, quote: Quote, gap: Range, section: Section) -> bool:
    """Whether a quotation continues the one before: around its cue, after it, or in the next paragraph."""
    if current.parts[-1].end <= section.start:
        return gap[0] == gap[1] and _tail(text, quote, section) is None
    words = [t for t in text.doc[gap[0] : gap[1]] if not t.is_space and not t.is_quote]
    if not words or current.cue is None or not gap[0] <= current.cue[0] < gap[1]:
        return not words
    if _tail(text, quote, section) is not None:
        return False
    ends = [k for k, t in enumerate(words) if t.text in SENTENCE_ENDS]
    if not ends:
        other = any(_quote_cue(t) for t in words if t.i >= current.cue[1] and t.dep_ != "relcl")
        return not other and (words[-1].text in {",", ":", "--", "—", "–", "-"} or words[-1].i < current.cue[1])
    again = [t for t in words if t.dep_ == "conj" and _is_finite_verb(t) and t.head.i in range(*current.cue)]
    return ends[0] == len(words) - 1 and not again


def _bind(text: _Text, quote: Quote, gap: Range, section: Section, previous: Section | None) -> _Quotation | None:
    after = _tail(text, quote, section)
    if after is not None:
        before = _last_sentence(text, gap)
        if gap[0] < before[1] and not any(_quote_cue(t) for t in text.doc[before[0] : before[1]]):
            after.lead = before[0]
        return after
    if gap[0] == gap[1] and previous is not None and quote.start == section.start:
        first, last = text.tokens(previous.start, previous.end)
        return _lead(text, quote, _last_sentence(text, (first, last))) if _colon(text, last) else None
    return _lead(text, quote, _last_sentence(text, gap))


def _colon(text: _Text, end: int) -> bool:
    return end > 0 and text.doc[end - 1].text == ":"


def _last_sentence(text: _Text, gap: Range) -> Range:
    for i in range(gap[1] - 1, gap[0] - 1, -1):
        if text.doc[i].text in SENTENCE_ENDS:
            return i + 1, gap[1]
    return gap


def _tail(text: _Text, quote: Quote, section: Section) -> _Quotation | None:
    """The quotation with the reporting clause that follows it: "…," said the mayor."""
    inner = text.document.text[quote.start : quote.end].rstrip("\"'“”’»«‘` ")[-1:]
    first, last = text.tokens(quote.end, section.end)
    last = min(last, first + LONGEST_TAIL)
    while first < last and text.doc[first].text in {",", "--", "—", "–", "-"}:
        first += 1
        inner = ","
    if not quote.closes or inner not in ",?!—–-…" or first >= last:
        return None
    for i in range(first, last):
        if text.quoted[i] or text.doc[i].text in SENTENCE_ENDS:
            break
        cue = _quote_cue(text.doc[i])
        if cue is not None and not _closes_speech(cue, text.doc[first]):
            break
        if cue is not None:
            end = _clause_end(text, i, last)
            return _Quotation([quote], _speaker(text, cue, (first, end)), cue.tokens, cue.entry, cue.head, "quote after")
        if _is_finite_verb(text.doc[i]) and text.doc[i].dep_ != "relcl":
            break
    return None


def _closes_speech(cue: _Cue, first: Token) -> bool:
    """Whether a cue after a quotation reports it, rather than words of its own or as a mere participle."""
    if cue.entry.pos == "preposition":
        return True
    own = [c for c in _children(cue.head, "ccomp") if cue.head.i < c.left_edge.i and any(
        cue.head.i < s.i < c.i for s in _children(c, *SUBJECTS))]
    shared = first.dep_ == "cc" and not _children(cue.head, "nsubj")
    return _is_finite(cue.head) and not own and not shared


def _clause_end(text: _Text, start: int, last: int) -> int:
    for i in range(start, last):
        if text.quoted[i] or text.doc[i].text in SENTENCE_ENDS:
            return i
    return last


def _quote_cue(token: Token) -> _Cue | None:
    for cue in _cues(token):
        if "quote" in cue.entry.frames and cue.entry.pos == "verb":
            return cue
    if token.lower_ == "according":
        for rest, entry in _lexicon().get(("according", "preposition"), ()):
            return _Cue(token, token, (token.i, token.i + 1 + len(rest)), entry)
    return None


def _speaker(text: _Text, cue: _Cue, segment: Range) -> Range | None:
    """The subject of a cue beside a quotation; by position where the quotation led the parse astray."""
    if cue.entry.pos == "preposition":
        return cue.tokens[1], segment[1]
    first, last = segment
    subject = _subject(cue.head)
    if subject and first <= subject[0] and subject[1] <= last:
        return subject
    before = _trim_words(text, (first, cue.tokens[0]))
    after = _noun_after(text, cue.tokens[1], last)
    near = before or after
    if near is None and subject and not any(text.quoted[subject[0] : subject[1]]):
        return subject
    return near


def _trim_words(text: _Text, tokens: Range) -> Range | None:
    """The noun phrase that ends right before a cue."""
    first, last = tokens
    while last > first and text.doc[last - 1].pos_ in {"PUNCT", "ADV", "AUX", "CCONJ", "PART", "SPACE"}:
        last -= 1
    if last == first or text.doc[last - 1].pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "X"}:
        return None
    start = text.doc[last - 1].left_edge.i
    return max(first, start), last


def _noun_after(text: _Text, first: int, end: int) -> Range | None:
    """The noun phrase that stands right after a cue: "said Ms. Ito, the mayor"."""
    if first >= end or text.doc[first].pos_ not in {"NOUN", "PROPN", "PRON", "DET", "ADJ"}:
        return None
    last = first
    while last < end and text.doc[last].pos_ in {"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "PART"}:
        last += 1
    return first, last


def _lead(text: _Text, quote: Quote, gap: Range) -> _Quotation | None:
    """The quotation with the reporting clause before it: the mayor said: "…"."""
    words = [i for i in range(*gap) if not text.doc[i].is_space]
    if not words:
        return None
    last = words[-1]
    colon = text.doc[last].text == ":"
    for i in reversed(words):
        if _is_finite_verb(text.doc[i]) and _quote_cue(text.doc[i]) is None:
            break
        cue = _quote_cue(text.doc[i])
        if cue is not None and cue.entry.pos == "verb" and (colon or _opens_speech(text, quote, cue, last)):
            lead = last if text.doc[last].lower_ == "that" else None
            speaker = _speaker(text, cue, (gap[0], cue.tokens[0]))
            return _Quotation([quote], speaker, cue.tokens, cue.entry, cue.head, "quote before", lead)
    return _colon_lead(text, quote, (words[0], last)) if colon else None


def _is_finite_verb(token: Token) -> bool:
    return token.tag_ in {"VBD", "VBZ", "VBP", "MD"}


def _opens_speech(text: _Text, quote: Quote, cue: _Cue, last: int) -> bool:
    """Whether the words between a cue and an opening mark let the quotation be what is said, not a part of it."""
    between = last - cue.tokens[1] + 1
    if between > LONGEST_TAIL or not _is_whole(text, quote):
        return False
    if between <= 0 or text.doc[last].text == "," or text.doc[last].lower_ == "that":
        return True
    first = text.document.text[quote.start : quote.end].lstrip("\"'“”‘’«»„` [")[:1]
    return first.isupper() and between <= 8 and text.doc[last].pos_ not in {"ADP", "DET", "PART", "ADJ"}


def _is_whole(text: _Text, quote: Quote) -> bool:
    """Whether a quotation ends with its sentence or at a comma, so that it is no mere part of a clause."""
    after = text.tokens(quote.end, quote.end + 1)[0]
    inner = text.document.text[quote.start : quote.end].rstrip("\"'“”’»«‘` ")[-1:]
    return not quote.closes or inner in ".,?!…—–-" or after >= len(text.doc) or text.doc[after].text in ".,;:?!)"


def _colon_lead(text: _Text, quote: Quote, words: Range) -> _Quotation | None:
    """A quotation after a colon without a verb of speech beside it: its holder is the subject of what stands before."""
    verbs = [t for t in text.doc[words[0] : words[1]] if t.pos_ in {"VERB", "AUX"} and _is_finite(t)]
    if any(_that(t) for t in verbs if _quote_cue(t)):
        return None
    for verb in verbs:
        subject = _subject(verb)
        if subject and words[0] <= subject[0] and subject[1] <= words[1] and verb.dep_ not in {"relcl", "advcl"}:
            return _Quotation([quote], subject, (verb.i, verb.i + 1), None, verb, "quote colon")
    if verbs or words[1] - words[0] > 12:
        return None
    return _Quotation([quote], words, (words[1], words[1] + 1), None, None, "quote colon")


# ---- together


def attribute(doc: Doc, document: Document, quotations: Sequence[Quotation] | None = None) -> list[Attribution]:
    """Find every attribution of a document, in the order of their contents.

    Args:
        doc: the parse of `document.text`.
        document: its sections; boilerplate is passed over.
        quotations: those of a trained tagger, if there is one.
    """
    text = _Text(doc, document)
    findings = [*_direct(text), *_clausal(text)]
    found = (_attribution(text, f) for f in _outermost(findings))
    return [a for a in found if a.content_spans]


def _direct(text: _Text) -> list[_Finding]:
    out = []
    for q in _quotations(text):
        parts = [text.tokens(p.start, p.end) for p in q.parts]
        if q.lead is not None and q.lead < parts[0][0]:
            parts[0] = (q.lead, parts[0][1])
        cue = _Cue(q.head, q.head, q.cue, q.entry) if q.head is not None and q.cue and q.entry else None
        out.append(_Finding(q.pattern, tuple(parts), q.source, cue, q.cue))
    return out


def _clausal(text: _Text) -> list[_Finding]:
    out = []
    for section in text.sections:
        for i in range(*text.tokens(section.start, section.end)):
            finding = _reported(text.doc[i]) or _according(text.doc[i])
            if finding is not None:
                out.append(finding)
    return out


def _outermost(findings: Sequence[_Finding]) -> list[_Finding]:
    """Those findings whose cue stands in no other's content; of two with the same words the first one stays."""
    owner: dict[int, int] = {}
    kept: list[_Finding] = []
    heads: set[int] = set()
    clauses = {i for f in findings if f.pattern == "verb that" for a, b in f.content for i in range(a, b)}
    for f in findings:
        if f.pattern.startswith("quote"):
            if f.pattern == "quote before" and f.cue_tokens and f.cue_tokens[0] in clauses:
                continue
            kept.append(f)
            for a, b in f.content:
                owner.update(dict.fromkeys(range(a, b), id(f)))
            if f.cue_tokens:
                heads.update(range(*f.cue_tokens))
    clausal = [f for f in findings if not f.pattern.startswith("quote")]
    for f in sorted(clausal, key=lambda f: (-sum(b - a for a, b in f.content))):
        cue = f.cue_tokens or f.content[0]
        if f.cue is None or f.cue.head.i in heads or any(i in owner for i in range(*cue)):
            continue
        if any(i in owner for a, b in f.content for i in range(a, b)):
            continue
        kept.append(f)
        heads.update(range(*cue))
        for a, b in f.content:
            owner.update(dict.fromkeys(range(a, b), id(f)))
    return sorted(kept, key=lambda f: f.content)


def _spans(text: _Text, finding: _Finding) -> list[Span]:
    """The content in characters: without the marks at its borders, but with whole quotations."""
    out: list[Span] = []
    cue = range(*finding.cue_tokens) if finding.cue_tokens else range(0)
    for first, last in finding.content:
        while first < last and (text.doc[first].text in {",", ";", ":", "-", "--", "—", "–", ".", ")"} or text.doc[first].is_space or first in cue):
            first += 1
        while last > first and (text.doc[last - 1].text in {",", ";", ":", "-", "--", "—", "–", ".", "?", "!", "("} or text.doc[last - 1].is_space or last - 1 in cue) and not text.quoted[last - 1]:
            last -= 1
        if first == last:
            continue
        start, end = text.span((first, last))
        for q in text.quotes_in(start, end):
            end = max(end, q.end)
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _attribution(text: _Text, finding: _Finding) -> Attribution:
    spans = tuple(_spans(text, finding))
    cue = text.span(finding.cue_tokens) if finding.cue_tokens else None
    raw = text.document.text
    key = f"{text.document.id}:{spans}:{cue}"
    return Attribution(
        id="att_" + hashlib.sha256(key.encode()).hexdigest()[:16],
        type=_type(text, spans),
        source_span=text.span(finding.source) if finding.source else None,
        cue_span=cue,
        cue=raw[cue[0] : cue[1]] if cue else None,
        cue_kind=finding.cue.entry.cue_kind if finding.cue else None,
        negated=finding.cue.negated if finding.cue else False,
        content_spans=spans,
    )


def _type(text: _Text, spans: Sequence[Span]) -> AttributionType:
    quotes = [q for s, e in spans for q in text.quotes_in(s, e)]
    if not quotes:
        return "indirect"
    covered = sum(q.end - q.start for q in quotes)
    return "direct" if covered >= sum(e - s for s, e in spans) - 2 * len(spans) else "mixed"
