"""Resolve what refers back: pronouns, "there", descriptions like "the corridor", "the two countries", "the former"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack.naming import Cast, Mention
from claimtrack.schema import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc


def resolve(doc: Doc, document: Document, mentions: Sequence[Mention], cast: Cast) -> list[Mention]:  # noqa: ARG001
    """Give the mentions that refer back."""
    return []
