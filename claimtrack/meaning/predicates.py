"""The parts of one predicate in the parse: its copula, subject, auxiliaries and modal, and what coordination shares."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from claimtrack import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

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
        for child in token.rights:
            if child.dep_ in PREDICATIVE:
                return child
            if child.lower_ == "far":
                return next((g for g in child.subtree if g.pos_ == "ADJ" and g.nbor(-1).lower_ == "from"), token)
    return token


def copula(token: Token) -> Token | None:
    """Return the copula of a predicative adjective or noun, None where there is none."""
    if token.dep_ in PREDICATIVE and token.head.lemma_ in copulas():
        return token.head
    if token.pos_ == "ADJ" and token.head.lower_ == "from" and token.head.head.lower_ == "far":
        return token.head.head.head
    return None


def top(token: Token) -> Token:
    """Return the word by which the predicate hangs in the sentence: its copula, or itself."""
    return copula(token) or token


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


def auxiliaries(token: Token) -> list[Token]:
    """Return the auxiliaries and modals of a predicate, those shared by coordination included.

    "may reconsider or even annul": the second verb has a bare form, so it shares "may"; a conjunct with auxiliaries
    or a subject of its own shares nothing.
    """
    node = top(token)
    while shares_auxiliaries(node):
        node = node.head
    return [c for c in node.children if c.dep_ in ("aux", "auxpass")]


def shares_auxiliaries(token: Token) -> bool:
    """Tell whether a conjunct takes its auxiliaries from the predicate before it."""
    bare = token.tag_ == "VBP" and token.head.tag_ == "VB"  # the tagger's guess far from its "may"
    if token.dep_ != "conj" or not (bare or token.tag_ in ("VB", "VBN", "VBG")):
        return False
    return not any(c.dep_ in ("aux", "auxpass") or c.dep_ in SUBJECTS for c in token.children)


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
