"""The words that deny a predicate or leave next to nothing of its subject: "not", "no truck", "hardly anyone"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from claimtrack import lexicon
from claimtrack.meaning import predicates, recall

if TYPE_CHECKING:
    from spacy.tokens import Token

DENYING = frozenset({"neg", "preconj", "advmod", "det", "amod", "nsubj", "nsubjpass", "dobj", "attr", "cc"})


class Negation(lexicon.Entry):
    """A word of denial; `weak` ones ("hardly") leave a little open, an approach ("almost") stops short of a deed."""

    role: Literal["adverb", "determiner", "subject", "adposition", "approach"]
    weak: bool = False


@cache
def denials() -> dict[str, Negation]:
    """Index the words of denial by the word."""
    return lexicon.phrases("negation", Negation)


def scarce_words() -> frozenset[str]:
    """Give the words that leave next to none: "few drivers", "hardly anyone"."""
    return lexicon.words("negation_words", "scarce")


@recall.words
def negations(token: Token) -> tuple[Token, ...]:
    """Return the words that deny the predicate: adverbs, negative subjects and objects, and "no" on a noun."""
    nodes = [token] if predicates.top(token) == token else [token, predicates.top(token)]
    found = [c for node in nodes for c in node.children if c != token and _denies(c, node)]
    found += [word for word in (inverting(token), predicates.distance(predicates.predicate(token))) if word is not None]
    if not found and token.dep_ == "conj" and _shares_negation(token):
        return negations(token.head)
    return tuple(sorted(set(found), key=lambda t: t.i))


@recall.word
def inverting(token: Token) -> Token | None:
    """Return the "nor" or "neither" that puts the subject of its clause after the auxiliary: "Nor is Peru selling"."""
    verb = predicates.top(token)
    holder = next((c for c in verb.children if c.dep_ in predicates.SUBJECTS), None)
    first = min((verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))), key=lambda t: t.i)
    if holder is None or holder.i < first.i or first.i == 0:
        return None
    before = first.nbor(-1)
    return before if before.lower_ in ("nor", "neither") else None


def _shares_negation(token: Token) -> bool:
    """Tell whether "not" of the first conjunct reaches this one, as in "did not sign or ratify"."""
    joins = {c.lower_ for c in token.head.children if c.dep_ in ("cc", "preconj")}
    if "or" in joins and (predicates.shares_auxiliaries(token) or (token.tag_, token.head.tag_) == ("VBD", "VBN")):
        return True  # the tagger often takes the second participle of "has not paid or closed" for a past tense
    if token.tag_ == "VB" and not any(c.dep_ in ("aux", *predicates.SUBJECTS) for c in token.children):
        helpers = predicates.auxiliaries(token.head)
        return "but" not in joins and any(a.tag_ == "MD" or a.lemma_ == "do" for a in helpers)
    return "nor" in joins


def _denies(child: Token, node: Token) -> bool:
    entry = denials().get(_with_no(child))
    if entry is not None and child.dep_ in DENYING:
        if child.lower_ in ("not", "nor") and child.dep_ in ("preconj", "cc"):
            return False  # "not only … but also", "neither … nor" of things below
        if child.lower_ == "not" and (_not_only(child) or _corrects(child, node)):
            return False
        if entry.role == "approach":
            sized = node.lemma_ in predicates.verbs("measured")
            near = child.i + 1 == node.i and node.tag_ == "VBD" and not sized
            return near and not any(t.like_num for t in node.subtree)
        if entry.role == "determiner":
            return (node.pos_ in ("NOUN", "PROPN") and not _a_few(child)) or child.dep_ in ("nsubj", "nsubjpass")
        return True
    if child.dep_ == "prep" and node.pos_ in ("VERB", "AUX"):  # "under no circumstances", "in no way"
        ways = lexicon.words("negation_words", "no_way")
        return any(f"{child.lower_} no {c.lemma_.lower()}" in ways and any(g.lower_ == "no" for g in c.lefts)
                   for c in child.children)
    if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and node.pos_ in ("VERB", "AUX"):
        none = any(g.lower_ in ("no", "neither") and g.dep_ in ("det", "preconj", "neg") for g in child.children)
        return (none and not _set_apart(child)) or (child.dep_ in ("nsubj", "nsubjpass") and scarce(child))
    return False


def scarce(subject: Token) -> bool:
    """Tell whether next to none of a subject is meant, or not all: "few drivers", "hardly anyone", "not every one"."""
    few = scarce_words()
    words = [subject, *(g for g in subject.lefts if g.dep_ in ("amod", "advmod", "neg", "det", "preconj", "predet"))]
    return any((t.lower_ in few and not _a_few(t)) or (t.lower_ == "not" and not _not_only(t)) for t in words)


def _with_no(token: Token) -> str:
    """Give the word, with the "no" before it where both make one negation ("no longer")."""
    joined = token.lower_ in ("longer", "more") and token.i > 0 and token.nbor(-1).lower_ == "no"
    return f"no {token.lower_}" if joined else token.lower_


def _not_only(token: Token) -> bool:
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return following is not None and following.lower_ in lexicon.words("negation_words", "limiting")


def _corrects(word: Token, verb: Token) -> bool:
    """Tell whether "not" denies only what stands in another's place: "sent not drones but missiles".

    Nor does it deny in "could not but send drones", nor where it is cut off: "sent drones, not … – a post".
    """
    following = word.nbor(1) if word.i + 1 < len(word.doc) else word
    cut_off = word.i > verb.i and word.nbor(-1).text == "," and (following == word or following.is_punct)
    if following.lower_ == "but" or cut_off:
        return True
    instead = (c for c in verb.rights if c.left_edge == following and c.dep_ in ("dobj", "attr", "prep", "pobj"))
    return word.i > verb.i and any(_replaced(c) for c in instead)


def _replaced(noun: Token) -> bool:
    """Tell whether "but" puts something else in place of a noun: "drones but missiles"."""
    joined = {c.lower_ for c in noun.children if c.dep_ == "cc"}
    return "but" in joined and any(c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN", "ADP") for c in noun.children)


def _set_apart(noun: Token) -> bool:
    """Tell whether a "no" does not reach the verb: "no troops but drones", "No surprises, and the bank failed"."""
    if noun.dep_ == "dobj" and _replaced(noun):
        return True
    rest = noun.doc[noun.i + 1:noun.i + 3]
    return noun.dep_ == "nsubj" and [t.lower_ for t in rest] == [",", "and"] and noun.i < noun.head.i


def _a_few(token: Token) -> bool:
    return token.i > 0 and token.nbor(-1).lower_ in lexicon.words("negation_words", "known")


def speaker_holds(token: Token) -> bool:
    """Tell whether the speaker, not a named other, holds what `token` says: "I think", "no one doubts"."""
    holder = predicates.subject(token)
    if holder is None or holder.dep_ in ("nsubjpass", "csubjpass", "expl"):
        return not any(c.dep_ == "agent" for c in predicates.top(token).children)
    if holder.lower_ in predicates.FIRST_PERSON or (holder.lower_ == "it" and token.pos_ == "ADJ"):
        return True
    return _negative_holder(holder)


def _negative_holder(token: Token) -> bool:
    entry = denials().get(token.lower_)
    return (entry is not None and entry.role == "subject") or any(c.lower_ in ("no", "few") for c in token.children)
