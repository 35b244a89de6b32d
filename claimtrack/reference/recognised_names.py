"""Take names from the entity recogniser, trimmed of what it puts around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.reference import gazetteer
from claimtrack.reference.indexed_text import IndexedText, Thing
from claimtrack.reference.nouns import class_nouns
from claimtrack.reference.titles import after_titles
from claimtrack.schema import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Span

_TYPES: dict[str, EntityType] = {
    "PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organization", "NORP": "group",
    "EVENT": "event", "WORK_OF_ART": "work", "LAW": "work", "PRODUCT": "other",
}
_MAX_WORK_WORDS = 7


def recognised(text: IndexedText) -> list[Thing]:
    """Take the recogniser's entities, trimmed of what it puts around them, each with the type most often given."""
    trimmed = (_trimmed(text, ent) for ent in text.doc.ents if ent.label_ in _TYPES)
    things = [_unowned(text, t) for t in trimmed if t is not None]
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for t in things:
        votes[text.key(t)][t.type] += 1
    for n in text.names:
        first = votes[gazetteer.slug(text.words[text.token(n.start)])]
        if n.sense.referent.type == "place" and "group" not in first:  # the Kiel of "Kiel Canal" is a place too
            first["place"] += 2
    return [replace(t, type=votes[text.key(t)].most_common(1)[0][0]) for t in things]


def _trimmed(text: IndexedText, ent: Span) -> Thing | None:
    start, end, kind = ent.start, ent.end, _TYPES[ent.label_]
    for i in range(start, end):
        if "\n" in text.words[i]:
            start, end = (i + 1, end) if i < start + (end - start) / 2 else (start, i)
            break
    start = max((i + 1 for i in range(start, end) if _is_free_dash(text, i)), default=start)  # "LIMA — Ana Diaz"
    while start < end and (text.words[start].lower() in {"the", "a", "an"} or not text.words[start][0].isalnum()):
        start += 1
    while start < end and (text.words[end - 1] in {"'s", "’s", "'", "’"} or not _wordlike(text.words[end - 1])):
        end -= 1
    if kind in {"person", "organization"}:
        start = _after_comma(text, start, end)
    if kind == "person":
        start = after_titles(text, _with_forename(text, start), end)
    elif start + 2 < end and text.words[start + 1] == "the" and text.doc[start].pos_ == "VERB":
        start += 2
    if start >= end or not any(w[0].isupper() for w in text.words[start:end]) or _junk(text, start, end, kind):
        return None
    return Thing(start, end, kind)


def _is_free_dash(text: IndexedText, i: int) -> bool:
    dash = text.words[i].rstrip() in {"—", "–", "-", "--"}
    return dash and i > 0 and bool(text.doc[i - 1].whitespace_ and text.doc[i].whitespace_)


def _after_comma(text: IndexedText, start: int, end: int) -> int:
    """Begin behind the comma of two names run together ("to Banda, Oxfam"); "Oxfam, Inc" is one."""
    commas = [i for i in range(start, end) if text.words[i] == ","]
    listed = any(w.lower() in {"and", "&"} for w in text.words[start:end])
    one = listed or len(commas) != 1 or text.words[end - 1].strip(".").lower() in lexicon.words("name_words", "suffix")
    return start if one else commas[0] + 1


def _unowned(text: IndexedText, thing: Thing) -> Thing:
    """Cut a leading possessor, and before a person also a demonym: "Iran's Guards" is Guards, Iran's."""
    owner = text.name_at.get(thing.start)
    if owner is None or text.range_of(owner)[0] < thing.start or (end := text.range_of(owner)[1]) + 1 >= thing.end:
        return thing
    if text.words[end] in {"'s", "’s", "'", "’"}:
        return replace(thing, start=end + 1)
    if thing.type == "person" and owner.sense.via == "demonym":
        return replace(thing, start=after_titles(text, end, thing.end))
    return thing


def _junk(text: IndexedText, start: int, end: int, kind: EntityType) -> bool:
    """Tell from names what is none: addresses, offices ("Transport" Minister), long quotations, lone letters."""
    words = text.words[start:end]
    last = class_nouns().get(words[-1].lower())
    if last is not None and (last.type == "person" or len(words) == 1):
        return True
    following = class_nouns().get(text.words[end].lower()) if end < len(text.words) else None
    if len(words) == 1 and words[0].istitle() and following is not None and following.title and (
        text.words[end].istitle() and kind == "organization"
    ):
        return True
    if kind in {"event", "work", "other"} and text.is_headline(text.doc[start]):
        return True
    if any("@" in w or "/" in w or "www." in w for w in words) or len("".join(words)) < 2:
        return True
    return (kind in {"work", "event", "other"} and len(words) > _MAX_WORK_WORDS) or (
        kind == "person" and (len([w for w in words if _wordlike(w)]) > 4 or any(c.isdigit() for w in words for c in w))
    )


def _with_forename(text: IndexedText, start: int) -> int:
    """Step back over a first name that the recogniser left out."""
    while start > 0:
        before = text.doc[start - 1]
        named = before.ent_type_ or before.lower_ in class_nouns() or before.i in text.name_at
        if named or before.pos_ != "PROPN" or before.dep_ != "compound" or not before.is_title:
            break
        start -= 1
    return start


def _wordlike(word: str) -> bool:
    return any(c.isalnum() for c in word)
