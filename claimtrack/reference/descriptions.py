"""Resolve what gathers or picks out several names: "the two countries", "both ministers", "the former", "there"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.reference import stand_ins
from claimtrack.reference.discourse import Discourse
from claimtrack.reference.gazetteer import Referent
from claimtrack.reference.mentions import Mention
from claimtrack.reference.nouns import class_nouns, metonymy
from claimtrack.reference.syntax import SUBJECTS, is_locative
from claimtrack.schema import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEFINITE = frozenset({"the", "this", "that"})
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4}
_SENTENCES_BACK = 3
_TOKENS_BACK = 300


def apposed(discourse: Discourse, token: Token) -> tuple[Mention, ...]:
    """Take "Kenya's president, William Ruto" for one person, who already has a mention."""
    named = [m for c in token.children if c.dep_ == "appos" and (m := discourse.by_root.get(c.i)) is not None]
    return tuple(named[:1]) if named and named[0].entity.type == "person" else ()


def several(discourse: Discourse, token: Token) -> tuple[Mention, ...]:
    """Resolve "the two countries", "both sides", "the two ministers": as many states or persons named together."""
    count = _count(list(token.children))
    if not count:
        return ()
    kinds: set[EntityType] = set()
    if token.lemma_ in lexicon.words("coreference_words", "state_noun"):
        kinds = {"country"}
    elif token.tag_ == "NNS" and (one := class_nouns().get(token.lemma_)) is not None and one.title:
        kinds = {"person"}
    meant = _together(discourse, token, count, kinds)
    return _mentions(discourse, token.doc[token.left_edge.i], token, meant)


def taken_up(discourse: Discourse, token: Token) -> tuple[Mention, ...]:
    """Resolve "the corridor", "the project" to the last name that says to be one: the Lapis Corridor."""
    children = list(token.children)
    modifiers = (c for c in children if c.dep_ in {"amod", "compound", "nmod", "nummod", "poss"})
    plain = all(m.lower_ in lexicon.words("coreference_words", "plain_modifier") for m in modifiers)
    definite = any(c.lower_ in _DEFINITE for c in children if c.dep_ == "det")
    if token.tag_ != "NN" or not (definite and plain) or _is_specified(token, children):
        return ()
    for i in range(token.i - 1, max(token.i - _TOKENS_BACK, 0) - 1, -1):
        name = discourse.by_root.get(i)
        if name is not None and token.lower_ in nouns_of(name.entity):
            return _mentions(discourse, token.doc[token.left_edge.i], token, (name,))
    return ()


def nouns_of(entity: Referent) -> frozenset[str]:
    """Give the nouns that may take up a name by its own class noun: of the Lapis Corridor "corridor", "project"."""
    words = entity.name.lower().split()
    nouns = ((word, noun) for word in {words[0], words[-1]} if (noun := class_nouns().get(word)) is not None)
    return frozenset(n for word, noun in nouns if noun.type == entity.type for n in (word, *noun.under))


def officer(discourse: Discourse, token: Token) -> tuple[Mention, ...]:
    """Find who holds an office: "the Iranian president", "the minister", where the text names one holder of it."""
    noun = class_nouns().get(token.lower_)
    children = list(token.children)
    if noun is None or noun.type != "person" or token.tag_ not in {"NN", "NNP"} or _is_specified(token, children):
        return ()
    states = {m.entity.id for c in children if (m := discourse.by_root.get(c.i)) and m.entity.type == "country"}
    definite = any(c.lower_ in _DEFINITE or c.dep_ == "poss" for c in children)
    if len(states) > 1 or not definite:
        return ()
    holders = [key for key in discourse.holders.get(_office(token, children), ())
               if key in discourse.first_of and _in_state(discourse, key, states)]
    if len(holders) != 1 or (not states and discourse.first_of[holders[0]].start > token.idx):
        return ()
    holder = discourse.first_of[holders[0]]
    first = token.doc[token.left_edge.i]
    return stand_ins.mentions((first.idx, token.idx + len(token)), token.i, [holder], "title", holder.entity.name)


def _in_state(discourse: Discourse, key: str, states: set[str]) -> bool:
    """Tell whether a person may hold office in a state, as far as the text says."""
    held = discourse.cast.states[key]
    return not states or not held or bool(states & held)


def _is_specified(token: Token, children: Sequence[Token]) -> bool:
    """Tell a noun that its own phrase explains ("the senator for Lima") from one that refers back."""
    after = (c for c in children if c.i > token.i)
    return any(c.dep_ in {"relcl", "acl", "appos", "prep"} for c in after)


def _office(token: Token, children: Sequence[Token]) -> str:
    """Name an office with the noun before it, where the lexicon knows both: "foreign minister"."""
    before = [c.lower_ for c in children if c.dep_ in {"compound", "amod"} and c.i == token.i - 1]
    wide = " ".join([*before, token.lower_])
    return wide if wide in class_nouns() else token.lower_


def former(discourse: Discourse, token: Token) -> tuple[Mention, ...]:
    """Take "the former" and "the latter" for the first and last of two named together."""
    pair = _together(discourse, token, 2, {"country", "person", "organization"})
    chosen = pair[:1] if token.lower_ == "former" else pair[1:]
    first = token.nbor(-1) if token.i and token.nbor(-1).lower_ == "the" else token
    return _mentions(discourse, first, token, chosen)


def there(discourse: Discourse, token: Token) -> tuple[Mention, ...]:
    """Find the last place named in this sentence or the one before it, one with "in" or "to" before any other."""
    sentence = token.sent
    first = sentence.start - 1 if sentence.start else 0
    start = token.doc[first].sent.start
    named = [m for i in range(start, token.i) if (m := discourse.by_root.get(i)) is not None
             and m.entity.type in {"country", "place"} and token.doc[i].dep_ not in SUBJECTS]
    places = [m for m in named if is_locative(token.doc[m.root])] or named
    if not places:
        return ()
    moved = token.head.pos_ == "VERB" and token.head.lemma_ in metonymy("motion")
    preposition = "" if token.dep_ in {"pobj", "pcomp"} else "to " if moved else "in "
    words = preposition + stand_ins.shown(discourse, places[-1:])
    return stand_ins.mentions((token.idx, token.idx + len(token)), token.i, places[-1:], "pronoun", words)


def _mentions(discourse: Discourse, first: Token, last: Token, meant: Sequence[Mention]) -> tuple[Mention, ...]:
    if not meant:
        return ()
    words = stand_ins.shown(discourse, meant)
    return stand_ins.mentions((first.idx, last.idx + len(last)), last.i, meant, "description", words)


def _together(discourse: Discourse, token: Token, count: int, kinds: set[EntityType]) -> tuple[Mention, ...]:
    """Find the last sentence up to a token that names exactly so many different things of some kinds, in order."""
    sentence, end = token.sent, token.i
    for _ in range(_SENTENCES_BACK + 1):
        named = (discourse.by_root.get(i) for i in range(sentence.start, end))
        group = {m.entity.id: m for m in reversed([m for m in named if m is not None and m.entity.type in kinds])}
        if len(group) == count:
            return tuple(sorted(group.values(), key=lambda m: m.start))
        if len(group) > count or not sentence.start:
            return ()
        sentence = token.doc[sentence.start - 1].sent
        end = sentence.end
    return ()


def _count(children: Sequence[Token]) -> int:
    """Read "both", "the two", "all three" before a noun; 0 where it has no such count."""
    counts = [n for c in children if c.dep_ in {"nummod", "det", "predet"} and (n := _COUNTS.get(c.lower_))]
    definite = any(c.lower_ in {"the", "both", "these", "all"} for c in children)
    return counts[0] if counts and definite else 0
