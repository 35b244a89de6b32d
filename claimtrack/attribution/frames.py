"""Frames: what a cue takes as content, one function a frame, from the cue's token to ranges of tokens.

A frame gives nothing where the cue does not stand in it. "The clerk denied | having seen it" is `ger`, "view X as Y"
is `as`; the lexicon `reporting` says which frames a cue stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.attribution.cues import Cue, Frame, shares_subject
from claimtrack.attribution.syntax import (
    SUBJECTS,
    WH_TAGS,
    Range,
    children,
    clause_of,
    is_finite,
    is_infinitive,
    is_question,
    ranges,
    subtree,
)
from claimtrack.meaning.chances import weighed

if TYPE_CHECKING:
    from spacy.tokens import Token


def that_clause(cue: Token) -> list[Range]:
    """The finite clause that a cue takes: "said | that it rained", "said | it rained"."""
    for c in children(cue, "ccomp", "acl", "advcl"):
        marked = any(x.dep_ == "mark" and x.lower_ == "that" for x in c.children)
        subject = bool(children(c, *SUBJECTS))
        if subject and (marked or (c.dep_ == "ccomp" and is_finite(c))) and not is_question(c):
            return [] if _is_result(cue) else ranges(_own_clause(c, cue))
    return []


def _own_clause(clause: Token, cue: Token) -> Iterable[Token]:
    """The words of a clause without a second cue that the parse hangs under it: "said he left and added that …"."""
    for c in clause.conjuncts:
        if c.i > clause.i and shares_subject(c, cue):
            border = [x.i for x in c.head.children if x.dep_ == "cc" and x.i < c.i]
            return [t for t in clause.subtree if t.i < (border[-1] if border else c.left_edge.i)]
    return clause.subtree


def _is_result(cue: Token) -> bool:
    """Whether a that-clause is the result of a degree ("so sure that they left"), not what the cue is about."""
    return cue.pos_ == "ADJ" and any(c.lower_ in {"so", "such", "too"} for c in cue.children)


def _wh(cue: Token) -> list[Range]:
    for c in children(cue, "ccomp", "advcl", "pcomp", "acl"):
        if is_question(c) and c.left_edge.i > cue.i and (
            c.dep_ != "advcl" or c.left_edge.lower_ in {"if", "whether"}
        ):
            return [subtree(c)]
    return []


def _inf(cue: Token) -> list[Range]:
    for c in children(cue, "xcomp", "ccomp", "acl"):
        if is_infinitive(c) and not children(c, "nsubj") and c.i > cue.i and not children(cue, "dobj"):
            passive = children(cue, "nsubjpass")
            return [subtree(passive[0]), subtree(c)] if passive else [subtree(c)]
    return []


def _object_inf(cue: Token) -> list[Range]:
    verb = cue.head if cue.dep_ == "prep" else cue
    for c in children(verb, "xcomp", "ccomp", "advcl"):
        if is_infinitive(c) and c.i > cue.i:
            objects = children(cue, "dobj", "pobj") or children(c, "nsubj")
            if objects and cue.i < objects[0].left_edge.i < c.i:
                return [(objects[0].left_edge.i, c.right_edge.i + 1)]
    return []


def _ger(cue: Token) -> list[Range]:
    for c in children(cue, "xcomp", "ccomp", "pcomp"):
        if c.tag_ == "VBG" and not is_finite(c) and c.i > cue.i:
            return [subtree(c)]
    return []


def _np(cue: Token) -> list[Range]:
    for c in children(cue, "dobj", "pobj"):
        if c.i > cue.i:
            return [(c.left_edge.i, _extent(cue, c))]
        if c.tag_ in WH_TAGS:
            return [subtree(c)]
    if cue.tag_ == "VBN":
        return [subtree(c) for c in children(cue, "nsubjpass")[:1] if c.tag_ not in WH_TAGS]
    return []


def _extent(cue: Token, noun: Token) -> int:
    """Where the object of a cue ends, with what hangs on the cue but tells of the object: "war if they advance"."""
    prepositions = lexicon.words("cue_words", "object_preposition")
    end = noun.right_edge.i + 1
    for c in cue.children:
        if c.i < noun.i or c.left_edge.i != end:
            continue
        conditional = c.dep_ == "advcl" and c.left_edge.lower_ in {"if", "unless", "until"}
        if conditional or (c.dep_ == "prep" and c.lower_ in prepositions):
            end = c.right_edge.i + 1
    return end


def _np_rest(cue: Token) -> list[Range]:
    prepositions = lexicon.words("cue_words", "object_preposition")
    for c in children(cue, "dobj"):
        rest = [p for p in children(cue, "prep") if p.i > c.i and p.lower_ in prepositions]
        if c.i > cue.i and rest:
            return [(c.left_edge.i, rest[-1].right_edge.i + 1)]
        if c.i > cue.i and any(p.lower_ in prepositions for p in children(c, "prep")):
            return [subtree(c)]
    return []


def _as(cue: Token) -> list[Range]:
    for p in cue.children:
        if p.dep_ in {"prep", "mark"} and p.lower_ == "as" and p.i > cue.i:
            objects = [c for c in children(cue, "dobj") if c.i < p.i]
            if objects:
                return [(objects[0].left_edge.i, p.right_edge.i + 1)]
            passive = children(cue, "nsubjpass")
            if passive:
                return [subtree(passive[0]), subtree(p)]
    for c in children(cue, "dobj"):
        if any(p.dep_ == "prep" and p.lower_ == "as" for p in c.children):
            return [subtree(c)]
    return []


def _small(cue: Token) -> list[Range]:
    for c in cue.children:
        if c.i > cue.i and (c.dep_ == "oprd" or (c.dep_ == "dobj" and children(cue, "dative"))):
            objects = [o for o in children(cue, "dobj", "dative") if o.i < c.i and o.pos_ != "ADP"]
            if objects:
                return [(objects[0].left_edge.i, c.right_edge.i + 1)]
            passive = children(cue, "nsubjpass")
            if passive:
                return [subtree(passive[0]), subtree(c)]
        verbless = not is_finite(c) and not is_infinitive(c) and c.tag_ != "VBG"
        if c.dep_ in {"ccomp", "xcomp"} and verbless and c.i > cue.i and children(c, "nsubj"):
            return [subtree(c)]
    return []


def _raising(cue: Token) -> list[Range]:
    for c in children(cue, "xcomp", "oprd", "acomp"):
        subjects = children(cue, "nsubj")
        if subjects and c.i > cue.i:
            return [subtree(subjects[0]), subtree(c)]
    return []


def comment(cue: Token) -> list[Range]:
    """The clause a comment stands in, without the comment: "it rained" of "it rained, according to them"."""
    if cue.dep_ == "advmod" and cue.head.dep_ == "amod":
        return []  # "The supposedly safe bank failed": only "safe" is somebody's word
    clause = clause_of(cue)
    return ranges(set(clause.subtree) - set(cue.subtree)) if clause is not None else []


def _chance(cue: Token) -> list[Range]:
    """All that follows a verb which gives a chance: "the odds at 60 percent that …", "a war a 20 % chance"."""
    event = weighed(cue)
    if event is None:
        return []
    end = next((t.i for t in cue.doc[event.i:cue.sent.end] if t.text in ".;!?"), cue.sent.end)
    return [(cue.i + 1, min(end, max(t.right_edge.i for t in cue.rights if not t.is_punct) + 1))]


FRAMES: dict[Frame, Callable[[Token], list[Range]]] = {
    "that": that_clause, "wh": _wh, "inf": _inf, "object_inf": _object_inf, "ger": _ger, "np": _np, "np_rest": _np_rest,
    "as": _as, "small": _small, "raising": _raising, "comment": comment,
    "chance": _chance,
}


def beside(cue: Cue, frame: Frame) -> list[Range]:
    """The content that the parse hangs on the word beside a cue: on "is" for "sure that", on "got" for "news that"."""
    if cue.head.dep_ == "acomp" and cue.entry.pos == "adjective" and frame in {"that", "wh"}:
        return [r for r in FRAMES[frame](cue.head.head) if r[0] > cue.head.i]
    if cue.entry.pos == "noun" and frame == "that":
        verb = that_clause(cue.head.head) if cue.head.dep_ == "dobj" else []
        nouns = [cue.head, *(o for p in children(cue.head, "prep") for o in children(p, "pobj"))]
        return verb or next((r for noun in nouns if (r := _that_relative(noun))), [])
    return []


def _that_relative(noun: Token) -> list[Range]:
    """A that-clause which the parse takes for a relative one, though nothing is missing in it."""
    for c in children(noun, "relcl", "acl"):
        that = c.left_edge
        objects = [o for o in children(c, "dobj", "attr", "acomp", "ccomp", "auxpass") if o.i != that.i]
        subjects = [s for s in children(c, *SUBJECTS) if s.i != that.i]
        if that.lower_ == "that" and subjects and (that.tag_ == "IN" or objects):
            return [subtree(c)]
    return []
