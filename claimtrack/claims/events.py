"""Words that name events: their class, the adjective that takes one for granted, the predicate that only says when."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.claims import arguments

if TYPE_CHECKING:
    from spacy.tokens import Token


class EventWord(lexicon.Entry):
    """A word that names an event, and the class under which such events meet."""

    event: str


class LightVerb(lexicon.Entry):
    """A predicate that says only whether or when the event in its subject takes place."""


class Imminence(lexicon.Entry):
    """An adjective that takes for granted that an event will come, and how surely, in [0, 1]."""

    low: float
    high: float
    point: float


@cache
def _event_words() -> dict[str, str]:
    return {word: entry.event for word, entry in lexicon.phrases("events", EventWord).items()}


def event_class(token: Token) -> str | None:
    """Give the class of an event word: "war" for "war" and for "military operation", none for "operation" alone."""
    lemma, words = token.lemma_.lower(), _event_words()
    pairs = (f"{c.lower_} {lemma}" for c in token.children if c.dep_ in {"amod", "compound", "nmod"})
    return next((words[pair] for pair in pairs if pair in words), words.get(lemma))


def names_event(token: Token) -> bool:
    """Tell whether a noun names an event that the lexicon of events knows."""
    return token.pos_ in {"NOUN", "PROPN"} and event_class(token) is not None


def imminence(token: Token) -> tuple[Imminence, Token] | None:
    """Give the adjective by which a noun phrase takes an event for granted: "the reason is an upcoming war"."""
    signs = lexicon.phrases("imminence", Imminence)
    if not names_event(token):
        return None
    return next(((signs[c.lower_], c) for c in token.children if c.dep_ == "amod" and c.lower_ in signs), None)


def core_event(event: Token) -> Token:
    """Follow a light predicate to the event noun in its subject: "a war will break out" speaks of war."""
    if event.lemma_.lower() in lexicon.phrases("light", LightVerb):
        subject = arguments.subject(event)
        if subject is not None and names_event(subject):
            return subject
    return event
