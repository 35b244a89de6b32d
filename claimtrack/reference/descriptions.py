"""Resolve descriptions: "the corridor", "the two countries", "the Iranian president", "the former"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.reference import stand_ins
from claimtrack.reference.antecedents import Anaphor, Antecedent
from claimtrack.reference.discourse import Discourse
from claimtrack.reference.mentions import Cast, Mention
from claimtrack.reference.nouns import class_nouns
from claimtrack.reference.salience import best
from claimtrack.schema import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH: dict[EntityType, int] = {"place": 12, "work": 12, "organization": 5, "event": 2}
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4}
_DEFINITE = frozenset({"the", "this", "that"})


class Descriptions:
    """The names so far that a description may take up, by its noun, and who holds which office."""

    def __init__(self, discourse: Discourse) -> None:
        """Begin a text, of which no name has been read."""
        self._discourse = discourse
        self._holders = _holders(discourse.cast)
        self._described: dict[str, tuple[Mention, int]] = {}  # noun -> last name that it may take up, its sentence

    def note(self, mention: Mention, sentence: int) -> None:
        """Remember a name by the nouns that may take it up: its own class noun and the wider ones."""
        if mention.entity.type not in _REACH:
            return
        words = mention.entity.name.lower().split()
        for word in {words[0], words[-1]}:
            noun = class_nouns().get(word)
            if noun is not None and noun.type == mention.entity.type:
                for taken_up in (word, *noun.under):
                    self._described[taken_up] = (mention, sentence)

    def resolve(self, anaphor: Anaphor) -> tuple[Mention, ...]:
        """Resolve "the corridor", "the country", "both sides", "the Iranian president"."""
        token = anaphor.token
        children = list(token.children)
        if (count := _count(children)) and token.lemma_ in lexicon.words("coreference_words", "state_noun"):
            return _several(anaphor, count, {"country"})
        noun = class_nouns().get(token.lower_)
        if count and token.tag_ == "NNS" and (one := class_nouns().get(token.lemma_)) and one.title:
            return _several(anaphor, count, {"person"})
        if token.tag_ in {"NNS", "NNPS"} or _is_specified(token, children):
            return ()
        if noun is not None and noun.type == "person":
            return self._officer(token, children)
        if not _is_definite(children):
            return ()
        modifiers = [c for c in children if c.dep_ in {"amod", "compound", "nmod", "nummod", "poss"}]
        if token.lower_ in lexicon.words("coreference_words", "country_noun"):
            return _country(anaphor, modifiers)
        return self._thing(anaphor, modifiers)

    def _thing(self, anaphor: Anaphor, modifiers: Sequence[Token]) -> tuple[Mention, ...]:
        noun = anaphor.token.lower_
        taken_up = self._described.get(noun)
        if taken_up is None:
            return ()
        if any(m.lower_ not in lexicon.words("coreference_words", "plain_modifier") for m in modifiers):
            del self._described[noun]  # from here on "the region" may be the Alpine region
            return ()
        mention, where = taken_up
        if anaphor.sentence - where > _REACH[mention.entity.type]:
            return ()
        return stand_ins.description(self._discourse, anaphor.token, [mention])

    def _officer(self, token: Token, children: Sequence[Token]) -> tuple[Mention, ...]:
        """Find who holds an office: "the Iranian president", "the minister"."""
        by_root, first_of = self._discourse.by_root, self._discourse.first_of
        states = {m.entity.id for c in children if (m := by_root.get(c.i)) and m.entity.type == "country"}
        if len(states) > 1 or not (_is_definite(children) or any(c.dep_ == "poss" for c in children)):
            return ()
        office = _office(token, children)
        holders = [key for key in self._holders.get(office, ()) if self._in_state(key, states)]
        if len(holders) != 1 or (not states and first_of[holders[0]].start > token.idx):
            return ()
        holder = first_of[holders[0]]
        first = token.doc[token.left_edge.i]
        return stand_ins.mentions(first, token, [holder], "title", None if states else holder.entity.name)

    def _in_state(self, key: str, states: set[str]) -> bool:
        """Tell whether a person may hold office in a state, as far as the text says."""
        held = self._discourse.cast.states[key]
        return key in self._discourse.first_of and (not states or not held or bool(states & held))


def apposed(discourse: Discourse, token: Token) -> tuple[Mention, ...]:
    """Take "Kenya's president, William Ruto" for one person, who already has a mention."""
    named = [m for c in token.children if c.dep_ == "appos" and (m := discourse.by_root.get(c.i)) is not None]
    return tuple(named[:1]) if named and named[0].entity.type == "person" else ()


def former(anaphor: Anaphor) -> tuple[Mention, ...]:
    """Take "the former" and "the latter" for the first and last of two named together."""
    token = anaphor.token
    pair = _together(anaphor, 2, {"country", "person", "organization"})
    if not pair:
        return ()
    chosen = pair[:1] if token.lower_ == "former" else pair[1:]
    first = token.nbor(-1) if token.i and token.nbor(-1).lower_ == "the" else token
    return stand_ins.mentions(first, token, chosen, "description", stand_ins.shown(anaphor.discourse, chosen))


def _country(anaphor: Anaphor, modifiers: Sequence[Token]) -> tuple[Mention, ...]:
    elsewhere = lexicon.words("coreference_words", "other_country")
    if any(m.lower_ in elsewhere or m.dep_ == "poss" for m in modifiers):
        return ()

    def cost(a: Antecedent) -> float | None:
        return 0.0 if len(a.mentions) == 1 and a.mentions[0].entity.type == "country" else None

    return stand_ins.description(anaphor.discourse, anaphor.token, best(anaphor, 2, cost))


def _several(anaphor: Anaphor, count: int, kinds: set[EntityType]) -> tuple[Mention, ...]:
    return stand_ins.description(anaphor.discourse, anaphor.token, _together(anaphor, count, kinds))


def _together(anaphor: Anaphor, count: int, kinds: set[EntityType]) -> tuple[Mention, ...]:
    """Find the last sentence so far that names exactly so many different states (or persons), in their order."""
    groups: dict[int, dict[str, Mention]] = {}
    for a in reversed(anaphor.before):
        if anaphor.sentence - a.sentence > 3:
            break
        for m in a.mentions:
            if m.entity.type in kinds:
                groups.setdefault(a.sentence, {})[m.entity.id] = m
    for group in groups.values():
        if len(group) == count:
            return tuple(sorted(group.values(), key=lambda m: m.start))
        if len(group) > count:
            return ()
    return ()


def _holders(cast: Cast) -> dict[str, list[str]]:
    """Index persons by the nouns that may take them up: a foreign minister is a minister, a diplomat, an official."""
    index: dict[str, dict[str, None]] = defaultdict(dict)
    for key, titles in cast.titles.items():
        for title in titles:
            noun = class_nouns().get(title)
            for word in (title, title.split()[-1], *(noun.under if noun is not None else ())):
                index[word][key] = None
    return {word: list(keys) for word, keys in index.items()}


def _count(children: Sequence[Token]) -> int:
    """Read "both", "the two", "all three" before a noun; 0 where it has no such count."""
    counts = [n for c in children if c.dep_ in {"nummod", "det", "predet"} and (n := _COUNTS.get(c.lower_))]
    definite = any(c.lower_ in {"the", "both", "these", "all"} for c in children)
    return counts[0] if counts and definite else 0


def _is_definite(children: Sequence[Token]) -> bool:
    return any(c.lower_ in _DEFINITE for c in children if c.dep_ == "det")


def _is_specified(token: Token, children: Sequence[Token]) -> bool:
    """Tell a noun that its own phrase explains ("the corridor between them") from one that refers back."""
    after = (c for c in children if c.i > token.i)
    return any(
        c.dep_ in {"relcl", "acl", "appos"} or (c.dep_ == "prep" and c.lower_ in {"of", "between"}) for c in after
    )


def _office(token: Token, children: Sequence[Token]) -> str:
    """Name an office with the noun before it, where the lexicon knows both: "foreign minister"."""
    before = [c.lower_ for c in children if c.dep_ in {"compound", "amod"} and c.i == token.i - 1]
    wide = " ".join([*before, token.lower_])
    return wide if wide in class_nouns() else token.lower_
