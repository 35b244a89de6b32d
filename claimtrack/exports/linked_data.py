"""Claims as linked data, JSON-LD both: schema.org claims with their articles, and W3C Web Annotations on the texts.

Ids become IRIs of the form urn:claimtrack:clm_…; what no vocabulary has a word for stands under urn:claimtrack: too
("claimtrack:stance"). Nothing need be fetched to read schema.org claims: their context stands in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import quote, urlsplit

from claimtrack.schema import Claim, Decision, Document, Entity, Likelihood, Source, SourceKind, Span, Stance
from claimtrack.tracking.reviews import active

__all__ = ["graph", "in_words", "quotation", "web_address", "web_annotations"]

Node = dict[str, object]
"""A JSON object; a value of None is left out when it is written."""

_SCHEMA_ORG = {
    "@vocab": "http://schema.org/",
    "claimtrack": "urn:claimtrack:",
    "datePublished": {"@type": "http://www.w3.org/2001/XMLSchema#date"},
    "url": {"@type": "@id"},
    "dateTime": "http://www.w3.org/2001/XMLSchema#dateTime",
}
_WEB_ANNOTATION = ["http://www.w3.org/ns/anno.jsonld", {"claimtrack": "urn:claimtrack:"}]

_HOLDER_TYPES: Mapping[SourceKind, str] = {
    "person": "Person", "author": "Person", "voice": "Person", "state": "GovernmentOrganization",
    "media": "NewsMediaOrganization", "organization": "Organization", "group": "Organization",
    "unnamed": "Organization",
}  # fmt: skip
_ENTITY_TYPES = {"country": "Country", "person": "Person", "organization": "Organization", "place": "Place",
                 "event": "Event", "work": "CreativeWork", "group": "Organization", "other": "Thing"}  # fmt: skip

_HELD: Mapping[Stance, str] = {
    "deny": "Denied", "doubt": "Doubted", "question": "Questioned", "hope": "Hoped", "fear": "Feared"
}  # fmt: skip
_AROUND = 32  # characters of text on either side of a quotation, by which a reader finds it again in a changed text


# ---------------------------------------------------------------------------------------------------------- schema.org


def graph(
    documents: Iterable[Document], claims: Iterable[Claim], decisions: Iterable[Decision] = ()
) -> Iterator[str]:
    """Give schema.org articles, claims, and what people decided on them, as one JSON-LD graph, a node a line.

    A claim has an author, who holds it, and an appearance, the article; never a firstAppearance, since nobody looked
    for earlier ones. What a source denies, doubts, hopes or fears says so in its name and text. How sure the program is
    of its reading stands as claimtrack:extractionConfidence.

    A ClaimReview comes from a person's decision alone: to resolve (what became of it), to accept or to reject (whether
    the source claims that). Its rating is in words without a number: neither tells how true the claim is. Whoever
    accepted a claim is its claimInterpreter, which the program, being no person or organization, cannot be.
    """
    in_force = active(decisions)
    accepted = {d.target: d for d in in_force if d.action == "accept"}
    yield '{"@context": ' + json.dumps(_SCHEMA_ORG) + ',\n"@graph": ['
    separator = "\n"
    for node in _nodes(documents, claims, accepted, in_force):
        yield separator + _written(node)
        separator = ",\n"
    yield "\n]}\n"


def _nodes(
    documents: Iterable[Document], claims: Iterable[Claim], accepted: Mapping[str, Decision], log: Iterable[Decision]
) -> Iterator[Node]:
    for document in documents:
        yield _article(document)
    propositions = {}
    for claim in claims:
        propositions[claim.id] = in_words(claim)
        yield _claim(claim, accepted.get(claim.id))
    for decision in log:
        if decision.subject == "claim" and decision.action in {"accept", "reject", "resolve"}:
            yield _review(decision, propositions.get(decision.target))


def _article(document: Document) -> Node:
    """An article; datePublished holds whole days alone, claimtrack:published the date as far as it is known."""
    return {
        "@id": _iri(document.id),
        "@type": "Article",
        "identifier": document.id,
        "headline": document.title,
        "author": [{"@type": "Person", "name": name} for name in document.byline],
        "publisher": _publisher(document.publisher),
        "isBasedOn": _reprinted(document.original_publisher),
        "datePublished": document.published if _is_day(document.published) else None,
        "claimtrack:published": document.published,
        "inLanguage": document.language,
        "url": web_address(document.url),
    }


def _publisher(name: str | None) -> Node | None:
    return None if name is None else {"@type": "Organization", "name": name}


def _reprinted(publisher: str | None) -> Node | None:
    return None if publisher is None else {"@type": "Article", "publisher": _publisher(publisher)}


def _claim(claim: Claim, accepted: Decision | None) -> Node:
    return {
        "@id": _iri(claim.id),
        "@type": "Claim",
        "identifier": claim.id,
        "name": in_words(claim),
        "text": quotation(claim),
        **_holder(claim.source),
        "appearance": {"@id": _iri(claim.document)},
        "claimInterpreter": accepted and {"@type": "Person", "name": accepted.by},
        "about": [_thing(entity) for entity in claim.entities],
        "keywords": list(claim.topics),
        **_reading(claim),
    }


def _holder(source: Source) -> Node:
    """Who holds a claim is its author; a document that does ("the report says") is what the claim is based on."""
    if source.kind == "document":
        return {"isBasedOn": {"@id": _iri(source.id), "@type": "CreativeWork", "name": source.name}}
    return {"author": {"@id": _iri(source.id), "@type": _HOLDER_TYPES[source.kind], "name": source.name}}


def _thing(entity: Entity) -> Node:
    return {"@id": _iri(entity.id), "@type": _ENTITY_TYPES[entity.type], "name": entity.name}


def _review(decision: Decision, proposition: str | None) -> Node:
    quotation = decision.anchors[0].quotation if decision.anchors else None
    aspect, verdict = _verdict(decision)
    reviewed: Node = {"@id": _iri(decision.target)}
    if proposition is None:  # rejected: the claim is not exported, but what was reviewed is named
        reviewed |= {"@type": "Claim", "text": quotation}
    return {
        "@id": _iri(decision.id),
        "@type": "ClaimReview",
        "identifier": decision.id,
        "itemReviewed": reviewed,
        "claimReviewed": proposition or quotation,
        "reviewAspect": aspect,
        "reviewRating": {"@type": "Rating", "alternateName": verdict},
        "reviewBody": decision.note,
        "author": {"@type": "Person", "name": decision.by},
        "datePublished": {"@type": "dateTime", "@value": decision.at},
        "citation": decision.evidence,
    }


def _verdict(decision: Decision) -> tuple[str, str]:
    """What a review is about, and what it says."""
    if decision.action != "resolve":
        accepted = decision.action == "accept"
        return "attribution", "The source claims this." if accepted else "The source does not claim this."
    outcomes = {"yes": "took place", "no": "did not take place"}
    words = outcomes.get(decision.outcome or "", "can no longer be told to have taken place or not")
    return "outcome", f"The event that the claim is about {words}" + (f" ({decision.on})." if decision.on else ".")


# ------------------------------------------------------------------------------------------------------ web annotation


def web_annotations(corpus: Iterable[tuple[Document, Sequence[Claim]]]) -> Iterator[str]:
    """Give a Web Annotation Collection with one page, an annotation a claim, an annotation a line.

    The target is the text as it was read, urn:claimtrack:doc_…; where an address is known, it stands as "via", since
    positions in the text are none in the page. Each span is a target of its own with two selectors of the same words:
    TextQuoteSelector, the quotation with up to 32 characters around it, and TextPositionSelector. A claim in several
    pieces has as many targets: the model knows no discontinuous selector, and readers of texts take several targets of
    one annotation for its pieces.

    Positions count Unicode code points, as the Recommendation asks for ("in terms of unicode code points, not in terms
    of code units"). JavaScript's strings count UTF-16 code units: behind an emoji the two differ.
    """
    yield '{"@context": ' + json.dumps(_WEB_ANNOTATION) + ',\n"id": "urn:claimtrack:annotations", '
    yield '"type": "AnnotationCollection", "label": "Claims",\n"first": {"id": "urn:claimtrack:annotations-1", '
    yield '"type": "AnnotationPage", "startIndex": 0, "items": ['
    total = 0
    for document, claims in corpus:
        for claim in claims:
            yield (",\n" if total else "\n") + _written(_annotation(document, claim))
            total += 1
    yield f'\n]}},\n"total": {total}}}\n'


def _annotation(document: Document, claim: Claim) -> Node:
    return {
        "id": _iri(claim.id),
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"id": "urn:claimtrack:program", "type": "Software", "name": "claimtrack"},
        "body": [
            _body("describing", in_words(claim)) | {"language": document.language},
            _body("identifying", claim.source.name),
            _body("classifying", claim.kind),
            *(_body("tagging", topic) for topic in claim.topics),
        ],
        "target": [_target(document, span) for span in claim.spans],
        **_reading(claim),
    }


def _body(purpose: str, value: str) -> Node:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _target(document: Document, span: Span) -> Node:
    text, (start, end) = document.text, span
    words: Node = {
        "type": "TextQuoteSelector", "exact": text[start:end],
        "prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND],
    }  # fmt: skip
    return {
        "type": "SpecificResource",
        "source": _iri(document.id),
        "via": web_address(document.url),
        "selector": [words, {"type": "TextPositionSelector", "start": start, "end": end}],
    }


# --------------------------------------------------------------------------------------------------------------- nodes


def in_words(claim: Claim) -> str:
    """Give the proposition, so that nobody takes for claimed what is denied: "Denied by Iran: the corridor is shut"."""
    held = _HELD.get(claim.stance)
    return claim.proposition if held is None else f"{held} by {claim.source.name}: {claim.proposition}"


def quotation(claim: Claim) -> str:
    """Give a claim's own words, or the whole sentence where it is not affirmed: "denied" often stands before them."""
    return claim.text if claim.stance == "affirm" else claim.context or claim.text


def _reading(claim: Claim) -> Node:
    """What claimtrack found out about a claim and no vocabulary has a word for."""
    return {
        "claimtrack:kind": claim.kind,
        "claimtrack:stance": claim.stance,
        "claimtrack:polarity": claim.polarity,
        "claimtrack:factuality": claim.factuality,
        "claimtrack:likelihood": _likelihood(claim.likelihood),
        "claimtrack:conditional": claim.condition is not None,
        "claimtrack:extractionConfidence": claim.confidence,
    }


def _likelihood(likelihood: Likelihood | None) -> Node | None:
    if likelihood is None:
        return None
    values = (("phrase", likelihood.phrase), ("low", likelihood.low), ("high", likelihood.high))
    return {f"claimtrack:{name}": value for name, value in values}


def _iri(id: str) -> str:
    """Give the IRI of one of our ids, whatever characters a source's name brought into it."""
    return "urn:claimtrack:" + quote(id, safe=":+~")


def web_address(text: str | None) -> str | None:
    """Give an address of the web with its odd characters escaped; None for all else, "javascript:" among it."""
    try:
        parts = urlsplit(text or "")
        host = parts.hostname or ""
    except ValueError:  # "http://[" and the like
        return None
    if text is None or parts.scheme not in {"http", "https"} or not re.fullmatch(r"[A-Za-z0-9.-]+", host):
        return None
    return quote(text, safe="!#$%&'()*+,/:;=?@~")


def _is_day(text: str | None) -> bool:
    try:
        return text is not None and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _written(node: Node) -> str:
    return json.dumps(_without_empty(node), ensure_ascii=False)


def _without_empty(value: object) -> object:
    """Leave out what is None or an empty list."""
    if isinstance(value, dict):
        return {key: _without_empty(inner) for key, inner in value.items() if inner not in (None, [])}
    return [_without_empty(inner) for inner in value] if isinstance(value, list) else value
