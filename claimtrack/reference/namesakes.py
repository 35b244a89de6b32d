"""Tell from states what only bears their names: persons, towns of another country, animals.

"Jordan, 58, said", "India Walton", "Paris, Texas", "guinea pigs". A name is taken from a state only where the words
around it say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.reference import gazetteer
from claimtrack.reference.gazetteer import Name, Sense, referent
from claimtrack.reference.nouns import class_nouns, genders

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_HE = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})


@dataclass(frozen=True, slots=True)
class Named:
    """What the names of states in a text denote: states and places; tokens `[start, end)` of persons; of nothing."""

    names: list[Name]
    people: list[tuple[int, int]]
    nothing: set[int]


def settled(doc: Doc, names: Sequence[Name]) -> Named:
    """Part the names of states from their namesakes."""
    result = Named([], [], set())
    if not names:
        return result
    starts = {t.idx: t.i for t in doc}
    people = {doc[i].lower_ for i in (starts.get(n.start) for n in names) if i is not None and _is_person(doc[i])}
    for n in names:
        first = starts.get(n.start)
        last = doc.char_span(n.start, n.end, alignment_mode="expand")
        if first is None or last is None or n.sense.referent.type != "country" or n.sense.via == "demonym":
            result.names.append(n)
        elif (full := _full_name(doc, first, last.end)) is not None:
            result.people.append(full)
        elif len(last) == 1 and doc[first].lower_ in people and doc[first].dep_ in {"nsubj", "nsubjpass", "poss"}:
            result.people.append((first, last.end))
        elif _in_other_country(doc, last.end):
            town = referent(doc.text[n.start : n.end], "place")
            result.names.append(Name(n.start, n.end, Sense(town, "name")))
        elif _in_compound(doc, first, last.end):
            result.nothing.update(range(first, last.end))
        else:
            result.names.append(n)
    return result


def _is_person(token: Token) -> bool:
    """Tell a person by an age, or by the "he" of the only one a text can mean: "Ireland said he would sue"."""
    doc, after = token.doc, token.i + 1
    if token.pos_ != "PROPN" or (token.i and doc[token.i - 1].text in {",", "and"}):
        return False
    aside = [t.text for t in doc[after : after + 3]]
    aged = len(aside) == 3 and aside[0] == aside[2] == "," and aside[1].isdigit()
    if aged and token.is_sent_start is not False:
        return True
    if token.dep_ != "nsubj" or token.head.lemma_ not in lexicon.words("coreference_words", "speech"):
        return False
    content = next((c for c in token.head.children if c.dep_ == "ccomp" and c.i > token.head.i), None)
    subjects = [c for c in content.children if c.dep_ in {"nsubj", "nsubjpass"}] if content is not None else []
    own = any(c.lower_ in {"he", "she"} for c in subjects)
    before = doc[: token.i]
    return own and not any(t.ent_type_ == "PERSON" or t.lower_ in _HE or _is_human(t) for t in before)


def _is_human(token: Token) -> bool:
    known = class_nouns().get(token.lower_)
    return token.lemma_.lower() in genders("human_nouns") or (known is not None and known.type == "person")


def _full_name(doc: Doc, first: int, end: int) -> tuple[int, int] | None:
    """Find the full name of a person whose forename is a state's: "India Walton", "Chad Orr"."""
    if end - first != 1 or end >= len(doc) or doc[first].lower_ not in lexicon.words("name_words", "forename"):
        return None
    surname = doc[end]
    word = surname.lower_
    known = class_nouns().get(word) is not None or word in lexicon.words("name_words", "no_surname")
    named = surname.is_alpha and surname.text[0].isupper() and surname.pos_ == "PROPN" and surname.tag_ == "NNP"
    joined = doc[first].dep_ == "compound" and doc[first].head == surname
    longer = end + 1 < len(doc) and doc[end + 1].pos_ == "PROPN" and surname.dep_ == "compound"
    state = gazetteer.known(surname.text) is not None
    return (first, end + 1) if named and joined and not (known or longer or state or surname.text.isupper()) else None


def _in_other_country(doc: Doc, end: int) -> bool:
    """Tell a town by the state or province behind its comma: "Moscow, Idaho,"."""
    if end + 1 >= len(doc) or doc[end].text != ",":
        return False
    for length in (3, 2, 1):
        words = doc[end + 1 : end + 1 + length]
        after = doc[end + 1 + length] if end + 1 + length < len(doc) else None
        bounded = after is None or after.is_punct or after.is_space or after.pos_ in {"VERB", "AUX", "ADP"}
        if len(words) == length and bounded and words.text in _provinces():
            return True
    return False


@cache
def _provinces() -> frozenset[str]:
    """Give the names of the parts of states that are no states themselves, and their short forms."""
    states = {c.phrase for c in gazetteer.countries()}
    parts = {part for c in gazetteer.countries() for part in c.parts}
    return frozenset((parts | lexicon.words("name_words", "province")) - states)


def _in_compound(doc: Doc, first: int, end: int) -> bool:
    """Tell an animal, a plant or a thing by the noun behind: "guinea pigs", "turkey prices before Thanksgiving"."""
    if end >= len(doc):
        return False
    phrase = f"{doc[first:end].text} {doc[end].lemma_}".lower()
    if phrase in lexicon.words("name_words", "no_state"):
        return True
    signs = lexicon.words("name_words", "bird_sign")
    return doc[first].lower_ == "turkey" and any(t.lemma_.lower() in signs for t in doc[first].sent)
