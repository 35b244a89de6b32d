"""Write the SHA-256 of a model's files beside them, into digests.json: claimtrack opens no other ones.

usage: digests.py FOLDER ...

The recipes call `seal` when they have exported a model. Whoever puts weights into a folder by hand runs this on it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

NAME = "digests.json"


def seal(folder: Path) -> None:
    """Write the digests of all weights, tokenizers and settings in a folder."""
    files = sorted(path for path in folder.iterdir() if path.suffix in {".onnx", ".npz", ".json"} and path.name != NAME)
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    (folder / NAME).write_text(json.dumps(digests, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        seal(Path(name))
