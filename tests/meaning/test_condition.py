"""Tests of claimtrack.meaning.condition, on invented sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claimtrack.meaning import factuality
from tests.meaning.sentences import qualified, words

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(("text", "condition", "kind"), [
    ("If the talks fail, a strike will follow.", "If the talks fail", "prediction"),
    ("The town drowns unless the dam holds.", "unless the dam holds", "fact"),
    ("Should the talks fail, a strike will follow.", "Should the talks fail", "prediction"),
    ("Were the firm to close, prices would rise.", "Were the firm to close", "scenario"),
    ("In case of a strike, the trains will stop.", "In case of a strike", "prediction"),
    ("The talks may fail if prices rise. In such a case, a strike will follow.", "if prices rise", "prediction"),
    ("They face the threat of a strike. In such a scenario, prices would rise.", "the threat of a strike", "scenario"),
    ("I would be surprised if the talks failed.", None, "prediction"),
    ("The road stays open even if prices rise.", None, "fact"),
    ("The road is open.", None, "fact"),
])
def test_condition_qualify_finds_the_condition(
    parser: Language, text: str, condition: str | None, kind: str
) -> None:
    """If-clauses in all forms are the condition, and what hangs on one is not asserted; "surprised if" is none."""
    doc = parser(text)
    q = qualified(doc)
    assert (words(doc, q.condition), q.kind) == (condition, kind)
    assert condition is None or q.factuality == "Uu"


def test_condition_threat_condition_hangs_on_the_action(parser: Language) -> None:
    """The reported threat stands free; as the union's own threat it hangs on the if-clause."""
    doc = parser("The union has threatened a strike if the plant closes.")
    told, own = qualified(doc), qualified(doc, cue_kind="threat")
    assert (words(doc, told.condition), told.time.relation) == (None, "past")
    assert (words(doc, own.condition), own.time.relation) == ("if the plant closes", "future")


def test_condition_if_clause_asserts_nothing(parser: Language) -> None:
    """The event of an if-clause is hypothetical."""
    doc = parser("If the dam breaks, the town will drown.")
    q = factuality.qualify(doc[3])
    assert (q.kind, q.factuality, q.condition) == ("scenario", "Uu", None)


def test_condition_concession_marks_although_clauses(parser: Language) -> None:
    """An event in an although- or while-clause is marked, that of the main clause is not."""
    doc = parser("Although exports fell, the bank stayed calm.")
    assert (factuality.qualify(doc[2]).concession, factuality.qualify(doc[6]).concession) == (True, False)
