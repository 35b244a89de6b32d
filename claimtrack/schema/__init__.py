"""Every record that crosses a module boundary or reaches disk.

Offsets are Python code points, half-open `[start, end)`, into `Document.text`. Unknown is None or an explicit
value, never a guess. Records are frozen and reject unknown keys, so that a misspelt field is an error at once.

In the order in which a document meets them: `terms`, the words that records use; `record`, what all have in common;
`documents`; `claims`; `pairs` of claims that clash; `opinions` on them; `propositions`, what several claims say;
`bearings` on a headline; `decisions` of persons; `forecasts` and their scores; `chronicle`, what changed over time;
`profiles` of topics and sources.
"""

from __future__ import annotations

from claimtrack.schema.bearings import Bearing, Passage
from claimtrack.schema.chronicle import Clash, Confirmation, Reversal, TimelineEntry
from claimtrack.schema.claims import (
    Attribution,
    Claim,
    Entity,
    Frame,
    Likelihood,
    Position,
    Qualification,
    Quantity,
    Source,
    Time,
)
from claimtrack.schema.decisions import Anchor, Change, Conflict, Decision, Judgement, Original
from claimtrack.schema.documents import Document, Section
from claimtrack.schema.forecasts import CalibrationBin, Estimate, Forecast, Score
from claimtrack.schema.opinions import Opinion
from claimtrack.schema.pairs import Contradiction, Evidence, NearMiss, Verdict
from claimtrack.schema.profiles import Opponent, SourceProfile, Topic
from claimtrack.schema.propositions import Contrast, Corroboration, Side, Voice
from claimtrack.schema.record import Record
from claimtrack.schema.terms import (
    SCHEMA_VERSION,
    Action,
    AttributionType,
    BearingLabel,
    ClaimKind,
    ContradictionKind,
    Credibility,
    CueKind,
    EntityType,
    Factuality,
    ForecastStatus,
    LinkVia,
    NearReason,
    Outcome,
    PairRelation,
    PassageRole,
    Polarity,
    Relation,
    Reliability,
    SectionKind,
    SideName,
    SourceKind,
    Span,
    Stance,
    Strength,
    Subject,
)

__all__ = [
    "SCHEMA_VERSION", "Action", "Anchor", "Attribution", "AttributionType", "Bearing", "BearingLabel",
    "CalibrationBin", "Change", "Claim", "ClaimKind", "Clash", "Confirmation", "Conflict", "Contradiction",
    "ContradictionKind", "Contrast", "Corroboration", "Credibility", "CueKind", "Decision", "Document", "Entity",
    "EntityType", "Estimate", "Evidence", "Factuality", "Forecast", "ForecastStatus", "Frame", "Judgement",
    "Likelihood", "LinkVia", "NearMiss", "NearReason", "Opinion", "Opponent", "Original", "Outcome", "PairRelation",
    "Passage", "PassageRole", "Polarity", "Position", "Qualification", "Quantity", "Record", "Relation",
    "Reliability", "Reversal", "Score", "Section", "SectionKind", "Side", "SideName", "Source", "SourceKind",
    "SourceProfile", "Span", "Stance", "Strength", "Subject", "Time", "TimelineEntry", "Topic", "Verdict", "Voice",
]  # fmt: skip
