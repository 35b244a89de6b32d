"""Likelihood in a noun with its quality or number: "a slim chance", "the likelihood is high", "odds of 3 to 1"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.meaning import negation, predicates, probability, scales
from claimtrack.meaning.likelihood_terms import Found, degree_of, terms
from claimtrack.meaning.scope import Layer

if TYPE_CHECKING:
    from spacy.tokens import Token


# What a denied quality leaves: "not high", "not low", "not zero".
DENIED = {"good": "small", "very good": "small", "real": "small", "fair": "small", "every": "small", "small": "fair",
          "tiny": "fair", "slight": "fair", "none": "small"}


def base_of(noun: Token) -> str | None:
    """Give the base of a likelihood noun, None for any other."""
    nouns = terms("noun")
    return nouns.get(noun.lemma_.lower()) or nouns.get(noun.lower_)  # the lemma of "odds" comes as "odd"


def noun_phrase(layer: Layer, base: str) -> Found | None:
    """Read a likelihood noun with its quality or number; a bare "likelihood" is a topic and gives None."""
    noun = layer.head
    near = list(_description(noun))
    number = probability.number_beside(near) or probability.share_before(noun)
    if number:
        return Found("chance", "", 0, (*number[1], noun), "number", number[0])
    quality, words = _quality(near, layer, base)
    if not quality and (noun.lemma_.lower() in lexicon.words("chance_words", "topic") or layer.marker == "to"):
        return None
    table = scales.phrases()
    if quality and (base, quality, 0) not in table:
        base = "chance"
    return Found(base, quality, 0, (*words, noun))


def _description(noun: Token) -> Iterator[Token]:
    """Give the words that measure a noun: its modifiers, "of 30 %", and the predicate it is the subject of."""
    yield from noun.lefts
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "at") and any(g.like_num for g in child.subtree):
            yield child
    verb = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass"):
        measures = ("acomp", "attr", "oprd", "prep")
        yield from (c for c in verb.children if c.i > noun.i and (c.dep_ in measures or c.lower_ == "even"))
    elif noun.dep_ == "dobj":
        yield from (c for c in verb.children if c.dep_ in ("prep", "oprd") and c.lower_ in ("at", "as", "low", "high"))


def _quality(near: Iterable[Token], layer: Layer, base: str) -> tuple[str, list[Token]]:
    """Name the quality of a likelihood noun: "very slim" is tiny, "very good" has a row of its own."""
    near = list(near)
    qualities = terms("quality")
    doc, place = layer.head.doc, layer.head.i
    denied = [n for n in (*layer.negations, *_denied_measure(layer.head)) if n.lower_ not in qualities]
    compared = _beside_even([*near, *doc[max(0, place - 3):place]])
    if compared:
        return "better" if {t.lower_ for t in compared} & {"better", "more"} else "worse", compared
    if zero := _zero(near):
        return "small" if denied else "almost none" if len(zero) > 1 else "none", zero
    for word in near:
        quality = qualities.get(word.lower_)
        if not quality:
            continue
        degree, words = degree_of(word)
        if quality == "none" and word.i and terms("degree").get(word.nbor(-1).lower_) == "almost":
            degree, words = "almost", [word.nbor(-1)]
        if denied and quality in DENIED:
            return DENIED[quality], [*denied, word]
        return _graded(quality, degree, base), [*words, word]
    return ("none", denied) if denied else ("", [])


def _graded(quality: str, degree: str, base: str) -> str:
    if degree == "almost" and quality == "none":
        return "almost none"
    if degree == "high":
        raised = {"small": "tiny", "slight": "tiny", "good": "very good" if base == "chance" else "good"}
        return raised.get(quality, quality)
    return quality


def _denied_measure(noun: Token) -> tuple[Token, ...]:
    """Return the negations of what measures a noun: "The likelihood of war is not high"."""
    measured = noun.dep_ == "nsubj" and predicates.predicate(noun.head) != noun.head
    return negation.negations(noun.head) if measured else ()


def _zero(near: Sequence[Token]) -> list[Token]:
    """Return "zero" with what says that it is not quite none: "close to zero", "virtually nil"."""
    words = sorted({t for n in near for t in n.subtree}, key=lambda t: t.i)
    zero = [t for t in words if t.lower_ in ("zero", "nil", "0")]
    if not zero or any(t.like_num or t.text == "%" for t in words if t not in zero):
        return []
    close = lexicon.words("chance_words", "close")
    return [*(t for t in words if t.lower_ in close), *zero]


def _beside_even(near: Sequence[Token]) -> list[Token]:
    words = sorted({t for n in near for t in n.subtree}, key=lambda t: t.i)
    texts = [t.lower_ for t in words]
    graded = ("better", "more", "less", "worse")
    hit = "even" in texts and "than" in texts and any(word in texts for word in graded)
    return [t for t in words if t.lower_ in (*graded, "than", "even")] if hit else []
