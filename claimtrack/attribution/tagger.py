"""Quotations of a text by a trained tagger: who (source) says by which words (cue) what (content).

The model reads windows of whole paragraphs, one window at a time: dynamic int8 quantisation scales the
activations of everything it is given at once, so windows in one batch would change each other's results. What
comes out for a paragraph therefore depends on its own window only.

The recipe in ``models/train/attribution.py`` uses `encode_block` and `fill_windows` too, so that training and
use see the same pieces.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.errors import ModelError
from claimtrack.onnx_session import open_session

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    Floats = NDArray[float64]

Span = tuple[int, int]

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
CLS, SEP = 101, 102
NO_OFFSET = -1

# One mark for each family: the model then needs no knowledge of typography, and offsets stay, one for one.
_PLAIN_MARKS = str.maketrans(
    {**dict.fromkeys("“”„‟«»〝〞＂", '"'), **dict.fromkeys("‘’‚‛‹›`´′", "'")}
    | {**dict.fromkeys("‐‑‒", "-"), **dict.fromkeys("―─", "—")}
)
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_QUOTE_MARKS = re.compile("[\"“”„‟«»〝〞＂]|(?<!\\w)[‘'‚‹](?=\\w)|(?<=\\S)[’'›](?!\\w)")
_OPENERS, _CLOSERS = "“„‟«〝‘‚‹", "”»〞’›"
_SENTENCE_ENDS = frozenset({1012, 999, 1029})  # . ! ?
_PLAIN_QUOTE = 1000

CASE_KINDS, QUOTE_KINDS = 4, 4
OUTSIDE, INSIDE, OPENS, CLOSES = range(QUOTE_KINDS)


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


@dataclass
class Pieces:
    """Word pieces in a row: vocabulary ids, shape ids, and the characters of the document each stands on.

    Special pieces stand on no characters: their start and end are `NO_OFFSET`.
    """

    ids: list[int]
    shapes: list[int]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self.ids)

    def cut(self, start: int, end: int) -> Pieces:
        """The pieces from `start` up to `end`, counted in pieces."""
        part = slice(start, end)
        return Pieces(self.ids[part], self.shapes[part], self.starts[part], self.ends[part])

    def extend(self, other: Pieces) -> None:
        """Appends the other pieces."""
        self.ids += other.ids
        self.shapes += other.shapes
        self.starts += other.starts
        self.ends += other.ends


def special(piece: int) -> Pieces:
    """A single special piece, [CLS] or [SEP]."""
    return Pieces([piece], [0], [NO_OFFSET], [NO_OFFSET])


def encode_block(tokenizer: Tokenizer, text: str, block: Span) -> Pieces:
    """The word pieces of one paragraph, with offsets into the whole text."""
    begin, end = block
    raw = text[begin:end]
    plain = _LONE_SURROGATES.sub("\ufffd", raw.translate(_PLAIN_MARKS))
    encoding = tokenizer.encode(plain, add_special_tokens=False)
    offsets = encoding.offsets
    cases = (_case(raw[s:e]) for s, e in offsets)
    shapes = [case * QUOTE_KINDS + quote for case, quote in zip(cases, _quotes(raw, offsets), strict=True)]
    return Pieces(encoding.ids, shapes, [begin + s for s, _ in offsets], [begin + e for _, e in offsets])


def _case(piece: str) -> int:
    """0 nothing to tell, 1 lower case, 2 capitalised, 3 capitals throughout."""
    if not piece[:1].isalpha():
        return 0
    if not piece[0].isupper():
        return 1
    return 3 if len(piece) > 1 and piece.isupper() else 2


def _quotes(raw: str, offsets: Iterable[tuple[int, int]]) -> Iterator[int]:
    """For each piece: outside quotation marks, inside, the opening mark or the closing one."""
    marks = quote_marks(raw)
    at, inside = 0, False
    for start, _ in offsets:
        while at < len(marks) and marks[at][0] < start:  # a mark that the tokenizer dropped
            inside = marks[at][1]
            at += 1
        if at < len(marks) and marks[at][0] == start:
            inside = marks[at][1]
            at += 1
            yield OPENS if inside else CLOSES
        else:
            yield INSIDE if inside else OUTSIDE


def quote_marks(raw: str) -> list[tuple[int, bool]]:
    """Offset of each outermost quotation mark of a paragraph, and whether it opens (or closes).

    Double marks win over single ones, since an apostrophe looks like the latter; a paragraph that ends inside
    a quotation is left so, as every paragraph of a long quotation opens anew.
    """
    found = list(_QUOTE_MARKS.finditer(raw))
    last_close = {_family(m.group()): m.start() for m in found if not _only_opens(m.group(), m.start(), raw)}
    marks: list[tuple[int, bool]] = []
    opener = ""
    for match in found:
        mark, start = match.group(), match.start()
        if opener:
            if _family(mark) == _family(opener) and _may_close(mark, opener, start, raw):
                marks.append((start, False))
                opener = ""
        elif _may_open(mark, start, raw) and (_family(mark) == '"' or last_close.get("'", -1) > start):
            marks.append((start, True))
            opener = mark
    return marks


def _family(mark: str) -> str:
    return "'" if mark in "‘’'‚‹›" else '"'


def _only_opens(mark: str, start: int, raw: str) -> bool:
    return mark in _OPENERS or (mark in "'\"" and not raw[start - 1 : start].strip())


def _may_open(mark: str, start: int, raw: str) -> bool:
    if mark in "”’›" or (mark == "'" and raw[start - 1 : start].strip(' \t\n([—-"')):
        return False
    return mark != "»" or not raw[start - 1 : start].strip()


def _may_close(mark: str, opener: str, start: int, raw: str) -> bool:
    if mark in _CLOSERS:
        return True
    if opener + mark in ("„“", "»«"):
        return True
    if mark == "“":  # an odd typist's “…“
        return bool(raw[start - 1 : start].strip())
    before, after = raw[start - 1 : start], raw[start + 1 : start + 2]
    return mark in "'\"＂" and not (not before.strip() and after.strip())


def fill_windows(blocks: Iterable[Pieces], limit: int, first_limit: int | None = None) -> list[Pieces]:
    """Packs paragraphs, in order, into windows of at most `limit` pieces, special ones included.

    Args:
        blocks: the pieces of each paragraph.
        limit: the largest window, in pieces.
        first_limit: a smaller limit for the first window, so that training sees other borders each time.
    """
    windows: list[Pieces] = []
    window, room = special(CLS), first_limit or limit
    for part in (part for block in blocks for part in split_block(block, limit - 2)):
        if len(window) > 1 and len(window) + len(part) + 1 > room:
            windows.append(window)
            window, room = special(CLS), limit
        window.extend(part)
        window.extend(special(SEP))
    return [*windows, window] if len(window) > 1 else windows


def split_block(block: Pieces, limit: int) -> list[Pieces]:
    """Cuts a paragraph that exceeds `limit` pieces, after a sentence where it can."""
    parts: list[Pieces] = []
    start = 0
    while len(block) - start > limit:
        end = _last_sentence_end(block, start, start + limit)
        parts.append(block.cut(start, end))
        start = end
    if start < len(block):
        parts.append(block.cut(start, len(block)))
    return parts


def _last_sentence_end(block: Pieces, start: int, stop: int) -> int:
    for at in range(stop - 1, start, -1):
        if block.ids[at - 1] in _SENTENCE_ENDS and block.ids[at] != _PLAIN_QUOTE:
            return at
        if block.ids[at - 1] == _PLAIN_QUOTE and at - 2 >= start and block.ids[at - 2] in _SENTENCE_ENDS:
            return at
    return stop


# --- decoding ---------------------------------------------------------------------------------------------------

LINKS = ("content_cue", "content_source", "cue_source")
NOTHING: Span = (0, 1)  # a pointer to [CLS] says: there is none
_TINY = 1e-9


@dataclass(frozen=True)
class Config:
    """What the recipe writes beside the weights.

    Attributes:
        window: the largest window, in word pieces.
        transitions: score of each label (column) after each other label (row).
        cue_floor, source_floor: probability in [0, 1] from which words that were not tagged may serve as such.
        join_floor: share in [0, 1] of its pointer that a content lays on a cue, to be a part beside other parts.
        content_floor: contents with a lower score in [0, 1] are dropped.
        content_weights, source_weights: logistic regression of the two scores, by feature, "bias" included.
    """

    window: int
    transitions: list[list[float]]
    cue_floor: float
    source_floor: float
    join_floor: float
    content_floor: float
    content_weights: dict[str, float]
    source_weights: dict[str, float]


@dataclass(frozen=True)
class Tagged:
    """What the model says about one window.

    Attributes:
        probabilities: of each label for each piece, given the whole window.
        spans: (first, last + 1) piece of each span by kind, on the best path through the labels.
        attention: for each link, the vectors that ask and those that answer, a row for each piece.
    """

    pieces: Pieces
    probabilities: Floats
    spans: dict[str, list[Span]]
    attention: dict[str, tuple[Floats, Floats]]


@dataclass(frozen=True)
class Draft:
    """A quotation in pieces of its window, with the evidence that its scores are made of."""

    content: list[Span]
    cue: Span | None
    source: Span | None
    content_features: dict[str, float]
    source_features: dict[str, float]


def label_probabilities(scores: Floats, transitions: Floats) -> Floats:
    """Probability of each label for each piece (forward-backward), given scores [pieces, labels]."""
    import numpy as np

    emitted = np.maximum(np.exp(scores - scores.max(axis=1, keepdims=True)), 1e-13)
    steps = np.exp(transitions)
    forward, backward = np.empty_like(emitted), np.ones_like(emitted)
    state = np.zeros(scores.shape[1])
    state[0] = 1.0  # a window starts with [CLS], which carries no label
    forward[0] = state
    for t in range(1, len(scores)):
        state = (state @ steps) * emitted[t]
        state /= state.sum()
        forward[t] = state
    state = backward[-1]
    for t in range(len(scores) - 2, -1, -1):
        state = steps @ (state * emitted[t + 1])
        state /= state.sum()
        backward[t] = state
    joint: Floats = forward * backward
    joint /= joint.sum(axis=1, keepdims=True)
    return joint


def best_labels(scores: Floats, transitions: Floats) -> list[int]:
    """The likeliest row of labels (Viterbi), given scores [pieces, labels]."""
    import numpy as np

    steps = np.ascontiguousarray(transitions.T)
    every = np.arange(len(steps))
    came_from = np.zeros(scores.shape, dtype=np.intp)
    state = np.full(len(steps), -1e9)
    state[0] = 0.0
    for t in range(1, len(scores)):
        ways = steps + state
        came_from[t] = ways.argmax(axis=1)
        state = ways[every, came_from[t]] + scores[t]
    label = int(np.argmax(state))
    path = [label]
    for t in range(len(scores) - 1, 0, -1):
        label = int(came_from[t, label])
        path.append(label)
    return path[::-1]


def label_spans(labels: Sequence[int]) -> dict[str, list[Span]]:
    """First and last + 1 position of each labelled span, by kind."""
    spans: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
    kind, start = "", 0
    for at, label in enumerate([*labels, 0]):
        name = LABELS[label]
        if kind and name != f"I-{kind}":
            spans[kind].append((start, at))
            kind = ""
        if name.startswith("B-"):
            kind, start = name[2:], at
    return spans


def runs(flags: Iterable[bool]) -> list[Span]:
    """Start and end of each unbroken row of True."""
    spans: list[Span] = []
    start = -1
    for at, flag in enumerate([*flags, False]):
        if flag and start < 0:
            start = at
        elif not flag and start >= 0:
            spans.append((start, at))
            start = -1
    return spans


def pointed(tagged: Tagged, link: str, span: Span) -> Floats:
    """How much a span points to each piece, as probabilities; the first piece stands for nothing at all."""
    import numpy as np

    asks, answers = tagged.attention[link]
    scores = answers @ asks[span[0] : span[1]].mean(axis=0) / math.sqrt(asks.shape[1])
    weights: Floats = np.exp(scores - np.max(scores))
    weights /= weights.sum()
    return weights


def mass(weights: Floats, span: Span) -> float:
    """The share of the weights that lies on a span."""
    return float(weights[span[0] : span[1]].sum())


def drafts(tagged: Tagged, config: Config) -> list[Draft]:
    """The quotations of one window."""
    cues = candidates(tagged, "cue", config.cue_floor)
    sources = candidates(tagged, "source", config.source_floor)
    groups = joined(tagged, tagged.spans["content"], cues, config.join_floor)
    return [draft(tagged, parts, cue, sources) for parts, cue in groups]


def candidates(tagged: Tagged, kind: str, floor: float) -> list[Span]:
    """Tagged spans, and runs of untagged pieces that are of the kind with probability `floor` at least."""
    begin = LABELS.index(f"B-{kind}")
    chances = tagged.probabilities[:, begin : begin + 2].sum(axis=1)
    taken = {at for spans in tagged.spans.values() for span in spans for at in range(*span)}
    taken |= {at for at, start in enumerate(tagged.pieces.starts) if start == NO_OFFSET}
    return tagged.spans[kind] + runs(p >= floor and at not in taken for at, p in enumerate(chances))


def joined(
    tagged: Tagged, contents: list[Span], cues: list[Span], floor: float
) -> Iterator[tuple[list[Span], Span | None]]:
    """Contents with their cue: those that point to the same one, surely enough, are parts of one content."""
    parts: dict[Span, list[tuple[float, Span]]] = {}
    for content in contents:
        weights = pointed(tagged, "content_cue", content)
        cue = best(weights, cues)
        if cue:
            parts.setdefault(cue, []).append((mass(weights, cue), content))
        else:
            yield [content], None
    for cue, shares in parts.items():
        surest = max(share for share, _ in shares)
        yield [content for share, content in shares if share >= min(floor, surest)], cue
        for share, content in shares:
            if share < min(floor, surest):
                yield [content], None


def draft(tagged: Tagged, content: list[Span], cue: Span | None, sources: list[Span]) -> Draft:
    """Finds the source of a content and its cue, and gathers the evidence for both."""
    weights = source_weights(tagged, content, cue)
    source = best(weights, sources)
    share = min(mass(pointed(tagged, "content_cue", part), cue or NOTHING) for part in content)
    return Draft(
        content=content,
        cue=cue,
        source=source,
        content_features=content_features(tagged, content, cue, share),
        source_features=source_features(tagged, source, mass(weights, source or NOTHING)),
    )


def source_weights(tagged: Tagged, content: list[Span], cue: Span | None) -> Floats:
    """Where the source may be, as content and cue see it, with equal say."""
    weights = pointed(tagged, "content_source", content[0])
    for part in content[1:]:
        weights = weights + pointed(tagged, "content_source", part)
    weights = weights / len(content)
    return (weights + pointed(tagged, "cue_source", cue)) / 2 if cue else weights


def best(weights: Floats, candidates: list[Span]) -> Span | None:
    """The span that most of the weights lie on, or None where more of them stand for nothing at all."""
    found = max([NOTHING, *candidates], key=lambda span: mass(weights, span))
    return None if found == NOTHING else found


def content_features(tagged: Tagged, content: list[Span], cue: Span | None, share: float) -> dict[str, float]:
    """What tells a right content from a wrong one; log odds where it is a probability."""
    begin, inside = LABELS.index("B-content"), LABELS.index("I-content")
    chances = tagged.probabilities[:, begin] + tagged.probabilities[:, inside]
    pieces = [at for span in content for at in range(*span)]
    ends = [tagged.probabilities[end, inside] if end < len(chances) else 0.0 for _, end in content]
    quoted = sum(tagged.pieces.shapes[at] % QUOTE_KINDS != OUTSIDE for at in pieces) / len(pieces)
    return {
        "inside": log_odds(sum(chances[at] for at in pieces) / len(pieces)),
        "weakest": log_odds(min(chances[at] for at in pieces)),
        "start": log_odds(min(tagged.probabilities[start, begin] for start, _ in content)),
        "end": log_odds(1 - max(ends)),
        "cue": log_odds(share),
        "cue_tagged": log_odds(span_chance(tagged, "cue", cue)) if cue else log_odds(0),
        "length": math.log(len(pieces)),
        "parts": float(len(content) > 1),
        "quoted": quoted,
    }


def source_features(tagged: Tagged, source: Span | None, share: float) -> dict[str, float]:
    """What tells a right source from a wrong one; log odds where it is a probability."""
    return {
        "share": log_odds(share),
        "none": float(source is None),
        "none_share": 0.0 if source else log_odds(share),
        "tagged": log_odds(span_chance(tagged, "source", source)) if source else 0.0,
    }


def span_chance(tagged: Tagged, kind: str, span: Span) -> float:
    """Mean probability that the pieces of a span are of a kind."""
    begin = LABELS.index(f"B-{kind}")
    return float(tagged.probabilities[span[0] : span[1], begin : begin + 2].sum() / (span[1] - span[0]))


def log_odds(chance: float) -> float:
    """Log odds of a probability, held within ±6."""
    chance = min(max(float(chance), _TINY), 1 - _TINY)
    return max(-6.0, min(6.0, math.log(chance / (1 - chance))))


def logistic(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Probability in [0, 1] from features and their weights."""
    score = sum(weight * (1.0 if name == "bias" else features[name]) for name, weight in weights.items())
    return 1 / (1 + math.exp(-score))


# --- the tagger -------------------------------------------------------------------------------------------------


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
            config = Config(**json.loads((folder / "config.json").read_text(encoding="utf8")))
            tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf8"))
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
            probabilities=label_probabilities(emitted, self._transitions),
            spans=label_spans(best_labels(emitted, self._transitions)),
            attention={link: (rows[2 * n], rows[2 * n + 1]) for n, link in enumerate(LINKS)},
        )


def characters(window: Pieces, span: Span) -> Span:
    """The characters that a span of pieces stands on, special pieces at its borders left out."""
    inside = [at for at in range(*span) if window.starts[at] != NO_OFFSET]
    return window.starts[inside[0]], window.ends[inside[-1]]
