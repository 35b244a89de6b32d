"""Find the names in a parsed text and say what they denote: states, places, organisations, persons, works, events.

Three finders are joined: the gazetteer (states, capitals, demonyms, aliases), a rule for names that end in a class
noun ("Lapis Corridor", "Treaty of Lisbon"), and spaCy's entity recogniser for the rest. The gazetteer wins over the
recogniser; a longer name wins over a shorter one inside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claimtrack.reference import persons
from claimtrack.reference.acronyms import acronyms, spelt_out
from claimtrack.reference.class_names import ruled_names
from claimtrack.reference.gazetteer import Alias, Referent, referent
from claimtrack.reference.indexed_text import IndexedText, Thing
from claimtrack.reference.mentions import Cast, Mention
from claimtrack.reference.overlaps import longest, reconciled
from claimtrack.reference.recognised_names import recognised
from claimtrack.reference.state_mentions import is_forename, state_mention
from claimtrack.schema import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["name"]


def name(doc: Doc, aliases: Sequence[Alias] = ()) -> tuple[list[Mention], Cast]:
    """Find all names of a parsed text, in order; a name inside a longer one follows it.

    Args:
        doc: tagged, parsed, with entities.
        aliases: the user's own names for things.
    """
    text = IndexedText(doc, aliases)
    bearers = [Thing(start, end, "person", ruled=True) for start, end in text.namesakes]
    found = (thing for thing in recognised(text) if thing.start not in text.nothing)
    things = longest([*bearers, *ruled_names(text), *found])
    surnames = {text.words[t.end - 1] for t in things if t.type == "person" and t.end - t.start > 1}
    things = [replace(t, type="person") if _bears(text, t, surnames) else t for t in things]
    names, things = reconciled(text, things)
    people = [t for t in things if t.type == "person"]
    known = persons.learn(text, people)
    people, names = persons.with_surnames(text, known, people, names)
    mentions = [state_mention(text, n) for n in names if not is_forename(text, n)]
    mentions += persons.mentions_of(text, known, people)
    mentions += _of_things(text, [t for t in things if t.type != "person"])
    mentions += acronyms(text, mentions)
    mentions = spelt_out(text, mentions)
    mentions.sort(key=lambda m: (m.start, -m.end))
    return mentions, persons.cast_of(known)


def _bears(text: IndexedText, thing: Thing, surnames: set[str]) -> bool:
    """Tell whether one word that the recogniser took for something else is the surname of a person in the text."""
    return thing.end - thing.start == 1 and not thing.ruled and text.words[thing.start] in surnames


def _of_things(text: IndexedText, things: Sequence[Thing]) -> list[Mention]:
    """Give each thing the type most of its mentions have; a class noun decides at once."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for thing in things:
        votes[text.key(thing)][thing.type] += 100 if thing.ruled else 1
    shown: dict[str, Referent] = {}
    mentions = []
    for thing in things:
        key = text.key(thing)
        if key not in shown:
            shown[key] = referent(text.shown(thing), votes[key].most_common(1)[0][0])
        start, end = text.chars(thing.start, thing.end)
        root = text.root(thing.start, thing.end)
        mentions.append(Mention(start, end, shown[key], "name", root))
    return mentions
