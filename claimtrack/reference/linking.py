"""Link names, pronouns and descriptions of a document to what they denote.

Links are kept beside the words, never written over them: "Tehran" stays "Tehran", with a link to Iran through its
capital. What the text leaves open stays unlinked; a wrong link is worse than none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from claimtrack.reference import coreference, naming
from claimtrack.reference.gazetteer import Alias, slug
from claimtrack.reference.mentions import Mention, is_thing
from claimtrack.reference.verbs import Edit
from claimtrack.schema import Attribution, Document, Entity, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimtrack.reference.pieces import Layers
    from claimtrack.reference.ranker import Ranker

__all__ = ["Alias", "Links", "link", "topics"]

_SHORT = frozenset({"surname"})
_TOPICAL = frozenset({"country", "organization", "place", "event", "work", "other"})
_MAX_PAIRED_STATES = 3


class Links:
    """What the words of one document denote: its mentions, in order, a longer one before those inside it."""

    def __init__(
        self, doc: Doc, mentions: Sequence[Mention], chains: Sequence[Sequence[Span]] = (), layers: Layers | None = None
    ) -> None:
        """Index the mentions of a parsed text by place and by head.

        `chains` are the spans of names, descriptions and pronouns that mean one thing, a list for each thing; `layers`
        is what the ranker's encoder made of the text.
        """
        self.layers = layers
        self.mentions = tuple(mentions)
        self.chains = tuple(map(tuple, chains))
        self._text = doc.text
        self._token_starts: list[int] = doc.to_array("IDX").tolist()
        self._heads: list[int] = (doc.to_array("HEAD").astype("int64") + range(len(doc))).tolist()
        self._starts = [m.start for m in self.mentions]

    def entities(self, start: int, end: int) -> tuple[Entity, ...]:
        """Give the entities mentioned within a range of characters, in order, each with its spans there."""
        spans: dict[str, list[Mention]] = defaultdict(list)
        for mention in self._within(start, end):
            if not is_thing(mention.entity):
                spans[mention.entity.id].append(mention)
        return tuple(_entity(found) for found in spans.values())

    def at(self, start: int, end: int) -> Entity | None:
        """Give what the noun phrase at a range of characters denotes: the longest mention with the same head.

        "Iranian authorities" gives None: its head denotes nobody, though Iran is mentioned inside it.
        """
        found = [m for m in self._headed(start, end) if not is_thing(m.entity)]
        return _entity([max(found, key=lambda m: m.end - m.start)]) if found else None

    def described(self, start: int, end: int) -> str | None:
        """Give the description that a pronoun at a range of characters stands for, where that has no name."""
        return next((m.entity.name for m in self._headed(start, end) if is_thing(m.entity)), None)

    def rewrite(self, start: int, end: int) -> str:
        """Give the words of a range with its pronouns and descriptions replaced by what they stand for.

        "The corridor is expected to open" becomes "The Lapis Corridor is expected to open"; a short name becomes the
        full one where it first stands. A pronoun whose name stands before it in the range is left alone ("Iran wants
        its share"), and so is "its own".
        """
        parts: list[str] = []
        at = start
        for first, last, words in self._changes(start, end):
            if first >= at:
                parts += [self._text[at:first], words]
                at = last
        return "".join([*parts, self._text[at:end]])

    def _changes(self, start: int, end: int) -> list[Edit]:
        """List the words of a range that give way, in order."""
        within, named, taken = self._within(start, end), set[str](), start
        full = {m.entity.id for m in within if self._text[m.start : m.end] == m.entity.name}
        changes: list[Edit] = []
        for mention in within:
            key = mention.entity.id
            fresh = key not in named and not (mention.via in _SHORT and key in full)
            if mention.words is not None and mention.start >= taken and fresh:
                changes.append((mention.start, mention.end, _cased(mention.words, self._text[mention.start])))
                changes += [edit for edit in mention.edits if edit[1] <= end]
                taken = mention.end
            if mention.words is not None or mention.via != "pronoun":
                named.add(key)
        return sorted(changes)

    def _within(self, start: int, end: int) -> list[Mention]:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [m for m in self.mentions[first:last] if m.end <= end]

    def _headed(self, start: int, end: int) -> list[Mention]:
        root = self._root(start, end)
        return [m for m in self._by_root.get(root, ()) if m.start < end and m.end > start]

    @cached_property
    def _by_root(self) -> dict[int, list[Mention]]:
        index: dict[int, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            index[mention.root].append(mention)
        return index

    def _root(self, start: int, end: int) -> int:
        """Find the first token in a range that no other token of it governs; -1 in an empty range."""
        first = max(bisect_right(self._token_starts, start) - 1, 0)
        last = bisect_left(self._token_starts, end)
        for i in range(first, last):
            governed = first <= self._heads[i] < last and self._heads[i] != i
            if not governed and self._text[self._token_starts[i]].isalnum():
                return i
        return -1


def link(
    doc: Doc, document: Document, aliases: Sequence[Alias] = (), attributions: Sequence[Attribution] = (),
    ranker: Ranker | None = None,
) -> Links:
    """Link the names of a parsed document, then what refers back to them.

    Args:
        doc: tagged, parsed, with entities; its text is the document's.
        document: gives the sections, whose voices "I" and "we" denote.
        aliases: the user's own names for things; they come before the shipped ones.
        attributions: who says what in it.
        ranker: joins mentions into chains; without it only names and what rules can tell are linked.
    """
    names, cast = naming.name(doc, aliases)
    reading = coreference.read(doc, document, names, attributions, ranker) if ranker is not None else None
    mentions = [*names, *coreference.resolve(doc, document, names, cast, reading)]
    chains = coreference.spans(doc, reading) if reading is not None else []
    layers = reading.layers if reading is not None else None
    return Links(doc, sorted(mentions, key=lambda m: (m.start, -m.end)), chains, layers)


def topics(entities: Sequence[Entity], text: str = "") -> tuple[str, ...]:
    """Give the topic slugs of a claim's entities: states, places, works, events, organisations, and pairs of states.

    Args:
        entities: as `Links.entities` gives them.
        text: the document's text; with it the slug of an alias as written is a topic too ("syunik-corridor").
    """
    found = [e for e in entities if e.type in _TOPICAL]
    slugs = [e.id.partition(":")[2] for e in found]
    states = sorted(e.id.partition(":")[2] for e in found if e.type == "country")
    if len(states) <= _MAX_PAIRED_STATES:
        slugs += [f"{a}-{b}" for a, b in combinations(states, 2)]
    slugs += [slug(text[s:e]) for e_ in found if e_.via == "alias" for s, e in e_.spans if text[s:e]]
    return tuple(dict.fromkeys(slugs))


def _entity(mentions: Sequence[Mention]) -> Entity:
    first = mentions[0]
    spans = tuple(dict.fromkeys((m.start, m.end) for m in mentions))
    return Entity(id=first.entity.id, name=first.entity.name, type=first.entity.type, spans=spans, via=first.via)


def _cased(words: str, model: str) -> str:
    """Capitalise words that take the place of a capitalised one."""
    return words[0].upper() + words[1:] if model.isupper() else words
