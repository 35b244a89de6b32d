"""Gather the persons of a text by their full names, and give their surnames to them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claimtrack import lexicon
from claimtrack.reference.gazetteer import Name, referent
from claimtrack.reference.indexed_text import IndexedText, Thing
from claimtrack.reference.mentions import Cast, Mention
from claimtrack.reference.titles import titles_before
from claimtrack.reference.verbs import Edit
from claimtrack.schema import LinkVia

_MARKS = frozenset("\"“”„‘’'()")


@dataclass
class _Person:
    """What the text tells of one person."""

    titles: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)


Persons = dict[tuple[str, ...], _Person]
"""The persons of a text, by the words of their names."""


def learn(text: IndexedText, people: Iterable[Thing]) -> Persons:
    """Gather the persons whom a text names, with the titles and states before and after their names."""
    persons: Persons = {}
    for thing in people:
        person = persons.setdefault(_name_words(text, thing), _Person())
        titles, before = titles_before(text, thing.start)
        person.titles |= titles
        person.states |= _state_at(text, before, thing.end) if titles else set()
    return persons


def _name_words(text: IndexedText, thing: Thing) -> tuple[str, ...]:
    """Give the words of a name without a nickname in marks: Maria Torres of "Maria “Mimi” Torres"."""
    words = text.words[thing.start : thing.end]
    marks = [i for i, word in enumerate(words) if word in _MARKS]
    return tuple(words[: marks[0]] + words[marks[-1] + 1 :] if len(marks) == 2 else words)


def with_surnames(
    text: IndexedText, persons: Persons, people: Sequence[Thing], names: Sequence[Name]
) -> tuple[list[Thing], list[Name]]:
    """Find the surnames of persons, also where the recogniser or the gazetteer took them amiss.

    Gives the names of persons with these, and what is left of the names of states.
    """
    surnames = {p[-1] for p in persons if len(p) > 1}
    spelt = Counter(text.text[n.start : n.end] for n in names)
    within = {i for t in people for i in range(t.start, t.end)}
    hidden = Counter(n.sense.referent.id for n in text.names if text.token(n.start) in within)
    kept: list[Name] = []
    more: list[Thing] = []
    for n in names:
        word = text.text[n.start : n.end]
        if word in surnames and spelt[word] == text.seen[n.sense.referent.id] - hidden[n.sense.referent.id]:
            more.append(Thing(*text.range_of(n), "person"))
        else:
            kept.append(n)
    taken = {i for t in people for i in range(t.start, t.end)} | {
        i for n in names for i in range(*text.range_of(n))
    }
    more += [
        Thing(i, i + 1, "person") for i, w in enumerate(text.words)
        if w in surnames and i not in taken and text.doc[i].ent_type_ in {"", "PERSON", "ORG", "GPE"}
        and text.doc[i].ent_iob_ != "I" and (i + 1 == len(text.words) or text.doc[i + 1].ent_iob_ != "I")
    ]
    return [*people, *more], kept


def _state_at(text: IndexedText, before: int, after: int) -> set[str]:
    """Give the state named right before a title or right after the name: "Iran's president", "X of Kenya"."""
    spots = [*range(max(before - 3, 0), before + 1)]
    if after < len(text.words) and text.words[after] == "of":
        spots += [after + 1]
    named = (text.name_at.get(i) for i in spots)
    return {n.sense.referent.id for n in named if n is not None and n.sense.referent.type == "country"}


def mentions_of(text: IndexedText, persons: Persons, people: Iterable[Thing]) -> list[Mention]:
    """Make mentions of the names of persons; a surname denotes whom it belongs to, where that is one."""
    full = _by_ends(p for p in persons if len(p) > 1)
    mentions = []
    for thing in people:
        words = _name_words(text, thing)
        bearer = _bearer(text, persons, thing, full)
        via: LinkVia = "name" if len(words) > 1 else "surname" if bearer != words else "name"
        start, end = text.chars(thing.start, thing.end)
        target = referent(_joined(bearer), "person")
        words_shown = target.name if via == "surname" and len(bearer) > 1 else None
        mentions.append(Mention(start, end, target, via, text.root(thing.start, thing.end), words_shown,
                                _without_honorific(text, thing) if words_shown else ()))
    return mentions


def _without_honorific(text: IndexedText, thing: Thing) -> tuple[Edit, ...]:
    """Drop the "Mr." that a surname needs and a full name does not."""
    before = text.words[thing.start - 1] if thing.start else ""
    if before.lower().rstrip(".") not in lexicon.words("name_words", "honorific"):
        return ()
    start, _ = text.chars(thing.start - 1, thing.start)
    return ((start, text.chars(thing.start, thing.end)[0], ""),)


def _bearer(
    text: IndexedText, persons: Persons, thing: Thing, full: dict[str, list[tuple[str, ...]]]
) -> tuple[str, ...]:
    """Find the full name that a short one belongs to; a surname of two persons stays by itself."""
    words = _name_words(text, thing)
    if len(words) > 1:
        same = [p for p in full.get(words[-1], []) if p[0] == words[0]]
        return min(same, key=len) if same else words
    bearers = [p for p in full.get(words[0], []) if p[-1] == words[0]] or full.get(words[0], [])
    bearers = list({(p[0], p[-1]): p for p in sorted(bearers, key=len, reverse=True)}.values())
    if len(bearers) > 1:
        titles, _ = titles_before(text, thing.start)
        bearers = [p for p in bearers if titles & persons[p].titles]
    return bearers[0] if len(bearers) == 1 else words


def cast_of(persons: Persons) -> Cast:
    """Give the titles and states of persons by whom their names denote; what two may bear is nobody's."""
    full = _by_ends(p for p in persons if len(p) > 1)
    titles: dict[str, set[str]] = defaultdict(set)
    states: dict[str, set[str]] = defaultdict(set)
    for words, person in persons.items():
        bearers = [p for p in full.get(words[-1], []) if p[-1] == words[-1]] if len(words) == 1 else [words]
        if len(bearers) <= 1:
            key = referent(_joined(bearers[0] if bearers else words), "person").id
            titles[key] |= person.titles
            states[key] |= person.states
    return Cast({k: frozenset(v) for k, v in titles.items()}, {k: frozenset(v) for k, v in states.items()})


def _by_ends(names: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """Index full names by their last and by their first word (some peoples put the family name first)."""
    index: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in names:
        index[words[-1]].append(words)
        index[words[0]].append(words)
    return index


def _joined(words: Sequence[str]) -> str:
    return re.sub(r"\s*([-’'])\s*", r"\1", " ".join(words))
