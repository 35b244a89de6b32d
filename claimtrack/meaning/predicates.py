"""The parts of one predicate in the parse: its copula, subject, auxiliaries and modal, and what coordination shares."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.meaning import recall

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PREDICATIVE = frozenset({"acomp", "attr", "oprd"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
FIRST_PERSON = frozenset({"i", "we"})
POSSESSIVE = frozenset({"my", "our"})
WILL = frozenset({"will", "'ll", "’ll", "wo", "shall"})
WOULD = frozenset({"would", "'d", "’d"})
CONTRACTED_WOULD = frozenset({"'d", "’d"})
MAY = frozenset({"may", "might"})
CAN = frozenset({"can", "ca", "could"})
# Before their subject these open a condition: "Should the talks fail".
INVERTING = frozenset({"should", "were", "had"})
# Longer chains are parse errors more often than language.
MAX_DEPTH = 10
# How many words from its copula a predicate in several words may end: "is now all but off the table".
COMPLEMENT_REACH = 8


def verbs(role: str) -> frozenset[str]:
    """Give the lemmas of one class of verbs: those that weigh, rule, permit, perceive."""
    return lexicon.words("predicate_words", role)


@cache
def copulas() -> frozenset[str]:
    """Give the lemmas of the verbs that join a subject with an adjective or noun."""
    return verbs("copula")


def predicate(token: Token) -> Token:
    """Return the predicative adjective or noun of a copula ("remains unlikely" -> unlikely), else the token itself."""
    if token.lemma_ in copulas():
        if (complement := distanced(token) or idiomatic(token)) is not None:
            return complement
        for child in token.rights:
            if child.dep_ in PREDICATIVE:
                return child
    return token


@recall.word
def copula(token: Token) -> Token | None:
    """Return the copula of a predicative adjective or noun, None where there is none."""
    if token.dep_ in PREDICATIVE and token.head.lemma_ in copulas():
        return token.head
    if distance(token) is None and not idiom(token):
        return None
    before = token.doc[max(token.i - COMPLEMENT_REACH, token.sent.start):token.i]
    return next((t for t in reversed(before) if t.lemma_ in copulas() and token in (distanced(t), idiomatic(t))), None)


@recall.word
def distance(token: Token) -> Token | None:
    """Return the first word of what keeps a predicate from its subject: "far" of "far from certain"."""
    doc, place = token.doc, token.i
    while (first := _distance_before(doc, place)) is None and not doc[place].is_sent_start:
        place -= 1
        if doc[place].is_punct or (doc[place].pos_ not in ("DET", "ADV") and doc[place].head != token):
            return None
    return first


def _distance_before(doc: Doc, place: int) -> Token | None:
    for phrase in _distances_by_end().get(doc[place - 1].lower_, ()) if place else ():
        if [t.lower_ for t in doc[max(place - len(phrase), 0):place]] == list(phrase):
            return doc[place - len(phrase)]
    return None


@cache
def _distances_by_end() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _distances():
        found.setdefault(phrase[-1], []).append(phrase)
    return found


@cache
def _distances() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(p.split()) for p in sorted(verbs("distance")))


@recall.word
def distanced(verb: Token) -> Token | None:
    """Return what a copula keeps its subject from: "certain" in "is anything but certain".

    What stands far from a place is no such thing ("far from Baku"), nor is an amount ("less than ten").
    """
    for place in range(verb.i + 1, min(verb.i + COMPLEMENT_REACH, len(verb.doc))):
        first = verb.doc[place]
        if first.is_punct or first.pos_ == "VERB":
            return None
        phrase = next((p for p in _distances() if first.lower_ == p[0]
                       and verb.doc[place:place + len(p)].text.lower().split() == list(p)), None)
        if phrase is not None:
            return _complement(verb.doc, place + len(phrase))
    return None


def _complement(doc: Doc, place: int) -> Token | None:
    rest = list(doc[place:place + 4])
    while len(rest) > 1 and rest[0].pos_ in ("DET", "ADV", "PART") and not rest[1].is_punct:
        rest.pop(0)
    if not rest or rest[0].like_num or rest[0].is_punct:
        return None
    word = rest[0]
    while word.dep_ in ("amod", "compound") and word.head.i > word.i:
        word = word.head
    adverb = word.pos_ == "ADV" and word.lower_.endswith("ly")  # the tagger's guess at "anything but likely"
    quality = adverb or word.pos_ == "ADJ" or word.tag_ in ("VBN", "VBG") or word.ent_type_ == "NORP"
    return word if quality or any(c.lower_ in ("a", "an") for c in word.lefts) else None


def idiom(token: Token) -> str:
    """Return the idiom that ends in a word and weighs what it is said of ("out of the question"), "" for none."""
    for phrase in _idioms().get(token.lower_, ()):
        size = phrase.count(" ") + 2 * phrase.count("-") + 1
        if token.doc[max(token.i - size + 1, 0):token.i + 1].text.lower() == phrase:
            return phrase
    return ""


@cache
def _idioms() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in sorted(verbs("idiom")):
        last = re.split("[ -]", phrase)[-1]
        found[last] = (*found.get(last, ()), phrase)
    return found


@recall.word
def idiomatic(verb: Token) -> Token | None:
    """Return the last word of an idiom that is the complement of a copula: "question" in "is out of the question"."""
    words = verb.doc[verb.i + 1:min(verb.i + COMPLEMENT_REACH, verb.sent.end)]
    return next((t for t in words if t.head.i >= verb.i and t.pos_ != "VERB" and idiom(t)), None)


def top(token: Token) -> Token:
    """Return the word by which the predicate hangs in the sentence: its copula, or itself."""
    return copula(token) or token


@recall.word
def subject(token: Token) -> Token | None:
    """Return the subject of the predicate, shared from the first conjunct where it has none of its own."""
    head = top(token)
    for node in coordinated(head):
        for child in node.children:
            if child.dep_ in SUBJECTS:
                return child
    return None


def coordinated(token: Token) -> list[Token]:
    """Return the token and the conjuncts before it, nearest first."""
    chain = [token]
    while chain[-1].dep_ == "conj" and len(chain) < MAX_DEPTH:
        chain.append(chain[-1].head)
    return chain


@recall.words
def auxiliaries(token: Token) -> tuple[Token, ...]:
    """Return the auxiliaries and modals of a predicate, those shared by coordination included.

    "may reconsider or even annul": the second verb has a bare form, so it shares "may"; a conjunct with auxiliaries
    or a subject of its own shares nothing.
    """
    node = top(token)
    while shares_auxiliaries(node):
        node = node.head
    return tuple(c for c in node.children if c.dep_ in ("aux", "auxpass"))


def shares_auxiliaries(token: Token) -> bool:
    """Tell whether a conjunct takes its auxiliaries from the predicate before it."""
    bare = token.tag_ == "VBP" and token.head.tag_ == "VB"  # the tagger's guess far from its "may"
    if token.dep_ != "conj" or not (bare or token.tag_ in ("VB", "VBN", "VBG")):
        return False
    return not any(c.dep_ in ("aux", "auxpass") or c.dep_ in SUBJECTS for c in token.children)


@recall.word
def modal(token: Token) -> Token | None:
    """Return the modal verb of a predicate, None where there is none ("used to" and "have to" are governors).

    "I'd gone" has no modal, whatever the tagger says: before a participle 'd is "had".
    """
    had = top(token).tag_ in ("VBN", "VBD")
    return next((a for a in auxiliaries(token) if a.tag_ == "MD" and not (had and a.lower_ in CONTRACTED_WOULD)), None)


def subjunctive(token: Token) -> bool:
    """Tell whether a that-clause says what shall be done: "that the port be closed", "that the mayor resign".

    Beside a plural subject only "be" shows it.
    """
    verb, helpers, holder = top(token), auxiliaries(token), subject(token)
    first = helpers[0] if helpers else verb
    if holder is None or first.tag_ != "VB" or not any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.children):
        return False
    return first.lower_ == "be" or (not helpers and holder.tag_ in ("NN", "NNP"))
