"""Who says it: find source, cue and content of reported speech and thought, by rules on the parse.

A cue is a word of the lexicon `reporting` in one of its frames ("accuse X of V-ing", "view X as Y"); its content is
what the frame takes, its source the cue's subject or what stands for it. Quotations are bound to the cue beside
them in the text rather than in the parse, which quotation marks often mislead. Where a trained tagger has read the
text too, the words are its, and the rules add the sources it lacks and the stances it was not trained on.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.attribution.quotes import Quote, find_quotes
from claimtrack.meaning import scope
from claimtrack.schema import Attribution, AttributionType, CueKind, Document, Section, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claimtrack.attribution.tagger import Quotation

Frame = Literal[
    "quote", "that", "wh", "inf", "object_inf", "ger", "np", "np_rest", "as", "small", "raising", "comment", "chance"
]
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


@dataclass(frozen=True)
class _Finding:
    """One attribution in tokens, before it is set in characters; `chain` as in `schema.Attribution`."""

    pattern: str
    content: tuple[Range, ...]
    source: Range | None = None
    cue: Range | None = None
    head: Token | None = None
    entry: Reporting | None = None
    chain: tuple[str, ...] = ()


SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
WH_TAGS = ("WDT", "WP", "WP$", "WRB")
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
# spaCy's lemmatizer takes the doubled consonant rule too far, or not far enough.
LEMMAS = {"hop": "hope", "retweete": "retweet", "lambast": "lambaste", "labell": "label", "labelle": "label",
          "extoll": "extol", "texte": "text"}


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
    return any(t.tag_ in FINITE for t in (verb, *_children(verb, "aux", "auxpass")))


def _is_question(clause: Token) -> bool:
    first = clause.left_edge
    return (first.tag_ in WH_TAGS and first.lower_ != "that") or first.lower_ in {"whether", "if", "why", "how"}


def _to_infinitive(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


# ---- frames: what a cue takes as content


def _that(cue: Token) -> list[Range]:
    for c in _children(cue, "ccomp", "acl", "advcl"):
        marked = any(x.dep_ == "mark" and x.lower_ == "that" for x in c.children)
        subject = bool(_children(c, *SUBJECTS))
        if subject and (marked or (c.dep_ == "ccomp" and _is_finite(c))) and not _is_question(c):
            return [] if _is_result(cue) else _ranges(_own_clause(c, cue))
    return []


def _own_clause(clause: Token, cue: Token) -> Iterable[Token]:
    """The words of a clause without a second cue that the parse hangs under it: "said he left and added that …"."""
    for c in clause.conjuncts:
        if c.i > clause.i and _shares_subject(c, cue):
            border = [x.i for x in c.head.children if x.dep_ == "cc" and x.i < c.i]
            return [t for t in clause.subtree if t.i < (border[-1] if border else c.left_edge.i)]
    return clause.subtree


def _shares_subject(verb: Token, cue: Token) -> bool:
    """Whether a coordinated cue goes with another cue rather than with the clause that this one reports."""
    return (
        verb.pos_ == "VERB" and verb.tag_ == cue.tag_ and verb.tag_ in {"VBD", "VBZ", "VBP"}
        and not _children(verb, *SUBJECTS)
        and any(c.entry.pos == "verb" and "quote" in c.entry.frames for c in _cues(verb))
    )


def _is_result(cue: Token) -> bool:
    """Whether a that-clause is the result of a degree ("so sure that they left"), not what the cue is about."""
    return cue.pos_ == "ADJ" and any(c.lower_ in {"so", "such", "too"} for c in cue.children)


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
    verb = cue.head if cue.dep_ == "prep" else cue
    for c in _children(verb, "xcomp", "ccomp", "advcl"):
        if _to_infinitive(c) and c.i > cue.i:
            objects = _children(cue, "dobj", "pobj") or _children(c, "nsubj")
            if objects and cue.i < objects[0].left_edge.i < c.i:
                return [(objects[0].left_edge.i, c.right_edge.i + 1)]
    return []


def _ger(cue: Token) -> list[Range]:
    for c in _children(cue, "xcomp", "ccomp", "pcomp"):
        if c.tag_ == "VBG" and not _is_finite(c) and c.i > cue.i:
            return [_subtree(c)]
    return []


def _np(cue: Token) -> list[Range]:
    for c in _children(cue, "dobj", "pobj"):
        if c.i > cue.i:
            return [(c.left_edge.i, _extent(cue, c))]
        if c.tag_ in WH_TAGS:
            return [_subtree(c)]
    if cue.tag_ == "VBN":
        return [_subtree(c) for c in _children(cue, "nsubjpass")[:1] if c.tag_ not in WH_TAGS]
    return []


def _extent(cue: Token, noun: Token) -> int:
    """Where the object of a cue ends, with what hangs on the cue but tells of the object: "war if they advance"."""
    end = noun.right_edge.i + 1
    for c in cue.children:
        if c.i < noun.i or c.left_edge.i != end:
            continue
        conditional = c.dep_ == "advcl" and c.left_edge.lower_ in {"if", "unless", "until"}
        if conditional or (c.dep_ == "prep" and c.lower_ in OBJECT_PREPOSITIONS):
            end = c.right_edge.i + 1
    return end


OBJECT_PREPOSITIONS = frozenset(("of", "for", "to", "with", "from", "against", "over", "between", "about", "as"))


def _np_rest(cue: Token) -> list[Range]:
    for c in _children(cue, "dobj"):
        rest = [p for p in _children(cue, "prep") if p.i > c.i and p.lower_ in OBJECT_PREPOSITIONS]
        if c.i > cue.i and rest:
            return [(c.left_edge.i, rest[-1].right_edge.i + 1)]
        if c.i > cue.i and any(p.lower_ in OBJECT_PREPOSITIONS for p in _children(c, "prep")):
            return [_subtree(c)]
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
        if c.i > cue.i and (c.dep_ == "oprd" or (c.dep_ == "dobj" and _children(cue, "dative"))):
            objects = [o for o in _children(cue, "dobj", "dative") if o.i < c.i and o.pos_ != "ADP"]
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


def _chance(cue: Token) -> list[Range]:
    """All that follows a verb which gives a chance: "the odds at 60 percent that …", "a war a 20 % chance"."""
    event = scope.weighed(cue)
    if event is None:
        return []
    end = next((t.i for t in cue.doc[event.i:cue.sent.end] if t.text in ".;!?"), cue.sent.end)
    return [(cue.i + 1, min(end, max(t.right_edge.i for t in cue.rights if not t.is_punct) + 1))]


def _clause(token: Token) -> Token | None:
    """The head of the smallest clause with a subject that the token stands in."""
    for head in token.ancestors:
        if head.pos_ in {"VERB", "AUX"} and (_children(head, *SUBJECTS) or head.dep_ == "ROOT"):
            return head
    return None


FRAMES: dict[Frame, Callable[[Token], list[Range]]] = {
    "that": _that, "wh": _wh, "inf": _inf, "object_inf": _object_inf, "ger": _ger, "np": _np, "np_rest": _np_rest,
    "as": _as, "small": _small, "raising": _raising, "comment": _comment,
    "chance": _chance,
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
            idle = entry.frames == ("chance",) and scope.weighed(token) is None  # "put his name on the line"
            if base is not None and not idle:
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
    return first, max(base.i + 1, head.i + 1 + words if base == head else 0)


# ---- sources


# Verbs whose subject does not hold what their object says: it gets to hear it, or gives rise to it.
NOT_HOLDING = frozenset((
    "receive", "get", "hear", "obtain", "win", "draw", "secure", "face", "meet", "raise", "cause", "spark", "prompt",
    "fuel", "ease", "trigger", "stoke", "feed", "allay", "confirm", "fit", "undermine", "deepen", "heighten",
))


def _holder(cue: _Cue) -> Range | None:
    if cue.entry.pos == "noun":
        return _noun_source(cue.head, cue.base)
    head = cue.head
    if cue.entry.pos == "adjective":
        return _adjective_source(head)
    reduced = head.dep_ in {"advcl", "acl"} and not _children(head, "aux", "nsubj")
    if head.tag_ == "VBN" and (reduced or _children(head, "auxpass", "nsubjpass")):
        return _agent(head) or (_nearby(cue) if reduced and {"quote", "that"} <= set(cue.entry.frames) else None)
    return _subject(head) or (_nearby(cue) if "that" in cue.entry.frames else None)


def _nearby(cue: _Cue) -> Range | None:
    """Where the parse shows no subject: the noun phrase right before the cue, for a participle the sentence's."""
    first, sentence = cue.tokens[0], cue.head.sent
    if cue.head.tag_ == "VBG":
        return next((_subtree(c) for c in _children(sentence.root, "nsubj") if c.right_edge.i < first), None)
    end = first
    while end > sentence.start and cue.head.doc[end - 1].text in {",", ")"}:
        end -= 1
    noun = cue.head.doc[end - 1]
    if end == sentence.start or noun.pos_ not in NOMINAL or _children(cue.head, "auxpass"):
        return None
    while noun.head != noun and noun.head.i < first and noun.head.pos_ in NOMINAL | {"ADP"}:
        noun = noun.head
    return noun.left_edge.i, end


def _adjective_source(adjective: Token) -> Range | None:
    """Who is sure: the subject of the copula, the noun before ("clerks sure that"), or who "made it clear"."""
    head = adjective.head
    if adjective.dep_ == "amod" and head.i < adjective.i:
        return head.left_edge.i, adjective.left_edge.i
    impersonal = any(c.lower_ == "it" for t in (adjective, head) for c in _children(t, "nsubj"))
    if impersonal:
        return _subject(head) if head.lemma_ == "make" else None
    return _subject(head if adjective.dep_ in {"acomp", "oprd", "attr"} else adjective)


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
        if verb.dep_ not in CLIMBS or verb.head.lemma_ in {"include", "involve", "mean"}:
            return None
        clause = verb.head
        second_cue = verb.dep_ == "conj" and clause.dep_ == "ccomp" and clause.i > clause.head.i
        verb = clause.head if second_cue and _shares_subject(verb, clause.head) else clause
    return None


CLIMBS = frozenset(("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "acomp", "dep"))
IMPERSONAL = frozenset(("seem", "appear", "be", "'s", "’s"))


def _noun_phrase(noun: Token, verb: Token) -> Range | None:
    """The subject as written; a relative pronoun takes its antecedent along ("the clerk who")."""
    if (noun.lower_ in {"it", "there"} and verb.lemma_ in IMPERSONAL) or not noun.text[0].isalnum():
        return None
    if noun.tag_ in WH_TAGS and verb.dep_ == "relcl" and noun.i > verb.head.i:
        return verb.head.left_edge.i, noun.i + 1
    first, last = _subtree(noun)
    return (first, last) if last <= verb.i or first > verb.i else (noun.i, noun.i + 1)


def _noun_source(noun: Token, base: Token) -> Range | None:
    for c in _children(noun, "poss"):
        return _possessor(c)
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_ not in NOT_HOLDING:
        return _subject(verb)
    for prep in [*_children(noun, "prep"), *_children(verb, "prep")]:
        if prep.lower_ in {"by", "from", "among"} and prep != base:
            for c in _children(prep, "pobj"):
                return _subtree(c)
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
    if _is_nobodys(token) or (token.lemma_ in PASSING_ON and any(_relayed(t) for t in token.subtree)):
        return None
    if (special := _doubted(token) or _relayed(token)) is not None:
        return special
    for cue in _cues(token):
        for frame in cue.entry.frames:
            content = FRAMES[frame](cue.base) if frame != "quote" else []
            if not content:
                content = _beside(cue, frame)
            if content:
                holder = None if frame == "raising" else _holder(cue)
                if holder is None and (frame in NEEDS_SOURCE or _is_impersonal(cue)):
                    return None
                entry = _carried(cue) if frame == "np" else cue.entry
                return replace(_finding(f"{cue.entry.pos} {frame}", content, holder, cue), entry=entry)
        if {"quote", "that"} <= set(cue.entry.frames):
            for name, rule in (("around", _around), ("aside", _aside), ("onward", _onward)):
                if content := rule(cue):
                    return _finding(f"verb {name}", content, _holder(cue), cue)
    return None


def _doubted(noun: Token) -> _Finding | None:
    """Read "no evidence that", "scant evidence has emerged that": a doubt of who sees none, else of the author."""
    entry = next((c.entry for c in _cues(noun) if c.entry.pos == "noun" and c.entry.phrase in EVIDENCE), None)
    if entry is None or not (_is_scarce(noun) or _is_missed(noun)):
        return None
    hosts = [noun, noun.head, *(c for c in _children(noun.head, "attr") if c != noun)]
    content = next((r for host in hosts if (r := _that(host))), []) or _beside(_Cue(noun, noun, (0, 0), entry), "that")
    if not content or content[0][0] < noun.i:
        return None
    holder = _subject(noun.head) if noun.dep_ == "dobj" and noun.head.lemma_ in FINDING else None
    cue = (min(c.left_edge.i for c in (noun, *noun.children) if c.i <= noun.i), noun.i + 1)
    return _Finding("noun doubted", tuple(content), holder, cue, noun, entry.model_copy(update={"cue_kind": "doubt"}))


def _is_scarce(noun: Token) -> bool:
    """Whether a noun phrase says that there is next to none of it: "no", "little", "hardly any", but not "a few"."""
    words = {c.lower_ for child in noun.children if child.i < noun.i for c in child.subtree}
    return bool(words & SCARCE) or (not words & {"a", "the"} and bool(words & {"few", "little"}))


def _is_missed(noun: Token) -> bool:
    """Whether the verb of a noun says that it is not there: "there is not evidence", "has not found any proof"."""
    verb = noun.head
    return noun.dep_ in {"dobj", "attr", "nsubj"} and verb.lemma_ in FINDING | EXISTING and bool(_children(verb, "neg"))


SCARCE = frozenset(("no", "scant", "hardly", "scarcely", "scarce", "insufficient", "zero"))
FINDING = frozenset(("see", "find", "have", "discover", "detect", "observe", "know"))
EXISTING = frozenset(("be", "exist", "emerge", "appear", "provide", "offer", "present", "produce", "give", "show"))
EVIDENCE = frozenset((
    "evidence", "sign", "indication", "report", "suggestion", "proof", "confirmation", "hint", "rumor", "rumour",
))


def _relayed(verb: Token) -> _Finding | None:
    """Read "the paper cited officials, stating that": the officials state it, the paper passes it on."""
    above = verb.head.head if verb.head.lower_ == "as" else verb.head
    if verb.tag_ != "VBG" or above.lemma_ not in PASSING_ON or _children(verb, "nsubj"):
        return None
    sources = [c for c in _children(above, "dobj") if above.i < c.i < verb.i]
    cue, publisher = next(_cues(verb), None), _subject(above)
    content = _that(verb)
    if not sources or cue is None or publisher is None or not content:
        return None
    source = (sources[0].left_edge.i, min(sources[0].right_edge.i + 1, verb.head.i if verb.head != above else verb.i))
    while not verb.doc[source[1] - 1].text[0].isalnum():
        source = (source[0], source[1] - 1)
    names = tuple(verb.doc[slice(*r)].text for r in (publisher, source))
    return replace(_finding("verb relayed", content, source, cue), chain=names)


CARRIERS = frozenset(("express", "voice", "convey", "repeat", "reiterate"))


def _carried(cue: _Cue) -> Reporting:
    """What the source does: "expressed hope" is to hope, "repeated the allegation" to accuse."""
    if cue.entry.phrase in CARRIERS:
        for noun in _children(cue.head, "dobj"):
            for inner in _cues(noun):
                return inner.entry
    return cue.entry


def _is_impersonal(cue: _Cue) -> bool:
    """Whether a sourceless cue speaks for the author: "it is clear that"."""
    return cue.entry.pos == "adjective" and cue.head.dep_ == "acomp"


def _beside(cue: _Cue, frame: Frame) -> list[Range]:
    """The content that the parse hangs on the word beside a cue: on "is" for "sure that", on "got" for "news that"."""
    if cue.head.dep_ == "acomp" and cue.entry.pos == "adjective" and frame in {"that", "wh"}:
        return [r for r in FRAMES[frame](cue.head.head) if r[0] > cue.head.i]
    if cue.entry.pos == "noun" and frame == "that":
        verb = _that(cue.head.head) if cue.head.dep_ == "dobj" else []
        nouns = [cue.head, *(o for p in _children(cue.head, "prep") for o in _children(p, "pobj"))]
        return verb or next((r for noun in nouns if (r := _that_relative(noun))), [])
    return []


def _that_relative(noun: Token) -> list[Range]:
    """A that-clause which the parse takes for a relative one, though nothing is missing in it."""
    for c in _children(noun, "relcl", "acl"):
        that = c.left_edge
        objects = [o for o in _children(c, "dobj", "attr", "acomp", "ccomp", "auxpass") if o.i != that.i]
        subjects = [s for s in _children(c, *SUBJECTS) if s.i != that.i]
        if that.lower_ == "that" and subjects and (that.tag_ == "IN" or objects):
            return [_subtree(c)]
    return []


# Without a source these were right one time in five on PolNeAR's training articles, and told a reader nothing.
NEEDS_SOURCE = frozenset(("np", "np_rest", "chance"))


def _is_nobodys(verb: Token) -> bool:
    """Whether a verb reports nothing: "call it a habit", "let us say", "if they want war", "it can be ruled out"."""
    if verb.tag_ == "VB" and not _children(verb, "nsubj", "aux", "neg") and verb.dep_ == "ROOT":
        return True
    if any(c.lower_ in {"if", "unless"} and c.dep_ == "mark" for c in verb.children):
        return True
    if verb.head.lemma_ == "let" and verb.dep_ in {"ccomp", "xcomp"}:
        return True
    return bool(_children(verb, "auxpass")) and any(c.tag_ == "MD" and c.lower_ in DUTIES for c in verb.children)


DUTIES = frozenset(("can", "could", "should", "must", "may", "might", "ca"))


def _finding(pattern: str, content: Sequence[Range], source: Range | None, cue: _Cue) -> _Finding:
    return _Finding(pattern, tuple(content), source, cue.tokens, cue.head, cue.entry)


def _around(cue: _Cue) -> list[Range]:
    """The clause around a cue that stands in it or after it: "rain, they said, would come", "as they put it".

    After a clause of two verbs the parser takes the cue for a third: "was hit and left for dead, a website claimed".
    """
    verb = cue.head
    as_clause = verb.dep_ == "advcl" and any(c.lower_ == "as" for c in _children(verb, "mark", "advmod"))
    subjects = _children(verb, "nsubj")
    spliced = bool(subjects) and verb.dep_ == "conj" and subjects[0].left_edge.i > verb.sent.start and (
        subjects[0].left_edge.nbor(-1).text == "," and not _children(verb, "dobj", "ccomp"))
    if not (verb.dep_ == "parataxis" or as_clause or spliced) or not subjects:
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
    enclosed = first - 1 > sentence.start and doc[first - 1].text == "," and last < len(doc)
    if not enclosed or doc[last].text not in {",", "."}:
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
    if starts_clause and any(t.tag_ in FINITE for t in doc[first + 1 : sentence.end]):
        return [(first, sentence.end)]
    return []


def _according(token: Token) -> _Finding | None:
    """Read "according to X" and perspective phrases: "from X's perspective", "in the view of X", "for X,"."""
    for rest, entry in _lexicon().get((token.lower_, "preposition"), ()):
        for inner in token.children:
            if rest == ["to"] and inner.lower_ == "to":
                holder = [_subtree(c) for c in _children(inner, "pobj")]
                return _comment_finding(token, inner.i + 1, holder, entry)
            if inner.dep_ == "pobj" and rest == [inner.lower_]:
                return _comment_finding(token, inner.i + 1, [_perspective(inner)], entry)
            if inner.dep_ == "pobj" and not rest and _fronted(token) and _holds_views(inner) and _evaluates(token):
                return _comment_finding(token, token.i + 1, [_subtree(inner)], entry)
    return None


def _holds_views(noun: Token) -> bool:
    """Whether a name may be that of a country or people: not "for weeks", "for May"."""
    return noun.ent_type_ in HOLDER_TYPES or (noun.pos_ == "PROPN" and not noun.ent_type_)


HOLDER_TYPES = frozenset(("GPE", "ORG", "NORP"))


def _evaluates(prep: Token) -> bool:
    """Whether the clause of a "for X" says what something is worth to X, rather than what happened."""
    clause = _clause(prep)
    if clause is None:
        return False
    complements = [c for c in _children(clause, "acomp", "attr", "oprd", "dobj") if c.i > clause.i]
    copular = clause.lemma_ in COPULAS and any(
        c.dep_ != "dobj" and c.pos_ in {"ADJ", "NOUN"} and c.tag_ != "VBN" for c in complements)
    praised = any(a.lower_ in WEIGHTY for c in complements for a in (c, *_children(c, "amod")))
    return copular or praised or clause.lemma_ in WEIGHING


COPULAS = frozenset(("be", "remain", "become", "seem", "appear", "stay", "'s", "’s"))
WEIGHING = frozenset(("matter", "mean", "represent", "constitute", "pose", "count"))
WEIGHTY = frozenset((
    "important", "critical", "crucial", "vital", "key", "essential", "decisive", "strategic", "valuable", "invaluable",
    "necessary", "unacceptable", "acceptable", "good", "bad", "great", "grave", "serious", "dangerous", "useful",
    "welcome", "attractive", "risky", "unique", "rare", "ideal", "central", "existential", "major",
))


def _fronted(prep: Token) -> bool:
    last = prep.right_edge.i + 1
    return prep.i == prep.sent.start and last < len(prep.doc) and prep.doc[last].text == ","


def _perspective(noun: Token) -> Range:
    """Whose view it is: the possessor, the object of "of", or the adjective's people, by the whole phrase."""
    for c in noun.children:
        if c.dep_ == "poss":
            return _possessor(c)
        if c.dep_ == "prep" and c.lower_ == "of" and c.i > noun.i:
            for x in _children(c, "pobj"):  # the guild of "the point of view of the guild"
                return _perspective(x) if x.lemma_ == "view" else _subtree(x)
    return _subtree(noun)


def _possessor(noun: Token) -> Range:
    """A possessive without its mark."""
    return noun.left_edge.i, noun.right_edge.i + (0 if noun.right_edge.tag_ == "POS" else 1)


def _comment_finding(prep: Token, end: int, holder: Sequence[Range], entry: Reporting) -> _Finding | None:
    content = _comment(prep)
    if not content or not holder:
        return None
    return _finding("comment", content, holder[0], _Cue(prep, prep, (prep.i, end), entry))


# ---- quotations


class _Text:
    """A parsed document with its quotations: which tokens are quoted, and where sections begin."""

    def __init__(self, doc: Doc, document: Document) -> None:
        """Finds the quotations of the document."""
        self.doc = doc
        self.document = document
        self.sections = [s for s in document.sections if s.kind != "boilerplate"]
        self.starts = [t.idx for t in doc]
        marked = [(s.start, s.end) for s in self.sections if s.kind != "quote_block"]
        self.quotes = find_quotes(document.text, marked)
        self.quote_starts = [q.start for q in self.quotes]
        self.quoted = bytearray(len(doc))
        for start, end in [(q.start, q.end) for q in self.quotes] + [
            (s.start, s.end) for s in self.sections if s.kind == "quote_block"
        ]:
            first, last = self.tokens(start, end)
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


@dataclass(frozen=True)
class _Speech:
    """A quotation with the cue found for it; its first part may begin before the opening mark ("that")."""

    pattern: str
    parts: tuple[Span, ...]
    source: Range | None = None
    cue: Range | None = None
    head: Token | None = None
    entry: Reporting | None = None


SENTENCE_ENDS = frozenset(".!?")
DASHES = frozenset((",", "--", "—", "–", "-"))
MARKS = "\"'“”‘’„`»«"
LONGEST_GAP = 150  # tokens from one part of a quotation to the next, or from a cue's sentence start to the mark
LONGEST_TAIL = 40  # tokens between a closing mark and the end of its reporting clause, appositions included


def _speeches(text: _Text) -> list[_Speech]:
    """Bind every quotation to the cue before, after or inside it, or to the quotation it goes on from."""
    found: list[_Speech] = []
    before: _Speech | None = None  # what the paragraph before ended in
    for i, section in enumerate(text.sections):
        current, end = before, section.start
        for quote in text.quotes_in(section.start, section.end):
            gap = text.tokens(end, quote.start)
            if current is not None and _goes_on(text, current, quote, gap, section):
                current = found[-1] = replace(current, parts=(*current.parts, (quote.start, quote.end)))
            elif (bound := _bind(text, quote, gap, section, text.sections[i - 1] if i else None)) is not None:
                current = bound
                found.append(bound)
            else:
                continue  # a title, a nickname, words held at arm's length: part of the sentence around them
            end = quote.end
        rest = text.tokens(end, section.end)
        before = current if end > section.start and rest[1] - rest[0] <= LONGEST_TAIL else None
    return found


def _goes_on(text: _Text, current: _Speech, quote: Quote, gap: Range, section: Section) -> bool:
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
        other = any(_quote_cue(t) for t in words if t.i >= current.cue[1] and t.dep_ != "relcl")
        return not other and (words[-1].text in DASHES | {":"} or words[-1].i < current.cue[1])
    goes_elsewhere = any(t.dep_ == "conj" and t.head == current.head and _is_finite(t) for t in words)
    return ends[0] == len(words) - 1 and not goes_elsewhere


def _bind(text: _Text, quote: Quote, gap: Range, section: Section, previous: Section | None) -> _Speech | None:
    before = _last_sentence(text, gap)
    after = _tail(text, quote, section)
    if after is not None and (before[0] == before[1] or _follows(text, after, quote)):
        if before[0] < before[1] and not any(_quote_cue(t) for t in text.doc[before[0] : before[1]]):
            return replace(after, parts=((text.starts[before[0]], quote.end),))
        return after
    if quote.start > section.start or previous is None:
        return _lead(text, quote, before)
    above = text.tokens(previous.start, previous.end)
    return _lead(text, quote, _last_sentence(text, above)) if _ends_in_colon(text, above) else None


def _follows(text: _Text, after: _Speech, quote: Quote) -> bool:
    """Whether the speaker stands after the quotation; "the drill, dubbed “Iron”, began" has its subject before."""
    return after.source is not None and text.starts[after.source[0]] >= quote.end


def _ends_in_colon(text: _Text, tokens: Range) -> bool:
    words = [t for t in text.doc[max(tokens[0], tokens[1] - 2) : tokens[1]] if not t.is_space]
    return bool(words) and words[-1].text.endswith(":")


def _last_sentence(text: _Text, tokens: Range) -> Range:
    first, last = max(tokens[0], tokens[1] - LONGEST_GAP), tokens[1]
    while last > first and text.doc[last - 1].is_space:
        last -= 1
    ends = (i + 1 for i in range(last - 1, first - 1, -1) if text.doc[i].text in SENTENCE_ENDS)
    return next(ends, first), last


def _last_inner(text: _Text, quote: Quote) -> str:
    return text.document.text[quote.start : quote.end].rstrip(MARKS + " ")[-1:]


def _tail(text: _Text, quote: Quote, section: Section) -> _Speech | None:
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
        cue = _quote_cue(token)
        if cue is not None:
            return _closing(text, quote, cue, start, last)
        if _is_finite_form(token) and token.dep_ != "relcl":
            break
    return None


def _closing(text: _Text, quote: Quote, cue: _Cue, start: int, last: int) -> _Speech | None:
    if not _closes_speech(cue, text.doc[start]):
        return None
    stops = (i for i in range(cue.head.i, last) if text.quoted[i] or text.doc[i].text in SENTENCE_ENDS)
    speaker = _speaker(text, cue, (start, next(stops, last)))
    if speaker is None:
        return None
    return _Speech("quote after", ((quote.start, quote.end),), speaker, cue.tokens, cue.head, cue.entry)


def _closes_speech(cue: _Cue, first: Token) -> bool:
    """Whether a cue after a quotation reports it, rather than words of its own or as a mere participle."""
    if cue.entry.pos == "preposition":
        return True
    own = [c for c in _children(cue.head, "ccomp") if cue.head.i < c.left_edge.i and any(
        cue.head.i < s.i < c.i for s in _children(c, *SUBJECTS))]
    shared = first.dep_ == "cc" and not _children(cue.head, "nsubj")
    return _is_finite(cue.head) and not own and not shared


def _quote_cue(token: Token) -> _Cue | None:
    for cue in _cues(token):
        if "quote" in cue.entry.frames:
            return cue
    if token.lower_ == "according":
        for rest, entry in _lexicon().get(("according", "preposition"), ()):
            return _Cue(token, token, (token.i, token.i + 1 + len(rest)), entry)
    return None


def _speaker(text: _Text, cue: _Cue, segment: Range) -> Range | None:
    """The subject of a cue beside a quotation; by position where the quotation led the parse astray."""
    first, last = segment
    if cue.entry.pos == "preposition":
        return (cue.tokens[1], last) if cue.tokens[1] < last else None
    subject = _subject(cue.head)
    if subject and first <= subject[0] and subject[1] <= last:
        return subject
    near = _noun_before(text, first, cue.tokens[0]) or _noun_after(text, cue.tokens[1], last)
    if near is None and subject and not any(text.quoted[subject[0] : subject[1]]):
        return subject
    return near


NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))


def _noun_before(text: _Text, first: int, last: int) -> Range | None:
    """The noun phrase that ends right before a cue, over adverbs and marks."""
    while last > first and _is_passed_over(text.doc[last - 1]):
        last -= 1
    if last == first or text.doc[last - 1].pos_ not in NOMINAL:
        return None
    return max(first, text.doc[last - 1].left_edge.i), last


def _noun_after(text: _Text, first: int, end: int) -> Range | None:
    """The noun phrase that stands right after a cue: "said Ms. Ito, the mayor"."""
    last = first
    while last < end and (text.doc[last].pos_ in NOMINAL | {"DET", "ADJ", "PART"} or text.doc[last].lower_ == "of"):
        last += 1
    return (first, last) if last > first else None


def _is_passed_over(token: Token) -> bool:
    return token.pos_ in {"ADV", "AUX", "CCONJ", "PART"} or not any(c.isalnum() for c in token.text)


def _is_finite_form(token: Token) -> bool:
    return token.tag_ in FINITE


def _lead(text: _Text, quote: Quote, words: Range) -> _Speech | None:
    """The quotation with the reporting clause before it: the mayor said: "…"."""
    first, last = words
    if first == last:
        return None
    colon = _ends_in_colon(text, (first, last))
    for token in reversed(text.doc[first:last]):
        cue = _quote_cue(token)
        if cue is None and _is_finite_form(token):
            break
        if cue is not None and cue.entry.pos == "verb" and (colon or _opens_speech(text, quote, cue, last - 1)):
            start = text.starts[last - 1] if text.doc[last - 1].lower_ == "that" else quote.start
            speaker = _speaker(text, cue, (first, cue.tokens[0]))
            return _Speech("quote before", ((start, quote.end),), speaker, cue.tokens, cue.head, cue.entry)
    return _colon_lead(text, quote, (first, last - 1)) if colon else None


def _opens_speech(text: _Text, quote: Quote, cue: _Cue, last: int) -> bool:
    """Whether the words between a cue and an opening mark let the quotation be what is said, not a part of it."""
    between = last - cue.tokens[1] + 1
    if between > LONGEST_TAIL or not _is_whole(text, quote):
        return False
    if between <= 0 or text.doc[last].text == "," or text.doc[last].lower_ == "that":
        return True
    inner = text.document.text[quote.start : quote.end].lstrip(MARKS + " [")
    return inner[:1].isupper() and between <= 8 and text.doc[last].pos_ not in {"ADP", "DET", "PART", "ADJ"}


def _is_whole(text: _Text, quote: Quote) -> bool:
    """Whether a quotation ends with its sentence or at a comma, so that it is no mere part of a clause."""
    after = text.tokens(quote.end, quote.end + 1)[0]
    return not quote.closes or _last_inner(text, quote) in ".,?!…—–-" or (
        after >= len(text.doc) or text.doc[after].text in ".,;:?!)"
    )


def _colon_lead(text: _Text, quote: Quote, words: Range) -> _Speech | None:
    """A quotation after a colon with no verb of speech beside it: its holder is the subject of what precedes."""
    found = _Speech("quote colon", ((quote.start, quote.end),))
    verbs = [t for t in text.doc[words[0] : words[1]] if t.pos_ in {"VERB", "AUX"} and _is_finite(t)]
    beside = "\n" not in text.document.text[text.starts[words[1]] : quote.start]
    if beside and any(_that(t) for t in verbs if _quote_cue(t)):
        return None
    for verb in verbs:
        subject = _subject(verb)
        if subject and words[0] <= subject[0] and subject[1] <= words[1] and verb.dep_ not in {"relcl", "advcl"}:
            cue = next(_cues(verb), None)
            tokens, entry = (cue.tokens, cue.entry) if cue else ((verb.i, verb.i + 1), None)
            return replace(found, source=subject, cue=tokens, head=verb, entry=entry)
    if verbs or not 0 < words[1] - words[0] <= LONGEST_LABEL:
        return None
    return replace(found, source=words, cue=(words[1], words[1] + 1))


LONGEST_LABEL = 12  # tokens of "Ms. Ito, the mayor of Porto:" before a quotation


# ---- quotations without marks


def _blocks(text: _Text) -> Iterator[_Finding]:
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
    text: _Text, run: Sequence[Section], previous: Section | None, following: Section | None
) -> Iterator[_Finding]:
    speech = _introduction(text, run[0], previous) or _closing_line(text, following)
    for section in run:
        tokens = text.tokens(section.start, section.end)
        if tokens[0] < tokens[1] and speech is not None:
            yield _Finding("block", (tokens,), speech.source, speech.cue, speech.head, speech.entry)
        elif tokens[0] < tokens[1]:
            yield _Finding("block", (tokens,))


def _introduction(text: _Text, section: Section, previous: Section | None) -> _Speech | None:
    """The cue at the end of the paragraph before a block: "The guide says:"."""
    if previous is None:
        return None
    above = text.tokens(previous.start, previous.end)
    whole = Quote(section.start, section.end)
    return _lead(text, whole, _last_sentence(text, above)) if _ends_in_colon(text, above) else None


def _closing_line(text: _Text, following: Section | None) -> _Speech | None:
    """The cue in a short paragraph of its own after a block: "the guide added."."""
    if following is None:
        return None
    first, last = text.tokens(following.start, following.end)
    cue = next((c for t in text.doc[first:last] if (c := _quote_cue(t))), None)
    if cue is None or last - first > LONGEST_LABEL:
        return None
    return _Speech("block", (), _speaker(text, cue, (first, last)), cue.tokens, cue.head, cue.entry)


# ---- together


# Share of a pattern's findings whose content and source were both right, on PolNeAR's 840 training articles.
PRECISION = {
    "quote after": 0.95, "quote before": 0.83, "quote colon": 0.62, "block": 0.85, "comment": 0.75, "verb that": 0.77,
    "verb around": 0.74, "verb aside": 0.74, "verb np_rest": 0.65, "verb as": 0.65, "verb wh": 0.65,
    "verb object_inf": 0.64, "verb onward": 0.62, "verb ger": 0.61, "verb small": 0.58, "verb inf": 0.57,
    "verb np": 0.54, "verb raising": 0.47, "adjective that": 0.62, "adjective np": 0.52, "adjective inf": 0.44,
    "noun that": 0.41, "noun wh": 0.43, "noun inf": 0.35, "noun np": 0.37, "noun doubted": 0.6, "verb relayed": 0.7,
}
RARE_PATTERN = 0.3


def attribute(doc: Doc, document: Document, quotations: Sequence[Quotation] | None = None) -> list[Attribution]:
    """Find every attribution of a document, in the order of their contents.

    Args:
        doc: the parse of `document.text`.
        document: its sections; boilerplate is passed over.
        quotations: those of a trained tagger, if there is one.
    """
    text = _Text(doc, document)
    findings = _arrange([*_quoted(text), *_blocks(text), *_clausal(text)])
    pairs = [(f, _attribution(text, f)) for f in _with_describers(text, findings)]
    ruled = [a for _, a in pairs if a.content_spans]
    sure = {a.id for f, a in pairs if f.pattern in SURE}
    found = ruled if quotations is None else _join(text, ruled, quotations, sure)
    return [reviewed for a in found if (reviewed := _reviewed(text, a, sure)) is not None]


def _quoted(text: _Text) -> Iterator[_Finding]:
    for s in _speeches(text):
        yield _Finding(s.pattern, tuple(text.tokens(*p) for p in s.parts), s.source, s.cue, s.head, s.entry)


def _clausal(text: _Text) -> Iterator[_Finding]:
    for section in text.sections:
        for token in text.doc[slice(*text.tokens(section.start, section.end))]:
            finding = _reported(token) or _according(token)
            if finding is not None:
                yield finding


def _arrange(findings: Sequence[_Finding]) -> list[_Finding]:
    """Keep the outermost attributions: quotations first, then what has the longest content.

    An attribution inside another's content stays part of it, unless the outer one only passes it on ("the paper
    cited officials, saying that …"); it then names both in its chain.
    """
    reported = {i for f in findings if f.pattern == "verb that" for a, b in f.content for i in range(a, b)}
    marked = [f for f in findings if f.pattern in QUOTED and not (
        f.pattern == "quote before" and f.cue and f.cue[0] in reported)]
    clausal = [f for f in findings if f.pattern not in QUOTED]
    kept: list[_Finding] = []
    owner: dict[int, int] = {}
    heads: set[int] = set()
    for f in [*marked, *sorted(clausal, key=lambda f: (-sum(b - a for a, b in f.content), f.pattern not in SURE))]:
        inside = {owner.get(i) for a, b in [*f.content, *([f.cue] if f.cue else ())] for i in range(a, b)}
        used = f.head is not None and f.head.i in heads
        if f.pattern in QUOTED or (inside == {None} and not used):
            owner.update(dict.fromkeys((i for a, b in f.content for i in range(a, b)), len(kept)))
            heads.update(range(*f.cue) if f.cue and f.pattern != "block" else ())
            kept.append(f)
        elif len(inside) == 1 and not used and (k := inside.pop()) is not None and _passes_on(kept[k], f):
            heads.update(range(*f.cue) if f.cue else ())
            kept.append(replace(f, chain=(_words(kept[k]), _words(f))))
    return sorted(kept, key=lambda f: f.content)


def _with_describers(text: _Text, findings: Sequence[_Finding]) -> Iterator[_Finding]:
    """Give "it is portrayed as …" the source that spoke last in its paragraph: the paragraph retells that source."""
    section_of = [s.start for s in text.sections]
    last: _Finding | None = None
    for f in findings:
        if f.source is None and f.entry and f.entry.phrase in DESCRIBING and last and f.head:
            here, there = (bisect_left(section_of, text.starts[i] + 1) for i in (f.head.i, last.content[0][0]))
            yield replace(f, source=last.source if here == there else None)
            continue
        if f.source is not None and f.entry and f.entry.cue_kind == "speech":
            last = f
        yield f


DESCRIBING = frozenset(("describe", "portray", "depict", "characterize", "characterise", "paint"))
QUOTED = frozenset(("quote after", "quote before", "quote colon", "block"))
SURE = frozenset(("noun doubted", "verb relayed"))  # constructions in which the words next to the cue mislead
PASSING_ON = frozenset(("cite", "quote"))
PUBLISHERS = frozenset((
    "media", "press", "newspaper", "paper", "daily", "weekly", "magazine", "outlet", "agency", "website", "site",
    "portal", "channel", "broadcaster", "station", "tabloid", "publication", "article", "blog", "blogger", "commenter",
    "columnist", "correspondent", "reporter", "journalist",
))


def _passes_on(outer: _Finding, inner: _Finding) -> bool:
    """Whether an attribution merely relays another, whose source is a third party."""
    if outer.head is None or outer.source is None or inner.source is None or outer.entry is None:
        return False
    doc = outer.head.doc
    publisher = any(t.lemma_.lower() in PUBLISHERS for t in doc[slice(*outer.source)])
    third = doc[inner.source[0]].tag_ not in {"PRP", "PRP$"}
    return third and inner.pattern == "verb that" and (publisher or outer.entry.phrase in PASSING_ON)


def _words(finding: _Finding) -> str:
    doc = finding.head.doc if finding.head is not None else None
    return doc[slice(*finding.source)].text.rstrip(" ,;:-–—") if doc is not None and finding.source else ""


STOPS_BEFORE = frozenset((",", ";", ":", "-", "--", "—", "–", ".", ")"))
STOPS_AFTER = frozenset((",", ";", ":", "-", "--", "—", "–", ".", "?", "!", "("))


def _spans(text: _Text, finding: _Finding) -> list[Span]:
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


def _trimmed(text: _Text, tokens: Range, cue: range) -> Range:
    first, last = tokens
    while first < last and (text.doc[first].text in STOPS_BEFORE or text.doc[first].is_space or first in cue):
        first += 1
    while last > first and not text.quoted[last - 1] and (
        text.doc[last - 1].text in STOPS_AFTER or text.doc[last - 1].is_space or last - 1 in cue
    ):
        last -= 1
    return first, last


def _attribution(text: _Text, finding: _Finding) -> Attribution:
    spans = tuple(_spans(text, finding))
    cue = text.span(finding.cue) if finding.cue else None
    source = finding.source and _without_edges(text, finding.source)
    return Attribution(
        id=_identity(text, spans, cue),
        type="direct" if finding.pattern == "block" else _type(text, spans),
        source_span=text.span(source) if source else None,
        cue_span=cue,
        cue=text.document.text[slice(*cue)] if cue else None,
        cue_kind=finding.entry.cue_kind if finding.entry else None,
        negated=finding.head is not None and finding.entry is not None and finding.pattern != "noun doubted"
        and _is_negated(finding.head),
        content_spans=spans,
        chain=finding.chain,
        confidence=PRECISION.get(finding.pattern, RARE_PATTERN),
    )


def _without_edges(text: _Text, source: Range) -> Range | None:
    words = [i for i in range(*source) if any(c.isalnum() for c in text.doc[i].text)]
    last = max((i for i in range(*source) if not text.doc[i].is_space), default=source[0])
    return (words[0], last + 1) if words else None


def _identity(text: _Text, spans: Sequence[Span], cue: Span | None) -> str:
    key = f"{text.document.id}:{spans}:{cue}"
    return "att_" + hashlib.sha256(key.encode()).hexdigest()[:16]


def _is_negated(cue: Token) -> bool:
    """Whether the cue itself is denied: "did not say", "no evidence", "never wanted"."""
    above = cue.head if cue.dep_ in {"xcomp", "acomp"} else cue
    return any(c.dep_ == "neg" or c.lower_ in {"never", "no", "neither"} for t in (cue, above) for c in t.children)


def _type(text: _Text, spans: Sequence[Span]) -> AttributionType:
    quotes = [q for s, e in spans for q in text.quotes_in(s, e)]
    if not quotes:
        return "indirect"
    covered = sum(q.end - q.start for q in quotes)
    return "direct" if covered >= sum(e - s for s, e in spans) - 2 * len(spans) else "mixed"


# ---- what the language rules out, whoever found it


def _reviewed(text: _Text, a: Attribution, sure: Set[str]) -> Attribution | None:
    """An attribution with the source and the kind that its cue allows; None where nobody holds the content."""
    _, cue = _cue_within(text, a.cue_span)
    if _is_anybody(text, a, cue):
        return None
    a = _to_other_view(text, a)
    by = _subject(cue) if cue is not None else None
    if by is not None and text.doc[slice(*by)].text.lower() in {"nothing", "little"}:
        return a.model_copy(update={"source_span": None, "cue_kind": "doubt"})  # "Nothing suggests that …"
    if a.type == "direct" or a.id in sure or cue is None:
        told = a
    else:
        told = _of_quoted(text, a, cue) or _of_inverted(text, a, cue) or _of_teller(text, a)
    return _of_denier(told, cue) if cue is not None and a.cue_kind == "denial" else told


def _is_anybody(text: _Text, a: Attribution, cue: Token | None) -> bool:
    """Whether a source is the reader, everybody or nobody, so that the author speaks: "you may have heard that"."""
    if a.source_span is None:
        return False
    words = text.document.text[slice(*a.source_span)].lower().replace("’", "'")
    if words != "you":
        return words in ANYBODY
    return not text.quoted[text.tokens(*a.source_span)[0]] and (cue is None or cue.tag_ != "VBD")


ANYBODY = frozenset(("one", "no one", "no-one", "nobody", "none", "let's"))


def _to_other_view(text: _Text, a: Attribution) -> Attribution:
    """End a content where another's view begins: "says 30 died, | while Peru puts the toll at 12"."""
    for start, end in a.content_spans if a.type == "indirect" else ():
        first, last = text.tokens(start, end)
        contrasts = (t for t in text.doc[first + 2:last] if t.lower_ in {"while", "whereas"} and t.dep_ == "mark")
        for mark in contrasts:
            if _children(mark.head, "nsubj") and _holds_view(mark.head):
                kept = tuple(c for c in a.content_spans if c[1] <= start)
                words = [t for t in text.doc[first:mark.i] if not (t.is_punct or t.is_space)]
                if words:
                    border = text.span((words[-1].i, words[-1].i + 1))[1]
                    return a.model_copy(update={"content_spans": (*kept, (start, border))})
    return a


def _holds_view(verb: Token) -> bool:
    """Whether a verb tells what its subject says or holds, as "puts the toll at 12" does."""
    puts = verb.lemma_ == "put" and any(c.lower_ == "at" for c in _children(verb, "prep"))
    return puts or any({"that", "np"} & set(c.entry.frames) and c.entry.pos == "verb" for c in _cues(verb))


def _of_quoted(text: _Text, a: Attribution, cue: Token) -> Attribution | None:
    """Give what somebody "was quoted (by a paper) as saying" to who said it."""
    verb = next((t for t in (cue, *cue.ancestors) if t.lemma_ in {"quote", "cite"}), None)
    quoted = _children(verb, "nsubjpass") if verb is not None else []
    sayings = [c for p in _children(verb, "prep") if p.lower_ == "as" for c in _children(p, "pcomp")] if verb else []
    said = tuple(text.span(r) for saying in sayings for r in _that(saying))
    if not quoted or not said:
        return None
    return a.model_copy(update={"source_span": text.span(_subtree(quoted[0])), "content_spans": said})


def _of_inverted(text: _Text, a: Attribution, cue: Token) -> Attribution | None:
    """Give "Peru, say experts, will leave" to the experts, where parser and tagger take Peru for the speaker."""
    subjects = [text.span(_subtree(c)) for c in _children(cue, "nsubj")]
    if len(subjects) < 2 or not subjects[0][1] <= text.span((cue.i, cue.i + 1))[0] < subjects[-1][0]:
        return None
    onward = next((t for t in text.doc if t.idx >= subjects[-1][1] and t.is_alpha), None)
    end = a.content_spans[-1][1]
    if onward is None or onward.idx >= end:
        return None
    return a.model_copy(update={"source_span": subjects[-1], "content_spans": (subjects[0], (onward.idx, end))})


def _of_teller(text: _Text, a: Attribution) -> Attribution:
    """Give what somebody heard to the one who told it: "got a warning from the league", "were told by the crew"."""
    for verb in text.doc[slice(*text.tokens(*a.cue_span))] if a.cue_span and a.source_span else ():
        hearer = _subject(verb) if verb.pos_ == "VERB" else None
        if hearer is None or not _overlaps(text.span(hearer), a.source_span):
            continue
        tellers = [r for r in _tellers(verb) if not any(_overlaps(text.span(r), c) for c in a.content_spans)]
        nouns = [o for o in _children(verb, "dobj") if any(c.entry.pos == "noun" for c in _cues(o))]
        told = verb.lemma_ in TELLING and bool(_children(verb, "nsubjpass"))
        if told or (verb.lemma_ in HEARING and (nouns or (tellers and verb.lemma_ in LISTENING))):
            said = tuple(c for c in a.content_spans if not _overlaps(c, text.span(hearer)))
            source = text.span(tellers[0]) if tellers else None
            return a.model_copy(update={"source_span": source, "content_spans": said or a.content_spans})
    return a


def _tellers(verb: Token) -> Iterator[Range]:
    of_object = (p for o in _children(verb, "dobj") for p in _children(o, "prep"))
    for prep in [*_children(verb, "prep", "agent"), *of_object]:
        if prep.lower_ in {"from", "by"}:
            yield from (_subtree(c) for c in _children(prep, "pobj") if c.ent_type_ not in {"DATE", "TIME"})


def _overlaps(a: Span, b: Span | None) -> bool:
    return b is not None and a[0] < b[1] and b[0] < a[1]


LISTENING = frozenset(("hear", "learn"))
HEARING = LISTENING | {"receive", "get", "obtain", "win", "secure", "gain"}
TELLING = frozenset((
    "tell", "inform", "assure", "reassure", "warn", "notify", "advise", "brief", "remind", "promise", "give",
))


def _of_denier(a: Attribution, cue: Token) -> Attribution | None:
    """Keep a denial of what can be true or false; to turn a proposal down is to oppose it.

    To turn anything else down ("dismissed two guards", "declined to comment") is an act that the narrator tells. Who
    "denied the report: …" and is quoted says what is quoted, and denies the report.
    """
    if cue.lemma_ in DECLINING and any(_is_telling(c) for c in _children(cue, "xcomp")):
        return None
    things = [c for c in _children(cue, "dobj", "nsubjpass") if c.tag_ not in WH_TAGS]
    if a.type == "direct":
        besides = any(not any(start <= thing.idx < end for start, end in a.content_spans) for thing in things)
        return a.model_copy(update={"cue_kind": "speech"}) if besides else a
    if cue.lemma_ not in TURNING_DOWN or not things or _children(cue, "ccomp"):
        return a
    thing, name = things[0], things[0].lemma_.lower()
    role = [o for p in _children(cue, "prep") if p.lower_ == "as" for o in _children(p, "pobj", "pcomp")]
    if name in PROPOSITIONS or _that(thing) or (cue.lemma_ == "deny" and not _is_access(cue, thing)):
        return a
    proposed = name in PROPOSALS or any(_to_infinitive(c) for c in _children(thing, "acl"))
    if proposed or any(o.dep_ == "pcomp" or _children(o, "det", "amod") for o in role):
        return a.model_copy(update={"cue_kind": "opposition"})
    return None


def _is_telling(verb: Token) -> bool:
    return verb.lemma_ in UTTERING or any(c.entry.cue_kind in {"speech", "confirmation", "denial"} for c in _cues(verb))


def _is_access(cue: Token, thing: Token) -> bool:
    """Whether "deny" means to withhold: "denied them a visa", "denied entry"."""
    return bool(_children(cue, "dative")) or thing.lemma_.lower() in WITHHELD


DECLINING = frozenset(("decline", "refuse"))
UTTERING = frozenset(("comment", "discuss", "elaborate", "disclose", "specify", "identify", "answer", "respond"))
TURNING_DOWN = frozenset(("dismiss", "decline", "deny", "refuse", "reject"))
WITHHELD = frozenset((
    "access", "entry", "visa", "permission", "permit", "request", "bail", "appeal", "right", "passage", "service",
))
PROPOSITIONS = frozenset((
    "claim", "report", "accusation", "allegation", "charge", "rumor", "rumour", "suggestion", "notion", "idea",
    "involvement", "assertion", "argument", "statement", "story", "account", "insinuation", "implication", "theory",
    "contention", "possibility", "prospect", "speculation", "view", "fear", "concern", "criticism", "complaint",
    "comparison", "characterization", "narrative", "link", "role", "responsibility", "wrongdoing", "blame", "belief",
    "evidence", "finding", "conclusion", "assessment", "warning", "threat", "premise", "assumption", "need",
    "explanation", "interpretation", "testimony", "it", "this", "that", "these", "those", "they",
))
PROPOSALS = frozenset((
    "proposal", "plan", "offer", "call", "demand", "deal", "bill", "treaty", "agreement", "accord", "motion", "pact",
    "amendment", "measure", "policy", "initiative", "ceasefire", "truce", "compromise", "draft", "resolution", "term",
    "condition", "invitation", "ultimatum", "sanction", "project", "reform", "law", "ban", "decision", "ruling",
    "result", "outcome", "approach", "intervention", "interference", "negotiation", "talk", "concession", "solution",
    "settlement", "verdict", "war", "ideology", "advice", "recommendation", "strategy", "peace", "referendum",
))


# ---- with a trained tagger


SAME_CONTENT = 0.5  # share of common tokens over all tokens from which two contents are one
ALONE = 0.5  # how much less often a finding is right that the tagger does not make: on PolNeAR dev, 0.34 for 0.65
SURE_SOURCE = 0.7  # below it, a source that the rules found was right more often than the tagger's


def _join(
    text: _Text, ruled: Sequence[Attribution], quotations: Sequence[Quotation], sure: Set[str]
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
    for q in (_to_next_speaker(text, _at_verb(text, q), ruled) for q in quotations):
        tokens = {i for span in q.content for i in range(*text.tokens(*span))}
        met = {at[i] for i in tokens if i in at}
        won = any(a.id in sure and _wins(text, a, tokens, q) for a in ruled)
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


def _wins(text: _Text, ruled: Attribution, tokens: set[int], q: Quotation) -> bool:
    """Whether a finding of which the rules are sure stands instead of a quotation: the same, a part, or its relay."""
    if ruled.chain and ruled.source_span and q.content[0][0] == ruled.source_span[0]:
        return True
    own = {i for span in ruled.content_spans for i in range(*text.tokens(*span))}
    same_cue = bool(tokens & own) and ruled.cue_span is not None and _overlaps(ruled.cue_span, q.cue)
    return same_cue or tokens <= own or _overlap(text, tokens, ruled) >= SAME_CONTENT


def _at_verb(text: _Text, q: Quotation) -> Quotation:
    """Let the act that a cue denies, plans or threatens be content: "denied | attacking the port"."""
    for verb in text.doc[slice(*text.tokens(*q.cue))] if q.cue else ():
        if not any({"ger", "inf"} & set(c.entry.frames) for c in _cues(verb)):
            continue
        for act in _children(verb, "xcomp", "ccomp"):
            first = act.i - 1 if act.i and act.nbor(-1).lower_ == "to" else act.i
            start = text.starts[first]
            inside = verb.i < first and q.cue is not None and start < q.cue[1] <= q.content[0][0]
            if inside and not _tells(text, act, q.content) and (act.tag_ == "VBG" or first < act.i):
                return replace(q, cue=(q.cue[0] if q.cue else start, text.span((first - 1, first))[1]),
                               content=((start, q.content[0][1]), *q.content[1:]))
    return q


def _to_next_speaker(text: _Text, q: Quotation, ruled: Sequence[Attribution]) -> Quotation:
    """End a content where the next sentence has somebody else speak: "said she left. Peru denied | having bases"."""
    spans = [(s, min([e, *_speakers(text, (s, e), ruled)])) for s, e in q.content]
    return replace(q, content=tuple(spans)) if spans != list(q.content) else q


def _speakers(text: _Text, content: Span, ruled: Sequence[Attribution]) -> Iterator[int]:
    """Where the words end, inside a content, after which an unquoted sentence begins with a source of its own."""
    for a in ruled:
        if a.source_span and a.cue_span and content[0] < a.source_span[0] < a.cue_span[1] <= content[1]:
            first = text.doc[text.tokens(*a.source_span)[0]]
            end = first.i
            while end and (text.doc[end - 1].is_punct or text.doc[end - 1].is_space):
                end -= 1
            if first.is_sent_start and not text.quoted[first.i] and text.starts[end] > content[0]:
                yield text.span((end - 1, end))[1]


def _tells(text: _Text, act: Token, content: Sequence[Span]) -> bool:
    """Whether a verb below a cue is what the content hangs on: "went on to say that", not "threatened to cut"."""
    reports = any("that" in c.entry.frames for c in _cues(act))
    return bool(text.quotes_in(*content[0])) or (reports and _has_clause(text, content))


def _has_clause(text: _Text, content: Sequence[Span]) -> bool:
    """Whether a content is a that-clause or a question, or holds a finite clause with a subject of its own."""
    words = [text.doc[i] for span in content for i in range(*text.tokens(*span))]
    if words and (words[0].lower_ == "that" or words[0].tag_ in WH_TAGS) and any(_is_finite_form(t) for t in words):
        return True
    inside = {t.i for t in words}
    return any(t.pos_ in {"VERB", "AUX"} and t.dep_ not in {"relcl", "acl"} and _is_finite(t)
               and any(c.i in inside for c in _children(t, *SUBJECTS)) for t in words)


def _says_nothing(text: _Text, q: Quotation) -> bool:
    """Whether a cue that no lexicon knows has for content neither words in marks nor a clause, and is a deed or weak.

    "hired a lawyer" and "works to end it" are such; of those that the tagger holds for sure, most do tell a thought.
    """
    words = text.doc[slice(*text.tokens(*q.cue))] if q.cue else ()
    known = any(t.lower_ == "according" or (next(_cues(t), None) and not _is_name(t)) for t in words)
    if known or not any(t.is_alpha for t in words):
        return False
    if _has_clause(text, q.content) or any(text.quoted[i] for s in q.content for i in range(*text.tokens(*s))):
        return False
    return q.content_score * q.source_score < WEAK or any(t.pos_ == "VERB" and t.lemma_ in DEEDS for t in words)


WEAK = 0.6  # below it such a quotation was right less often than not, on PolNeAR dev
DEEDS = frozenset((
    "appoint", "arrest", "begin", "build", "buy", "conduct", "enforce", "fine", "grant", "hire", "host", "include",
    "introduce", "kill", "launch", "leave", "look", "nominate", "pay", "pressure", "sell", "sign", "start", "strike",
    "work",
))


def _is_name(verb: Token) -> bool:
    """Whether a participle only names the noun before it: "a drill called Iron Gate"."""
    return verb.tag_ == "VBN" and verb.dep_ == "acl" and bool(_children(verb, "oprd")) and not _children(verb, "agent")


def _overlap(text: _Text, tokens: set[int], ruled: Attribution) -> float:
    """Shared tokens over all tokens of two contents, in [0, 1]."""
    other = {i for span in ruled.content_spans for i in range(*text.tokens(*span))}
    return len(tokens & other) / len(tokens | other)


def _tagged(text: _Text, q: Quotation, ruled: Attribution | None) -> Attribution:
    """A tagger's quotation as an attribution, with the cue's kind from the lexicon or from the rules' finding."""
    cue = q.cue or (ruled.cue_span if ruled else None)
    entry, head = _cue_within(text, cue)
    source, sure = q.source, q.source_score
    if ruled and ruled.source_span and (source is None or sure < SURE_SOURCE or _holds(cue, ruled.source_span)):
        source, sure = ruled.source_span, max(sure, SURE_SOURCE)
    return Attribution(
        id=_identity(text, q.content, cue),
        type=_type(text, q.content),
        source_span=source,
        cue_span=cue,
        cue=text.document.text[slice(*cue)] if cue else None,
        cue_kind=entry.cue_kind if entry else ruled.cue_kind if ruled else None,
        negated=ruled.negated if ruled else head is not None and _is_negated(head),
        content_spans=q.content,
        chain=ruled.chain if ruled else (),
        confidence=q.content_score * sure,
    )


def _holds(cue: Span | None, source: Span) -> bool:
    """Whether the cue names its source, as "received assurances from the league" does, whatever its subject is."""
    return cue is not None and cue[0] <= source[0] and source[1] <= cue[1]


def _cue_within(text: _Text, cue: Span | None) -> tuple[Reporting | None, Token | None]:
    """The entry of the lexicon that the words of a cue show, and its head."""
    for token in text.doc[slice(*text.tokens(*cue))] if cue else ():
        for found in _cues(token):
            return found.entry, token
        if token.lower_ == "according" and (quoted := _quote_cue(token)) is not None:
            return quoted.entry, token
    return None, None
