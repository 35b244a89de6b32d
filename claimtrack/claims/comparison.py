"""Two statements held against each other: the claims of both, the rules on them, and the pair model."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Literal

from claimtrack.claims.extraction import extract
from claimtrack.contradiction import judging, nli
from claimtrack.reading import ingest
from claimtrack.schema import Claim, Contradiction, NearMiss, Verdict

if TYPE_CHECKING:
    from spacy.language import Language

    from claimtrack.contradiction.nli import PairModel

Agreement = Literal["same", "opposed", "others"]
"""How two statements on one thing stand: they put one holder on the same side, or on both; or tell of other holders."""

UNDECIDED = nli.Verdict(entailment=0.1, neutral=0.8, contradiction=0.1)
RULED_OUT = 0.2


def compare(premise: str, hypothesis: str, nlp: Language, model: PairModel | None = None) -> Verdict:
    """Judge two statements: whether the hypothesis follows from the premise, contradicts it, or neither.

    They are read as one text, so that names and pronouns of the second may refer to the first. The pair model gives
    the probabilities; a rule that finds a clash raises that of contradiction to its score and explains it. What rules
    a clash out (other parties, a condition, a question, two possibilities) keeps it below 0.2. Without a model, what
    no rule decides is neutral.
    """
    first, second = _read(premise, hypothesis, nlp)
    judged = [judging.judge(a, b) for a in first for b in second]
    read = model.judge([(premise, hypothesis)])[0] if model else UNDECIDED
    clash = max((p for p in judged if isinstance(p, Contradiction)), key=lambda p: p.score, default=None)
    if clash is not None:
        return _verdict(read, max(clash.score, read.contradiction), clash.explanation)
    near = next((p for p in judged if isinstance(p, NearMiss)), None)
    if near is not None or not _stand_against(first, second):
        return _verdict(read, min(RULED_OUT, read.contradiction), near.explanation if near else None)
    return _verdict(read, read.contradiction, None)


def positions(premise: str, hypothesis: str, nlp: Language) -> Agreement | None:
    """Say whether both statements put one holder on the same side of one thing; None where they share no thing.

    "Peru backs the dam" is opposed to "Peru fights the dam", and says nothing against "Chile fights the dam".
    """
    first, second = ([p for claim in side for p in claim.positions] for side in _read(premise, hypothesis, nlp))
    shared = [(p, q) for p, q in product(first, second) if p.target_id == q.target_id]
    alike = {p.value == q.value for p, q in shared if p.holder_id == q.holder_id}
    if not alike:
        return "others" if shared else None
    return "same" if True in alike else "opposed"


def _read(premise: str, hypothesis: str, nlp: Language) -> tuple[list[Claim], list[Claim]]:
    """The claims of two statements, read as one text."""
    claims = extract(ingest.from_text(f"{premise}\n\n{hypothesis}"), nlp)
    border = len(premise)
    return [c for c in claims if c.spans[0][0] < border], [c for c in claims if c.spans[0][0] >= border]


def _stand_against(first: Sequence[Claim], second: Sequence[Claim]) -> bool:
    """Tell whether both sides assert something, and not both a mere possibility: "may" and "may not" can both stand."""
    held = [{c.factuality[:2] for c in side if c.factuality not in {"Uu", "CTu"}} for side in (first, second)]
    return all(held) and held != [{"PS"}, {"PS"}]


def _verdict(read: nli.Verdict, clash: float, explanation: str | None) -> Verdict:
    """Give a verdict with this probability of contradiction, the rest shared out as the pair model does."""
    rest = (1 - clash) / max(read.entailment + read.neutral, 1e-9)
    return Verdict(entailment=read.entailment * rest, neutral=read.neutral * rest, contradiction=clash,
                   explanation=explanation)
