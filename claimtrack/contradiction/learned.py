"""What the trained judge makes of claims that lie near one another: a clash with its kind, or why it hardly is one.

The rules only see what they have words for. Here claims meet by meaning (`encoder`, `neighbours`), and a model reads
both (`judge_model`). Where weights were left out, nobody meets.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from claimtrack.contradiction import encoder, judge_model
from claimtrack.contradiction.exclusions import FAR_APART_DAYS
from claimtrack.contradiction.explanation import again, bare, sentence, source_name, with_verb
from claimtrack.contradiction.judge_model import Reading
from claimtrack.contradiction.neighbours import Space, neighbour_count
from claimtrack.contradiction.retelling import says_something, stands_alone, verb, weighty_words
from claimtrack.contradiction.sameness import days_apart, restates, same_place, same_source
from claimtrack.schema import Claim, Contradiction, ContradictionKind, NearMiss, NearReason, PairRelation

SHOWN = 0.5
"""The score from which a clash that only the judge found is shown unasked; what it takes for a tension is not.

The six such pairs on the dev part of the hand-read events clash to a reader, of seven tensions none did
(models/judge_large/README.md).
"""

KEPT = 0.15
"""The score from which such a pair is kept, to be seen with `--min-score`."""

NARROW = 0.1
"""The score from which a pair that the judge rejects is a near miss."""

MANY, MOSTLY = 5, 0.8  # weighty words of a statement, and the share of them that one which repeats it has

THREADS = 2  # onnxruntime lets other threads run while it reads a pair

KINDS: dict[str, ContradictionKind] = {
    "antonym": "antonym", "cause": "cause", "date": "numeric", "denial": "denial", "evaluation": "stance",
    "fact check": "denial", "identity": "role", "legal": "status", "likelihood": "likelihood", "negation": "negation",
    "numeric": "numeric", "promise": "status", "role": "role", "stance": "stance", "status": "status",
}  # fmt: skip
"""What readers called a clash, and what the record calls it."""

REASONS: dict[str, tuple[NearReason, str]] = {
    "concession": ("concession", "one seems to be conceded beside the other"),
    "condition": ("conditional", "one seems to hold under a condition only"),
    "degree": ("degree only", "the two seem to differ in degree only"),
    "list": ("list-valued", "the two seem to name different things of one list"),
    "other aspect": ("other aspect", "the two seem to speak of different aspects"),
    "other parties": ("other parties", "the two seem to speak of different parties"),
    "other time": ("other time", "the two seem to speak of different times"),
    "question": ("reported not held", "one seems to be asked, not held"),
    "refinement": ("refinement", "one seems to tell the other more exactly"),
    "reported not held": ("reported not held", "one seems to be passed on, not held"),
    "restated": ("restated", "the two seem to say the same"),
    "same side": ("same side", "neither seems to rule the other out"),
}
"""What readers called a look-alike: what the record calls it, and in words."""


def is_ready() -> bool:
    """Tell whether the weights of judge and encoder are there.

    Raises:
        ModelError: they are broken.
    """
    return judge_model.shipped() is not None and encoder.shipped() is not None


def met(claims: Sequence[Claim]) -> Iterator[Contradiction | NearMiss]:
    """Judge each pair of claims that lie near one another; clashes and near misses come out.

    Raises:
        ModelError: weights are broken.
    """
    model = encoder.shipped()
    if model is None or not is_ready():
        return
    space = Space(model.vectors(claims))
    nearest = space.nearest(range(len(claims)), neighbour_count(len(claims)))
    near = {(min(i, j), max(i, j)): cosine for i, j, cosine in nearest}
    yield from judged((claims[i], claims[j], cosine) for (i, j), cosine in sorted(near.items()))


def judged(pairs: Iterable[tuple[Claim, Claim, float]]) -> Iterator[Contradiction | NearMiss]:
    """Judge pairs with their nearness, in order; those that have something against each other come out."""
    with ThreadPoolExecutor(min(THREADS, os.cpu_count() or 1)) as pool:
        yield from (found for found in pool.map(lambda pair: judge(*pair), pairs) if found is not None)


def judge(a: Claim, b: Claim, nearness: float) -> Contradiction | NearMiss | None:
    """Say how two claims clash, why they hardly do, or None where they have little against each other.

    Args:
        a: the one.
        b: the other.
        nearness: the cosine of their vectors, in [-1, 1].

    Raises:
        ModelError: the judge's weights are broken; without any it finds nothing.
    """
    model = judge_model.shipped()
    if model is None or not may_clash(a, b):
        return None
    reading = model.read(a, b, nearness)
    if reading.score >= KEPT:
        return _contradiction(a, b, reading)
    return _near_miss(a, b, reading) if reading.score >= NARROW else None


def may_clash(a: Claim, b: Claim) -> bool:
    """Tell whether two claims are worth reading: each is held and says something, and both speak of one time.

    One voice in one article does not count either: of such hand-read pairs 26 of 744 clash, and the rules look for
    them.
    """
    if same_place(a, b) or (a.stance == b.stance and (restates(a, b) or _repeats(a, b))):
        return False
    if (days_apart(a.published, b.published) or 0) > FAR_APART_DAYS or (a.document == b.document and same_source(a, b)):
        return False
    return all(c.stance != "question" and says_something(c) and stands_alone(c) for c in (a, b))


def _repeats(a: Claim, b: Claim) -> bool:
    """Tell whether one statement has nearly all the weighty words and the numbers of the other.

    Where they clash all the same, by a "not", the rules find it. Of 12 such pairs that the judge had ranked high none
    was a clash to a reader, of 511 listed among near ones 42.
    """
    first, second = sorted((weighty_words(a), weighty_words(b)), key=len)
    numbers = {word for word in first if word.isdigit()}
    return len(first) >= MANY and len(first & second) >= MOSTLY * len(first) and numbers <= second


def _contradiction(a: Claim, b: Claim, reading: Reading) -> Contradiction:
    relation, topics = _relation(a, b), tuple(t for t in a.topics if t in b.topics)
    return Contradiction(
        id=f"ctr_{_digest(a.id, b.id, 'judge')}",
        kind="temporal" if relation == "reversal" else KINDS[reading.likeliest(KINDS)],
        strength="contradiction" if reading.hard else "tension",
        score=round(reading.score, 3),
        explanation=_explanation(a, b),
        basis="judge",
        faint=round(reading.score, 3) < SHOWN or not reading.hard or _may_both_stand(a, b),
        same_source=same_source(a, b),
        same_document=a.document == b.document,
        relation=relation,
        group=f"grp_{_digest('judge', topics[0])}" if topics else "",
        topics=topics,
        a=a,
        b=b,
    )


def _may_both_stand(a: Claim, b: Claim) -> bool:
    """Tell a pair of which one holds under a condition only, or both hold something false, whatever the judge reads."""
    return bool(a.condition or b.condition) or (a.commitment < 0 and b.commitment < 0)


def _near_miss(a: Claim, b: Claim, reading: Reading) -> NearMiss:
    reason, words = REASONS[reading.likeliest(REASONS)]
    explanation = f"Read whole, it hardly is a contradiction ({reading.score:.0%}): {words}."
    topics = tuple(t for t in a.topics if t in b.topics)
    return NearMiss(reason=reason, explanation=explanation, basis="judge", topics=topics, a=a, b=b)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf8", "surrogatepass")).hexdigest()[:16]


def _relation(a: Claim, b: Claim) -> PairRelation:
    if not same_source(a, b):
        return "disagreement"
    return "reversal" if days_apart(a.published, b.published) else "inconsistency"


def _explanation(a: Claim, b: Claim) -> str:
    """Say in one sentence who says what: "Iran denies: It attacked the tankers; Donald Trump says: Iran did it."."""
    return sentence(f"{_told(a, source_name(a))}; {_told(b, again(a, b))}.")


def _told(claim: Claim, who: str) -> str:
    singular = verb(claim)
    plural = singular[:-3] + "y" if singular.endswith("ies") else singular[:-1]
    return f"{with_verb(claim, who, plural, singular)}: {bare(claim.proposition)}"
