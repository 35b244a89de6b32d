"""Open the small ONNX models that run on the CPU."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


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
