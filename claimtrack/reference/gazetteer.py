"""Know the names of states: find them in a text with their capitals, demonyms, seats of government and aliases.

The names come from two lexicons: countries.toml (written from CLDR, GeoNames and countryinfo) and aliases.toml. A name
that several things bear (Georgia, Congo) is settled by what else the text names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from claimtrack import lexicon
from claimtrack.schema import EntityType, LinkVia, Record

# Same length as what they replace, so that offsets hold.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "‑": "-", "–": "-", "‐": "-", "\n": " ", "\t": " ", "\xa0": " "})
_WORD = re.compile(r"\w+")
_PREFIX: dict[EntityType, str] = {"organization": "org"}


class Alias(Record):
    """Another name of one thing, added by the user: `alias` is read as `name`."""

    alias: str
    name: str


class CountryEntry(lexicon.Entry):
    """A state: its usual name (`phrase`), other names, capitals, demonyms, neighbours' codes, namesakes among parts.

    `article` tells the Netherlands from Norway.
    """

    code: str
    names: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    article: bool = False


class AliasEntry(lexicon.Entry):
    """A second name (`phrase`) of `name`, with the work that attests it."""

    name: str
    source: str
    type: EntityType = "country"
    via: LinkVia = "alias"


@dataclass(frozen=True, slots=True)
class Referent:
    """What words denote: a stable id, a readable name, a type."""

    id: str
    name: str
    type: EntityType


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a name may denote, and how the name leads to it."""

    referent: Referent
    via: LinkVia


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in a text, at characters `[start, end)`."""

    start: int
    end: int
    sense: Sense


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    senses: tuple[Sense, ...]


_Phrases = dict[str, tuple[Sense, ...]]
_Index = dict[str, tuple[tuple[str, tuple[Sense, ...]], ...]]


def referent(name: str, kind: EntityType) -> Referent:
    """Make the referent of a name; its id is the type and a slug: "Baltic Sea" is `place:baltic-sea`."""
    return Referent(f"{_PREFIX.get(kind, kind)}:{slug(name)}", name, kind)


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """Reduce a name to lower-case words joined by hyphens, accents kept: "Côte d’Ivoire" is `côte-d-ivoire`.

    A name without a letter or digit gives "unnamed".
    """
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name).casefold().replace("'s ", "s "))
    return "-".join(words) or "unnamed"


def plain(text: str) -> str:
    """Flatten apostrophes, dashes and white space without moving a character."""
    return text.translate(_PLAIN)


def find(text: str, aliases: Sequence[Alias] = ()) -> list[Name]:
    """Find the names of states and of aliased things, longest first, none overlapping, in order.

    A user's alias comes before a shipped one. A name whose bearer the text does not settle is left out.
    """
    index, flat = _index(tuple(aliases)), plain(text)
    found: list[_Found] = []
    end = 0
    for word in _WORD.finditer(flat):
        candidates = index.get(word.group())
        if candidates and word.start() >= end and (hit := _longest(flat, word.start(), candidates)):
            if hit.start > word.start():  # "the West" gives way to "West Bank"
                inner = _longest(flat, hit.start, index.get(_first(flat, hit.start), ()))
                hit = inner if inner is not None and inner.end > hit.end else hit
            found.append(hit)
            end = hit.end
    return _settle(found, _federal().search(flat) is not None)


def known(name: str) -> Referent | None:
    """Give what a name of the lexicons denotes, None where it is unknown or has several bearers."""
    senses = _phrases().get(plain(name), ())
    return senses[0].referent if len(senses) == 1 else None


def countries() -> tuple[CountryEntry, ...]:
    """Give all states of the lexicon."""
    return lexicon.read("countries", CountryEntry)


@cache
def articled() -> frozenset[str]:
    """Give the ids of the states whose name takes "the"."""
    return frozenset(referent(c.phrase, "country").id for c in countries() if c.article)


def _first(text: str, start: int) -> str:
    word = _WORD.match(text, start)
    return word.group() if word else ""


def _longest(text: str, start: int, candidates: tuple[tuple[str, tuple[Sense, ...]], ...]) -> _Found | None:
    for phrase, senses in candidates:
        end = start + len(phrase)
        if text[start:end].casefold() == phrase and not text[end : end + 1].isalnum():
            skip = 4 if phrase.startswith("the ") and senses[0].referent.name.startswith("the ") else 0
            return _Found(start + skip, end, senses)
    return None


@lru_cache(maxsize=8)
def _index(aliases: tuple[Alias, ...]) -> _Index:
    """Index phrases by their first word as it may be written: as is, capitalised, in capitals."""
    phrases = {**_phrases(), **_user_phrases(aliases)}
    index: dict[str, list[tuple[str, tuple[Sense, ...]]]] = {}
    for phrase, senses in phrases.items():
        first = _WORD.search(phrase)
        if first is None:
            continue
        shown = phrase[first.start() :].casefold()
        for form in _spellings(first.group(), phrase):
            index.setdefault(form, []).append((shown, senses))
    return {key: tuple(sorted(rows, key=lambda row: -len(row[0]))) for key, rows in index.items()}


def _spellings(first: str, phrase: str) -> set[str]:
    """Give the ways to write a phrase's first word; short names only as they are, so that MALI is found, not us."""
    forms = {first}
    if first[0].islower():
        forms.add(first.capitalize())
    if len(phrase) > 3:
        forms.add(first.upper())
    return forms


def _user_phrases(aliases: Sequence[Alias]) -> _Phrases:
    phrases: _Phrases = {}
    for alias in aliases:
        target = known(alias.name) or referent(alias.name, "other")
        phrases[plain(alias.alias)] = (Sense(target, "alias"),)
        phrases.setdefault(plain(alias.name), (Sense(target, "name"),))
    return phrases


@cache
def _phrases() -> _Phrases:
    """Gather all phrases of the lexicons with all that they may denote, states before their parts."""
    phrases: dict[str, dict[str, Sense]] = {}

    def add(names: Iterable[str], target: Referent, via: LinkVia) -> None:
        for name in names:
            phrases.setdefault(plain(name), {}).setdefault(target.id, Sense(target, via))

    for country in countries():
        target = referent(country.phrase, "country")
        add([country.phrase, *country.names], target, "name")
        add(country.capitals, target, "capital")
        add((form for demonym in country.demonyms for form in _numbers(demonym)), target, "demonym")
    for alias in lexicon.read("aliases", AliasEntry):
        add([alias.phrase], referent(alias.name, alias.type), "name" if alias.phrase == alias.name else alias.via)
    for country in countries():
        for part in country.parts:
            add([part], referent(part, "place"), "name")
    return {phrase: tuple(senses.values()) for phrase, senses in phrases.items()}


def _numbers(demonym: str) -> tuple[str, ...]:
    """Give a demonym and its plural; those on -ese, -ish, -ch, -s serve for both."""
    if demonym.endswith(("ese", "sh", "ch", "s", "x", "men", "é")):
        return (demonym,)
    return (demonym, demonym[:-3] + "men") if demonym.endswith("man") and len(demonym) > 7 else (demonym, demonym + "s")


def _settle(found: Sequence[_Found], federal: bool) -> list[Name]:
    """Choose one bearer for each name by what else is named; `federal`: the text speaks of a union and its states."""
    certain = Counter(f.senses[0].referent.id for f in found if len(f.senses) == 1)
    return [Name(f.start, f.end, sense) for f in found if (sense := _choose(f.senses, certain, federal))]


@cache
def _federal() -> re.Pattern[str]:
    """Match the words that show that a text speaks of the states of a union."""
    words = sorted(lexicon.words("name_words", "federal"))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})(?!\w)")


def _choose(senses: tuple[Sense, ...], certain: Counter[str], federal: bool) -> Sense | None:
    if len(senses) == 1:
        return senses[0]
    state, *others = senses
    if all(o.referent.type == "place" for o in others):
        return others[0] if _is_part(state, certain, federal) else state
    borne = [s for s in senses if certain[s.referent.id]]
    return borne[0] if len(borne) == 1 else None


def _is_part(state: Sense, certain: Counter[str], federal: bool) -> bool:
    """Tell Georgia beside Alabama from Georgia beside Armenia: a namesake is the part where only parts are near."""
    if certain[state.referent.id] or any(certain[n] for n in _neighbours().get(state.referent.id, ())):
        return False
    return federal or any(certain[part] for part in _parts())


@cache
def _neighbours() -> dict[str, tuple[str, ...]]:
    ids = {c.code: referent(c.phrase, "country").id for c in countries()}
    return {ids[c.code]: tuple(ids[n] for n in c.neighbours if n in ids) for c in countries()}


@cache
def _parts() -> frozenset[str]:
    return frozenset(referent(part, "place").id for c in countries() for part in c.parts)
