"""Claims as a STIX 2.1 bundle, for platforms of threat intelligence.

What becomes what, and why:

- A source becomes an `identity`, which every reader knows.
- A claim becomes a `note` on its source's identity: STIX has no object for a claim, and an object of our own making is
  dropped or shown raw by most readers. Its abstract is source and proposition, its content the quotation with source,
  article and date; its labels are its kind, its stance where that is not to affirm, and its topics.
- A document becomes a `report` on its claims, as feeds of news do; without a date, which a report must have, a
  `grouping`. A document without claims is left out: both must refer to something.
- A contradiction becomes a `relationship` "contradicts", a tension "in-tension-with", between the notes: graph views
  draw it with its name. It becomes a `note` on both claims and sources, too, since MISP (misp-stix 2026.10) shows
  notes but drops relationships between them. It is no `opinion`, which would be a judgement of one of the two, and
  nobody made one.
- What a person decided becomes an `opinion` "agree" (accepted) or a `note` (resolved, commented) by that person.

Everything a program read and no person accepted bears a marking that says so. What STIX has no word for is in a
property extension under the names of claimtrack's own records. The program's confidence in its reading stands there as
`extraction_confidence`, never in STIX's `confidence`, which is what an analyst vouches for.

The same store gives the same bytes: ids are UUIDs of version 5 of our own, though STIX recommends version 4, so that
a second import updates the first. `created` is the day of publication (1970 where it is unknown), `modified` the time
of the last decision in the log, if that is later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5

from claimtrack.exports.linked_data import in_words, quotation, web_address
from claimtrack.schema import Claim, Contradiction, Decision, Document, Source, SourceKind
from claimtrack.tracking.reviews import active

__all__ = ["bundle"]

Object = dict[str, object]

_NAMESPACE = uuid5(NAMESPACE_URL, "urn:claimtrack:stix")
_UNKNOWN = "1970-01-01T00:00:00.000Z"
_CLASSES: Mapping[SourceKind, str] = {
    "person": "individual", "author": "individual", "voice": "individual", "state": "organization",
    "organization": "organization", "media": "organization", "group": "group", "unnamed": "unknown",
    "document": "unknown",
}  # fmt: skip
_RELATIONSHIPS = {"contradiction": "contradicts", "tension": "in-tension-with"}
_OUTCOMES = {"yes": "took place", "no": "did not take place", "void": "can no longer be told"}
_EXTENDED = {
    "kind", "stance", "positions", "polarity", "factuality", "commitment", "likelihood", "time", "spans", "published",
}  # fmt: skip
_EXTENSION_SCHEMA = (
    "On a note on one claim: claim_id, document_id, attribution (type, cue, chain), conditional, extraction_confidence "
    "(probability that the program read claim and source rightly), and as in the schema of claim records that "
    f"`claimtrack schema` prints: {', '.join(sorted(_EXTENDED))}. On a relationship and the note beside it: "
    "contradiction_id, kind, strength and score (probability that the program is right). On a report or grouping: "
    "document_id, published (as far as it is known)."
)


def bundle(
    documents: Iterable[Document],
    claims: Iterable[Claim],
    pairs: Iterable[Contradiction],
    decisions: Iterable[Decision] = (),
) -> Iterator[str]:
    """Give the bundle as JSON, an object a line."""
    digest = hashlib.sha256()
    yield '{"type": "bundle", "objects": ['
    separator = "\n"
    for one in _Bundle(list(decisions)).objects(documents, claims, pairs):
        written = json.dumps(one, ensure_ascii=False)
        digest.update(written.encode("utf8"))
        yield separator + written
        separator = ",\n"
    yield f'\n], "id": "{_id("bundle", digest.hexdigest())}"}}\n'


def _id(kind: str, id: str) -> str:
    return f"{kind}--{uuid5(_NAMESPACE, id)}"


_PROGRAM = _id("identity", "program")
_EXTENSION = _id("extension-definition", "extension")
_UNREVIEWED = _id("marking-definition", "unreviewed")


@dataclass
class _Bundle:
    """The objects of a bundle on the way: what has been written, and what is yet to refer to it."""

    decisions: list[Decision]
    written: dict[str, str] = field(default_factory=dict)
    refs: dict[str, dict[str, None]] = field(default_factory=dict)  # by document: an ordered set
    accepted: set[str] = field(init=False)
    changed: str = field(init=False)

    def __post_init__(self) -> None:
        """Find out what was accepted, and when the log last grew."""
        self.accepted = {d.target for d in active(self.decisions) if d.action == "accept"}
        self.changed = max((_instant(d.at) for d in self.decisions), default=_UNKNOWN)

    def objects(
        self, documents: Iterable[Document], claims: Iterable[Claim], pairs: Iterable[Contradiction]
    ) -> Iterator[Object]:
        """Give all objects; what is referred to stands before what refers to it."""
        yield from self._head()
        for claim in claims:
            yield from self._identity(_key(claim.source), claim.source.name, _CLASSES[claim.source.kind])
            yield self._note(claim)
        for pair in pairs:
            if pair.a.id in self.written and pair.b.id in self.written:
                yield self._relationship(pair)
                yield self._clash(pair)
        for document in documents:
            if document.id in self.refs:
                yield self._report(document)
        for decision in active(self.decisions):
            if decision.target in self.written and decision.action in {"accept", "resolve", "comment"}:
                yield from self._identity(f"reviewer {decision.by}", decision.by, "individual")
                yield self._decision(decision)

    def _head(self) -> Iterator[Object]:
        yield from self._identity("program", "claimtrack", "system")
        yield self._object("extension-definition", "extension") | {
            "name": "Claims of claimtrack",
            "description": "What claimtrack found out about claims in documents, and how sure it is of its reading.",
            "schema": _EXTENSION_SCHEMA,
            "version": "1.0",
            "extension_types": ["property-extension"],
        }
        marking = self._object("marking-definition", "unreviewed")
        del marking["modified"]
        statement = "Read by a program; no person has reviewed it."
        yield marking | {"definition_type": "statement", "definition": {"statement": statement}}

    def _object(self, kind: str, id: str, created: str = _UNKNOWN) -> Object:
        """What every object begins with; it is known by `id` from now on."""
        self.written[id] = _id(kind, id)
        return {
            "type": kind, "spec_version": "2.1", "id": self.written[id], "created_by_ref": _PROGRAM,
            "created": created, "modified": max(created, self.changed),
        }  # fmt: skip

    def _identity(self, id: str, name: str, identity_class: str) -> Iterator[Object]:
        if id not in self.written:
            yield self._object("identity", id) | {"name": name, "identity_class": identity_class}

    def _refer(self, document: str, *ids: str) -> None:
        """Let the report on a document refer to these."""
        self.refs.setdefault(document, {}).update(dict.fromkeys(self.written[id] for id in ids))

    def _marked(self, id: str) -> Object:
        return {} if id in self.accepted else {"object_marking_refs": [_UNREVIEWED]}

    def _note(self, claim: Claim) -> Object:
        note = self._object("note", claim.id, _day(claim.published)) | self._marked(claim.id)
        self._refer(claim.document, _key(claim.source), claim.id)
        place = ", ".join(filter(None, (claim.document_path, claim.published)))
        return note | {
            "labels": list(dict.fromkeys([claim.kind, *_stance(claim), *claim.topics])),
            "abstract": in_words(claim) if _stance(claim) else f"{claim.source.name}: {claim.proposition}",
            "content": f"“{quotation(claim)}”\n{claim.source.name}" + (f", in {place}" if place else ""),
            "object_refs": [self.written[_key(claim.source)]],
            "external_references": [{"source_name": "claimtrack", "external_id": claim.id}],
            "extensions": _extension(_claim_properties(claim)),
        }

    def _report(self, document: Document) -> Object:
        day = _day(document.published)
        kind = "grouping" if day == _UNKNOWN else "report"
        reference = {"source_name": document.publisher or "claimtrack", "external_id": document.id}
        if address := web_address(document.url):
            reference["url"] = address
        properties: Object = {"document_id": document.id}
        if document.published:
            properties["published"] = document.published
        return self._object(kind, document.id, day) | {
            **({"context": "unspecified"} if kind == "grouping" else {"published": day}),
            "name": document.title or document.path,
            "object_refs": list(self.refs[document.id]),
            "external_references": [reference],
            "extensions": _extension(properties),
        }

    def _relationship(self, pair: Contradiction) -> Object:
        relationship = self._object("relationship", pair.id, _later_day(pair)) | self._marked(pair.id)
        self._refer(pair.a.document, pair.id)
        self._refer(pair.b.document, pair.id)
        return relationship | {
            "relationship_type": _RELATIONSHIPS[pair.strength],
            "source_ref": self.written[pair.a.id],
            "target_ref": self.written[pair.b.id],
            "description": pair.explanation,
            "extensions": _extension(_pair_properties(pair)),
        }

    def _clash(self, pair: Contradiction) -> Object:
        """The same as a note on both claims and their sources."""
        sides, id = (pair.a, pair.b), f"note on {pair.id}"
        note = self._object("note", id, _later_day(pair)) | self._marked(pair.id)
        for claim in sides:
            self._refer(claim.document, id)
        known = (pair.a.id, pair.b.id, _key(pair.a.source), _key(pair.b.source))
        return note | {
            "labels": list(dict.fromkeys([pair.strength, *pair.topics])),
            "abstract": f"{pair.strength.capitalize()}: {pair.explanation}",
            "content": "\n".join(f"{claim.source.name}: “{quotation(claim)}”" for claim in sides),
            "object_refs": list(dict.fromkeys(self.written[id] for id in known)),
            "extensions": _extension(_pair_properties(pair)),
        }

    def _decision(self, decision: Decision) -> Object:
        """An opinion or note by the person who decided."""
        by = {"created_by_ref": self.written[f"reviewer {decision.by}"], "authors": [decision.by]}
        about = {"object_refs": [self.written[decision.target]]}
        words = "\n".join(filter(None, (_outcome(decision), decision.note, decision.evidence)))
        if decision.action == "accept":
            explanation = {"explanation": words} if words else {}
            opinion = self._object("opinion", decision.id, _instant(decision.at)) | {"opinion": "agree"}
            return opinion | explanation | by | about
        return self._object("note", decision.id, _instant(decision.at)) | {"content": words or "-"} | by | about


def _key(source: Source) -> str:
    """What a source is known by: no claim or document has an id that begins so."""
    return f"source {source.id}"


def _stance(claim: Claim) -> list[str]:
    return [] if claim.stance == "affirm" else [claim.stance]


def _claim_properties(claim: Claim) -> Object:
    read = claim.model_dump(mode="json", include=_EXTENDED, exclude_none=True)
    attribution = claim.attribution.model_dump(mode="json", include={"type", "cue", "chain"}, exclude_none=True)
    return {
        "claim_id": claim.id,
        "document_id": claim.document,
        **_without_empty(read),
        "attribution": _without_empty(attribution),
        "conditional": claim.condition is not None,
        "extraction_confidence": claim.confidence,
    }


def _pair_properties(pair: Contradiction) -> Object:
    return {"contradiction_id": pair.id, "kind": pair.kind, "strength": pair.strength, "score": pair.score}


def _later_day(pair: Contradiction) -> str:
    return max(_day(pair.a.published), _day(pair.b.published))


def _without_empty(properties: Mapping[str, object]) -> Object:
    """STIX forbids empty lists."""
    return {name: value for name, value in properties.items() if value != []}


def _extension(properties: Object) -> Object:
    return {_EXTENSION: {"extension_type": "property-extension", **properties}}


def _outcome(decision: Decision) -> str | None:
    if decision.outcome is None:
        return None
    return f"Outcome: {_OUTCOMES[decision.outcome]}" + (f" ({decision.on})" if decision.on else "")


def _day(published: str | None) -> str:
    """The first moment of a date of any precision, 1970 where there is none."""
    known = (published or "")[:10]
    try:
        return f"{date.fromisoformat(known + '-01-01'[max(0, len(known) - 4) :])}T00:00:00.000Z"
    except ValueError:
        return _UNKNOWN


def _instant(at: str) -> str:
    """A time in UTC to the millisecond, as STIX writes it; 1970 where it is none."""
    try:
        return datetime.fromisoformat(at).astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return _UNKNOWN
