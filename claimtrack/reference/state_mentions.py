"""Make mentions of the names of states: when a capital is the town, a demonym the people, a state a forename."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.reference.gazetteer import Name, referent
from claimtrack.reference.indexed_text import IndexedText
from claimtrack.reference.mentions import Mention
from claimtrack.reference.nouns import class_nouns, metonymy

if TYPE_CHECKING:
    from spacy.tokens import Token


def state_mention(text: IndexedText, name: Name) -> Mention:
    """Make the mention of a name of the gazetteer: the state, its capital as a town, or its people."""
    start, end = text.range_of(name)
    sense, root = name.sense, text.root(start, end)
    target, via = sense.referent, sense.via
    if via == "capital" and _is_town(text, text.doc[root], name):
        target, via = referent(text.text[name.start : name.end].replace("\n", " "), "place"), "name"
    elif via == "demonym" and target.type == "country" and _is_people(text.doc[root]):
        target = referent(text.text[name.start : name.end], "group")
    return Mention(name.start, name.end, target, via, root)


def is_forename(text: IndexedText, name: Name) -> bool:
    """Tell Chad Smith, Paris Hilton and the Iran Air flight from Chad, Paris and Iran."""
    _, end = text.range_of(name)
    if name.sense.referent.type != "country" or name.sense.via == "demonym" or end >= len(text.words):
        return False
    following, token = text.doc[end], text.doc[end - 1]
    return bool(
        token.dep_ == "compound" and token.head.i == end and following.is_title and following.pos_ == "PROPN"
        and end not in text.name_at and following.lower_ not in class_nouns() and not text.is_headline(token)
    )


def _is_people(token: Token) -> bool:
    """Tell a people that lives somewhere from its state: "ethnic Poles", "Serbs in Kosovo"."""
    if token.pos_ not in {"NOUN", "PROPN"} or not token.text.endswith("s") or token.dep_ in {"compound", "amod"}:
        return False
    people = lexicon.words("name_words", "people")
    return any(c.lower_ in people and c.dep_ in {"amod", "acl", "prep"}
               for c in token.children)


def _is_town(text: IndexedText, token: Token, name: Name) -> bool:
    """Read a capital as a town where only a town can stand: in it, to it on a journey, its airport."""
    head, dep = token.head, token.dep_
    if dep == "pobj" and head.pos_ == "ADP":
        return _towards_town(head)
    if dep == "dobj":
        return head.lemma_ in metonymy("object")
    if dep == "poss":
        return head.lemma_ in metonymy("urban")
    if dep == "conj":
        return _is_town(text, head, name) if head.pos_ == "PROPN" else False
    if dep in {"compound", "nmod", "amod"}:
        return not _state_compound(text, token, name)
    return dep == "appos" and (head.lemma_ in metonymy("urban"))


def _state_compound(text: IndexedText, token: Token, name: Name) -> bool:
    """Tell "the Baku government", "Kyiv-Warsaw ties" from "the Baku office"."""
    head = token.head
    while head.dep_ in {"compound", "nmod"} and head.head.i != head.i and head.pos_ == "PROPN":
        head = head.head
    noun = class_nouns().get(head.lower_)
    if head.lemma_ in metonymy("urban"):
        return False
    if head.lemma_ in metonymy("state") or (noun is not None and noun.speaks):
        return True
    # the parser often hangs the first name of a pair on the second
    return text.name_at.get(head.i, name) != name


def _towards_town(preposition: Token) -> bool:
    """Read "in Oslo", "flew to Oslo", "the streets of Oslo" as the town; "weapons to Oslo" as the state."""
    word, governor = preposition.lower_, preposition.head
    if word in lexicon.words("name_words", "locative"):
        return governor.lemma_ not in metonymy("abstract")
    if word in lexicon.words("name_words", "direction"):
        chain = {governor.lemma_, governor.head.lemma_}
        return bool(chain & metonymy("motion")) or word == "via"
    return word == "of" and governor.lemma_ in metonymy("urban")
