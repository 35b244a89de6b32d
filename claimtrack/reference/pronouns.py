"""Resolve pronouns and "there": which antecedents each may mean, before salience chooses among them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.attribution.quotes import Quote
from claimtrack.reference import stand_ins
from claimtrack.reference.agreement import PERSONAL, PLURAL, SINGULAR, is_medium
from claimtrack.reference.antecedents import Anaphor, Antecedent
from claimtrack.reference.binding import governs
from claimtrack.reference.descriptions import former
from claimtrack.reference.discourse import Discourse
from claimtrack.reference.expletives import is_expletive, is_proposition
from claimtrack.reference.mentions import Mention
from claimtrack.reference.nouns import agent_nouns, metonymy
from claimtrack.reference.salience import MAX_ANTECEDENTS, SENTENCE, best, only
from claimtrack.reference.syntax import OBJECTS, SUBJECTS, speaks
from claimtrack.reference.voices import section_at, voice

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 1  # sentences back
_LONE_PLURAL = 2.0  # "they" of one state or body: possible, seldom
_TIMES = frozenset({"DATE", "TIME", "QUANTITY", "PERCENT", "MONEY", "CARDINAL", "ORDINAL"})

Resolver = Callable[[Anaphor], tuple[Mention, ...]]


def resolver(token: Token) -> Resolver | None:
    """Give what resolves a word; None for a word that refers to nothing before it."""
    word = token.lower_
    if word in PERSONAL:
        return _he
    if word in SINGULAR:
        return _it
    if word in PLURAL:
        return _they
    if word == "there" and token.dep_ != "expl":
        return _there
    if word in {"former", "latter"} and token.dep_ not in {"amod", "compound"}:
        return former
    return None


def first_person(discourse: Discourse, token: Token) -> tuple[Mention, ...]:
    """Give "I" and "we" outside quotation marks to the voice of the section; the words stay as they are."""
    if discourse.quote_at(token.idx) is not None:
        return ()
    section = section_at(discourse.document.sections, token.idx)
    if section is not None and section.kind == "boilerplate":
        return ()
    target = voice(discourse.document, token.idx)
    return (Mention(token.idx, token.idx + len(token), target, "pronoun", token.i),)


def _he(anaphor: Anaphor) -> tuple[Mention, ...]:
    token, discourse = anaphor.token, anaphor.discourse
    gender = PERSONAL[token.lower_]
    quote, says = discourse.quote_at(token.idx), speaks(token)

    def cost(a: Antecedent) -> float | None:
        quoted = quote is None and says and discourse.quote_at(token.doc[a.token].idx) is not None
        return 0.0 if a.animate and not a.plural and not quoted and a.gender in {"", gender} else None

    meant = only(anaphor, _REACH, cost)
    if meant and quote is not None and _may_speak(anaphor, meant[0].entity.id, quote):
        return ()
    return stand_ins.pronoun(discourse, token, meant)


def _may_speak(anaphor: Anaphor, key: str, quote: Quote) -> bool:
    """Tell whether somebody is a subject right before a quotation: mostly its speaker, who says "I" in it."""
    return any(
        a.is_prominent and anaphor.token.doc[a.token].idx < quote.start and key in a.ids
        for a in islice(reversed(anaphor.before), MAX_ANTECEDENTS) if anaphor.sentence - a.sentence <= _REACH
    )


def _it(anaphor: Anaphor) -> tuple[Mention, ...]:
    token = anaphor.token
    plain = token.lower_ == "it"
    if plain and (is_expletive(token) or is_proposition(token)):
        return ()
    if not plain and token.dep_ != "poss":  # a misspelt "it's"
        return ()
    agent, says = not plain and token.head.lemma_ in agent_nouns(), speaks(token)

    def cost(a: Antecedent) -> float | None:
        inert = agent and a.mentions and a.mentions[0].entity.type not in {"country", "organization"}
        owner = plain and token.doc[a.token].dep_ == "poss"  # "Iran's army … it" is the army
        silent = not says and any(is_medium(m.entity) for m in a.mentions)
        return None if a.plural or a.animate or inert or owner or silent else 0.0

    meant = best(anaphor, _REACH, cost)
    return () if plain and _is_hidden(anaphor, meant) else stand_ins.pronoun(anaphor.discourse, token, meant)


def _is_hidden(anaphor: Anaphor, meant: tuple[Mention, ...]) -> bool:
    """Tell whether a thing without a link stands between "it" and what it was taken for: "… a risk, as it"."""
    if not meant:
        return False
    chosen = {m.entity.id for m in meant}
    for a in islice(reversed(anaphor.before), MAX_ANTECEDENTS):
        if not chosen.isdisjoint(a.ids):
            return False
        noun = anaphor.token.doc[a.token]
        thing = not (a.mentions or a.plural or a.animate) and noun.pos_ == "NOUN" and noun.ent_type_ not in _TIMES
        if thing and noun.dep_ in SUBJECTS | {"dobj", "pobj"} and not governs(a, anaphor):
            return True
    return False


def _they(anaphor: Anaphor) -> tuple[Mention, ...]:
    token = anaphor.token

    def cost(a: Antecedent) -> float | None:
        if a.plural:
            return 0.0
        if token.dep_ in OBJECTS:
            return None
        if a.mentions:
            body = a.mentions[0].entity.type in {"country", "organization"}
        else:
            body = token.doc[a.token].lemma_ in lexicon.words("coreference_words", "state_noun")
        return _LONE_PLURAL if body and a.is_prominent else None

    return stand_ins.pronoun(anaphor.discourse, token, best(anaphor, _REACH, cost))


def _there(anaphor: Anaphor) -> tuple[Mention, ...]:
    """Find the last place named, one with "in" or "to" before any other."""
    token = anaphor.token

    def cost(a: Antecedent) -> float | None:
        placed = len(a.mentions) == 1 and a.mentions[0].entity.type in {"country", "place"}
        if not placed or a.is_prominent:
            return None
        return a.weight if a.locative else a.weight + 2 * SENTENCE

    meant = best(anaphor, _REACH, cost)
    if not meant:
        return ()
    moved = token.head.pos_ == "VERB" and token.head.lemma_ in metonymy("motion")
    preposition = "" if token.dep_ in {"pobj", "pcomp"} else "to " if moved else "in "
    words = preposition + stand_ins.shown(anaphor.discourse, meant)
    return stand_ins.mentions(token, token, meant, "pronoun", words)
