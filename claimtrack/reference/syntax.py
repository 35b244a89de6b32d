"""Read from the parse what reference hangs on: the clause of a token, its subjects, who speaks, where something is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.reference.nouns import metonymy

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
MODIFIERS = frozenset({"compound", "amod", "nmod"})


def clause(token: Token) -> int:
    """Give the verb under which a token stands as its own argument, or the token itself."""
    head = token.head
    while head.pos_ not in {"VERB", "AUX"} and head.head.i != head.i:
        head = head.head
    return int(head.i)


def own_subject(token: Token) -> int:
    """Find the subject of the nearest clause above a token, which its possessives and "it"s mostly mean; -1 if none."""
    inside = token
    for verb in token.ancestors:
        if verb.pos_ in {"VERB", "AUX"}:
            for child in verb.children:
                if child.dep_ in SUBJECTS and child.i < token.i and child.i != inside.i:
                    return int(child.i)
        inside = verb
    return -1


def is_locative(token: Token) -> bool:
    """Tell what stands with "in" and the like, or with "to" behind a verb of motion: a place more than an actor."""
    preposition = token.head
    if token.dep_ != "pobj":
        return False
    moved = preposition.lower_ in {"to", "from"} and preposition.head.lemma_ in metonymy("motion")
    return moved or preposition.lower_ in lexicon.words("coreference_words", "place")
