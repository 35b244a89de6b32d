"""Who and what a verb takes: its subject, objects and agent, where the parse has them and where it hides them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.schema import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimtrack.reference.linking import Links

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "attr", "oprd", "dative"})
FINITE_TAGS = frozenset({"VBZ", "VBP", "VBD", "MD"})
OUTSIDE_PHRASE = frozenset({"relcl", "acl", "advcl", "conj", "cc", "punct", "appos"})


def is_finite(token: Token) -> bool:
    """Tell whether a verb is finite, by itself, its auxiliary or the verb that it is joined to."""
    if token.pos_ not in {"VERB", "AUX"}:
        return False
    if any(t.tag_ in FINITE_TAGS for t in (token, *(c for c in token.children if c.dep_ in {"aux", "auxpass"}))):
        return True
    return token.dep_ == "conj" and token.tag_ in {"VB", "VBN"} and is_finite(token.head)


def subject(token: Token) -> Token | None:
    """Find the subject of a verb: its own, or the one it shares as conjunct, infinitive or gerund."""
    while True:
        own = next((c for node in with_passive(token) for c in node.children if c.dep_ in SUBJECTS), None)
        if own is not None:
            return None if _is_expletive(own, token) else own
        controller = _controller(token) or _before_aside(token)
        if controller is not None:
            return controller
        if leaves_actor_open(token):
            return None
        shares = {"conj", "xcomp", "acomp", "oprd"} | (set() if is_finite(token) else {"ccomp", "pcomp", "advcl"})
        if token.dep_ not in shares:
            return None
        token = token.head


def own_subject(verb: Token) -> Token | None:
    """Give the subject that hangs on a verb itself."""
    return next((c for c in verb.children if c.dep_ in SUBJECTS), None)


def with_passive(verb: Token) -> tuple[Token, ...]:
    """Give a verb and its passive auxiliary, on which the parser may hang the subject: "the port is closed"."""
    return (verb, *(c for c in verb.children if c.dep_ == "auxpass"))


def is_passive(verb: Token) -> bool:
    """Tell whether the subject of a verb is what is done to: "the port was closed"."""
    return any(c.dep_ == "nsubjpass" for c in verb.children)


def leaves_actor_open(gerund: Token) -> bool:
    """Tell whether nobody is said to do what a gerund says: "suggested closing the port"."""
    return gerund.tag_ == "VBG" and gerund.head.lemma_ in lexicon.words("claim_words", "open_actor")


def _is_expletive(subject: Token, verb: Token) -> bool:
    """Tell whether "it" only holds the place of a clause: "it is plausible that …"."""
    return subject.lower_ == "it" and any(c.dep_ == "ccomp" for c in verb.children)


def _controller(token: Token) -> Token | None:
    """Give the object that does what an infinitive or gerund says: "urged Peru to leave", "accused Peru of leaving"."""
    verb = token.head.head if token.dep_ == "pcomp" and token.head.dep_ == "prep" else token.head
    if token.dep_ not in {"xcomp", "pcomp"}:
        return None
    if token.dep_ == "pcomp" and token.head.lower_ not in lexicon.words("claim_words", "object_acts"):
        return None  # "by leaving", "in leaving": the subject does
    own = next((c for c in verb.children if c.dep_ == "dobj" and c.i < token.i), None)
    if own is not None or token.dep_ != "xcomp":
        return own
    addressed = (noun for prep, noun in prepositional(verb) if prep.lower_ in {"on", "upon"} and prep.i < token.i)
    return next(addressed, None)  # "called on Peru to leave"


def _before_aside(verb: Token) -> Token | None:
    """Give the subject that an aside cuts off from its verb: "as Peru, which has a port, will not pay".

    The parser hangs such a noun on "as", as if no verb followed.
    """
    first = min([verb, *(c for c in verb.children if c.dep_ in {"aux", "auxpass", "neg"})], key=lambda t: t.i)
    if first.i < 2 or first.nbor(-1).text != "," or not is_finite(verb):
        return None
    aside = next((t for t in (first.nbor(-2), *first.nbor(-2).ancestors) if t.dep_ == "relcl"), None)
    noun = aside.head if aside is not None and aside.right_edge.i == first.i - 2 else None
    return noun if noun is not None and noun.dep_ == "pobj" and noun.head.lower_ == "as" else None


def coordinated(token: Token | None) -> Iterator[Token]:
    """Give a word and those joined to it: "Peru and Chile"; nothing for no word."""
    if token is not None:
        yield token
        yield from token.conjuncts


def prepositional(governor: Token, dep: str = "prep") -> Iterator[tuple[Token, Token]]:
    """Give the prepositions under a word, each with its noun; with "agent" the "by" of a passive."""
    return ((prep, c) for prep in governor.children if prep.dep_ == dep for c in prep.children if c.dep_ == "pobj")


def participants(core: Token) -> tuple[list[Token], list[Token]]:
    """Give the head words of who acts and of whom or what it is done to."""
    if core.pos_ in {"NOUN", "PROPN"}:
        return [], []
    actors = [] if _is_choice(holder := subject(core)) else list(coordinated(holder))
    objects = [t for c in core.children if c.dep_ in OBJECTS for t in coordinated(c)]
    governors = [core, *(c for c in core.children if c.dep_ == "acomp")]
    objects += [t for governor in governors for _, noun in prepositional(governor) for t in coordinated(noun)]
    if is_passive(core):
        return [noun for _, noun in prepositional(core, "agent")], actors + objects
    return actors, objects


def _is_choice(noun: Token | None) -> bool:
    """Tell whether only one of several need act: "Peru or Chile will win"."""
    joined = [] if noun is None else [noun, *noun.conjuncts]
    return len(joined) > 1 and any(c.dep_ == "cc" and c.lower_ == "or" for t in joined for c in t.children)


def noun_phrase(head: Token) -> list[Token]:
    """Give the words of a noun phrase, its clauses and coordinated phrases left out."""
    stack, own = [head], []
    while stack:
        token = stack.pop()
        own.append(token)
        stack.extend(c for c in token.children if c.dep_ not in OUTSIDE_PHRASE)
    return sorted(own, key=lambda t: t.i)


def antecedent(pronoun: Token) -> list[Token]:
    """Give the noun phrase that a relative pronoun stands for; empty for any other word."""
    clause = next((a for a in pronoun.ancestors if a.dep_ == "relcl"), None)
    return noun_phrase(clause.head) if clause is not None and pronoun.tag_ in {"WDT", "WP"} else []


def entity(token: Token, links: Links) -> Entity | None:
    """Give what a word denotes, if it is linked."""
    return links.at(token.idx, token.idx + len(token))
