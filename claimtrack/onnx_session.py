"""Open the small ONNX models that run on the CPU, and make text as they were trained on it."""

from __future__ import annotations

import hashlib
import json
import re
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimtrack.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

# One character for one, so that offsets stay.
_STRAIGHT_MARKS = str.maketrans("“”„«»‘’‚`´‐‑‒–—", "\"\"\"\"\"'''''-----")
DIGESTS = "digests.json"
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def models_folder() -> Path:
    """Give the folder of the trained weights: inside an installed package, beside the package in a checkout.

    It need not exist; what opens a model there says what is missing.
    """
    package = Path(__file__).resolve().parent
    installed = package / "models"
    return installed if installed.is_dir() else package.parent / "models"


def shipped_folder(name: str, without: str) -> Path | None:
    """Give the folder of a model that comes with claimtrack; where it was left out, warn and give None.

    Args:
        name: the folder's.
        without: what is missed without it, such as "pronouns stay unresolved".
    """
    folder = models_folder() / name
    if folder.is_dir():
        return folder
    warnings.warn(f"no {name} weights at {str(folder)!r}: {without}", stacklevel=3)
    return None


def verified(path: Path) -> bytes:
    """Read a file of a model, whose SHA-256 must be that in `digests.json` beside it, if it stands there.

    The recipes write that file when they export a model (``models/train/digests.py``).

    Raises:
        ModelError: the file is missing, or is not the one that was exported.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        words = f"no model at {str(path)!r} ({error.strerror or error})"
        raise ModelError(f"{words}: the weights come with the repository, under models/") from error
    expected = _digests(path.parent).get(path.name)
    if expected is not None and hashlib.sha256(raw).hexdigest() != expected:
        raise ModelError(
            f"{str(path)!r} is damaged, or was replaced: its SHA-256 is not the one in "
            f"{DIGESTS!r} beside it. Restore the file from the repository, or install claimtrack anew."
        )
    return raw


@cache
def _digests(folder: Path) -> dict[str, str]:
    """Read the digests of a folder's files; none where it has no list of them."""
    path = folder / DIGESTS
    if not path.is_file():
        return {}
    try:
        return dict(json.loads(path.read_text(encoding="utf8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"{str(path)!r} cannot be read: {error}. Restore the file from the repository.") from error


def open_session(path: Path) -> InferenceSession:
    """Open an ONNX file as a session on one thread.

    One thread, because claimtrack runs documents in parallel processes: threads inside a session would fight over
    the same cores, and a spinning thread burns a core while it waits.

    Raises:
        ModelError: the file is missing, or is no model that onnxruntime can run.
    """
    raw = verified(path)
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(raw, options, providers=["CPUExecutionProvider"])
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
        config = json.loads(verified(folder / "config.json"))
        missing = {*keys} - config.keys()
        tokenizer = Tokenizer.from_str(verified(folder / "tokenizer.json").decode("utf8"))
    except ModelError:
        raise
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelError(f"the model in {str(folder)!r} is incomplete: {error}; restore the folder") from error
    if missing:
        raise ModelError(f"{str(folder / 'config.json')!r} lacks {', '.join(sorted(missing))}; restore the file")
    tokenizer.no_padding()
    return session, tokenizer, config


def straight(text: str) -> str:
    """Give a text with straight marks, of the same length; lone surrogates, which no tokenizer takes, replaced."""
    return _LONE_SURROGATES.sub("\ufffd", text.translate(_STRAIGHT_MARKS))
