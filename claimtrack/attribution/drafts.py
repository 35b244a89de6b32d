"""Drafts: the quotations of one window, each content with its cue and its source, and the evidence for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.attribution.decoding import LABELS, NOTHING, Config, Tagged, mass, pointed, runs
from claimtrack.attribution.pieces import NO_OFFSET
from claimtrack.attribution.scoring import content_features, source_features
from claimtrack.schema import Span

if TYPE_CHECKING:
    from claimtrack.attribution.decoding import Floats


@dataclass(frozen=True)
class Draft:
    """A quotation in pieces of its window, with the evidence that its scores are made of."""

    content: list[Span]
    cue: Span | None
    source: Span | None
    content_features: dict[str, float]
    source_features: dict[str, float]


def drafts(tagged: Tagged, config: Config) -> list[Draft]:
    """The quotations of one window."""
    if not tagged.spans["content"]:
        return []
    cues = candidates(tagged, "cue", config.cue_floor)
    sources = candidates(tagged, "source", config.source_floor)
    groups = joined(tagged, tagged.spans["content"], cues, config.join_floor)
    return [draft(tagged, parts, cue, sources) for parts, cue in groups]


def candidates(tagged: Tagged, kind: str, floor: float) -> list[Span]:
    """Tagged spans, and runs of untagged pieces that are of the kind with probability `floor` at least."""
    begin = LABELS.index(f"B-{kind}")
    chances = tagged.probabilities[:, begin : begin + 2].sum(axis=1)
    taken = {at for spans in tagged.spans.values() for span in spans for at in range(*span)}
    taken |= {at for at, start in enumerate(tagged.pieces.starts) if start == NO_OFFSET}
    return tagged.spans[kind] + runs(p >= floor and at not in taken for at, p in enumerate(chances))


def joined(
    tagged: Tagged, contents: list[Span], cues: list[Span], floor: float
) -> Iterator[tuple[list[Span], Span | None]]:
    """Contents with their cue: those that point to the same one, surely enough, are parts of one content."""
    parts: dict[Span, list[tuple[float, Span]]] = {}
    for content in contents:
        weights = pointed(tagged, "content_cue", content)
        cue = best(weights, cues)
        if cue:
            parts.setdefault(cue, []).append((mass(weights, cue), content))
        else:
            yield [content], None
    for cue, shares in parts.items():
        surest = max(share for share, _ in shares)
        yield [content for share, content in shares if share >= min(floor, surest)], cue
        for share, content in shares:
            if share < min(floor, surest):
                yield [content], None


def draft(tagged: Tagged, content: list[Span], cue: Span | None, sources: list[Span]) -> Draft:
    """Finds the source of a content and its cue, and gathers the evidence for both."""
    weights = source_weights(tagged, content, cue)
    source = best(weights, sources)
    share = min(mass(pointed(tagged, "content_cue", part), cue or NOTHING) for part in content)
    return Draft(
        content=content,
        cue=cue,
        source=source,
        content_features=content_features(tagged, content, cue, share),
        source_features=source_features(tagged, source, mass(weights, source or NOTHING)),
    )


def source_weights(tagged: Tagged, content: list[Span], cue: Span | None) -> Floats:
    """Where the source may be, as content and cue see it, with equal say."""
    weights = pointed(tagged, "content_source", content[0])
    for part in content[1:]:
        weights = weights + pointed(tagged, "content_source", part)
    weights = weights / len(content)
    return (weights + pointed(tagged, "cue_source", cue)) / 2 if cue else weights


def best(weights: Floats, candidates: list[Span]) -> Span | None:
    """The span that most of the weights lie on, or None where more of them stand for nothing at all."""
    found = max([NOTHING, *candidates], key=lambda span: mass(weights, span))
    return None if found == NOTHING else found
