"""Sources: who holds what a cue reports, by the parse around the cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.attribution.cues import Cue, shares_subject
from claimtrack.attribution.syntax import NOMINAL, WH_TAGS, Range, children, subtree

if TYPE_CHECKING:
    from spacy.tokens import Token


def holder_of(cue: Cue) -> Range | None:
    """Who holds what a cue reports; None where the text does not say."""
    if cue.entry.pos == "noun":
        return _noun_source(cue.head, cue.base)
    head = cue.head
    if cue.entry.pos == "adjective":
        return _adjective_source(head)
    reduced = head.dep_ in {"advcl", "acl"} and not children(head, "aux", "nsubj")
    if head.tag_ == "VBN" and (reduced or children(head, "auxpass", "nsubjpass")):
        return _agent(head) or (_nearby(cue) if reduced and {"quote", "that"} <= set(cue.entry.frames) else None)
    return subject_of(head) or (_nearby(cue) if "that" in cue.entry.frames else None)


def _nearby(cue: Cue) -> Range | None:
    """Where the parse shows no subject: the noun phrase right before the cue, for a participle the sentence's."""
    first, sentence = cue.tokens[0], cue.head.sent
    if cue.head.tag_ == "VBG":
        return next((subtree(c) for c in children(sentence.root, "nsubj") if c.right_edge.i < first), None)
    end = first
    while end > sentence.start and cue.head.doc[end - 1].text in {",", ")"}:
        end -= 1
    noun = cue.head.doc[end - 1]
    if end == sentence.start or noun.pos_ not in NOMINAL or children(cue.head, "auxpass"):
        return None
    while noun.head != noun and noun.head.i < first and noun.head.pos_ in NOMINAL | {"ADP"}:
        noun = noun.head
    return noun.left_edge.i, end


def _adjective_source(adjective: Token) -> Range | None:
    """Who is sure: the subject of the copula, the noun before ("clerks sure that"), or who "made it clear"."""
    head = adjective.head
    if adjective.dep_ == "amod" and head.i < adjective.i:
        return head.left_edge.i, adjective.left_edge.i
    impersonal = any(c.lower_ == "it" for t in (adjective, head) for c in children(t, "nsubj"))
    if impersonal:
        return subject_of(head) if head.lemma_ == "make" else None
    return subject_of(head if adjective.dep_ in {"acomp", "oprd", "attr"} else adjective)


def _agent(verb: Token) -> Range | None:
    for by in children(verb, "agent"):
        for c in children(by, "pobj"):
            return subtree(c)
    return None


def subject_of(verb: Token) -> Range | None:
    """The noun phrase that does the verb, which may belong to a verb above it ("went on to say")."""
    subjectless = lexicon.words("holder_words", "subjectless")
    for _ in range(6):
        for c in children(verb, "nsubj", "nsubjpass"):
            return _noun_phrase(c, verb)
        if verb.dep_ in {"acl", "relcl"} and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            return verb.head.left_edge.i, verb.head.i + 1
        if verb.dep_ == "pcomp":
            verb = verb.head
        if verb.dep_ not in CLIMBS or verb.head.lemma_ in subjectless:
            return None
        clause = verb.head
        second_cue = verb.dep_ == "conj" and clause.dep_ == "ccomp" and clause.i > clause.head.i
        verb = clause.head if second_cue and shares_subject(verb, clause.head) else clause
    return None


CLIMBS = frozenset(("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "acomp", "dep"))


def _noun_phrase(noun: Token, verb: Token) -> Range | None:
    """The subject as written; a relative pronoun takes its antecedent along ("the clerk who")."""
    impersonal = noun.lower_ in {"it", "there"} and verb.lemma_ in lexicon.words("holder_words", "impersonal")
    if impersonal or not noun.text[0].isalnum():
        return None
    if noun.tag_ in WH_TAGS and verb.dep_ == "relcl" and noun.i > verb.head.i:
        return verb.head.left_edge.i, noun.i + 1
    first, last = subtree(noun)
    return (first, last) if last <= verb.i or first > verb.i else (noun.i, noun.i + 1)


def _noun_source(noun: Token, base: Token) -> Range | None:
    for c in children(noun, "poss"):
        return possessor(c)
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_ not in lexicon.words("holder_words", "not_holding"):
        return subject_of(verb)
    for prep in [*children(noun, "prep"), *children(verb, "prep")]:
        if prep.lower_ in {"by", "from", "among"} and prep != base:
            for c in children(prep, "pobj"):
                return subtree(c)
    if noun.dep_ == "pobj" and verb.lower_ in {"in", "with", "out", "on"} and verb.head.pos_ == "VERB":
        return subject_of(verb.head)
    if any(c.dep_ == "expl" for c in verb.children):
        return _container(verb)
    return None


def _container(verb: Token) -> Range | None:
    """The text that "there is" something in: "in the report, there is a suggestion"."""
    for prep in children(verb, "prep"):
        for c in children(prep, "pobj"):
            if prep.lower_ == "in" and c.ent_type_ not in {"GPE", "LOC", "DATE", "TIME", "FAC"}:
                return subtree(c)
    return None


def possessor(noun: Token) -> Range:
    """A possessive without its mark."""
    return noun.left_edge.i, noun.right_edge.i + (0 if noun.right_edge.tag_ == "POS" else 1)
