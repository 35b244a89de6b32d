"""Say who a source is: a state, a person, a body, a medium, a group, a document, or somebody unnamed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimtrack import lexicon
from claimtrack.reference import voices
from claimtrack.reference.gazetteer import slug
from claimtrack.reference.linking import Links
from claimtrack.reference.nouns import ClassNoun, class_nouns, genders
from claimtrack.reference.source_phrases import source_phrase, trimmed
from claimtrack.schema import Document, Entity, EntityType, Source, SourceKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_KINDS: dict[EntityType, SourceKind] = {
    "country": "state", "person": "person", "organization": "organization", "group": "group", "work": "document",
    "place": "organization", "event": "unnamed", "other": "unnamed",
}
_FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our", "myself", "ourselves"})
_HUMAN_PRONOUNS = frozenset({"he", "him", "his", "she", "her", "hers"})
_THIRD_PERSON = _HUMAN_PRONOUNS | {"it", "its", "they", "them", "their", "this", "that", "these", "those"}


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
    tokens = trimmed(doc, span)
    if tokens is None or tokens.root.lower_ in _FIRST_PERSON:
        return _voice(document, position)
    at = tokens.start_char
    tokens = source_phrase(links, tokens)
    if tokens is None:
        return _unnamed(document, at)
    if tokens.root.lower_ in _THIRD_PERSON:
        return _meant(links, document, tokens.root)
    behind = _behind(links, tokens.root)
    if behind is not None:
        return _named(behind)
    joint = _joint(links, tokens)
    if joint is not None:
        return joint
    entity = links.at(tokens.start_char, tokens.end_char)
    if entity is not None and not (entity.type == "organization" and _speaks_of(tokens.root)):
        if entity.via == "government":  # "the White House" speaks for its state, under its own name
            return Source(id=entity.id, name=_written(tokens).removeprefix("The "), kind="state")
        return _named(entity)
    person = _apposed(links, tokens)
    return _named(person) if person is not None else _described(links, document, tokens)


def _behind(links: Links, root: Token) -> Entity | None:
    """Find who speaks through a paper or a medium: "X issued a statement saying", "AFP quoted X as saying".

    Also "X said …, according to AFP". None where the paper or the medium speaks for itself.
    """
    noun = class_nouns().get(root.lower_)
    if noun is not None and noun.document and root.dep_ == "dobj":
        return _speaking(links, _subject(root.head))
    entity = links.at(root.idx, root.idx + len(root))
    if entity is None or entity.type != "organization" or not _is_media(entity.name):
        return None
    verbs = lexicon.words("coreference_words", "speech")
    if root.dep_ == "nsubj" and root.head.lemma_ in {"quote", "cite"}:
        return _speaking(links, next((c for c in root.head.children if c.dep_ == "dobj"), None))
    if root.dep_ == "pobj" and root.head.head.lower_ == "according":
        verb = next((t for t in root.head.ancestors if t.lemma_ in verbs), None)
        return _speaking(links, _subject(verb)) if verb is not None else None
    return None


def _subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ == "nsubj"), None)


def _speaking(links: Links, token: Token | None) -> Entity | None:
    """Give what a token denotes, if that can speak."""
    entity = links.at(token.idx, token.idx + len(token)) if token is not None else None
    return entity if entity is not None and entity.type in {"person", "organization", "country", "group"} else None


def _meant(links: Links, document: Document, pronoun: Token) -> Source:
    """Give whom a pronoun means as a source; somebody unnamed where the text leaves it open."""
    entity = links.at(pronoun.idx, pronoun.idx + len(pronoun))
    if entity is not None:
        return _named(entity)
    words = links.described(pronoun.idx, pronoun.idx + len(pronoun))
    if words is not None:
        return Source(id=f"unnamed:{document.id}:{slug(words)}", name=words, kind="unnamed")
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
    who = voices.voice(document, position)
    if who.name == "author":
        outlet = document.original_publisher or document.publisher
        return Source(id=who.id, name=f"author ({outlet})" if outlet else who.name, kind="author")
    return Source(id=who.id, name=who.name, kind="author" if who.name in document.byline else "voice")


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
    if root.tag_ == "NN" and root.lower_ not in lexicon.words("source_words", "collective"):
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
    quantified = first.lower_ in lexicon.words("source_words", "quantifier")
    common = quantified or (first.tag_ in {"NN", "NNS"} and first.is_sent_start)
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
    quantifiers = lexicon.words("source_words", "quantifier")
    words = [t.text for t in tokens if t.lower_ not in quantifiers and not t.like_num]
    return slug(" ".join(words or [t.text for t in tokens]))
