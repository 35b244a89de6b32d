"""Quotations of a text by a trained tagger: who (source) says by which words (cue) what (content).

The model reads windows of whole paragraphs, one window at a time: dynamic int8 quantisation scales the
activations of everything it is given at once, so windows in one batch would change each other's results. What
comes out for a paragraph therefore depends on its own window only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.attribution.decoding import LINKS, Config, Tagged, best_labels, label_spans
from claimtrack.attribution.drafts import drafts
from claimtrack.attribution.pieces import NO_OFFSET, Pieces, characters, encode_block, fill_windows
from claimtrack.attribution.scoring import logistic
from claimtrack.errors import ModelError
from claimtrack.onnx_session import open_session, verified
from claimtrack.schema import Span

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from claimtrack.attribution.decoding import Floats


@dataclass(frozen=True)
class Quotation:
    """One attribution in a text; offsets are characters of the text given, half-open.

    Attributes:
        content: what is said or thought, one span or more, in order.
        source: the mention of who says it, as the text puts it there (often a pronoun), or None.
        cue: the words that attribute, or None.
        content_score: probability in [0, 1] that the content is right (it shares half with the true one).
        source_score: probability in [0, 1] that the source is right, given that the content is.
    """

    content: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    content_score: float
    source_score: float


class Tagger:
    """Finds quotations; build it with `Tagger.load`."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer, config: Config) -> None:
        import numpy as np

        self._session = session
        self._tokenizer = tokenizer
        self._transitions: Floats = np.array(config.transitions, dtype=np.float64)
        self.config = config

    @classmethod
    def load(cls, folder: Path) -> Tagger:
        """Opens the tagger of a folder: model.onnx, tokenizer.json, config.json.

        Raises:
            ModelError: a file is missing or broken.
        """
        from tokenizers import Tokenizer

        try:
            config = Config(**json.loads(verified(folder / "config.json")))
            tokenizer = Tokenizer.from_str(verified(folder / "tokenizer.json").decode("utf8"))
        except ModelError:
            raise
        except Exception as error:  # tokenizers raises plain Exception
            raise ModelError(f"cannot load the quotation tagger from {str(folder)!r}: {error}") from error
        return cls(open_session(folder / "model.onnx"), tokenizer, config)

    def quotations(self, text: str, blocks: Sequence[Span]) -> list[Quotation]:
        """Finds the quotations of a text, in order.

        Args:
            text: the text.
            blocks: the characters of its paragraphs, in order; what lies outside is not read.
        """
        found = [one for window in self.windows(text, blocks) for one in self._window(window)]
        return sorted(found, key=lambda one: one.content)

    def windows(self, text: str, blocks: Sequence[Span]) -> list[Pieces]:
        """The windows of a text that the model reads."""
        return fill_windows((encode_block(self._tokenizer, text, block) for block in blocks), self.config.window)

    def _window(self, window: Pieces) -> Iterator[Quotation]:
        for draft in drafts(self.tag(window), self.config):
            score = logistic(self.config.content_weights, draft.content_features)
            if score >= self.config.content_floor:
                yield Quotation(
                    content=tuple(characters(window, part) for part in draft.content),
                    source=characters(window, draft.source) if draft.source else None,
                    cue=characters(window, draft.cue) if draft.cue else None,
                    content_score=score,
                    source_score=logistic(self.config.source_weights, draft.source_features),
                )

    def tag(self, window: Pieces) -> Tagged:
        """Runs the model over one window."""
        import numpy as np

        inputs = {"ids": np.array([window.ids], np.int64), "shapes": np.array([window.shapes], np.int64)}
        scores, vectors = self._session.run(None, inputs)
        emitted: Floats = scores[0].astype(np.float64)
        emitted[np.ix_(np.array(window.starts) == NO_OFFSET, [1, 3, 5])] = -100.0  # none begins on a special piece
        rows = np.split(vectors[0].astype(np.float64), 2 * len(LINKS), axis=1)
        return Tagged(
            pieces=window,
            scores=emitted,
            transitions=self._transitions,
            spans=label_spans(best_labels(emitted, self._transitions)),
            attention={link: (rows[2 * n], rows[2 * n + 1]) for n, link in enumerate(LINKS)},
        )
