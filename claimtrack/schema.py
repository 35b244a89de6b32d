"""Every record that crosses a module boundary or reaches disk.

Offsets are Python code points, half-open `[start, end)`, into `Document.text`. Unknown is None or an explicit
value, never a guess. Records are frozen and reject unknown keys, so that a misspelt field is an error at once.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1.0"

Span = tuple[int, int]

SectionKind = Literal["title", "body", "heading", "byline", "caption", "quote_block", "comment", "boilerplate"]
SourceKind = Literal["person", "organization", "state", "group", "media", "document", "author", "voice", "unnamed"]
AttributionType = Literal["direct", "indirect", "mixed", "authorial"]
CueKind = Literal[
    "speech", "belief", "knowledge", "denial", "doubt", "question", "accusation", "threat", "intention", "demand",
    "hope", "fear", "support", "opposition", "perspective", "agreement", "confirmation",
]
ClaimKind = Literal[
    "fact", "prediction", "opinion", "cause", "accusation", "intention", "threat", "demand", "scenario"
]
Stance = Literal["affirm", "deny", "doubt", "question", "hope", "fear"]
Polarity = Literal["positive", "negative"]
Factuality = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "CTu", "Uu"]
Relation = Literal["past", "present", "future", "timeless"]
EntityType = Literal["country", "person", "organization", "place", "event", "work", "group", "other"]
LinkVia = Literal["name", "capital", "demonym", "government", "alias", "title", "surname", "acronym", "pronoun",
                  "description", "member"]
ContradictionKind = Literal[
    "denial", "negation", "antonym", "numeric", "likelihood", "stance", "role", "cause", "status", "temporal"
]
Strength = Literal["contradiction", "tension"]
PairRelation = Literal["disagreement", "reversal", "inconsistency"]
PassageRole = Literal["refutes", "tells"]
BearingLabel = Literal["disagree", "agree", "discuss", "unrelated"]
SideName = Literal["affirm", "deny or doubt", "open", "for", "against"]
NearReason = Literal[
    "other parties", "other time", "conditional", "concession", "degree only", "refinement", "list-valued",
    "restated", "superseded", "reported not held", "other aspect", "unconfirmed",
]

Subject = Literal["claim", "contradiction", "source", "topic", "decision"]
Action = Literal["accept", "reject", "edit", "merge", "split", "comment", "resolve", "rate", "place", "undo"]
Outcome = Literal["yes", "no", "void"]
ForecastStatus = Literal["due", "open", "resolved"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal[1, 2, 3, 4, 5, 6]


class Record(BaseModel):
    """Base of all records: frozen, unknown keys rejected."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Section(Record):
    """A paragraph or line of a document, what it is, and whose voice it speaks in.

    Sections stand in order, do not overlap, and leave nothing but white space between them. `voice` is the name of
    who writes there ("Paul Antonopoulos"), or a role where no name is given: "author", "reposter", "commenter",
    "publisher".
    """

    kind: SectionKind
    start: int
    end: int
    voice: str = "author"


class Document(Record):
    """One article as it was read; `text` is never rewritten."""

    record: Literal["document"] = "document"
    id: str
    path: str
    title: str | None = None
    byline: tuple[str, ...] = ()
    publisher: str | None = None
    original_publisher: str | None = None
    published: str | None = Field(default=None, description="ISO 8601, as precise as known: 2021, 2021-10, 2021-10-06")
    language: str | None = None
    url: str | None = None
    sections: tuple[Section, ...] = ()
    text: str


class Source(Record):
    """Who holds a claim. `id` is an entity id where the name is linked, else a slug of the name."""

    id: str
    name: str
    kind: SourceKind


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
    """One proposition, held by one source, at one place of one document."""

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


class Evidence(Record):
    """One field that clashes: its values and, where words show them, their spans in the two documents."""

    field: str
    a: str
    b: str
    a_span: Span | None = None
    b_span: Span | None = None


class Contradiction(Record):
    """Two claims that cannot both stand, or stand in tension; `score` in [0, 1] is how sure we are of it.

    `relation`: two sources disagree; one reverses itself over time, or is inconsistent at one time. `group` is an id
    that pairs on one matter share ("grp_" and 16 hex), so that they can be read together.
    """

    record: Literal["contradiction"] = "contradiction"
    id: str
    kind: ContradictionKind
    strength: Strength
    score: float = Field(ge=0, le=1)
    explanation: str
    evidence: tuple[Evidence, ...] = ()
    same_source: bool
    same_document: bool
    relation: PairRelation = "disagreement"
    group: str = ""
    topics: tuple[str, ...] = ()
    a: Claim
    b: Claim


class NearMiss(Record):
    """A pair that looks contradictory and is not, with the reason that ruled it out."""

    record: Literal["near_miss"] = "near_miss"
    reason: NearReason
    explanation: str
    topics: tuple[str, ...] = ()
    a: Claim
    b: Claim


class Voice(Record):
    """Who takes one side of a proposition, with which claims, where, and since when.

    One source is one voice, however many outlets carry it, and so are claims in the same words. `claims` are the ids
    of all its claims, oldest first; `reprints` those among them that stand in a reprint or repeat the words of an
    earlier one elsewhere. `likelihood` is that of the newest claim. `first` and `last` are dates of publication.
    """

    source: Source
    claims: tuple[str, ...]
    reprints: tuple[str, ...] = ()
    outlets: tuple[str, ...] = Field(description="publishers, or paths where none is known, in the order of the claims")
    likelihood: Likelihood | None = None
    first: str | None = None
    last: str | None = None


class Side(Record):
    """One side of a proposition, and its voices, surest first; what is only asked, hoped or conditional is open."""

    name: SideName
    voices: tuple[Voice, ...]


class Contrast(Record):
    """What is said of one proposition, side by side: the claims ordered by likelihood, surest first, open ones last."""

    record: Literal["contrast"] = "contrast"
    id: str = Field(default="", description="of the proposition: prp_ and 16 hex, the same in every store")
    proposition: str
    parties: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    claims: tuple[Claim, ...]


class Corroboration(Record):
    """Who says the same: the voices on one side of a proposition.

    `independent` counts voices that may have come to it each on its own: an author who says it beside a source that
    the article quotes for it adds none, and all sources without a name count as one.
    """

    record: Literal["corroboration"] = "corroboration"
    id: str = Field(description="of the proposition")
    proposition: str
    side: SideName
    independent: int
    outlets: int
    voices: tuple[Voice, ...]
    claims: tuple[Claim, ...]


class Verdict(Record):
    """How a hypothesis stands to a premise: probabilities that add up to 1, and the reason where a rule has one."""

    entailment: float = Field(ge=0, le=1)
    neutral: float = Field(ge=0, le=1)
    contradiction: float = Field(ge=0, le=1)
    explanation: str | None = None


class Passage(Record):
    """A sentence that decided how an article bears on a headline, and the words in it that did.

    role "refutes": it calls the story false, or tells that somebody does; "tells": it comes nearest to the headline.
    """

    role: PassageRole
    span: Span
    text: str
    marks: tuple[Span, ...] = Field(description="in characters of the document's text, as `span`")


class Bearing(Record):
    """How an article bears on another outlet's headline: four scores that add up to 1, and the sentences that decided.

    disagree: one calls false what the other tells; agree: both tell it, or both call it false; discuss: the story is
    handed on without taking a side; unrelated: the article is about something else.
    """

    record: Literal["bearing"] = "bearing"
    headline: str
    document: str
    document_path: str = ""
    title: str | None = None
    label: BearingLabel
    disagree: float = Field(ge=0, le=1)
    agree: float = Field(ge=0, le=1)
    discuss: float = Field(ge=0, le=1)
    unrelated: float = Field(ge=0, le=1)
    explanation: str
    passages: tuple[Passage, ...] = ()


class Anchor(Record):
    """Where a claim stood when a person decided on it, to find it again in a text that was read anew or changed."""

    claim: str = Field(description="the claim's id at that time")
    document: str
    path: str
    source: str = Field(description="the id of the source that the machine gave it")
    quotation: str = Field(description="the claim's own words")
    before: str = Field(default="", description="up to 40 characters before them")
    after: str = Field(default="", description="up to 40 characters after them")
    start: int


class Change(Record):
    """One field of a claim that a person set: a key of the claim ("source", "stance", "proposition") and its value."""

    field: str
    value: str | None


class Decision(Record):
    """What a person decided, on which record, when; the log of decisions only grows, a later one undoes a former.

    `target` is the id of a claim, contradiction, source, topic or decision, as `subject` says. `others`: for merge, the
    ids that are read as the target from now on; for place, nothing or the topic under which the target stands.
    `anchors`: of the claim, or of both claims of a contradiction, or of all claims that a merge joins. `changes`: for
    edit. `parts`: for split, the spans of each new claim. `outcome`, `on` (ISO 8601), `evidence`: for resolve, whether
    the event that the claim is about, without its negation, took place. `reliability` (A to F, of a source) and
    `credibility` (1 to 6, of a claim) are the Admiralty code, for rate.
    """

    record: Literal["decision"] = "decision"
    id: str
    at: str = Field(description="ISO 8601 with time, UTC")
    by: str
    action: Action
    subject: Subject
    target: str
    others: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    changes: tuple[Change, ...] = ()
    parts: tuple[Span, ...] = ()
    outcome: Outcome | None = None
    on: str | None = None
    evidence: str | None = None
    reliability: Reliability | None = None
    credibility: Credibility | None = None
    note: str | None = None


class Forecast(Record):
    """A prediction, and how it turned out as far as a person said.

    `claim` is the first to make it; `reprints` are the ids of claims that repeat it in the same words. `horizon` is the
    last day by which it must come true (ISO 8601), None where its words set none. Open turns into due on that day.
    `told`: facts that were told of the same matter since, for the person who resolves it.
    """

    record: Literal["forecast"] = "forecast"
    status: ForecastStatus
    horizon: str | None = None
    resolution: Decision | None = None
    reprints: tuple[str, ...] = ()
    told: tuple[Claim, ...] = ()
    claim: Claim


class Estimate(Record):
    """A number with the range that it may lie in."""

    low: float
    point: float
    high: float


class Score(Record):
    """How far resolved forecasts were off, on average: all of them, or those of one source, publisher or topic.

    A likelihood word is a range of probabilities: `brier` and `log` (natural logarithm) give the mean loss at the
    word's point, and the least and greatest that its range allows; 0 is best. `sampling` says how far the mean Brier
    loss at the point may move by chance (95 % bootstrap interval), None for groups too small to be `ranked`.
    """

    record: Literal["score"] = "score"
    group: str | None = Field(default=None, description="id or name of the group, None for all forecasts together")
    name: str
    forecasts: int = Field(ge=1)
    took_place: int = Field(ge=0)
    brier: Estimate
    log: Estimate
    sampling: Estimate | None = None
    ranked: bool


class CalibrationBin(Record):
    """Resolved forecasts of like probability: what was said on average, and how often the event took place.

    Forecasts whose point lies in [`low`, `high`). `observed` is the share of events that took place, with its 95 %
    Wilson interval.
    """

    record: Literal["calibration_bin"] = "calibration_bin"
    low: float
    high: float
    forecasts: int = Field(ge=1)
    took_place: int = Field(ge=0)
    stated: Estimate
    observed: Estimate


class Original(Record):
    """A claim that decisions changed, as it was extracted; `claim` is None for a claim that a person made."""

    record: Literal["original"] = "original"
    id: str
    document: str
    claim: Claim | None


class Conflict(Record):
    """What two stores that are joined say differently; `kept` is what counts from now on."""

    record: Literal["conflict"] = "conflict"
    subject: Literal["document", "claim", "decision"]
    id: str
    ours: str
    theirs: str
    kept: Literal["ours", "theirs", "both"]


class Judgement(Record):
    """What the machine found and what a person made of it: a row to train or to measure with.

    Of a claim: `extracted` as the machine read it and `reviewed` as it stands now, None where the person rejected it;
    of a pair: `premise`, `hypothesis`, and whether the person finds them contradictory.
    """

    record: Literal["judgement"] = "judgement"
    subject: Literal["claim", "contradiction"]
    target: str
    verdict: Action
    by: str
    at: str
    note: str | None = None
    extracted: Claim | None = None
    reviewed: Claim | None = None
    premise: str | None = None
    hypothesis: str | None = None
    label: Literal["contradiction", "neutral"] | None = None


class Clash(Record):
    """A contradiction or tension as one of its claims meets it: its id, and the other claim, whose and since when."""

    contradiction: str
    kind: ContradictionKind
    strength: Strength
    claim: str
    source: str
    published: str | None = None


class TimelineEntry(Record):
    """A claim at its place on a timeline, by the time it was said or by the time it is about.

    `when` words the place: "2021-10-06", "2024-09-01 to 2024-12-31", "before 2021-10-06", "no date". `start` and `end`
    (ISO 8601, inclusive) bound it as far as they are known. `changed_from` is the claim by which the same source, at an
    earlier date, took the other side of the same proposition. `repeats` is the id of the claim that this one, in a
    reprint, only says again.
    """

    record: Literal["timeline_entry"] = "timeline_entry"
    when: str
    start: str | None = None
    end: str | None = None
    claim: Claim
    changed_from: Claim | None = None
    clashes: tuple[Clash, ...] = ()
    repeats: str | None = None


class Reversal(Record):
    """A source took one side of a proposition with `before` and, at a later date, the other side with `after`."""

    record: Literal["reversal"] = "reversal"
    source: Source
    before: Claim
    after: Claim


class Confirmation(Record):
    """New claims that take the same side of a proposition as older ones of other sources."""

    record: Literal["confirmation"] = "confirmation"
    id: str = Field(description="of the proposition")
    proposition: str
    side: SideName
    new: tuple[Claim, ...]
    old: tuple[Claim, ...]


class Topic(Record):
    """What claims are about: how it is called, how much the store holds on it, and where people put it.

    `topic` is its slug, `name` is for reading. The counts take in what is read as this topic and all that stands under
    it; `contradictions` counts the clashes, tensions aside, of claims on it. `aliases` are other names of it, `under`
    is the slug of the topic under which people put it.
    """

    record: Literal["topic"] = "topic"
    topic: str
    name: str
    claims: int
    documents: int
    sources: int
    contradictions: int
    aliases: tuple[str, ...] = ()
    under: str | None = None


class Opponent(Record):
    """Whom a source clashes with, how often, and the pair that shows it best."""

    id: str
    name: str
    contradictions: int
    tensions: int
    pair: str


class SourceProfile(Record):
    """What the store holds of a source, how it fared, and what people decided about it.

    `names` are other spellings of its name, `merged` the ids that are read as it. `reliability` is the Admiralty code
    that a person gave it, never derived from anything. `decisions` are those in force: merges, ratings, comments.
    `opponents`: who clashes with it, most often first; a position that somebody else tells of it counts, too. `score`
    is that of its resolved forecasts, if there are any.
    """

    record: Literal["source_profile"] = "source_profile"
    id: str
    name: str
    kind: SourceKind
    names: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    reliability: Reliability | None = None
    decisions: tuple[Decision, ...] = ()
    claims: int
    documents: int
    oldest: str | None = None
    newest: str | None = None
    contradictions: int = 0
    tensions: int = 0
    opponents: tuple[Opponent, ...] = ()
    reversals: tuple[Reversal, ...] = ()
    forecasts: int = 0
    score: Score | None = None
