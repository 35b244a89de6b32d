"""Tell what antecedent and pronoun must agree in: number, gender, and whether they are human.

What the text itself tells of a person comes first: titles, forenames, and whether it treats the name as a thing's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.reference.gazetteer import Referent, referent
from claimtrack.reference.mentions import Cast, Mention
from claimtrack.reference.nouns import class_nouns, genders
from claimtrack.schema import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PERSONAL = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
SINGULAR = frozenset({"it", "its"})
PLURAL = frozenset({"they", "them", "their", "theirs"})
FIRST = frozenset({"i", "me", "my", "we", "us", "our", "ours", "mine"})
POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our"})
_DEMONSTRATIVE = frozenset({"this", "that"})


def is_indefinite(token: Token) -> bool:
    """Tell a pronoun that names nobody, and yet may be meant by another: "those", "somebody"."""
    return token.lower_ in lexicon.words("coreference_words", "indefinite") or token.lower_ in _DEMONSTRATIVE


def is_plural(token: Token, mentions: Sequence[Mention], kind: EntityType | None) -> bool:
    """Tell whether a phrase, with what it denotes and of what kind that is, is one of several: "they"."""
    noun = len(mentions) > 1 or token.tag_ in {"NNS", "NNPS"} or kind == "group"
    return noun or token.lower_ in PLURAL or token.lower_ in lexicon.words("coreference_words", "indefinite")


def is_human(token: Token) -> bool:
    """Tell a word for one human being, linked or not: "the gunman", "someone", "he", a person's name."""
    if token.lower_ in PERSONAL:
        return True
    if token.tag_ in {"NNS", "NNPS"}:
        return False
    return token.ent_type_ == "PERSON" or class_of(token) == "person" or token.lower_ in genders("human_nouns")


def gender_of(token: Token) -> str:
    """Give the gender that a word for a human being tells: "m", "f", or "" for either."""
    word = token.lower_
    noun = class_nouns().get(word)
    forename = genders("forenames").get(token.doc[token.left_edge.i].lower_, "") if token.ent_type_ == "PERSON" else ""
    return PERSONAL.get(word) or genders("human_nouns").get(word) or (noun.gender if noun else None) or forename or ""


def class_of(token: Token) -> EntityType | None:
    """Give the type that a class noun gives to what it heads."""
    noun = class_nouns().get(token.lower_)
    return noun.type if noun is not None else None


def is_predicated(token: Token) -> bool:
    """Tell a noun that says what somebody is ("he is a lawyer", "Banda, a lawyer", "as a lawyer") from a person."""
    head = token.head
    if token.lower_ in PERSONAL:
        return False
    following = token.nbor(1) if token.i + 1 < len(token.doc) else token
    if token.ent_type_ != "PERSON" and following.ent_type_ == "PERSON":  # "the historian Ana Banda"
        return True
    if token.dep_ == "attr":
        return not any(c.dep_ == "expl" or c.lower_ in {"it", "there"} for c in head.children)
    return token.dep_ == "appos" or (token.dep_ == "pobj" and head.lower_ == "as")


def told_genders(mentions: Sequence[Mention], cast: Cast) -> dict[str, str]:
    """Read the genders of persons from their titles, else from their forenames."""
    told: dict[str, str] = {}
    for m in mentions:
        forename = genders("forenames").get(m.entity.name.split()[0].lower()) if m.entity.type == "person" else None
        if forename and " " in m.entity.name:
            told[m.entity.id] = forename
    for key, titles in cast.titles.items():
        known = {n.gender for t in titles if (n := class_nouns().get(t)) and n.gender}
        if len(known) == 1:
            told[key] = known.pop()
    return told


def doubtful_persons(
    doc: Doc, byline: Sequence[str], mentions: Sequence[Mention], cast: Cast, known: dict[str, str]
) -> set[str]:
    """Find what the recogniser calls a person but the text treats as a thing, and the page's own authors.

    A thing mostly stands with an article, before a noun, or in and at; a newspaper's name may begin with one. A
    name that stands once, without a title or a forename that is known, may be anything.

    Args:
        doc: the parsed text.
        byline: the names of its authors.
        mentions: the names found in it.
        cast: titles of its persons.
        known: their genders, as far as told.
    """
    counts = Counter(m.entity.id for m in mentions)
    thinglike = Counter(m.entity.id for m in mentions if is_thinglike(doc[m.root]))
    persons = {m.entity.id: m.entity.name for m in mentions if m.entity.type == "person"}
    articles = {key for key, name in persons.items() if begins_with_article(name)}
    things = {key for key in persons if 2 * thinglike[key] > counts[key]}
    once = {key for key in persons if counts[key] == 1 and key not in known}
    untitled = {key for key in articles | things | once if not cast.titles.get(key)}
    return untitled | {referent(name, "person").id for name in byline}


def is_thinglike(token: Token) -> bool:
    """Tell a name that stands as names of things do: with an article, before a noun, behind "in" or "at"."""
    article = any(c.dep_ == "det" for c in token.children)
    placed = token.dep_ == "pobj" and token.head.lower_ in {"in", "at"}
    return article or placed or token.dep_ in {"compound", "nmod"}


def begins_with_article(name: str) -> bool:
    """Tell a name with an article of another language before it, as newspapers have: "La Repubblica"."""
    first = name.lower().replace("’", "'").split()[0]
    return first in lexicon.words("coreference_words", "foreign_article") or first.startswith("l'")


def is_medium(entity: Referent) -> bool:
    """Tell an outlet by the nouns of its name: the Banda Herald, Sky News."""
    nouns = (class_nouns().get(word.strip(".,'’")) for word in entity.name.lower().split())
    return entity.type == "organization" and any(noun is not None and noun.media for noun in nouns)
