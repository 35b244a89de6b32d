"""The learned kinds, on invented sentences."""

from __future__ import annotations

import shutil

import pytest

from claimtrack.claims.kind_model import KindModel
from claimtrack.errors import ModelError
from claimtrack.onnx_session import models_folder
from tests.claims.sentences import claims_of, only


@pytest.mark.parametrize(("text", "kind"), [
    ("The senator said the law is a shameful disgrace and terribly unfair.", "opinion"),
    ("The mayor said that the firm lied to the public and stole its money.", "accusation"),
    ("The council should reject the plan, the mayor said.", "demand"),
    ("The bridge was built in 1931 and has three arches.", "fact"),
])
def test_kind_model_tells_kinds_that_rules_miss(nlp, text: str, kind: str) -> None:
    """Judgements and reproaches are told from facts without a word that a rule knows."""
    assert kind in {claim.kind for claim in claims_of(nlp, text)}


def test_kind_model_leaves_weighed_forecasts_alone(nlp) -> None:
    """What a claim itself weighs is a prediction, and a scenario laid out stays one."""
    assert only(nlp, "A strike is likely next week.").kind == "prediction"
    assert only(nlp, "Second scenario: Siege of the port. Norway could sink a ship.").kind == "scenario"


def test_kind_model_says_what_is_broken(tmp_path) -> None:
    """A missing or damaged file is named, with what to do."""
    with pytest.raises(ModelError, match="the weights come with the repository"):
        KindModel.load(tmp_path)
    shutil.copytree(models_folder() / "kind", tmp_path / "kind")
    (tmp_path / "kind/weights.npz").write_bytes(b"PK")
    with pytest.raises(ModelError, match="Restore the file"):
        KindModel.load(tmp_path / "kind")
