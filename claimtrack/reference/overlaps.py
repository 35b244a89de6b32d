"""Settle which names stand where the gazetteer and the finders claim the same words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from claimtrack.reference.class_names import links_inside
from claimtrack.reference.gazetteer import Name
from claimtrack.reference.indexed_text import IndexedText, Thing
from claimtrack.reference.nouns import class_nouns
from claimtrack.reference.titles import titles_before


def longest(things: Iterable[Thing]) -> list[Thing]:
    """Keep the longest of things that overlap; a rule before the recogniser; in order."""
    chosen: list[Thing] = []
    taken: set[int] = set()
    for thing in sorted(things, key=lambda t: (t.start - t.end, not t.ruled, t.start)):
        if not any(i in taken for i in range(thing.start, thing.end)):
            chosen.append(thing)
            taken.update(range(thing.start, thing.end))
    return sorted(chosen, key=lambda t: t.start)


def reconciled(text: IndexedText, things: Sequence[Thing]) -> tuple[list[Name], list[Thing]]:
    """Settle which names and things stand where both claim the same words."""
    kept_names, kept_things = dict(enumerate(text.names)), []
    starts = [n.start for n in text.names]
    for thing in things:
        first, last = text.chars(thing.start, thing.end)
        near = range(max(bisect_right(starts, first) - 1, 0), bisect_left(starts, last))
        inside = [i for i in near if text.names[i].end > first]
        final, hidden = _against(text, thing, [text.names[i] for i in inside])
        if final is not None:
            kept_things.append(final)
            for i, hide in zip(inside, hidden, strict=True):
                if hide:
                    kept_names.pop(i, None)
    return list(kept_names.values()), kept_things


def _against(text: IndexedText, thing: Thing, names: Sequence[Name]) -> tuple[Thing | None, list[bool]]:
    """Judge one thing against the names it overlaps: what is left of it, and which names it hides."""
    if not names:
        return thing, []
    first, last = text.chars(thing.start, thing.end)
    if thing.type == "group" or (thing.type == "person" and _miscalled(text, thing, names)):
        return None, []
    for n in names:
        if (n.start <= first and last <= n.end) or n.start < first < n.end or n.start < last < n.end:
            return None, []
    rest = "".join(w.lower() for i, w in enumerate(text.words[thing.start : thing.end], thing.start)
                   if not any(n.start <= text.starts[i] < n.end for n in names) and w.lower() not in links_inside())
    if not any(c.isalnum() for c in rest):
        return None, []
    return thing, [_hidden(text, thing, n) for n in names]


def _miscalled(text: IndexedText, thing: Thing, names: Sequence[Name]) -> bool:
    """Tell a state that the recogniser took for a person: one of two, or one named elsewhere too."""
    states = [n for n in names if n.sense.referent.type == "country" and n.sense.via != "demonym"]
    titled = titles_before(text, thing.start)[0]
    return len(states) > 1 or (bool(states) and text.seen[states[0].sense.referent.id] > 1 and not titled)


def _hidden(text: IndexedText, thing: Thing, name: Name) -> bool:
    """Tell whether a name inside a thing is only part of its name: Japan in "Sea of Japan", Chad in "Chad Smith".

    What belongs to a state keeps its link (the Omani army), and so do the parties of a war.
    """
    first, last = text.chars(thing.start, thing.end)
    if name.end <= first or name.start >= last or thing.type == "event":
        return False
    if thing.type == "organization":
        nouns = (class_nouns().get(w.lower()) for w in text.words[thing.start : thing.end])
        return not any(noun is not None and noun.speaks for noun in nouns)
    return True
