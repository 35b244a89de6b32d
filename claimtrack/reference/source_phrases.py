"""Find the noun phrase that a source mention is or points to, without what an annotation left around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack.reference.linking import Links
from claimtrack.schema import EntityType, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_RELATIVE = frozenset({"WP", "WDT", "WP$"})
_ARTICLES = frozenset({"the", "a", "an"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_NAMING = _NOMINAL | {"DET", "ADJ", "NUM", "X", "VERB"}
_TIMES = frozenset({"DATE", "TIME"})


def trimmed(doc: Doc, span: Span | None) -> TokenSpan | None:
    """Give the tokens of a source mention in its last sentence, without marks around; None where nothing is left."""
    if span is None or span[0] >= span[1]:
        return None
    tokens = doc.char_span(span[0], span[1], alignment_mode="expand")
    if tokens is None:
        return None
    starts = [t.i for t in tokens if t.is_sent_start]
    return _bare(doc[max([tokens.start, *starts]) : tokens.end])  # a dateline before it is a sentence of its own


def _bare(tokens: TokenSpan) -> TokenSpan | None:
    while len(tokens) and not any(c.isalnum() for c in tokens[0].text):
        tokens = tokens[1:]
    while len(tokens) and (tokens[-1].tag_ == "POS" or not any(c.isalnum() for c in tokens[-1].text)):
        tokens = tokens[:-1]
    return tokens if len(tokens) else None


def source_phrase(links: Links, tokens: TokenSpan) -> TokenSpan | None:
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
