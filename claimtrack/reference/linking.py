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
from claimtrack.reference.mentions import Mention
from claimtrack.schema import Document, Entity

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Alias", "Links", "link", "topics"]

_REFERRING = frozenset({"pronoun", "description", "title"})
_TOPICAL = frozenset({"country", "organization", "place", "event", "work", "other"})
_MAX_PAIRED_STATES = 3


class Links:
    """What the words of one document denote: its mentions, in order, a longer one before those inside it."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        """Index the mentions of a parsed text by place and by head."""
        self.mentions = tuple(mentions)
        self._text = doc.text
        self._token_starts: list[int] = doc.to_array("IDX").tolist()
        self._heads: list[int] = (doc.to_array("HEAD").astype("int64") + range(len(doc))).tolist()
        self._starts = [m.start for m in self.mentions]

    def entities(self, start: int, end: int) -> tuple[Entity, ...]:
        """Give the entities mentioned within a range of characters, in order, each with its spans there."""
        spans: dict[str, list[Mention]] = defaultdict(list)
        for mention in self._within(start, end):
            spans[mention.entity.id].append(mention)
        return tuple(_entity(found) for found in spans.values())

    def at(self, start: int, end: int) -> Entity | None:
        """Give what the noun phrase at a range of characters denotes: the longest mention with the same head.

        "Iranian authorities" gives None: its head denotes nobody, though Iran is mentioned inside it.
        """
        root = self._root(start, end)
        found = [m for m in self._by_root.get(root, ()) if m.start < end and m.end > start]
        return _entity([max(found, key=lambda m: m.end - m.start)]) if found else None

    def rewrite(self, start: int, end: int) -> str:
        """Give the words of a range with its pronouns and descriptions replaced by what they stand for.

        "The corridor is expected to open" becomes "The Lapis Corridor is expected to open". A pronoun whose name
        stands in the range is left alone ("Iran wants its share"), and so is "its own".
        """
        parts: list[str] = []
        at, within = start, self._within(start, end)
        named = {m.entity.id for m in within if m.via not in _REFERRING}
        for mention in within:
            if mention.words is not None and mention.start >= at and mention.entity.id not in named:
                parts += [self._text[at : mention.start], _cased(mention.words, self._text[mention.start])]
                at = mention.end
                named.add(mention.entity.id)
        return "".join([*parts, self._text[at:end]])

    def _within(self, start: int, end: int) -> list[Mention]:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [m for m in self.mentions[first:last] if m.end <= end]

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


def link(doc: Doc, document: Document, aliases: Sequence[Alias] = ()) -> Links:
    """Link the names of a parsed document, then what refers back to them.

    Args:
        doc: tagged, parsed, with entities; its text is the document's.
        document: gives the sections, whose voices "I" and "we" denote.
        aliases: the user's own names for things; they come before the shipped ones.
    """
    names, cast = naming.name(doc, aliases)
    mentions = [*names, *coreference.resolve(doc, document, names, cast)]
    return Links(doc, sorted(mentions, key=lambda m: (m.start, -m.end)))


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
