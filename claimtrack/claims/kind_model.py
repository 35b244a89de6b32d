"""What kind of claim it is, learned: facts, opinions, accusations, predictions, demands, intentions, causes, threats.

A linear model reads the claim's words and what the rules made of it, and the mean of what the ranker's encoder made of
its pieces, which costs no further run of a network. The recipe is ``models/train/kind.py``.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import numpy as np

from claimtrack.errors import ModelError
from claimtrack.onnx_session import models_folder, verified
from claimtrack.schema import Claim, ClaimKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from claimtrack.reference.linking import Links

    Floats = NDArray[np.float32]

BUCKETS = 1 << 15
"""How many buckets the features are hashed into."""
_WORD = re.compile(r"[a-z]+(?:n['’]t)?|\d[\d.,]*%?|[!?“”\"]")
_LONG = 5  # letters from which a word's beginning and end tell more than the word


class KindModel:
    """Tells the kinds of claims."""

    def __init__(self, kinds: Sequence[ClaimKind], words: Floats, layers: Floats, bias: Floats) -> None:
        """Take the weights: of the buckets, of the encoder's states and of neither, a column for each kind."""
        self._kinds, self._words, self._layers, self._bias = kinds, words, layers, bias

    @classmethod
    def load(cls, folder: Path) -> KindModel:
        """Load config.json and weights.npz from a folder.

        Raises:
            ModelError: a file is missing or broken.
        """
        try:
            kinds = json.loads(verified(folder / "config.json"))["kinds"]
            with np.load(BytesIO(verified(folder / "weights.npz")), allow_pickle=False) as weights:
                words, layers, bias = (weights[name].astype(np.float32) for name in ("words", "layers", "bias"))
        except ModelError:
            raise
        except Exception as error:  # numpy, zipfile and json raise all kinds
            raise ModelError(f"cannot load the model in {str(folder)!r}: {error}; restore the folder") from error
        if not set(kinds) <= set(get_args(ClaimKind)) or len(words) != BUCKETS or len(bias) != len(kinds):
            raise ModelError(f"the model of kinds in {str(folder)!r} does not fit this version; restore the folder")
        return cls(kinds, words, layers, bias)

    def kind(self, claim: Claim, state: Floats) -> ClaimKind:
        """Tell the kind of a claim, of which `state` is the mean state of its pieces."""
        scores = self._words[buckets(claim)].sum(axis=0) + state @ self._layers + self._bias
        return self._kinds[int(scores.argmax())]


@cache
def shipped() -> KindModel | None:
    """Load the model that comes with claimtrack, once; None where its weights were left out.

    Raises:
        ModelError: the weights are broken.
    """
    folder = models_folder() / "kind"
    return KindModel.load(folder) if folder.is_dir() else None


def with_kinds(claims: Sequence[Claim], links: Links) -> list[Claim]:
    """Give claims with their learned kinds; where nothing was read by an encoder, the rules' kinds stay.

    So they do where a claim weighs what is to come in words or numbers, gives it a day, denies a forecast, ranks
    scenarios or stands in one: that is what it says.
    """
    model, layers = shipped(), links.layers
    if model is None or layers is None:
        return list(claims)
    return [claim if _is_said(claim) or (state := layers.mean(claim.spans)) is None
            else claim.model_copy(update={"kind": model.kind(claim, state)}) for claim in claims]


def _is_said(claim: Claim) -> bool:
    """Tell whether the rules read the kind off a likelihood: "will probably open", "the likeliest scenario"."""
    basis = claim.likelihood.basis if claim.likelihood is not None else None
    dated = claim.time.end is not None
    weighs = claim.kind == "prediction" and (basis in ("phrase", "number") or dated or claim.stance == "deny")
    return basis == "rank" or weighs or (claim.kind == "scenario" and claim.condition is not None)


def buckets(claim: Claim) -> NDArray[np.int64]:
    """Give the buckets that the features of a claim fall into, each once."""
    return np.array(sorted({zlib.crc32(f.encode()) % BUCKETS for f in features(claim)}), dtype=np.int64)


def features(claim: Claim) -> Iterator[str]:
    """Give what is known of a claim: its words, and how the rules read it."""
    words = [re.sub(r"\d", "0", w) for w in _WORD.findall(claim.proposition.lower())]
    for word in words:
        yield f"word {word}"
        if len(word) > _LONG:
            yield f"begins {word[:_LONG]}"
            yield f"ends {word[-3:]}"
    yield f"first {words[0] if words else ''}"
    yield f"predicate {claim.frame.predicate}"
    yield from (f"cue {w}" for w in _WORD.findall((claim.attribution.cue or "").lower()))
    yield from _readings(claim)


def _readings(claim: Claim) -> Iterator[str]:
    """Give how the rules read a claim and its source, and some of it in pairs."""
    a, who, time = claim.attribution, claim.source.kind, claim.time.relation
    read = {
        "kind": claim.kind, "cue": a.cue_kind, "source": who, "factuality": claim.factuality, "stance": claim.stance,
        "type": a.type, "section": claim.section, "time": time, "condition": claim.condition is not None,
        "likelihood": claim.likelihood.basis if claim.likelihood else None, "held": bool(claim.positions),
        "quantities": min(2, len(claim.quantities)), "entities": min(4, len(claim.entities)),
        "length": min(6, len(claim.proposition.split()) // 6), "quoted": any(mark in claim.text for mark in "“\""),
        "kind of cue": (claim.kind, a.cue_kind), "kind of source": (claim.kind, who), "time of source": (who, time),
        "type of source": (a.type, who),
    }
    yield from (f"{name}: {value}" for name, value in read.items())
