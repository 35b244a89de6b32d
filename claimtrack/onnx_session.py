"""Open the small ONNX models that run on the CPU, and make text as they were trained on it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimtrack.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

# One character for one, so that offsets stay.
_STRAIGHT_MARKS = str.maketrans("“”„«»‘’‚`´‐‑‒–—", "\"\"\"\"\"'''''-----")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def models_folder() -> Path:
    """Give the folder of the trained weights: inside an installed package, beside the package in a checkout.

    It need not exist; what opens a model there says what is missing.
    """
    package = Path(__file__).resolve().parent
    installed = package / "models"
    return installed if installed.is_dir() else package.parent / "models"


def open_session(path: Path) -> InferenceSession:
    """Open an ONNX file as a session on one thread.

    One thread, because claimtrack runs documents in parallel processes: threads inside a session would fight over
    the same cores, and a spinning thread burns a core while it waits.

    Raises:
        ModelError: the file is missing, or is no model that onnxruntime can run.
    """
    if not path.is_file():
        raise ModelError(f"no model at {str(path)!r}: the weights come with the repository, under models/")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's exceptions share no public base class
        raise ModelError(f"cannot open the model {str(path)!r}, it may be damaged: {error}") from error


def open_model(folder: Path, *keys: str) -> tuple[InferenceSession, Tokenizer, dict[str, Any]]:
    """Open a text model's three files: model.onnx, tokenizer.json and config.json, which must hold `keys`.

    Raises:
        ModelError: a file is missing or broken.
    """
    from tokenizers import Tokenizer

    session = open_session(folder / "model.onnx")
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf8"))
        missing = {*keys} - config.keys()
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelError(f"the model in {str(folder)!r} is incomplete: {error}; restore the folder") from error
    if missing:
        raise ModelError(f"{str(folder / 'config.json')!r} lacks {', '.join(sorted(missing))}; restore the file")
    tokenizer.no_padding()
    return session, tokenizer, config


def straight(text: str) -> str:
    """Give a text with straight marks, of the same length; lone surrogates, which no tokenizer takes, replaced."""
    return _LONE_SURROGATES.sub("\ufffd", text.translate(_STRAIGHT_MARKS))
