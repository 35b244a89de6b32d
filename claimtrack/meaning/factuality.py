"""How sure, which way, when: factuality, polarity, likelihood, stance, kind, time and condition of one proposition.

`qualify` reads a proposition according to its source: words of reporting above it belong to the attribution and are
passed in as `cue_kind`. `qualify_span` reads it according to the author of the text, so that "The mayor said that it
fell" is less than certain. Values are FactBank's (Saurí & Pustejovsky 2009), composed from the outside in over the
layers of `scope`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from claimtrack.errors import UsageError
from claimtrack.meaning import (
    commitment,
    composition,
    cues,
    embedding,
    hedges,
    kinds,
    likelihood,
    predicates,
    quantity,
    scope,
    tense,
    timing,
)
from claimtrack.meaning.condition import concedes, condition_of
from claimtrack.meaning.condition import supposed as supposed_in
from claimtrack.meaning.scope import Layer
from claimtrack.schema import ClaimKind, CueKind, Factuality, Likelihood, Qualification, Span, Stance, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Commitment = Callable[[str, int, int], float]

COMMITMENT: dict[Factuality, float] = {
    "CT+": 3.0, "PR+": 2.0, "PS+": 1.0, "CTu": 0.0, "Uu": 0.0, "PS-": -1.0, "PR-": -2.0, "CT-": -3.0,
}
CUE_KINDS: dict[CueKind, ClaimKind] = {
    "accusation": "accusation", "threat": "threat", "intention": "intention", "demand": "demand",
    "support": "opinion", "opposition": "opinion",
}
OPEN_CUES = frozenset({"threat", "intention", "demand", "hope", "fear", "question"})
FORWARD_CUES = frozenset({"threat", "intention", "demand", "hope"})
ATTITUDES: dict[str, ClaimKind] = {
    "intention": "intention", "desire": "intention", "readiness": "intention", "attempt": "intention",
    "proposal": "intention", "threat": "threat", "demand": "demand",
}


def qualify(
    event: Token, *, span: tuple[int, int] | None = None, cue_kind: CueKind | None = None, cue_negated: bool = False,
    published: str | None = None,
) -> Qualification:
    """Qualify the proposition whose main event word is `event`, according to its source.

    `span` are the characters of the proposition, by default its sentence; `cue_kind` is what the source does ("Israel
    denies having bases": denial), `cue_negated` whether it does not ("did not deny"). Polarity counts the negations of
    the content alone: "unlikely" is a likelihood, "will not open" a negation. The likelihood is that of the event
    without its negation, under `condition` where there is one.
    """
    span = span or (event.sent.start_char, event.sent.end_char)
    governed = scope.layers(event)
    chain = hedges.qualifying(governed)
    supposed = supposed_in(event)
    asked = _asks(event, governed)
    warned = cue_kind == "threat" and not cues.threatens(event, governed)
    cue_kind, cue_negated = ("fear", cue_negated) if warned else cues.reread(chain, governed, cue_kind, cue_negated)
    weighing = hedges.weighing(chain, governed)
    above = weighing[len(chain):]
    if above and above[0].negated != hedges.withheld(above):
        cue_kind, cue_negated = None, False  # who does not rule it out neither denies nor asserts it
    own = cue_kind in FORWARD_CUES or not kinds.performs(event)
    condition = condition_of(chain, governed, own=own)
    time = timing.time_of(chain, governed, span, published)
    attitude = _attitude(chain, governed)
    unheld = asked or supposed
    reading = None if unheld else _reading(weighing, governed, cue_kind, cue_negated, time)
    bare = reading is None and condition is None and not unheld and not cue_negated
    if bare and _back_shifted(chain, governed, cue_kind):
        reading = likelihood.foretold(chain, negative=_content_negated(chain, None))
    if cue_kind == "doubt" and reading is not None and reading.basis in ("phrase", "number"):
        cue_kind = None  # "There is little doubt that it will open" says itself how sure it is
    either = _is_alternative(chain) and (reading is None or reading.basis == "tense")
    reading = None if either else reading
    negative = _content_negated(chain, reading) != (cue_kind == "denial" and not cue_negated)
    following = governed[len(chain):len(chain) + 1]
    bound = (*chain, *following) if any(layer.link == "adverbial" for layer in following) else chain
    value = _value(bound, reading, negative, cue_kind, cue_negated)
    attitude = attitude or ("intention" if _sets_rule(chain, governed) else None)
    if condition is not None or attitude is not None or asked or either or supposed:
        value = "Uu"
    elif reading is not None and reading.basis == "rank":
        value = "PS+"
    weighed = reading
    if reading is None and not (unheld or either or cue_negated or cue_kind in ("question", "doubt")):
        reading = (_promised if cue_kind == "intention" or attitude else _conditioned)(chain, governed)
    holds = warned or (cue_kind == "question" and attitude == "demand")  # who asks for it does not wonder
    told = cues.stance_of(cue_kind, cue_negated) if cue_kind and not holds else None
    stance = "question" if asked else told or _stance(chain, value, negative)
    forward = cue_kind in FORWARD_CUES and (time.relation == "present" or kinds.performs(event))
    if forward or (warned and cues.is_warning(event)):
        time = time.model_copy(update={"relation": "future"})
    kind = attitude or kinds.kind_of(chain, governed, weighed, condition, time)
    kind = CUE_KINDS.get(cue_kind, kind) if cue_kind else kind
    if warned and kind in ("fact", "scenario") and time.relation == "future":
        kind = "prediction"
    kind = "fact" if asked else "scenario" if supposed else kind
    if kind == "prediction" and time.relation == "present":
        time = time.model_copy(update={"relation": "future"})
    return Qualification(
        kind=kind, stance=stance, polarity="negative" if negative else "positive", factuality=value,
        commitment=COMMITMENT[value], likelihood=reading, condition=condition, concession=concedes(event),
        time=time, quantities=quantity.quantities(event.doc, span), reasons=_reasons(chain, reading, condition),
    )


def _reading(
    chain: Sequence[Layer], governed: Sequence[Layer], cue_kind: CueKind | None, cue_negated: bool, time: Time
) -> Likelihood | None:
    """Read how likely the source finds the event; None where it does not say, or says that it does not."""
    unsaid = cue_negated and cue_kind not in (None, "belief", "doubt", "denial")  # "did not say that it will open"
    if unsaid or _wondered(chain):
        return None
    row = cues.row_of(cue_kind, cue_negated, time) if _attitude(chain, governed) is None else None
    reading = likelihood.read(_assertive(chain), row, _thought(governed, chain) if row else None)
    if reading is None and _scheduled(chain, governed, time):
        reading = likelihood.scheduled(chain)
    if reading is not None and reading.basis == "tense" and cue_kind == "denial" and not cue_negated:
        return likelihood.turned(reading)
    return reading


def _back_shifted(chain: Sequence[Layer], governed: Sequence[Layer], cue_kind: CueKind | None) -> bool:
    """Tell whether "would" is the "will" of somebody reported: "said it would open"; in quotation marks it is not."""
    if cue_kind not in (None, "speech", "belief", "denial", "confirmation") or len(governed) == len(chain):
        return False
    modal, above = chain[0].modal, governed[len(chain)]
    if modal is None or modal.lower_ not in predicates.WOULD or above.link != "clause":
        return False
    clause = predicates.top(chain[-1].head)
    edges = (clause.left_edge.nbor(-1) if clause.left_edge.i else clause, clause.left_edge)
    if any(t.is_quote for t in edges) or predicates.subject(chain[0].head) is None:
        return False
    told = cue_kind is not None or kinds.tells(above)
    return told and tense.tense(above.head) == "past" and not any(
        a.lower_ in ("have", "like", "rather") for a in (*predicates.auxiliaries(chain[0].head), chain[0].head))


def _seeming(chain: Sequence[Layer], governed: Sequence[Layer]) -> Likelihood | None:
    """Read an event that appears or seems to be so."""
    above = governed[1 : len(chain) + 1]
    sign = next((layer for layer in above if layer.entry is not None and likelihood.seems(layer.head)), None)
    return likelihood.seeming(chain, sign.head) if sign is not None and not sign.negated else None


def _conditioned(chain: Sequence[Layer], governed: Sequence[Layer]) -> Likelihood | None:
    """Read a "would" as sure as "will", if only under what it supposes: "A ban would harm the army"; it stays open.

    So is what speakers announce of themselves, "We will fight": an intention, and as good as a forecast. Else an event
    may appear or seem to be so.
    """
    return _foretold(chain) or _seeming(chain, governed)


def _foretold(chain: Sequence[Layer]) -> Likelihood | None:
    modal, event = chain[0].modal, chain[0].head
    foretells = modal is not None and modal.lower_ in predicates.WOULD | predicates.WILL
    if not foretells or predicates.subject(event) is None:
        return None
    wishes = any(a.lower_ in ("have", "like", "rather", "prefer", "love")
                 for a in (*predicates.auxiliaries(event), event, *event.lefts))
    return None if wishes else likelihood.foretold(chain, negative=_content_negated(chain, None))


def _promised(chain: Sequence[Layer], governed: Sequence[Layer]) -> Likelihood | None:
    """Read what somebody promised to do as nearly sure: "vowed to stay in the race"."""
    above = governed[len(chain)].head if len(governed) > len(chain) else None
    promises = above is not None and above.lemma_ in predicates.verbs("promising") and above.pos_ == "VERB"
    return likelihood.promised(chain, above) if promises and above is not None else None


def _is_alternative(chain: Sequence[Layer]) -> bool:
    """Tell whether only one of two events need come: "will win or lose", unlike "cannot win or lose"."""
    layer = chain[0]
    if layer.negated or composition.compose(chain).endswith("-"):
        return False
    verbs = [t for t in (layer.head, *layer.head.conjuncts) if t.pos_ in ("VERB", "AUX")]
    joined = len(verbs) > 1 and any(c.dep_ == "cc" and c.lower_ == "or" for t in verbs for c in t.children)
    one_of = any(_is_either(c) for c in layer.head.children)
    return joined or one_of


def _is_either(noun: Token) -> bool:
    """Tell whether a subject or object is one of two: "Either Peru or Chile will win"."""
    if noun.dep_ not in ("nsubj", "nsubjpass", "dobj") or not any(c.lower_ == "or" for c in noun.children):
        return False
    before = (*noun.children, *(c for c in noun.head.children if c.i < noun.i))
    return any(c.lower_ == "either" for c in before)


def _wondered(chain: Sequence[Layer]) -> bool:
    """Tell whether a governor leaves the event open, so that no "will" below foretells: "unclear whether it will"."""
    return any(layer.entry is not None and layer.entry.kind == "question" for layer in chain[1:])


def _assertive(chain: Sequence[Layer]) -> Sequence[Layer]:
    """Drop a governor over a subjunction or relative clause: its hedges do not reach the event."""
    return chain[:-1] if chain[-1].link in ("relative", "adverbial") and len(chain) > 1 else chain


def _thought(governed: Sequence[Layer], chain: Sequence[Layer]) -> Token | None:
    """Return the word by which the source holds the content, where it governs it: "expects", "predicted"."""
    above = governed[len(chain)] if len(governed) > len(chain) else None
    thinks = above is not None and above.entry is not None and above.entry.kind in ("belief", "likelihood", "doubt")
    return above.head if above is not None and thinks else None


def _scheduled(chain: Sequence[Layer], governed: Sequence[Layer], time: Time) -> bool:
    """Tell whether a present tense says what is to come: "The canal opens next year"."""
    event = chain[0].head
    asserted = len(chain) == 1 and governed[-1].link != "adverbial"
    return asserted and time.relation == "future" and tense.tense(event) == "present" and (
        kinds.lexical_kind(event, chain) == "fact")


def _content_negated(chain: Sequence[Layer], reading: Likelihood | None) -> bool:
    """Tell whether the content is denied: by "not" on the event or by "fail to" above it, not by a likelihood."""
    turns = chain[0].negated and not kinds.is_likelihood(chain[0].head, reading)
    for layer in chain[1:]:
        if layer.entry is None or layer.entry.kind not in hedges.QUALIFYING - {"likelihood", "evidential"}:
            if layer.link == "conjunct":
                continue
            break
        turns ^= layer.negated
        turns ^= layer.entry.affirmed == "CT-"
    return turns


def _attitude(chain: Sequence[Layer], governed: Sequence[Layer]) -> ClaimKind | None:
    """Name the wish, plan or order that an infinitive or noun is the content of ("is willing to talk")."""
    if len(governed) > 1 and predicates.subjunctive(governed[0].head) and governed[1].entry is not None:
        return "demand" if governed[1].entry.kind in ("evidential", "proposal", "demand") else None
    if len(governed) == len(chain) or governed[len(chain)].marker == "that":
        return None
    entry = governed[len(chain)].entry
    return ATTITUDES.get(entry.kind) if entry is not None else None


def _sets_rule(chain: Sequence[Layer], governed: Sequence[Layer]) -> bool:
    """Tell whether somebody announces what others may do: "The port announced that no ship will be able to enter"."""
    above = governed[len(chain)] if len(governed) > len(chain) else None
    if above is None or above.marker != "that" or above.head.lemma_ not in predicates.verbs("ruling"):
        return False
    needs = {layer.entry.kind for layer in chain[1:] if layer.entry is not None}
    permits = chain[0].head.lemma_ in predicates.verbs("permitting")
    sets = permits or not needs.isdisjoint(("ability", "permission", "demand"))
    return sets and tense.tense(chain[-1].head) == "future"


def _value(
    chain: Sequence[Layer], reading: Likelihood | None, negative: bool, cue_kind: CueKind | None, cue_negated: bool
) -> Factuality:
    if cue_kind in OPEN_CUES or (cue_negated and cue_kind not in ("belief", "doubt")):
        return "Uu"
    if cue_kind == "doubt":
        return "PR+" if cue_negated != negative else "PR-"
    value = composition.compose(chain)
    if reading is not None and reading.point is not None and reading.high is not None and reading.low is not None:
        value = _likely_value(reading.point, reading.low, reading.high, negative)
    elif cue_kind == "denial":
        value = composition.negate(value)
    elif cue_kind == "belief":
        value = composition.cap(value, "PR")
    return value


def _likely_value(point: float, low: float, high: float, negative: bool) -> Factuality:
    """Map a likelihood to a FactBank value; what reaches .4 upwards is still possible, what stays below improbable."""
    if negative:
        return composition.negate(_likely_value(1 - point, 1 - high, 1 - low, False))
    if point > 0.95:
        return "CT+"
    if point >= 0.6:
        return "PR+"
    if high >= 0.4:
        return "PS+"
    return "PR-" if point >= 0.05 else "CT-"


def _stance(chain: Sequence[Layer], value: Factuality, negative: bool) -> Stance:
    for layer in chain[1:]:
        if layer.entry is not None and layer.entry.kind in ("hope", "fear"):
            return layer.entry.kind
        if layer.entry is not None and layer.entry.kind in ("question", "difficulty") and value == "Uu":
            doubted = layer.entry.affirmed != "Uu" or cues.opens_with(chain[0].head, "if", "whether")
            return "doubt" if layer.negated and doubted else "question"  # "could not explain how it helps" doubts that
        if value == "PS+" and not negative and _not_expected(layer):
            return "doubt"
    if value == "Uu" and _ends_with_question(chain[0].head):
        return "question"
    if value[-1] == "-" and not negative:
        return "deny" if value == "CT-" else "doubt"
    return "affirm"


def _not_expected(layer: Layer) -> bool:
    """Tell whether a layer denies that its content is sure or likely: "is not certain", "is far from likely"."""
    if layer.entry is None or layer.entry.kind not in ("likelihood", "belief") or layer.entry.affirmed[-1] != "+":
        return False
    return layer.negated


def _asks(event: Token, governed: Sequence[Layer]) -> bool:
    """Tell whether the event is asked about: in a main clause, or in any of a sentence that a wh-word opens."""
    if not _ends_with_question(event):
        return False
    first = next((t for t in event.sent if t.is_alpha and t.dep_ != "cc"), event)
    opened = first.tag_ in embedding.WH_TAGS and first.lower_ not in ("when", "while")
    return opened or governed[-1].link not in ("relative", "adverbial")


def _ends_with_question(event: Token) -> bool:
    """Tell whether the first full stop after the event, within quotation marks or not, is a question mark."""
    rest = event.doc[event.i + 1:event.sent.end]
    return next((t.text for t in rest if t.text in (".", "!", "?")), "") == "?"


def _no_of(token: Token) -> Token:
    """Return the "no" of a negative subject or object ("no truck passed"), else the negation itself."""
    return next((c for c in token.lefts if c.lower_ in ("no", "neither")), token)


def _reasons(chain: Sequence[Layer], reading: Likelihood | None, condition: Span | None) -> tuple[Span, ...]:
    """Give the spans of the words that decided: negations, modals, governors, likelihood phrase, condition."""
    found = set()
    for index, layer in enumerate(chain):
        if layer.link == "conjunct":
            continue
        words = [*map(_no_of, layer.negations), *([layer.modal] if layer.modal is not None else [])]
        words += [layer.head] if index else []
        found |= {(w.idx, w.idx + len(w)) for w in words}
    for span in (reading.phrase_span if reading is not None else None, condition):
        if span is not None:
            found.add(span)
    return tuple(sorted(found))


# --- according to the author -----------------------------------------------------------------------------------------


def qualify_span(doc: Doc, start: int, end: int, model: Commitment | None = None) -> Qualification:
    """Qualify the event word or clause at the characters [start, end) according to the author of the text.

    The commitment is `commitment.score`; `model` is a second opinion, a trained encoder from text, start and end to
    [-3, 3], and where given the mean of both counts.

    Raises:
        UsageError: the span holds no word.
    """
    event = event_at(doc, start, end)
    own = qualify(event)
    view = author_view(event)
    score = commitment.score(*view)
    if model is not None:
        score = (score + model(doc.text, start, end)) / 2
    value = own.factuality if own.factuality == "Uu" else view[1]
    return own.model_copy(update={"factuality": value, "commitment": score})


def event_at(doc: Doc, start: int, end: int) -> Token:
    """Return the event word of the characters [start, end): the word itself, of a clause its hedged event.

    Raises:
        UsageError: the span holds no word.
    """
    words = doc.char_span(start, end, alignment_mode="expand")
    if words is None or not len(words):
        raise UsageError(f"The span [{start}, {end}) holds no word of the text of {len(doc.text)} characters.")
    return words.root if len(words) == 1 else hedges.event_of(words.root)


def author_view(event: Token) -> tuple[tuple[Layer, ...], Factuality, Likelihood | None, bool]:
    """Give what `commitment.score` asks for: all layers, their composed value, the likelihood, whether a condition."""
    governed = scope.layers(event)
    chain = hedges.qualifying(governed)
    conditional = condition_of(chain, governed, own=not kinds.performs(event)) is not None
    return governed, composition.compose(governed), likelihood.read(_assertive(chain)), conditional
