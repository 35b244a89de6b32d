"""Weights are what was exported, and what is missing is named."""

from __future__ import annotations

import hashlib
import json
import shutil
import warnings
from pathlib import Path

import pytest

from claimtrack import onnx_session, pipeline
from claimtrack.contradiction import encoder, nli
from claimtrack.errors import ModelError
from claimtrack.onnx_session import models_folder, open_session, verified
from claimtrack.reference.ranker import Ranker


@pytest.mark.parametrize("folder", ["attribution", "commitment", "coreference", "judge", "nli", "retriever"])
def test_weights_are_those_that_the_recipes_exported(folder: str) -> None:
    """Every weights file, tokenizer and config has its digest; where this fails, run models/train/digests.py."""
    found = models_folder() / folder
    digests = json.loads((found / onnx_session.DIGESTS).read_text())
    files = {p.name for p in found.iterdir() if p.suffix in {".onnx", ".json"}} - {onnx_session.DIGESTS}
    assert {name: hashlib.sha256((found / name).read_bytes()).hexdigest() for name in files} == digests


def test_weights_that_were_changed_are_refused_by_name(tmp_path: Path) -> None:
    """One byte that differs is an error that names the file and what to do; without digests it is not looked for."""
    path = tmp_path / "model.onnx"
    path.write_bytes(b"weights")
    assert verified(path) == b"weights"
    changed = tmp_path / "changed"
    changed.mkdir()
    (changed / "model.onnx").write_bytes(b"weightz")
    (changed / "digests.json").write_text(json.dumps({"model.onnx": hashlib.sha256(b"weights").hexdigest()}))
    with pytest.raises(ModelError, match=r"model\.onnx' is damaged, or was replaced.*Restore the file"):
        open_session(changed / "model.onnx")


def test_weights_without_readable_digests_are_refused(tmp_path: Path) -> None:
    """A broken list of digests is no reason to trust the weights."""
    (tmp_path / "model.onnx").write_bytes(b"weights")
    (tmp_path / "digests.json").write_text("[not a list")
    with pytest.raises(ModelError, match=r"digests\.json' cannot be read"):
        verified(tmp_path / "model.onnx")


def test_tokenizers_are_checked_too(tmp_path: Path) -> None:
    """A tokenizer that was changed gives other pieces, so it is refused as weights are."""
    copied = shutil.copytree(models_folder() / "coreference", tmp_path / "coreference")
    (copied / "tokenizer.json").write_text((copied / "tokenizer.json").read_text() + " ")
    with pytest.raises(ModelError, match=r"tokenizer\.json' is damaged"):
        Ranker.load(copied)


def test_weights_that_are_missing_are_named_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each model that was left out warns by name and says what is missed, however often it is asked for."""
    monkeypatch.setattr(onnx_session, "models_folder", lambda: tmp_path)
    encoder.shipped.cache_clear()
    nli.shipped.cache_clear()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert [encoder.shipped(), encoder.shipped(), nli.shipped()] == [None, None, None]
        assert pipeline.Linker([]).ranker is None
    encoder.shipped.cache_clear()
    nli.shipped.cache_clear()
    assert [str(w.message).split(":")[0] for w in caught] == [
        f"no {name} weights at {str(tmp_path / name)!r}" for name in ("retriever", "nli", "coreference")
    ]
