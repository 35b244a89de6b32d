"""Who speaks on a proposition: all that one source says is one voice, however often it is printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claimtrack.contradiction.gathering import joined
from claimtrack.contradiction.propositions import Key
from claimtrack.contradiction.sides import side_of, sureness
from claimtrack.contradiction.terms import content_words, words_of
from claimtrack.reading.reprints import Print
from claimtrack.schema import Claim, Position, SideName, Source, SourceKind, Voice

SAME_CONTENT, SAME_WORDS = 5, 6
"""Content words, and words of a quotation or of an author's own, from which the same wording was copied."""

BY_PREFIX: dict[str, SourceKind] = {"country": "state", "person": "person", "org": "organization", "group": "group"}

ACTORS = frozenset({"person", "organization", "state", "media"})

NAMED = ACTORS | {"document"}

KNOWN_FIRST = ("person", "state", "organization", "group", "document", "media", "unnamed", "voice", "author")

AUTHORIAL = frozenset({"author", "voice"})


@dataclass(frozen=True)
class Said:
    """A claim, who holds it as far as the proposition goes, and on which side."""

    claim: Claim
    source: Source
    side: SideName


def speakers(claim: Claim, key: Key) -> Iterator[Said]:
    """Give who takes which side by a claim: its source, or those whose position it tells."""
    if key.sort != "position":
        yield Said(claim, claim.source, side_of(claim))
        return
    for position in claim.positions:
        if position.target_id == key.what:
            holds = side_of(claim) != "open"
            side: SideName = "open" if not holds else "for" if position.value == "favor" else "against"
            yield Said(claim, _holder(claim, position), side)


def _holder(claim: Claim, position: Position) -> Source:
    if position.holder_id == claim.source.id:
        return claim.source
    kind = BY_PREFIX.get(position.holder_id.partition(":")[0], "unnamed")
    return Source(id=position.holder_id, name=position.holder, kind=kind)


def gathered_voices(said: Sequence[Said], prints: Mapping[str, Print]) -> tuple[Voice, ...]:
    """Make one voice of all that one source says, surest first."""
    origins = sorted(_by_origin(said, prints), key=lambda group: -sureness(group[-1].claim))
    return tuple(_voice(group, prints) for group in origins)


def _by_origin(said: Sequence[Said], prints: Mapping[str, Print]) -> list[list[Said]]:
    """Put together what one source says: the same name, or the same words."""
    return _with_short_names(joined(said, lambda one: _marks(one, prints)))


def _marks(one: Said, prints: Mapping[str, Print]) -> Iterator[str]:
    """Give what tells a source from others: its id or name, in one article where it has none, and its wording."""
    source = one.source
    own = source.kind in NAMED or (source.kind == "author" and not source.is_nameless_voice)
    yield source.id if own else f"{source.id.rpartition(':')[2]} in {_original(one.claim, prints)}"
    if len(source.name.split()) > 1 and source.name.istitle():
        yield "name " + source.name.casefold()
    if source.id == one.claim.source.id:  # one sentence may tell of several holders
        yield from _wordings(one.claim)


def _wordings(claim: Claim) -> Iterator[str]:
    """Give by what a wording is known again, if it is long enough: its content words, or its very words."""
    told, content = words_of(claim.text), content_words(claim)
    if len(content) >= SAME_CONTENT:
        yield " ".join(["content", claim.frame.predicate, *sorted(content)])
    if len(told) >= SAME_WORDS and claim.attribution.type != "indirect":  # two may report alike what they heard
        yield " ".join(["words", *told])


def _with_short_names(groups: list[list[Said]]) -> list[list[Said]]:
    """Add what a short name says to the one full name that it is part of: "Kuo" is Ming-Chi Kuo."""
    bearers: dict[str, list[int]] = defaultdict(list)
    for i, group in enumerate(groups):
        for word in {word for one in group for word in _personal_name(one.source)}:
            bearers[word].append(i)
    for i, group in enumerate(groups):
        name = _personal_name(group[0].source)
        fuller = set.intersection(*(set(bearers[word]) for word in name)) - {i} if name else set()
        if len(fuller) == 1 and len(name) < max(len(_personal_name(one.source)) for one in groups[min(fuller)]):
            groups[min(fuller)], groups[i] = sorted([*groups[min(fuller)], *group], key=_age), []
    return [group for group in groups if group]


def _personal_name(source: Source) -> list[str]:
    """Give the words of a person's name, also where it is not known to be one; none of other sources."""
    return words_of(source.name) if source.kind in {"person", "unnamed"} and source.name.istitle() else []


def _age(one: Said) -> tuple[str, str, tuple[tuple[int, int], ...]]:
    return one.claim.published or "9999", one.claim.document_path, one.claim.spans


def _original(claim: Claim, prints: Mapping[str, Print]) -> str:
    return prints[claim.document].original if claim.document in prints else claim.document


def _voice(group: Sequence[Said], prints: Mapping[str, Print]) -> Voice:
    claims = [one.claim for one in group]
    dates = sorted(claim.published for claim in claims if claim.published)
    outlets = (prints[c.document].outlet if c.document in prints else c.document_path for c in claims)
    best = min(group, key=lambda one: (KNOWN_FIRST.index(one.source.kind), -len(one.source.name)))
    return Voice(
        source=best.source, claims=tuple(dict.fromkeys(c.id for c in claims)), reprints=_repeated(claims, prints),
        outlets=tuple(dict.fromkeys(outlets)), likelihood=claims[-1].likelihood,
        first=dates[0] if dates else None, last=dates[-1] if dates else None,
    )


def _repeated(claims: Sequence[Claim], prints: Mapping[str, Print]) -> tuple[str, ...]:
    """Give the ids of claims in a reprint of an earlier one's text, or in its wording elsewhere."""
    home: dict[str, str] = {}
    found = []
    for claim in claims:
        homes = {home.setdefault(mark, claim.document) for mark in (_original(claim, prints), *_wordings(claim))}
        if homes != {claim.document}:
            found.append(claim.id)
    return tuple(found)


def independent(voices: Sequence[Voice], by_id: Mapping[str, Claim], prints: Mapping[str, Print]) -> int:
    """Count voices that may have come to it each on its own.

    An author whose article quotes another of them for it counts with that one, and sources without a name count as
    one together, as reports and statements do: they may be the same.
    """
    def articles(voice: Voice) -> set[str]:
        return {_original(by_id[id], prints) for id in voice.claims}

    quoted = {a for voice in voices if voice.source.kind not in AUTHORIAL for a in articles(voice)}
    authors = sum(v.source.kind in AUTHORIAL and not articles(v) <= quoted for v in voices)
    named = sum(v.source.kind in ACTORS for v in voices)
    return named + authors + any(v.source.kind not in AUTHORIAL | ACTORS for v in voices)
