"""What claims are about, whether they affirm it or not: all voices on one proposition, and who says the same.

The key of a proposition is who does what to whom, where and when, without polarity, likelihood and numbers, so that
opposites meet. It is made of one claim alone, so that ids hold in every store. A claim that says too little to be
recognised elsewhere ("he accepted it") keeps a proposition of its own: a wrong gathering is worse than a missing one.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from claimtrack.reading.reprints import Print
from claimtrack.schema import Claim, Contrast, Corroboration, Position, Side, SideName, Source, SourceKind, Voice

__all__ = [
    "EMPTY_PREDICATES", "LIKELY", "LIMITERS", "MONTHS", "UNLIKELY", "WEEKDAYS", "Key", "bare", "content_words",
    "contrast", "corroborations", "is_specific", "joined", "keys", "names", "ordered", "side_of", "tells_time", "the",
    "words_of",
]  # fmt: skip

T = TypeVar("T")

UNLIKELY, LIKELY = 0.35, 0.5
"""Points up to the first speak against an event, from the second for it; a mere "may" (0.4) speaks neither way."""

EMPTY_PREDICATES = frozenset({"be", "have", "do", "make", "get", "go", "say"})
"""Predicates that say nothing by themselves: with them the whole object must be shared."""

LIMITERS = frozenset({"alone", "only", "just", "merely", "fully", "yet", "necessarily", "entirely", "completely",
                      "when", "while", "until"})
"""Words that narrow a claim or take its negation on themselves: "did not attack Peru alone", "stops when it rains"."""

MONTHS = frozenset({"january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                    "november", "december"})
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
TIMES = MONTHS | WEEKDAYS | {
    "spring", "summer", "autumn", "winter", "today", "yesterday", "tomorrow", "tonight", "morning", "afternoon",
    "evening", "night", "hour", "day", "week", "weekend", "month", "quarter", "year", "decade", "century", "time",
}
"""Words that say when: two deeds on a Monday are not one."""

TELLING = 4
"""Content words from which a clause is recognised elsewhere by its words alone."""

SAME_CONTENT, SAME_WORDS = 5, 6
"""Content words, and words of a quotation or of an author's own, from which the same wording was copied."""

STEM = 4  # letters that a lemma and its forms have in common, mostly
TITLE_LENGTH = 160

DIRECTED = frozenset({"attack", "annexation", "visit", "withdrawal", "sanctions"})
"""Events that one party does to another: an attack by Peru on Chile is not one by Chile on Peru."""

BY_PREFIX: dict[str, SourceKind] = {"country": "state", "person": "person", "org": "organization", "group": "group"}
ACTORS = frozenset({"person", "organization", "state", "media"})
NAMED = ACTORS | {"document"}
KNOWN_FIRST = ("person", "state", "organization", "group", "document", "media", "unnamed", "voice", "author")
AUTHORIAL = frozenset({"author", "voice"})


# --- the key -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Key:
    """What a claim is about, apart from what it says of it.

    Attributes:
        sort: an event that takes place, a position for or against something, an act, a clause known by its words, or
            one claim alone.
        what: the event, the target, the predicate, the clause's content words, or the claim's id.
        who: who acts, or the parties of an event: sorted ids.
        whom: on what or whom, sorted.
        where: linked names by preposition, and words that narrow the claim ("only"), sorted.
        when: "future" where it is to come, and the year, where the claim names one.
    """

    sort: Literal["event", "position", "act", "words", "claim"]
    what: str
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    when: str = ""

    @property
    def id(self) -> str:
        """The id of the proposition: "prp_" and 16 hex."""
        parts = (self.sort, self.what, *self.who, "", *self.whom, "", *self.where, "", self.when)
        return "prp_" + hashlib.sha256("\x1f".join(parts).encode("utf8", "surrogatepass")).hexdigest()[:16]


def keys(claim: Claim) -> tuple[Key, ...]:
    """Give the propositions a claim speaks of: one, or one for each thing it tells a position on."""
    targets = dict.fromkeys(p.target_id for p in claim.positions if is_specific(p.target_id))
    if targets:
        return tuple(Key("position", target) for target in targets)
    return (_event_key(claim) or _act_key(claim) or _words_key(claim),)


def is_specific(target_id: str) -> bool:
    """Tell whether two mentions of a target are of one thing: a linked entity, or a phrase of several telling words."""
    return ":" in target_id or " " in target_id


def _event_key(claim: Claim) -> Key | None:
    """An event that takes place, named by a noun: "a war between Peru and Chile", "a recession in Ghana"."""
    frame = claim.frame
    if not frame.event or not frame.parties or frame.agents or _only_supposes(claim):
        return None
    directed = frame.event in DIRECTED and len(frame.parties) > 1
    where = tuple(sorted(c for c in frame.circumstances if c.partition(" ")[2] in frame.parties)) if directed else ()
    return Key("event", frame.event, who=tuple(sorted(frame.parties)), where=where, when=_when(claim))


def _only_supposes(claim: Claim) -> bool:
    """Tell whether an event is only thought of: "a war would be costly" does not say that it comes."""
    return claim.kind == "scenario" and claim.condition is None and claim.likelihood is None


def _act_key(claim: Claim) -> Key | None:
    """Who does what to whom, where those who act are known by name or by a named thing: "the Lima bridge"."""
    frame = claim.frame
    whom = sorted(p for p in frame.patients if not tells_time(p))
    anchors = sorted({*frame.things, *(c.partition(" ")[2] for c in frame.circumstances)})
    named = all(":" in agent for agent in frame.agents)
    said_all = not _residue(claim)
    if not frame.agents or not (named or (anchors and said_all)):
        return None
    if not whom and (not said_all or frame.predicate in EMPTY_PREDICATES):
        return None  # "Peru plans", with the plan left out of the frame
    who = sorted(frame.agents if named else [*frame.agents, *anchors])
    where = sorted([*frame.circumstances, *(LIMITERS & set(words_of(claim.text)))])
    return Key("act", frame.predicate, tuple(who), tuple(whom), tuple(where), _when(claim))


def _residue(claim: Claim) -> set[str]:
    """Give the content words of a clause that its frame does not hold; numbers and words of time aside."""
    frame = claim.frame
    keys = (*frame.agents, *frame.patients, *frame.parties, *frame.things, *frame.circumstances, frame.predicate)
    held = {word for key in keys for word in words_of(key)}
    held |= {word for entity in claim.entities for word in words_of(entity.name)}
    held |= {word for entity in claim.entities for start, end in entity.spans
             for word in words_of(claim.context[start - claim.context_span[0]:end - claim.context_span[0]])}
    return {term for term in content_words(claim) if term not in held and not tells_time(term)}


def content_words(claim: Claim) -> set[str]:
    """Give the content lemmas of a claim without words of likelihood, number and time.

    The clause may tell more than one claim: lemmas that none of the claim's own words begins like are left out.
    """
    hedge = set(words_of(claim.likelihood.phrase)) if claim.likelihood else set()
    own = {word[:STEM] for word in words_of(f"{claim.text} {claim.proposition}")}
    return {t for t in claim.frame.terms if t not in hedge and t[:STEM] in own and not tells_time(t)}


def tells_time(word: str) -> bool:
    """Tell whether a word says when, or is a mere number."""
    return word in TIMES or not any(c.isalpha() for c in word)


def _words_key(claim: Claim) -> Key:
    """The words themselves where they tell enough, else this one claim."""
    told = content_words(claim)
    if len(told) < TELLING:
        return Key("claim", claim.id)
    return Key("words", claim.frame.predicate, whom=tuple(sorted(told)), when=_when(claim))


def _when(claim: Claim) -> str:
    coming = "future" if claim.time.relation == "future" else ""
    year = (claim.time.start or claim.time.end or "")[:4] if claim.time.text else ""
    return f"{coming} {year}".strip()


# --- sides -------------------------------------------------------------------------------------------------------


def side_of(claim: Claim) -> SideName:
    """Tell whether a claim affirms its proposition, denies or doubts it, or leaves it open.

    A likelihood decides where there is one; what is conditional, asked, hoped, feared or merely possible is open.
    """
    if claim.condition or claim.stance in {"question", "hope", "fear"} or claim.factuality in {"Uu", "CTu"}:
        return "open"
    point = claim.likelihood.point if claim.likelihood else None
    if point is not None:
        return "affirm" if point >= LIKELY else "deny or doubt" if point <= UNLIKELY else "open"
    if claim.factuality in {"PS+", "PS-"}:
        return "open"
    return "deny or doubt" if claim.factuality.endswith("-") else "affirm"


def _sureness(claim: Claim) -> float:
    """How likely the source holds the proposition, for ordering: -1 where it leaves it open."""
    if claim.likelihood and claim.likelihood.point is not None:
        return claim.likelihood.point
    if claim.condition or claim.stance in {"question", "hope", "fear"}:
        return -1.0
    return {"CT+": 1.0, "PR+": 0.75, "PS+": 0.4, "PS-": 0.4, "PR-": 0.2, "CT-": 0.0}.get(claim.factuality, -1.0)


@dataclass(frozen=True)
class _Said:
    """A claim, who holds it as far as the proposition goes, and on which side."""

    claim: Claim
    source: Source
    side: SideName


def _said(claim: Claim, key: Key) -> Iterator[_Said]:
    """Give who takes which side by a claim: its source, or those whose position it tells."""
    if key.sort != "position":
        yield _Said(claim, claim.source, side_of(claim))
        return
    for position in claim.positions:
        if position.target_id == key.what:
            holds = side_of(claim) != "open"
            side: SideName = "open" if not holds else "for" if position.value == "favor" else "against"
            yield _Said(claim, _holder(claim, position), side)


def _holder(claim: Claim, position: Position) -> Source:
    if position.holder_id == claim.source.id:
        return claim.source
    kind = BY_PREFIX.get(position.holder_id.partition(":")[0], "unnamed")
    return Source(id=position.holder_id, name=position.holder, kind=kind)


# --- gathering ---------------------------------------------------------------------------------------------------


def contrast(claims: Iterable[Claim], prints: Mapping[str, Print] | None = None) -> list[Contrast]:
    """Gather claims by proposition, those with most voices first; within one, by likelihood, surest first.

    Args:
        claims: the claims, in any order.
        prints: where each document's text stands, and of which it is a reprint (`reprints.prints`); a document that is
            missing there counts as its own, at its path.
    """
    known = prints or {}
    gathered = [_side_by_side(key, members, known) for key, members in _gather(claims).items()]
    return sorted(gathered, key=lambda c: (-_voices(c), -len(c.claims), c.proposition, c.id))


def _voices(contrast: Contrast) -> int:
    return sum(len(side.voices) for side in contrast.sides)


def _gather(claims: Iterable[Claim]) -> dict[Key, list[Claim]]:
    by_document: dict[str, list[tuple[Key, Claim]]] = defaultdict(list)
    for claim in ordered(claims):
        by_document[claim.document] += [(key, claim) for key in keys(claim)]
    groups: dict[Key, list[Claim]] = defaultdict(list)
    for told in by_document.values():
        wider = _completed({key for key, _ in told if key.sort == "act"})
        for key, claim in told:
            groups[wider.get(key, key)].append(claim)
    return groups


def _completed(acts: Iterable[Key]) -> dict[Key, Key]:
    """Lead acts that leave something out to the one act of the same document that says it.

    "Israel denies having bases" speaks of the bases in Peru of which the sentence before it spoke; where several acts
    would do, none is taken.
    """
    alike: dict[tuple[str, tuple[str, ...], bool], list[Key]] = defaultdict(list)
    for key in acts:
        alike[key.what, key.who, "future" in key.when].append(key)
    found = {}
    for among in alike.values():
        for key in among:
            fuller = [other for other in among if key.whom and _is_fuller(other, key)]
            fullest = [other for other in fuller if not any(_is_fuller(another, other) for another in fuller)]
            if len(fullest) == 1:
                found[key] = fullest[0]
    return found


def _is_fuller(other: Key, key: Key) -> bool:
    """Tell whether another key says all that a key says, and more."""
    same_time = key.when in {other.when, other.when.partition(" ")[0], ""}
    return other != key and same_time and set(key.whom) <= set(other.whom) and set(key.where) <= set(other.where)


def _side_by_side(key: Key, members: Sequence[Claim], prints: Mapping[str, Print]) -> Contrast:
    said = [one for claim in members for one in _said(claim, key)]
    sides: tuple[SideName, ...] = ("affirm", "for", "deny or doubt", "against", "open")
    shown = ((name, [one for one in said if one.side == name]) for name in sides)
    return Contrast(
        id=key.id, proposition=_title(key, members), parties=key.who if key.sort == "event" else (),
        sides=tuple(Side(name=name, voices=_gathered_voices(those, prints)) for name, those in shown if those),
        claims=tuple(sorted(members, key=lambda claim: -_sureness(claim))),
    )


def _title(key: Key, members: Sequence[Claim]) -> str:
    first = members[0]
    if key.sort == "event":
        return f"{key.what}: {names(first, key.who)}"
    if key.sort == "position":
        target = next(p.target for p in first.positions if p.target_id == key.what)
        return f"for or against {the(target)}"
    best = min(members, key=lambda c: (side_of(c) != "affirm", -c.confidence, len(c.proposition), c.id))
    return _shortened(bare(best.proposition))


def _shortened(sentence: str) -> str:
    flat = " ".join(sentence.split())
    return flat if len(flat) <= TITLE_LENGTH else flat[:TITLE_LENGTH].rpartition(" ")[0] + " …"


# --- voices ------------------------------------------------------------------------------------------------------


def _gathered_voices(said: Sequence[_Said], prints: Mapping[str, Print]) -> tuple[Voice, ...]:
    """Make one voice of all that one source says, surest first."""
    origins = sorted(_by_origin(said, prints), key=lambda group: -_sureness(group[-1].claim))
    return tuple(_voice(group, prints) for group in origins)


def joined(items: Iterable[T], marks: Callable[[T], Iterable[Hashable]]) -> list[list[T]]:
    """Put together what shares a mark, directly or by way of others; all in the order given."""
    given = list(items)
    leader = list(range(len(given)))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = i = leader[leader[i]]
        return i

    seen: dict[Hashable, int] = {}
    for i, item in enumerate(given):
        for mark in marks(item):
            first, other = sorted((find(i), find(seen.setdefault(mark, i))))
            leader[other] = first
    groups: dict[int, list[T]] = defaultdict(list)
    for i, item in enumerate(given):
        groups[find(i)].append(item)
    return list(groups.values())


def _by_origin(said: Sequence[_Said], prints: Mapping[str, Print]) -> list[list[_Said]]:
    """Put together what one source says: the same name, or the same words."""
    return _with_short_names(joined(said, lambda one: _marks(one, prints)))


def _marks(one: _Said, prints: Mapping[str, Print]) -> Iterator[str]:
    """Give what tells a source from others: its id or name, in one article where it has none, and its wording."""
    source = one.source
    own = source.kind in NAMED or (source.kind == "author" and source.name != "author")
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


def _with_short_names(groups: list[list[_Said]]) -> list[list[_Said]]:
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


def _age(one: _Said) -> tuple[str, str, tuple[tuple[int, int], ...]]:
    return one.claim.published or "9999", one.claim.document_path, one.claim.spans


def _original(claim: Claim, prints: Mapping[str, Print]) -> str:
    return prints[claim.document].original if claim.document in prints else claim.document


def _voice(group: Sequence[_Said], prints: Mapping[str, Print]) -> Voice:
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


# --- corroboration -----------------------------------------------------------------------------------------------


def corroborations(
    claims: Iterable[Claim], prints: Mapping[str, Print] | None = None, *, by: str | None = None
) -> list[Corroboration]:
    """List what several independent voices say alike, most voices first.

    Numbers must agree as well: "four bases" is not borne out by "six bases". Positions are held, not borne out.

    Args:
        claims: the claims, in any order.
        prints: as for `contrast`.
        by: the id of a claim: only what bears it out, also where nobody else does.
    """
    known = prints or {}
    found = []
    for key, members in _gather(claims).items():
        said = [one for claim in members if key.sort != "position" for one in _said(claim, key)]
        for name, those in _agreeing(said):
            if by is None or any(one.claim.id == by for one in those):
                found.append(_corroboration(key, name, those, known))
    several = [one for one in found if by or one.independent > 1]
    return sorted(several, key=lambda c: (-c.independent, -c.outlets, c.proposition, c.id, c.side))


def _agreeing(said: Sequence[_Said]) -> Iterator[tuple[SideName, list[_Said]]]:
    """Split what is said by side and by the numbers it names; nobody agrees on what is open."""
    groups: dict[tuple[SideName, tuple[object, ...]], list[_Said]] = defaultdict(list)
    for one in said:
        if one.side != "open":
            numbers = sorted({(q.unit or "", q.value, q.high or q.value) for q in one.claim.quantities})
            groups[one.side, tuple(numbers)].append(one)
    for (side, _), those in groups.items():
        yield side, those


def _corroboration(key: Key, side: SideName, said: Sequence[_Said], prints: Mapping[str, Print]) -> Corroboration:
    claims = tuple(dict.fromkeys(one.claim.id for one in said))
    by_id = {one.claim.id: one.claim for one in said}
    voices = _gathered_voices(said, prints)
    return Corroboration(
        id=key.id, proposition=_title(key, [by_id[id] for id in claims]), side=side,
        independent=_independent(voices, by_id, prints), outlets=len({o for v in voices for o in v.outlets}),
        voices=voices, claims=tuple(by_id[id] for id in claims),
    )


def _independent(voices: Sequence[Voice], by_id: Mapping[str, Claim], prints: Mapping[str, Print]) -> int:
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


# --- words -------------------------------------------------------------------------------------------------------


CLASS_NOUNS = frozenset({
    "corridor", "initiative", "agreement", "treaty", "accord", "accords", "declaration", "project", "plan", "pact",
    "bridge", "dam", "canal", "pipeline", "deal", "bank", "sea", "union",
})


def the(name: str) -> str:
    """Put the article before a name that ends in a common noun: "the Atacama Corridor", but "Peru"."""
    has_it = name.lower().startswith(("the ", "a ", "an ")) or not name[:1].isupper()
    return name if has_it or name.rpartition(" ")[2].lower() not in CLASS_NOUNS else f"the {name}"


def names(claim: Claim, ids: Iterable[str]) -> str:
    """Name entities as a claim does: "Chile and Peru"."""
    known = {e.id: e.name for e in claim.entities}
    return " and ".join(sorted(known.get(i, i.partition(":")[2].replace("-", " ").title()) for i in ids))


def words_of(text: str) -> list[str]:
    """Give the words of a text in lower case."""
    return re.findall(r"\w+", text.lower().replace("’", "'"))


def bare(proposition: str) -> str:
    """Take the full stop off a sentence."""
    return proposition.rstrip(" .")


def ordered(claims: Iterable[Claim]) -> list[Claim]:
    """Put claims in order of publication, then as they stand in their document."""
    return sorted(claims, key=lambda c: (c.published or "9999", c.document_path, c.document, c.spans, c.id))
