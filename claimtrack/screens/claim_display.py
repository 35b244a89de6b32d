"""All that is known of one claim or document to a block for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from claimtrack.contradiction.propositions import keys
from claimtrack.schema import Claim, Contradiction, Document
from claimtrack.screens.claim_tables import claim_table
from claimtrack.screens.contradiction_display import pair_block
from claimtrack.screens.terminal import counted, details, line, mark
from claimtrack.screens.view import View, joined_spans
from claimtrack.screens.wording import FACTUALITY, certainty, doing, likelihood_words, voice

__all__ = ["claim_block", "claim_summary", "document_block"]

AROUND = 200  # characters around a claim that a summary quotes


def claim_block(claim: Claim, view: View, pairs: Sequence[Contradiction] = ()) -> Group:
    """Everything known of one claim: the words in their sentences, who holds it, how sure both sides are."""
    return Group(
        Text(line(claim.proposition), style="bold"), "",
        Padding(_context(claim, view), (0, 0, 0, 2)), "",
        details(_claim_fields(claim, view)), "",
        *(pair_block(pair, view) for pair in pairs),
    )  # fmt: skip


def claim_summary(claim: Claim, view: View) -> Group:
    """What a person needs to decide on a claim, on less than a screen of 24 lines: the rest is in `claim_block`."""
    fields = [
        ("who", f"{voice(claim)} ({claim.source.kind}); {view.place(claim)}, {claim.published or 'no date'}"),
        ("cue", _cue(claim)), ("what", f"{doing(claim)} · {certainty(claim, view.scale)}"),
        ("condition", view.words(claim, claim.condition) or ""), ("time", _time(claim)),
        ("confidence", f"{claim.confidence:.2f}  {claim.id}"), ("reviewed", view.reviews(claim.id)),
    ]  # fmt: skip
    said = _context(claim, view, AROUND)
    return Group(Text(line(claim.proposition), style="bold"), Padding(said, (0, 0, 0, 2)), details(fields))


def _context(claim: Claim, view: View, around: int | None = None) -> Text:
    """The sentences in which the claim stands, its own words marked; of what is around them, so many characters."""
    document = view.library(claim.document)
    if document is None:
        return view.quotation(claim)
    start, end = claim.context_span if claim.context else (claim.spans[0][0], claim.spans[-1][1])
    first, last = start, end
    if around is not None:
        first, last = max(start, claim.spans[0][0] - around), min(end, claim.spans[-1][1] + around)
    shown = Text("…" if first > start else "")
    mark(shown, document.text, first, last, joined_spans(claim.spans, 1))
    return shown.append("…" if last < end else "")


def _claim_fields(claim: Claim, view: View) -> Iterator[tuple[str, str]]:
    document = view.library(claim.document)
    attribution = claim.attribution
    yield "id", claim.id
    yield "source", f"{voice(claim)} ({claim.source.kind}, {claim.source.id})"
    yield "said by", " > ".join(attribution.chain)
    yield "attribution", f"{attribution.type}, {attribution.id}"
    yield "cue", _cue(claim)
    yield "kind", claim.kind
    yield "stance", claim.stance
    yield "positions", "; ".join(f"{p.holder} {p.value} {p.target}" for p in claim.positions)
    yield "polarity", claim.polarity
    held = f"the event {FACTUALITY[claim.factuality]}, commitment {claim.commitment:+.1f}"
    yield "factuality", f"{claim.factuality} ({held})"
    yield "likelihood", _likelihood_fields(claim, view)
    yield "condition", view.words(claim, claim.condition) or ""
    yield "concession", "yes" if claim.concession else ""
    yield "decided by", _quoted(view.words(claim, span) for span in claim.reasons)
    yield "time", _time(claim)
    yield "entities", "; ".join(f"{e.name} ({e.type}, by {e.via})" for e in claim.entities)
    yield "topics", ", ".join(claim.topics)
    yield "quantities", "; ".join(view.words(claim, q.span) or f"{q.value:g}" for q in claim.quantities)
    yield "frame", _frame(claim)
    yield "proposition", ", ".join(key.id for key in keys(claim))
    yield "reviewed", view.reviews(claim.id)
    yield "section", claim.section
    yield "document", f"{claim.document}, {view.place(claim)}"
    yield "path", document.path if document else claim.document_path
    yield "published", claim.published or "no date"
    yield "offsets", ", ".join(f"{start}–{end}" for start, end in claim.spans)
    yield "confidence", f"{claim.confidence:.2f} (who says which words: {attribution.confidence:.2f})"


def _likelihood_fields(claim: Claim, view: View) -> str:
    if claim.likelihood is None:
        return ""
    words, scale = likelihood_words(claim.likelihood, view.scale), claim.likelihood.scale
    return f"{words}, read from the {claim.likelihood.basis}" + (f" by the scale {scale}" if scale else "")


def _cue(claim: Claim) -> str:
    attribution = claim.attribution
    if not attribution.cue:
        return ""
    words = f"“{attribution.cue}” ({attribution.cue_kind or 'no kind'})"
    return words + (", denied" if attribution.negated else "")


def _time(claim: Claim) -> str:
    time = claim.time
    interval = "" if not time.start else time.start if time.start == time.end else f"{time.start} to {time.end or '?'}"
    return ", ".join(filter(None, [time.relation, time.text, interval]))


def _frame(claim: Claim) -> str:
    frame = claim.frame
    parts = [("event", frame.event or ""), ("by", ", ".join(frame.agents)), ("to", ", ".join(frame.patients)),
             ("parties", ", ".join(frame.parties))]  # fmt: skip
    return "; ".join([frame.predicate, *(f"{name} {value}" for name, value in parts if value)])


def _quoted(words: Iterable[str | None]) -> str:
    return ", ".join(f"“{w}”" for w in words if w)


def document_block(document: Document, claims: Sequence[Claim], view: View) -> Group:
    """What is known of one document, and its claims."""
    fields = [
        ("id", document.id), ("path", document.path), ("author", "; ".join(document.byline)),
        ("publisher", document.publisher), ("first published by", document.original_publisher),
        ("published", document.published or "no date"), ("language", document.language), ("url", document.url),
        ("voices", "; ".join(dict.fromkeys(s.voice for s in document.sections if s.kind != "boilerplate"))),
        ("length", f"{len(document.text):,} characters in {counted(len(document.sections), 'section')}"),
        ("claims", f"{len(claims):,}"),
    ]  # fmt: skip
    title = Text(line(document.title or document.path), style="bold")
    shown = details((name, value or "") for name, value in fields)
    return Group(title, "", shown, "", claim_table(claims, view))
