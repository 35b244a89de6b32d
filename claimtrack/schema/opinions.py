"""What a judge of the user's own says of a pair."""

from __future__ import annotations

from typing import Literal

from claimtrack.schema.record import Record


class Opinion(Record):
    """What a model that the user runs says of a pair, in its own words; no part of the pair's score.

    `pair` is the contradiction's id, `judge` the model's name, `verdict` and `reason` its answer.
    """

    record: Literal["opinion"] = "opinion"
    pair: str
    judge: str
    verdict: Literal["contradiction", "tension", "both can stand", "cannot tell"]
    reason: str
