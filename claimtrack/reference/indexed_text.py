"""A text with its tokens, its sentences and the names of the gazetteer, ready for the finders of names."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.reference import gazetteer, namesakes
from claimtrack.reference.gazetteer import Alias, Name
from claimtrack.reference.nouns import class_nouns
from claimtrack.schema import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TITLE_CASE = 0.7  # share of capitalised longer words from which a line is a headline


@dataclass(frozen=True, slots=True)
class Thing:
    """A candidate name at tokens `[start, end)`; `type` is a vote, not yet a verdict."""

    start: int
    end: int
    type: EntityType
    ruled: bool = False


class IndexedText:
    """A parsed text, its names of states, and where its tokens and characters meet."""

    def __init__(self, doc: Doc, aliases: Sequence[Alias]) -> None:
        """Find the names of states and aliases in a parsed text."""
        self.doc = doc
        self.text = doc.text
        self.starts = [t.idx for t in doc]
        self.words = [t.text for t in doc]
        named = namesakes.settled(doc, gazetteer.find(self.text, aliases))
        self.names, self.namesakes, self.nothing = named.names, named.people, named.nothing
        self.name_at = {i: n for n in self.names for i in range(*self.range_of(n))}
        self.seen = Counter(n.sense.referent.id for n in self.names)
        self.sentences = [start for sent in doc.sents for start in [sent.start] * len(sent)]
        self._headlines: dict[int, bool] = {}

    def token(self, char: int) -> int:
        """Give the token at a character."""
        return max(bisect_right(self.starts, char) - 1, 0)

    def range_of(self, name: Name) -> tuple[int, int]:
        """Give the tokens `[start, end)` of a name."""
        return self.token(name.start), self.token(name.end - 1) + 1

    def chars(self, start: int, end: int) -> tuple[int, int]:
        """Give the characters of tokens `[start, end)`, without a dash that hangs on the last."""
        return self.starts[start], self.starts[end - 1] + len(self.words[end - 1].rstrip("-–—"))

    def root(self, start: int, end: int) -> int:
        """Give the token that heads tokens `[start, end)`."""
        return int(self.doc[start:end].root.i)

    def is_capital(self, i: int) -> bool:
        """Tell whether there is a token and it begins with a capital."""
        return i < len(self.words) and self.words[i][:1].isupper()

    def is_headline(self, token: Token) -> bool:
        """Tell a line in title case, where capitals mean nothing."""
        start = self.sentences[token.i]
        if start not in self._headlines:
            sentence = token.sent
            words = [t for t in sentence if t.is_alpha and len(t) > 3]
            closed = sentence.text.rstrip().endswith((".", "!", "?", "”", '"'))
            capitals = sum(w.text[0].isupper() for w in words)
            self._headlines[start] = not closed and len(words) > 3 and capitals > _TITLE_CASE * len(words)
        return self._headlines[start]

    def key(self, thing: Thing) -> str:
        """Give the slug under which the mentions of one thing meet."""
        return gazetteer.slug(gazetteer.plain(self.shown(thing)))

    def shown(self, thing: Thing) -> str:
        """Give the name of a thing as it is shown, its class noun with a capital."""
        start, end = self.chars(thing.start, thing.end)
        words = " ".join(self.text[start:end].split())
        last = self.words[thing.end - 1]
        if thing.ruled and last.islower() and last in class_nouns():
            return words[: -len(last)] + last.capitalize()
        return words
