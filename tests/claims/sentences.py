"""The claims of an invented sentence, as the whole pipeline reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack.claims import extraction
from claimtrack.reading import ingest
from claimtrack.schema import Claim

if TYPE_CHECKING:
    from spacy.language import Language


def claims_of(nlp: Language, text: str) -> list[Claim]:
    """The claims of a text, in text order."""
    return extraction.extract(ingest.from_text(text), nlp)


def only(nlp: Language, text: str) -> Claim:
    """The one claim of a text."""
    (claim,) = claims_of(nlp, text)
    return claim
