"""Claims: who says what, how sure, of which event, with which words."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from claimtrack.schema.record import Record
from claimtrack.schema.terms import (
    AttributionType,
    ClaimKind,
    CueKind,
    EntityType,
    Factuality,
    LinkVia,
    Polarity,
    Relation,
    SectionKind,
    SourceKind,
    Span,
    Stance,
)


class Source(Record):
    """Who holds a claim. `id` is an entity id where the name is linked, else a slug of the name.

    A nameless voice of one document is called by its part there, an author also by the outlet: "author (Reuters)".
    """

    id: str
    name: str
    kind: SourceKind

    @property
    def is_nameless_voice(self) -> bool:
        """Tell whether it is known by its part in one document only."""
        return self.id.startswith("voice:")


class Attribution(Record):
    """Who says it, with which words, and what: source, cue, content.

    `chain` lists nested sources, outermost first (["a commenter", "Alex Krainer", "the foreign office"]); the last
    one holds the content. `cue_kind` is None for authorial claims and for quotations without a cue. `confidence`
    is the probability that content and source are right, in [0, 1].
    """

    id: str
    type: AttributionType
    source_span: Span | None = None
    cue_span: Span | None = None
    cue: str | None = None
    cue_kind: CueKind | None = None
    negated: bool = Field(default=False, description="the cue itself is denied: 'did not say that'")
    content_spans: tuple[Span, ...] = ()
    chain: tuple[str, ...] = ()
    confidence: float = Field(default=1.0, ge=0, le=1)


class Position(Record):
    """A holder for or against a target: "Iran opposes the corridor". Holder and target are names."""

    holder: str
    holder_id: str
    target: str
    target_id: str
    value: Literal["favor", "against"]


class Likelihood(Record):
    """The probability that the source's own words express, never ours.

    It is that of the event without the negation of its clause: "will not open" gives a low one to opening.

    `low`, `high` and `point` lie in [0, 1]; all three are None where the words give a rank inside a set ("the most
    likely scenario") instead of a number, and `basis` is then "rank". `scale` names the survey or standard.
    """

    low: float | None = Field(default=None, ge=0, le=1)
    high: float | None = Field(default=None, ge=0, le=1)
    point: float | None = Field(default=None, ge=0, le=1)
    phrase: str
    phrase_span: Span | None = None
    basis: Literal["phrase", "number", "modal", "tense", "cue", "rank"] = "phrase"
    scale: str | None = None


class Time(Record):
    """When the content holds: the words, the interval they name (ISO 8601 dates), and past, present or future."""

    text: str | None = None
    span: Span | None = None
    start: str | None = None
    end: str | None = None
    relation: Relation = "present"


class Entity(Record):
    """A linked entity and where the claim mentions it; `via` says how the words lead to it (Tehran: capital)."""

    id: str
    name: str
    type: EntityType
    spans: tuple[Span, ...] = ()
    via: LinkVia = "name"


class Quantity(Record):
    """A number with its unit ("bases", "km", "USD", "%") and modifier ("about", "at least", "at most", "between")."""

    value: float
    high: float | None = None
    unit: str | None = None
    modifier: str | None = None
    span: Span


class Frame(Record):
    """Who does what to whom: the key under which opposite claims meet, so without polarity, likelihood or hedge.

    Attributes:
        predicate: lemma of the event word ("open", "be unresolved"), which stands at `span`.
        event: its class where the lexicon of events knows it ("war").
        agents: who acts: entity ids, or lemmas of head nouns where nothing is linked.
        patients: whom or what it is done to, likewise.
        parties: ids of the states, organisations and persons that take part in the event.
        things: ids of the places, works and events that it happens to ("the Atacama dispute is unresolved": Atacama).
        circumstances: linked entities by preposition, "with country:peru": where, with whom, against whom.
        terms: content lemmas of the clause.
        cause: content lemmas of what it names as a cause, at `cause_span`.
        pretext: the cause is called a mere excuse.
        negated: the content itself is denied.
        inferred: the parties stand elsewhere in the document ("a war is coming", in an article on Peru and Chile).
    """

    predicate: str
    span: Span | None = None
    event: str | None = None
    agents: tuple[str, ...] = ()
    patients: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    cause: tuple[str, ...] = ()
    cause_span: Span | None = None
    pretext: bool = False
    negated: bool = False
    inferred: bool = False


class Qualification(Record):
    """What `factuality.qualify` finds out about one proposition; `reasons` are the spans of the words that decided."""

    kind: ClaimKind = "fact"
    stance: Stance = "affirm"
    polarity: Polarity = "positive"
    factuality: Factuality = "CT+"
    commitment: float = Field(default=3.0, ge=-3, le=3)
    likelihood: Likelihood | None = None
    condition: Span | None = None
    concession: bool = Field(default=False, description="stands in an although/despite/while clause")
    time: Time = Time()
    quantities: tuple[Quantity, ...] = ()
    reasons: tuple[Span, ...] = ()


class Claim(Record):
    """One proposition, held by one source, at one place of one document.

    A negation stays in the proposition's own words, with stance "affirm": "Peru did not sign". A denial of what others
    say has the denied statement as its proposition, with stance "deny". Either way `polarity`, `factuality`,
    `commitment` and `likelihood` are those of the event without its negation ("Peru signed"): "negative" and CT-. What
    is printed for people says how sure the source is of the proposition as it is worded.
    """

    record: Literal["claim"] = "claim"
    id: str
    document: str
    document_path: str = ""
    published: str | None = None
    text: str
    spans: tuple[Span, ...]
    context: str = Field(default="", description="the whole sentence that source, cue and claim stand in, verbatim")
    context_span: Span = (0, 0)
    proposition: str
    source: Source
    attribution: Attribution
    kind: ClaimKind
    stance: Stance
    positions: tuple[Position, ...] = ()
    polarity: Polarity
    factuality: Factuality
    commitment: float = Field(ge=-3, le=3)
    likelihood: Likelihood | None = None
    condition: Span | None = None
    concession: bool = False
    time: Time = Time()
    entities: tuple[Entity, ...] = ()
    topics: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    frame: Frame
    section: SectionKind = "body"
    reasons: tuple[Span, ...] = ()
    confidence: float = Field(ge=0, le=1)
