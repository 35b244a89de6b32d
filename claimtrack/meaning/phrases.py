"""Likelihood phrases over and beside a predicate: "unlikely", "most likely", "in all likelihood"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.meaning import chance_nouns, hedges, negation, predicates, probability
from claimtrack.meaning.likelihood_terms import Found, degree_of, terms
from claimtrack.meaning.scope import Layer

if TYPE_CHECKING:
    from spacy.tokens import Token

# A likelihood word in one of these places weighs the predicate or event noun it stands at.
WEIGHING = frozenset({"advmod", "amod", "npadvmod", "intj", "acomp", "conj"})


def phrase_at(chain: Sequence[Layer], depth: int) -> Found | None:
    """Find the phrase or number at one layer: on its governor, else beside its predicate."""
    layer = chain[depth]
    if depth and layer.entry is not None:
        found = _governor_phrase(layer, chain, depth)
        if found:
            return found
    return _adverb_phrase(layer, chain, depth)


def _governor_phrase(layer: Layer, chain: Sequence[Layer], depth: int) -> Found | None:
    head = layer.head
    if head.pos_ == "NOUN" and (base := chance_nouns.base_of(head)):
        return chance_nouns.noun_phrase(layer, base)
    if layer.entry is None or layer.entry.kind != "likelihood":
        return None
    told = head.pos_ == "VERB" and predicates.copula(head) is None and not negation.speaker_holds(head)
    if told and layer.entry.phrase not in ("rule out", "exclude"):
        return None
    words = terms("term")
    base = words.get(head.lower_) or words.get(layer.entry.phrase)
    return _term_phrase(head, base, layer.negations, chain, depth) if base else None


def _term_phrase(
    term: Token, base: str, negations: Sequence[Token], chain: Sequence[Layer], depth: int
) -> Found | None:
    """Put a likelihood word together with its degree, number, comparison and the negations around it."""
    measures = ("npadvmod", "advmod", "nummod", "amod", "dep")
    number = probability.number_beside([t for t in term.lefts if t.dep_ in measures])
    if number:
        return Found(base, "", 0, (*number[1], term), "number", number[0])
    special = _as_likely_as_not(term)
    if special:
        return special
    rank = _rank(term)
    if rank:
        return rank
    degree, words = degree_of(term)
    raised = _raised(chain, depth)
    before = [n for n in negations if n.i < term.i] + raised
    if base == "ruled out" and hedges.withheld(chain[depth:]):  # "refused to rule out", "too early to rule out"
        before += [layer.head for layer in chain[depth + 1:depth + 2]]
    behind = [n for n in negations if n.i > term.i]
    negation = 1 if len(before) % 2 else 2 if len(behind) % 2 else 0
    particle = [c for c in term.children if c.dep_ == "prt"]
    particle += list(term.doc[term.i - predicates.idiom(term).count(" "):term.i])
    return Found(base, degree, negation, (*words, *before, *behind, term, *particle))


def _raised(chain: Sequence[Layer], depth: int) -> list[Token]:
    """Return the negations that "I don't think" and "no one believes" have moved up from the phrase."""
    return [n for layer in chain[depth + 1:] if layer.entry and layer.entry.kind == "belief" for n in layer.negations]


def _as_likely_as_not(term: Token) -> Found | None:
    others = [c for c in term.conjuncts if c.lower_ in terms("term")]
    if others and any(c.lower_ == "neither" for c in term.lefts):  # "neither likely nor unlikely"
        return Found("even", "", 0, (*(c for c in term.lefts if c.lower_ == "neither"), term, *others))
    after = list(term.doc[term.i + 1:term.i + 3])
    if len(after) == 2 and after[1].lower_ == "not":
        if after[0].lower_ == "as":
            return Found("even", "", 0, (term, *after))
        if after[0].lower_ == "than" and term.i and term.nbor(-1).lower_ == "more":
            return Found("better than even", "", 0, (term.nbor(-1), term, *after))
    return None


def _rank(term: Token) -> Found | None:
    """Read a comparison: "more likely", "the most likely scenario", "one of the most dangerous and likely ones"."""
    if predicates.distance(term) is not None:
        return None  # "less and less likely" compares with nothing
    if term.lower_ in terms("rank"):
        return Found("", "", 0, (term,), "rank")
    graded = [term, *(a for a in (term.head,) if term.dep_ == "conj" and a.pos_ in ("ADJ", "ADV"))]
    for word in graded:
        for child in word.lefts:
            if child.lower_ in terms("compare") and not (child.lower_ == "more" and word is not term):
                return Found("", "", 0, (child, term), "rank")
            if child.lower_ == "most" and _superlative(child):
                return Found("", "", 0, (child, term), "rank")
    return None


def _superlative(most: Token) -> bool:
    return most.i > 0 and most.nbor(-1).tag_ in ("DT", "PRP$", "POS")


def _adverb_phrase(layer: Layer, chain: Sequence[Layer], depth: int) -> Found | None:
    """Find a likelihood word beside a predicate: "will most likely occur", "a possible strike", "in all likelihood"."""
    bases = terms("term")
    for child in _beside(layer.head):
        base = bases.get(child.lower_)
        if base and child.dep_ in WEIGHING and child.pos_ in ("ADV", "ADJ") and not _plain_adjective(child):
            found = _term_phrase(child, base, layer.negations, chain, depth)
            if found:
                return found
        idiom = _idiom(child)
        if idiom:
            return idiom
    return _ranked_predicate(layer.head) if depth == 0 else None


def _ranked_predicate(head: Token) -> Found | None:
    """Read the rank in a predicate noun: "This is the most likely scenario"."""
    noun = predicates.predicate(head)
    if noun == head or noun.pos_ not in ("NOUN", "NUM"):
        return None
    compared = lexicon.words("chance_words", "compared")
    for word in noun.subtree:
        if word.lower_ in compared and (rank := _rank(word)):
            return rank
    return None


def _beside(head: Token) -> Iterator[Token]:
    yield from head.children
    if predicates.top(head) != head:
        yield from predicates.top(head).children
    for aux in predicates.auxiliaries(head):
        yield from aux.children


def _plain_adjective(token: Token) -> bool:
    """Tell whether the word does not weigh its noun: "a certain sum", "as soon as possible", "every possible means"."""
    if token.lower_ in lexicon.words("chance_words", "governing"):
        return True
    if token.dep_ == "amod" and token.lower_ == "certain":
        return True
    if token.dep_ == "amod" and token.lower_ == "possible" and token.head.tag_ == "NNS":
        return True
    return token.i > 0 and token.nbor(-1).lower_ == "as" and token.lower_ == "possible"


def _idiom(token: Token) -> Found | None:
    """Read "in all likelihood / probability", "without (a) doubt", "no doubt", "beyond doubt"."""
    noun = next((c for c in token.children if c.dep_ == "pobj"), None)
    if noun is None:
        denied = token.lower_ == "doubt" and token.dep_ in ("npadvmod", "advmod")
        sure = denied and any(c.lower_ == "no" for c in token.lefts)
        return Found("undoubted", "", 0, (*token.lefts, token)) if sure else None
    full = any(c.lower_ == "all" for c in noun.lefts)
    if full and token.lower_ == "in" and noun.lower_ in ("likelihood", "probability"):
        return Found("likely", "high", 0, (token, *noun.lefts, noun))
    if token.lower_ in ("without", "beyond") and noun.lower_ in ("doubt", "question"):
        return Found("undoubted", "", 0, (token, *noun.lefts, noun))
    return None
