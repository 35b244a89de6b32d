"""The words that records use: every closed set of values, and the version of the whole."""

from __future__ import annotations

from typing import Literal

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
    "restated", "superseded", "reported not held", "other aspect", "same side", "unconfirmed",
]
PairBasis = Literal["rule", "judge"]

Subject = Literal["claim", "contradiction", "source", "topic", "decision"]
Action = Literal["accept", "reject", "edit", "merge", "split", "comment", "resolve", "rate", "place", "undo"]
Outcome = Literal["yes", "no", "void"]
ForecastStatus = Literal["due", "open", "resolved"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal[1, 2, 3, 4, 5, 6]
