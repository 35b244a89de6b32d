"""Link names, pronouns and descriptions of a document to what they denote, and say who a source is.

Links are kept beside the words, never written over them: "Tehran" stays "Tehran", with a link to Iran through its
capital. What the text leaves open stays unlinked; a wrong link is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from claimtrack.reference import coreference, naming
from claimtrack.reference.gazetteer import Alias, ClassNoun, class_nouns, genders, slug
from claimtrack.reference.naming import Mention
from claimtrack.schema import Document, Entity, EntityType, Source, SourceKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

__all__ = ["Alias", "Links", "link", "resolve_source", "topics"]

_KINDS: dict[EntityType, SourceKind] = {
    "country": "state", "person": "person", "organization": "organization", "group": "group", "work": "document",
    "place": "organization", "event": "unnamed", "other": "unnamed",
}
_REFERRING = frozenset({"pronoun", "description", "title"})
_TOPICAL = frozenset({"country", "organization", "place", "event", "work", "other"})
_FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our", "myself", "ourselves"})
_QUANTIFIERS = frozenset({
    "the", "a", "an", "some", "many", "several", "most", "few", "all", "other", "certain", "various", "these", "those",
    "this", "that", "both", "two", "three", "numerous",
})
_HUMAN_PRONOUNS = frozenset({"he", "him", "his", "she", "her", "hers"})
_THIRD_PERSON = _HUMAN_PRONOUNS | {"it", "its", "they", "them", "their", "this", "that", "these", "those"}
_RELATIVE = frozenset({"WP", "WDT", "WP$"})
_ARTICLES = frozenset({"the", "a", "an"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_NAMING = _NOMINAL | {"DET", "ADJ", "NUM", "X", "VERB"}
_TIMES = frozenset({"DATE", "TIME"})
_COLLECTIVE = frozenset({"media", "press", "opposition", "government", "military", "public"})
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


def resolve_source(doc: Doc, links: Links, document: Document, span: Span | None, position: int) -> Source:
    """Say who a source mention means.

    A state speaks through its capital, its seat of government, and nouns of office ("Azerbaijani authorities", "the
    Iranian foreign ministry"): the id is then the state's, the name as written. Unnamed single persons ("a lawmaker")
    get an id of their own document, since two documents mean two of them; unnamed groups share one.

    Args:
        doc: the parsed text.
        links: its links.
        document: its sections and byline.
        span: characters of the source mention; None where nobody is named.
        position: a character of the claim, whose section's voice speaks where nobody else does.
    """
    tokens = _trimmed(doc, span)
    if tokens is None or tokens.root.lower_ in _FIRST_PERSON:
        return _voice(document, position)
    at = tokens.start_char
    tokens = _source_phrase(links, tokens)
    if tokens is None:
        return _unnamed(document, at)
    if tokens.root.lower_ in _THIRD_PERSON:
        return _meant(doc, links, document, tokens.root)
    joint = _joint(links, tokens)
    if joint is not None:
        return joint
    entity = links.at(tokens.start_char, tokens.end_char)
    if entity is not None and not (entity.type == "organization" and _speaks_of(tokens.root)):
        return _named(entity)
    person = _apposed(links, tokens)
    return _named(person) if person is not None else _described(links, document, tokens)


def _entity(mentions: Sequence[Mention]) -> Entity:
    first = mentions[0]
    spans = tuple(dict.fromkeys((m.start, m.end) for m in mentions))
    return Entity(id=first.entity.id, name=first.entity.name, type=first.entity.type, spans=spans, via=first.via)


def _cased(words: str, model: str) -> str:
    """Capitalise words that take the place of a capitalised one."""
    return words[0].upper() + words[1:] if model.isupper() else words


def _trimmed(doc: Doc, span: Span | None) -> TokenSpan | None:
    """Give the tokens of a source mention without marks and spaces around it; None where nothing is left."""
    if span is None or span[0] >= span[1]:
        return None
    tokens = doc.char_span(span[0], span[1], alignment_mode="expand")
    return _bare(tokens) if tokens is not None else None


def _bare(tokens: TokenSpan) -> TokenSpan | None:
    while len(tokens) and not any(c.isalnum() for c in tokens[0].text):
        tokens = tokens[1:]
    while len(tokens) and (tokens[-1].tag_ == "POS" or not any(c.isalnum() for c in tokens[-1].text)):
        tokens = tokens[:-1]
    return tokens if len(tokens) else None


def _source_phrase(links: Links, tokens: TokenSpan) -> TokenSpan | None:
    """Give the noun phrase that a source mention is or points to; None where it holds none ("in 2018", "'s").

    A relative pronoun points to what it stands for, an article to its noun, and of several phrases the last one,
    next to the verb of saying, is meant: "In Lima, Banda (said)".
    """
    while len(tokens) > 1 and tokens[-1].tag_ in _RELATIVE:
        cut = _bare(tokens[:-1])
        if cut is None:
            return None
        tokens = cut
    word = tokens.root
    if word.tag_ in _RELATIVE:
        noun = _relative_antecedent(word)
        return _phrase_of(noun) if noun is not None else None
    if all(t.lower_ in _ARTICLES for t in tokens):
        return _phrase_of(word.head) if word.head.pos_ in _NOMINAL and word.head.i > word.i else None
    tokens = _last_phrase(links, tokens)
    names = (t for t in tokens if t.pos_ in _NAMING and t.ent_type_ not in _TIMES)
    return tokens if any(c.isalpha() for t in names for c in t.text) else None


def _relative_antecedent(word: Token) -> Token | None:
    """Find what "who", "which", "that" stands for: the noun its clause hangs on, else the noun right before it."""
    clause = next((t for t in word.ancestors if t.dep_ == "relcl"), None)
    if clause is not None:
        return clause.head
    before = [t for t in word.doc[max(word.i - 2, 0) : word.i] if t.text != ","]
    return before[-1] if before and before[-1].pos_ in _NOMINAL else None


def _phrase_of(noun: Token) -> TokenSpan:
    """Give a noun with what stands before it and the "of …" after it, without its clauses and appositions."""
    end = noun.i + 1
    for child in noun.rights:
        if child.dep_ != "prep" or child.i != end:
            break
        inside = [t.i for t in child.subtree if t.tag_ in _RELATIVE or t.text == ","]
        end = min([child.right_edge.i + 1, *inside])
    return noun.doc[noun.left_edge.i : end]


def _last_phrase(links: Links, tokens: TokenSpan) -> TokenSpan:
    """Keep the name at the end of phrases run together: a place or a prepositional phrase, then who speaks."""
    for start in range(tokens.start + 1, tokens.end):
        last = tokens.doc[start : tokens.end]
        if _is_whole(links, last, {"person", "organization"}):
            adjunct = tokens[0].pos_ == "ADP" and last.root.head.pos_ != "ADP" and last.root.dep_ != "conj"
            place = tokens.doc[tokens.start : start - 1]
            glued = tokens.doc[start - 1].text == "," and _is_whole(links, place, {"place", "country"})
            return last if adjunct or glued else tokens
    return tokens


def _is_whole(links: Links, tokens: TokenSpan, kinds: set[EntityType]) -> bool:
    """Tell whether words are nothing but the name of one thing of some kinds."""
    entity = links.at(tokens.start_char, tokens.end_char) if len(tokens) else None
    return entity is not None and entity.type in kinds and (tokens.start_char, tokens.end_char) in entity.spans


def _meant(doc: Doc, links: Links, document: Document, pronoun: Token) -> Source:
    """Give whom a pronoun means as a source; somebody unnamed where the text leaves it open."""
    entity = links.at(pronoun.idx, pronoun.idx + len(pronoun))
    if entity is not None:
        return _named(entity)
    if pronoun.lower_ in _HUMAN_PRONOUNS:
        person = coreference.only_person(doc, document, links.mentions, pronoun)
        if person is not None:
            return Source(id=person.id, name=person.name, kind="person")
    return _unnamed(document, pronoun.idx)


def _unnamed(document: Document, position: int) -> Source:
    """Make a source that nothing is known of; each one is somebody else."""
    return Source(id=f"unnamed:{document.id}:{position}", name="unnamed", kind="unnamed")


def _apposed(links: Links, tokens: TokenSpan) -> Entity | None:
    """Find the person whom a description names: "another man, Joseph Banda"."""
    named = (links.at(c.idx, c.idx + len(c)) for c in tokens.root.rights if c.dep_ == "appos" and c.i < tokens.end)
    return next((e for e in named if e is not None and e.type == "person"), None)


def _voice(document: Document, position: int) -> Source:
    """Give the voice that speaks at a character: the author, another named voice, or a role in this document."""
    who = coreference.voice(document, position)
    is_author = who.name == "author" or who.name in document.byline
    return Source(id=who.id, name=who.name, kind="author" if is_author else "voice")


def _joint(links: Links, tokens: TokenSpan) -> Source | None:
    """Join several named holders ("Turkey and Israel") into one source; None for a single one."""
    heads = [tokens.root, *(c for c in tokens.root.conjuncts if tokens.start <= c.i < tokens.end)]
    found = [links.at(t.idx, t.idx + len(t)) for t in heads]
    named = [e for e in found if e is not None]
    if len(named) < 2 or len(named) < len(heads) or len({e.id for e in named}) < 2:
        return None
    key = "+".join(sorted(e.id for e in named))
    return Source(id=key, name=" and ".join(dict.fromkeys(e.name for e in named)), kind="group")


def _named(entity: Entity) -> Source:
    kind = _KINDS[entity.type]
    if entity.type == "organization" and _is_media(entity.name):
        kind = "media"
    return Source(id=entity.id, name=entity.name, kind=kind)


def _is_media(name: str) -> bool:
    nouns = (class_nouns().get(word) for word in re.findall(r"\w+", name.lower()))
    return any(noun is not None and noun.media for noun in nouns)


def _speaks_of(root: Token) -> bool:
    noun = class_nouns().get(root.lower_)
    return noun is not None and noun.speaks


def _described(links: Links, document: Document, tokens: TokenSpan) -> Source:
    """Make a source of a description: the state it speaks for, a group, a medium, a document, or somebody unnamed.

    What is one thing ("a lawmaker", "the publication") is another one in each document; a medium is the same all
    through its document, however described.
    """
    if (person := _introduced(tokens)) is not None:
        return person
    name = _written(tokens)
    root = tokens.root
    noun = class_nouns().get(root.lower_) or class_nouns().get(root.lemma_.lower())
    state = _state_of(links, tokens) if noun is not None and noun.speaks else None
    if state is not None and noun is not None:
        short = name.removeprefix("the ")
        return Source(id=state.id, name=state.name if noun.view else short, kind=_KINDS[state.type])
    kind = _description_kind(root, noun)
    if root.tag_ == "NN" and root.lower_ not in _COLLECTIVE:
        key = slug(root.lemma_ if kind == "media" else name)
        return Source(id=f"{kind}:{document.id}:{key}", name=name, kind=kind)
    if kind == "unnamed":
        return Source(id=f"unnamed:{document.id}:{slug(name)}", name=name, kind=kind)
    return Source(id=f"{kind}:{_head_slug(tokens)}", name=name, kind=kind)


def _introduced(tokens: TokenSpan) -> Source | None:
    """Make a person of a name that no recogniser knew, when the text says what they are: "Mira Holt, an analyst"."""
    root = tokens.root
    parts = [t for t in root.lefts if t.dep_ == "compound" and t.i >= tokens.start and t.tag_ == "NNP"]
    said = [c for c in root.rights if c.dep_ == "appos" and c.tag_ == "NN" and c.i < tokens.end]
    if root.tag_ != "NNP" or not parts or not any(_is_human(noun) for noun in said):
        return None
    name = " ".join(t.text for t in [*parts, root])
    return Source(id=f"person:{slug(name)}", name=name, kind="person")


def _is_human(noun: Token) -> bool:
    known = class_nouns().get(noun.lemma_.lower())
    return noun.lemma_.lower() in genders("human_nouns") or (known is not None and known.type == "person")


def _written(tokens: TokenSpan) -> str:
    """Give the words of a mention on one line, without the capital that only the beginning of a sentence gave it."""
    name = " ".join(tokens.text.split())
    first = tokens[0]
    common = first.lower_ in _QUANTIFIERS or (first.tag_ in {"NN", "NNS"} and first.is_sent_start)
    return name[0].lower() + name[1:] if common and first.is_title else name


def _state_of(links: Links, tokens: TokenSpan) -> Entity | None:
    """Find the state (or body) that an office belongs to: "Iranian officials", "a spokesman for the Omani army"."""
    found = [e for e in links.entities(tokens.start_char, tokens.end_char) if e.type in {"country", "organization"}]
    states = [e for e in found if e.type == "country"] or found
    return states[0] if len(states) == 1 else None


def _description_kind(root: Token, noun: ClassNoun | None) -> SourceKind:
    if noun is not None and noun.media:
        return "media"
    if noun is not None and noun.document:
        return "document"
    if root.tag_ in {"NNS", "NNPS"} or (noun is not None and noun.type == "group"):
        return "group"
    return "organization" if noun is not None and noun.type == "organization" else "unnamed"


def _head_slug(tokens: TokenSpan) -> str:
    """Name a kind of source by its words without articles and counts: "many Western experts" is western-experts."""
    words = [t.text for t in tokens if t.lower_ not in _QUANTIFIERS and not t.like_num]
    return slug(" ".join(words or [t.text for t in tokens]))
