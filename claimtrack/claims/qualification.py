"""How a clause is held: what its words say, by the cue, the scenario and the asides around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack.claims import events
from claimtrack.claims.clauses import Clause
from claimtrack.claims.contents import is_answer, is_hearsay, is_lapsed
from claimtrack.claims.spans import published_at, scenario
from claimtrack.meaning import embedding, factuality, negation
from claimtrack.schema import Attribution, CueKind, Document, Factuality, Likelihood, Qualification, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def qualify(event: Token, clause: Clause, spans: Sequence[Span], document: Document) -> Qualification:
    """Say how an event of a clause is held: the reading of its words, by the attribution and scenario around it."""
    attribution = clause.attribution
    cue_kind, negated = attribution.cue_kind if attribution else None, _is_cue_negated(event.doc, attribution)
    cue_kind, negated = ("denial", False) if clause.denied else (cue_kind, negated)
    if cue_kind == "question" and attribution and attribution.type == "direct" and not _is_asked(clause):
        cue_kind = "speech"
    quality = factuality.qualify(
        event, span=(spans[0][0], spans[-1][1]), cue_kind=cue_kind, cue_negated=negated,
        published=published_at(document, spans[0][0]),
    )
    if attribution is not None and is_answer(attribution):
        quality = _answered(quality, "denial" if cue_kind == "denial" else "confirmation")
    unweighed = quality.likelihood is None  # "no guarantee that" weighs
    if negated and cue_kind in {"intention", "hope"} and unweighed:  # "does not want to annul it": expects not to
        quality = quality.model_copy(update={"stance": "deny", "polarity": "negative", "factuality": "PR-",
                                             "commitment": -2.0})
    certain = quality.likelihood is None and quality.factuality in {"CT+", "CT-"}
    if certain and is_hearsay(attribution) and not clause.denied:  # "reportedly": passed on, not vouched for
        passed_on: Factuality = "PR+" if quality.factuality == "CT+" else "PR-"
        quality = quality.model_copy(
            update={"factuality": passed_on, "commitment": factuality.COMMITMENT[passed_on]})
    if attribution is not None and is_lapsed(attribution):
        quality = quality.model_copy(update={"factuality": "Uu", "commitment": 0.0, "likelihood": None})
    if quality.stance == "question" and quality.likelihood and quality.likelihood.basis == "tense":
        quality = quality.model_copy(update={"likelihood": None})  # "who will win?" expects nothing
    if quality.condition is None and (label := scenario(document, spans[0][0])):
        weighed = quality.likelihood is not None and quality.likelihood.basis == "modal"
        kind = "scenario" if weighed and quality.kind == "prediction" else quality.kind  # "This could begin with …"
        quality = quality.model_copy(
            update={"condition": label, "factuality": "Uu", "commitment": 0.0, "kind": kind})
    return _taken_for_granted(quality, *sign) if (sign := events.imminence(event)) else quality


def _answered(quality: Qualification, cue_kind: CueKind) -> Qualification:
    """Read what somebody was asked as what he denies or affirms: "Asked whether it was open, Peru said no"."""
    denied = cue_kind == "denial"
    value: Factuality = "CT-" if quality.polarity == "negative" else "CT+"
    kind = "fact" if quality.kind == "scenario" else quality.kind
    return quality.model_copy(update={
        "factuality": value, "commitment": factuality.COMMITMENT[value], "condition": None, "likelihood": None,
        "kind": kind, "stance": "deny" if denied else "affirm"})


def _is_asked(clause: Clause) -> bool:
    """Tell whether a quoted clause is the question: not the second in "“So what?” she asked. “The bank is closed.”"."""
    behind = clause.head.doc[clause.head.i : clause.head.sent.end]
    return any("?" in t.text for t in behind) or not any(t.text in {".", "!"} for t in behind)


def _is_cue_negated(doc: Doc, attribution: Attribution | None) -> bool:
    """Tell whether the source is said not to hold it: "neither Peru nor Chile is interested in a war"."""
    if attribution is None or attribution.cue_span is None:
        return False
    if attribution.cue_kind == "doubt" and attribution.source_span is None:
        return False  # "nothing suggests", "no evidence": the denial makes the doubt
    cue = doc.char_span(*attribution.cue_span, alignment_mode="expand")
    negated = attribution.negated or (cue is not None and bool(negation.negations(cue.root)))
    return negated != (attribution.cue_kind == "intention" and cue is not None and _is_given_up(cue.root))


def _is_given_up(plan: Token) -> bool:
    """Tell whether a plan is put an end to: "abandoned plans to build a dam"."""
    verb = plan.head if plan.dep_ == "dobj" else plan
    entry = embedding.lookup(verb, "noun") if verb.pos_ == "VERB" else None
    return entry is not None and entry.kind in {"cessation", "prevention"}


def _taken_for_granted(quality: Qualification, entry: events.Imminence, word: Token) -> Qualification:
    """Read "an upcoming war" as the forecast that it is."""
    span = (word.idx, word.idx + len(word))
    likelihood = Likelihood(low=entry.low, high=entry.high, point=entry.point, phrase=word.text, phrase_span=span,
                            scale="claimtrack_default")
    time = quality.time.model_copy(update={"relation": "future"})
    return quality.model_copy(update={"kind": "prediction", "likelihood": likelihood, "time": time,
                                      "factuality": "PR+", "reasons": (*quality.reasons, span)})
