"""Verbs agree with what takes a pronoun's place."""

from __future__ import annotations

import pytest

from claimtrack.reference.verbs import agreeing
from tests.reference.parsed import english


@pytest.mark.parametrize(
    ("text", "pronoun", "plural", "changed"),
    [
        ("I am late.", "I", False, "is"),
        ("I'm late.", "I", False, " is"),
        ("I have paid.", "I", False, "has"),
        ("They've paid.", "They", False, " has"),
        ("They support it.", "They", False, "supports"),
        ("They were late.", "They", False, "was"),
        ("He supports it.", "He", True, "support"),
        ("She's late.", "She", False, " is"),
        ("We'll pay.", "We", False, " will"),
        ("I do not know.", "I", False, "does"),
        ("He paid.", "He", False, None),
        ("They paid him.", "him", False, None),
        ("They can pay.", "They", False, None),
        ("They support it.", "They", True, None),
    ],
)
def test_verbs_agree_with_what_replaces_a_subject(text: str, pronoun: str, plural: bool, changed: str | None) -> None:
    """Only the finite verb of a subject changes, and only where number or person does."""
    doc = english()(text)
    token = next(t for t in doc if t.text == pronoun)
    assert [words for _, _, words in agreeing(token, plural=plural)] == ([changed] if changed else [])
