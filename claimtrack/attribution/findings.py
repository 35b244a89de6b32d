"""What a rule gives: one attribution in tokens, before it is set in characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.attribution.cues import Cue, Reporting
from claimtrack.attribution.syntax import Range

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Finding:
    """One attribution in tokens, before it is set in characters; `chain` as in `schema.Attribution`."""

    pattern: str
    content: tuple[Range, ...]
    source: Range | None = None
    cue: Range | None = None
    head: Token | None = None
    entry: Reporting | None = None
    chain: tuple[str, ...] = ()


def finding_of(pattern: str, content: Sequence[Range], source: Range | None, cue: Cue) -> Finding:
    """The finding of a pattern for a cue."""
    return Finding(pattern, tuple(content), source, cue.tokens, cue.head, cue.entry)


def source_words(finding: Finding) -> str:
    """The source of a finding as written, without the stops behind it."""
    doc = finding.head.doc if finding.head is not None else None
    return doc[slice(*finding.source)].text.rstrip(" ,;:-–—") if doc is not None and finding.source else ""
