"""What the claims of a store are about: topics, counted, named for reading, and in the order that people gave them.

A topic is a slug that claims bear. Several slugs are one topic where they differ in number only ("air-strike"), where
one is another name of the same thing, or where a person merged them. Most slugs are borne once: a topic is listed
where it recurs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, takewhile
from typing import TYPE_CHECKING, NamedTuple

from claimtrack import contradiction
from claimtrack.contradiction import explanation
from claimtrack.errors import StoreError, UsageError
from claimtrack.reference.gazetteer import slug
from claimtrack.schema import Change, Claim, Topic
from claimtrack.store import TopicCount, singular, words
from claimtrack.tracking import reviews, suggestions
from claimtrack.tracking.taxonomy import Taxonomy, called, taxonomy

if TYPE_CHECKING:
    from claimtrack.store import Store

__all__ = ["Listing", "check_place", "find", "find_or_name", "listed", "order", "readable"]

DOCUMENTS, CLAIMS = 2, 3
"""A topic recurs that is borne in so many documents, or by so many claims."""


class Listing(NamedTuple):
    """The topics asked for, and how many there are in all."""

    topics: list[Topic]
    total: int


@dataclass(frozen=True)
class _Heap:
    """A topic with the slugs that are read as it or stand under it, and how much bears one of them."""

    topic: str
    slugs: frozenset[str]
    claims: int
    documents: int


def listed(store: Store, *, limit: int | None = None, every: bool = False) -> Listing:
    """List the topics that recur or that people ordered, those with most claims first, each followed by those under it.

    Args:
        store: the store.
        limit: at most so many; None for all.
        every: also those that do not recur.
    """
    counts = {count.topic: count for count in store.topics()}
    known = order(store, counts.values(), store.topic_examples(_recurring(counts.values()), aliased=True))
    heaps = [heap for heap in _heaps(store, counts, known) if every or _recurs(heap) or heap.topic in known.ordered]
    shown = list(_in_order(heaps, known))[:limit]
    namer = _Namer(store, known, shown)
    clashes = _clashes(store, shown)
    return Listing([_topic(store, heap, known, namer, clashes[heap.topic]) for heap in shown], len(heaps))


def order(store: Store, counts: Collection[TopicCount], examples: Mapping[str, Claim] | None = None) -> Taxonomy:
    """Give the order of a store's topics: as people decided it, after other names and numbers of the same words.

    Args:
        store: the store.
        counts: its topics.
        examples: claims that bear topics, by topic, from which other names of a topic are read.
    """
    decisions = reviews.active(store.decisions())
    numbers = _numbers(counts, taxonomy(decisions).ordered)
    written = ((topic, _other_name(topic, claim)) for topic, claim in (examples or {}).items())
    users = ((slug(line.alias), slug(line.name)) for line in store.aliases)
    return taxonomy(decisions, [*numbers, *((topic, found.topic) for topic, found in written if found), *users])


def find(store: Store, wanted: str) -> str:
    """Give the topic that a name means, however it is written: a slug, a readable name, singular or plural, an alias.

    Raises:
        StoreError: no topic is called so.
    """
    counts = store.topics()
    known = order(store, counts)
    topic = slug(wanted)
    called = {slug(name): topic for topic, name in known.names.items()}
    slugs = {count.topic for count in counts} | known.ordered | known.merged.keys()
    by_number = {_number_key(each): known.root(each) for each in sorted(slugs)}
    if topic in slugs:
        return known.root(topic)
    if found := called.get(topic) or by_number.get(_number_key(topic)):
        return known.root(found)
    hint = suggestions.offer(suggestions.nearest(topic, sorted(slugs)))
    raise StoreError(f"No topic is called {wanted!r}. {hint}`claimtrack topics --all` shows them.")


def find_or_name(store: Store, wanted: str) -> tuple[str, tuple[Change, ...]]:
    """Give the topic that a name means, or a new one with the change that names it so.

    Raises:
        UsageError: the name holds no word.
    """
    try:
        return find(store, wanted), ()
    except StoreError:
        if not words(wanted):
            raise UsageError(f"{wanted!r} cannot name a topic: it holds no word.") from None
        return slug(wanted), (called(slug(wanted), wanted),)


def check_place(store: Store, child: str, parent: str) -> None:
    """Check that a topic would not come to stand under itself.

    Raises:
        UsageError: it would.
    """
    if child in order(store, store.topics()).lineage(parent):
        raise UsageError(f"{child!r} cannot be put under {parent!r}: that is the same topic, or stands under it.")


# --- gathering ---------------------------------------------------------------------------------------------------


def _recurs(counted: TopicCount | _Heap) -> bool:
    return counted.documents >= DOCUMENTS or counted.claims >= CLAIMS


def _recurring(counts: Iterable[TopicCount]) -> list[str]:
    """The topics that recur, or may do so together with another number of the same words."""
    alike = defaultdict(list)
    for count in counts:
        alike[_number_key(count.topic)].append(count)
    return [c.topic for group in alike.values() if len(group) > 1 or _recurs(group[0]) for c in group]


def _number_key(topic: str) -> str:
    return "-".join(singular(word) for word in topic.split("-"))


def _numbers(counts: Iterable[TopicCount], ordered: Collection[str]) -> Iterator[tuple[str, str]]:
    """Lead each number of the same words to the one that people ordered, else to the most frequent one."""
    leader: dict[str, str] = {}
    for count in sorted(counts, key=lambda c: (c.topic not in ordered, -c.claims, c.topic)):
        first = leader.setdefault(_number_key(count.topic), count.topic)
        if first != count.topic and count.topic not in ordered:
            yield count.topic, first


def _heaps(store: Store, counts: Mapping[str, TopicCount], known: Taxonomy) -> Iterator[_Heap]:
    slugs: dict[str, set[str]] = defaultdict(set)
    for topic in counts.keys() | known.ordered:
        for above in known.lineage(topic):
            slugs[above].add(topic)
    for topic, those in slugs.items():
        single = counts.get(topic) if len(those) == 1 else None
        claims, documents = (single.claims, single.documents) if single else store.count_topic(those)[:2]
        yield _Heap(topic, frozenset(those), claims, documents)


def _in_order(heaps: Sequence[_Heap], known: Taxonomy) -> Iterator[_Heap]:
    """Put those with most claims first, and those under one right after it."""
    below: dict[str | None, list[_Heap]] = defaultdict(list)
    for heap in sorted(heaps, key=lambda h: (-h.claims, h.topic)):
        below[known.under.get(heap.topic)].append(heap)

    def walk(parent: str | None) -> Iterator[_Heap]:
        for heap in below[parent]:
            yield heap
            yield from walk(heap.topic)

    return walk(None)


def _clashes(store: Store, shown: Iterable[_Heap]) -> Counter[str]:
    """How many contradictions each topic has, one clash of the same voices counted once."""
    topics: dict[str, list[str]] = defaultdict(list)
    for heap in shown:
        for each in heap.slugs:
            topics[each].append(heap.topic)
    hard = takewhile(lambda pair: pair.strength == "contradiction", store.contradictions())
    borne = ({*pair.a.topics, *pair.b.topics} for pair in contradiction.select(hard))
    return Counter(topic for slugs in borne for topic in {t for each in slugs for t in topics.get(each, ())})


def _topic(store: Store, heap: _Heap, known: Taxonomy, namer: _Namer, contradictions: int) -> Topic:
    return Topic(
        topic=heap.topic, name=namer.name(heap.topic), claims=heap.claims, documents=heap.documents,
        sources=store.count_topic(heap.slugs)[2], contradictions=contradictions,
        aliases=tuple(dict.fromkeys(namer.name(other) for other in namer.others(heap.topic))),
        under=known.under.get(heap.topic),
    )  # fmt: skip


class _Namer:
    """Names topics and their other names for reading."""

    def __init__(self, store: Store, known: Taxonomy, heaps: Iterable[_Heap]) -> None:
        """Read a claim on each topic of these heaps."""
        self._known = known
        self._others: dict[str, list[str]] = defaultdict(list)
        for other, topic in sorted(known.merged.items()):
            if _number_key(other) != _number_key(topic):
                self._others[topic].append(other)
        topics = [heap.topic for heap in heaps]
        self._examples = store.topic_examples([*topics, *(o for topic in topics for o in self.others(topic))])

    def name(self, topic: str) -> str:
        """What people call a topic, else the claims; the words of the slug where no claim bears it."""
        example = self._examples.get(topic)
        return self._known.names.get(topic) or (readable(topic, example) if example else topic.replace("-", " "))

    def others(self, topic: str) -> list[str]:
        """What is read as a topic, but for another number of its words."""
        return self._others.get(topic, [])


# --- names -------------------------------------------------------------------------------------------------------


def readable(topic: str, claim: Claim) -> str:
    """Read from a claim that bears a topic what it is called: "Zangezur Corridor", "Iran–Israel", "gas exports"."""
    names = _named(topic, claim)
    if topic in names:
        return names[topic]
    for a, b in combinations(sorted(names), 2):
        if topic == f"{a}-{b}" or topic.startswith(f"{a}-{b}-"):
            event = topic.removeprefix(f"{a}-{b}").replace("-", " ")
            return f"{names[a]}–{names[b]}{event}"
    other = _other_name(topic, claim)
    return other.words if other else _as_written(topic, claim)


def _named(topic: str, claim: Claim) -> dict[str, str]:
    """What a claim calls the things that a topic may be made of, by their own topics."""
    ids = (*(entity.id for entity in claim.entities), *claim.frame.parties)
    parts = ((id.partition(":")[2], id) for id in ids)
    return {own: explanation.names(claim, [id]) for own, id in parts if own in topic}


class _OtherName(NamedTuple):
    """Another name of a thing, as written, and the topic of the thing itself."""

    words: str
    topic: str


def _other_name(topic: str, claim: Claim) -> _OtherName | None:
    """Find the thing that a claim calls by another name, if that name is the topic."""
    for entity in claim.entities:
        for start, end in entity.spans if entity.via == "alias" else ():
            written = claim.context[start - claim.context_span[0] : end - claim.context_span[0]]
            if slug(written) == topic:
                return _OtherName(" ".join(written.split()), entity.id.partition(":")[2])
    return None


def _as_written(topic: str, claim: Claim) -> str:
    """The words of a topic, in small letters but for words that the claim writes in capitals: "DNA tests"."""
    parts = topic.split("-")
    found = re.search(r"[\W_]+".join(map(re.escape, parts)), claim.text, re.IGNORECASE)
    written = re.findall(r"[^\W_]+", found.group()) if found else parts
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in written)
