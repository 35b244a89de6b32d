"""Gather what is known of a text before it is read for what refers back: its names and quotations."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from claimtrack.attribution.quotes import Quote, find_quotes
from claimtrack.reference.mentions import Cast, Mention
from claimtrack.reference.nouns import class_nouns
from claimtrack.reference.syntax import MODIFIERS
from claimtrack.schema import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Discourse:
    """A parsed text with its names; persons and things by the ids of their referents.

    `by_root` gives the longest name that a token heads, `first_of` the first name of a referent, `definite` what the
    text gives an article.
    """

    doc: Doc
    document: Document
    cast: Cast
    by_root: dict[int, Mention]
    first_of: dict[str, Mention]
    definite: frozenset[str]
    quotes: tuple[Quote, ...]

    @cached_property
    def holders(self) -> dict[str, list[str]]:
        """Index persons by the nouns that may take them up: a foreign minister is a minister, an official."""
        index: dict[str, dict[str, None]] = defaultdict(dict)
        for key, titles in self.cast.titles.items():
            for title in titles:
                noun = class_nouns().get(title)
                for word in (title, title.split()[-1], *(noun.under if noun is not None else ())):
                    index[word][key] = None
        return {word: list(keys) for word, keys in index.items()}

    def quote_at(self, position: int) -> Quote | None:
        """Give the quotation around a character."""
        at = bisect_right(self.quotes, position, key=lambda q: q.start) - 1
        return self.quotes[at] if at >= 0 and position < self.quotes[at].end else None


def survey(doc: Doc, document: Document, mentions: Sequence[Mention], cast: Cast) -> Discourse:
    """Gather what the names of a text tell, as `coreference.resolve` takes them."""
    text = doc.text  # put together anew each time it is asked for
    first_of: dict[str, Mention] = {}
    for m in mentions:
        first_of.setdefault(m.entity.id, m)
    return Discourse(
        doc=doc, document=document, cast=cast, first_of=first_of,
        by_root={m.root: m for m in sorted(mentions, key=lambda m: m.end - m.start)},
        definite=frozenset(m.entity.id for m in mentions if _has_article(doc, text, m)),
        quotes=tuple(find_quotes(text, [(s.start, s.end) for s in document.sections])),
    )


def _has_article(doc: Doc, text: str, mention: Mention) -> bool:
    """Tell "the Sudan", "the Lapis Corridor" from "the Peru office" and "the Turks"."""
    if mention.via not in {"name", "acronym"} or not mention.entity.name[:1].isupper():
        return False
    if mention.entity.type != "country":
        return text[max(mention.start - 4, 0) : mention.start].lower() == "the "
    root = doc[mention.root]
    return root.dep_ not in MODIFIERS | {"poss"} and any(
        c.lower_ == "the" and c.dep_ == "det" and c.i < root.i for c in root.children
    )
