"""Read from the parse what reference hangs on: the clause of a token, its subjects, who speaks, where something is."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.reference.nouns import metonymy

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "pobj", "dative"})
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


def controllers(token: Token) -> set[int]:
    """Find the unspoken subject of a pronoun's clause: in "Iran opposes the road, viewing it as a threat" Iran."""
    verb = token.doc[clause(token)]
    while verb.dep_ in {"advcl", "xcomp", "conj"} and not any(c.dep_ in SUBJECTS for c in verb.children):
        verb = verb.head
    return {c.i for c in verb.children if c.dep_ in SUBJECTS}


def is_told(token: Token, speaker: Token) -> bool:
    """Tell what stands in the words of a speaker: in "Banda is ill, he said" Banda is not he."""
    if speaker.dep_ not in SUBJECTS:
        return False
    path = [token, *token.ancestors]
    return any(low.dep_ == "ccomp" and high.i == speaker.head.i for low, high in pairwise(path))


def speaks(token: Token) -> bool:
    """Tell the subject of a verb of speech: "he said"."""
    return token.dep_ == "nsubj" and token.head.lemma_ in lexicon.words("coreference_words", "speech")


def is_locative(token: Token) -> bool:
    """Tell what stands with "in" and the like, or with "to" behind a verb of motion: a place more than an actor."""
    preposition = token.head
    if token.dep_ != "pobj":
        return False
    moved = preposition.lower_ in {"to", "from"} and preposition.head.lemma_ in metonymy("motion")
    return moved or preposition.lower_ in lexicon.words("coreference_words", "place")
