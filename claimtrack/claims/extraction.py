"""From a parsed and attributed document to its claims: one proposition, one source, one place.

The document is cut into clauses that assert something; each becomes a `Claim` with a frame (who does what to whom),
so that claims about one thing meet however they are worded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from claimtrack.claims import events, frames
from claimtrack.claims.clauses import Clause, clauses
from claimtrack.claims.kind_model import with_kinds
from claimtrack.claims.positions import positions
from claimtrack.claims.qualification import qualify
from claimtrack.claims.spans import context, published_at, section_at, spans_of
from claimtrack.claims.wording import Wording
from claimtrack.meaning import hedges
from claimtrack.reading.legible import legible
from claimtrack.reference import linking, sources
from claimtrack.schema import Attribution, Claim, Document, Position, Section, Source, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_CONTENT = frozenset({"ADJ", "ADV", "INTJ", "NOUN", "NUM", "PROPN", "VERB"})


def extract(document: Document, nlp: Language) -> list[Claim]:
    """List the claims of one document, in text order; empty for a document without running text."""
    return next(iter(extract_all([document], nlp)))[1]


def extract_all(documents: Iterable[Document], nlp: Language) -> Iterator[tuple[Document, list[Claim]]]:
    """Give each document with its claims, in the order they came; memory stays bounded however many there are."""
    for document in documents:
        seen = legible(document)
        with nlp.memory_zone():
            doc = nlp.make_doc(seen.document.text)
            doc._.document = seen.document
            claims = [seen.restore(claim) for claim in nlp(doc)._.claims]
        yield document, claims


def claims_of(doc: Doc) -> list[Claim]:
    """Build the claims of a doc that carries `document`, `links` and `attributions`."""
    document: Document = doc._.document
    builder = _Builder(doc, document)
    claims = [claim for clause in clauses(doc, document, doc._.attributions) for claim in builder.claims(clause)]
    return sorted(with_kinds(_distinct(claims), doc._.links), key=lambda c: (c.spans, c.id))


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    return list({claim.id: claim for claim in claims}.values())


class _Builder:
    """Builds claims of one doc; holds what all claims of the doc share."""

    def __init__(self, doc: Doc, document: Document) -> None:
        self.doc = doc
        self.document = document
        self.text = document.text
        self.links: linking.Links = doc._.links
        self.dyad = frames.main_dyad(self.links)
        self.wording = Wording(self.text, self.links)

    def claims(self, clause: Clause) -> Iterator[Claim]:
        """Build the claims of one clause: one for each of its coordinated events, none where it holds no words."""
        spans = spans_of(self.text, clause.tokens)
        event = _accused_act(clause) or clause.head
        if event is clause.head and not events.imminence(event):
            event = hedges.event_of(event)
        own = {t.i for t in (clause.repeated or clause).tokens}
        also = [t for t in event.conjuncts if t.pos_ == "VERB" and t.i in own] if event.pos_ == "VERB" else []
        for each in [event, *also] if spans and _says_anything(clause.repeated or clause) else []:
            yield self._claim(each, clause, spans)

    def _claim(self, event: Token, clause: Clause, spans: tuple[Span, ...]) -> Claim:
        quality = qualify(event, clause, spans, self.document)
        start, end = spans[0][0], spans[-1][1]
        attribution = clause.attribution or _authorial(self.document.id, spans)
        source = sources.resolve_source(self.doc, self.links, self.document, attribution.source_span, start)
        section = section_at(self.document, start)
        if section and section.kind == "comment":
            attribution = attribution.model_copy(update={"chain": _comment_chain(section, attribution, source)})
        worded = clause.repeated or clause
        frame = frames.frame(event, worded, source, self.links, self.dyad)
        held = positions(clause, self.text, self.links) if quality.stance == "affirm" else ()
        if held and quality.kind == "fact":
            quality = quality.model_copy(update={"kind": "opinion"})
        entities = self.links.entities(start, end)
        around = context(self.doc, self.document, attribution, start, end)
        return Claim(
            id="clm_" + _digest(self.document.id, attribution.id, spans, event.i - clause.head.i),
            document=self.document.id, document_path=self.document.path, published=published_at(self.document, start),
            text=" … ".join(self.text[s:e] for s, e in spans), spans=spans,
            context=self.text[slice(*around)], context_span=around,
            proposition=self.wording.proposition(event, worded, source),
            source=source, attribution=attribution,
            positions=held, entities=entities,
            topics=frames.topics(entities, frame, clause, self.text), frame=frame,
            section=section.kind if section else "body", confidence=_confidence(attribution, section, held),
            **dict(quality),
        )


def _says_anything(clause: Clause) -> bool:
    """Tell whether a clause has two words and more than grammar: not so "Them", "Which", "They were", "Medicare".

    What somebody is said to have said counts, however short.
    """
    if clause.attribution is not None:
        return True
    words = [t for t in clause.tokens if not (t.is_punct or t.is_space)]
    return len(words) > 1 and any(t.pos_ in _CONTENT for t in words)


def _accused_act(clause: Clause) -> Token | None:
    """Give the act in "accused Peru of breaking the truce": that, not the accusing, is what is claimed."""
    if not clause.attribution or clause.attribution.cue_kind != "accusation":
        return None
    of = (p for p in clause.head.children if p.dep_ == "prep" and p.lower_ in {"of", "for"})
    return next((c for p in of for c in p.children if c.dep_ == "pcomp"), None)


def _authorial(document_id: str, spans: Sequence[Span]) -> Attribution:
    return Attribution(id="att_" + _digest(document_id, "authorial", spans), type="authorial",
                       content_spans=tuple(spans), confidence=0.9)


def _confidence(attribution: Attribution, section: Section | None, held: Sequence[Position]) -> float:
    """Combine how sure the attribution is with how well a section of its kind is read.

    A position is read off subject and object of its predicate and needs no reported content, so it is surer; so is
    what the author says without naming anybody ("the canal is expected to open").
    """
    sure = 0.85 if held or (attribution.type == "indirect" and attribution.source_span is None) else 0.0
    prior = {"title": 0.85, "heading": 0.6, "caption": 0.7, "comment": 0.8}.get(section.kind if section else "", 1.0)
    return round(max(attribution.confidence, sure) * prior, 3)


def _comment_chain(section: Section, attribution: Attribution, source: Source) -> tuple[str, ...]:
    """Give who quotes whom below an article, outermost first: a commenter, a columnist, an embassy."""
    voices = [] if section.voice == "commenter" else ["commenter", section.voice]
    inner = [source.name] if attribution.type != "authorial" and source.name != section.voice else []
    return tuple(dict.fromkeys([*voices, *attribution.chain, *inner]))


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
