"""Trains the coreference ranker and writes what `claimtrack.reference.ranker` runs.

    python coreference.py rows   --data DATA --work WORK            parse once; a file for each kind and part in WORK
    python coreference.py train  --work WORK --name first --minutes 42 --mix '{"gum": 0.55, "gap": 0.45}'
    python coreference.py train  --work WORK --name last --start first --minutes 30 --mix '{"gum": 0.5, ...}'
    python coreference.py export --work WORK --name last --out ../coreference

DATA holds coref/, events/, attribution/ and load/. The learning rate falls over the minutes given, so that a run fits
the time there is; what is exported is the running mean of the weights.

One encoder (MiniLM, bf16 with fp32 copies for the optimizer), one scorer. The loss of a mention is the negative log of
the probability that all its right antecedents (or "nothing") have together, as in Lee et al. 2017.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import digests
import numpy as np
import torch
from coreference_rows import Row, read
from minilm import WIDTH, base_encoder
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import gelu

from claimtrack.reference.chains import chains
from claimtrack.reference.pieces import WINDOW, windows
from claimtrack.reference.ranker import Ranking, normalised, pairs
from claimtrack.reference.signs import COLUMNS, OWN_SIGNS, Table, own_signs, pair_signs

MODELS = Path(__file__).parent.parent
OWN, PAIR = sum(OWN_SIGNS.values()), pair_signs(
    Table(np.zeros((1, len(OWN_SIGNS)), np.int8), {name: np.zeros(1, np.int32) for name in COLUMNS}),
    np.zeros(1, np.int64), np.zeros(1, np.int64)).shape[1]
BATCH = 2200  # pieces
MENTION, HIDDEN, LAST = 160, 128, 48
HIDE_WORDS, HIDE_SHAPES, MASK_ID = 0.12, 0.05, 103
DROPOUT = 0.2
ANEW, TAKEN = 0.7, 1.3  # what a mistake weighs on a mention that takes up nothing, and on one that takes up something


class Encoder(nn.Module):
    """MiniLM with the case and the quotation marks that its vocabulary does not know."""

    def __init__(self) -> None:
        """Start from the base weights; the shapes start at nothing."""
        super().__init__()
        self.bert = base_encoder()
        self.shape = nn.Embedding(16, WIDTH)
        nn.init.zeros_(self.shape.weight)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """States `[windows, pieces, WIDTH]`."""
        words = self.bert.embeddings.word_embeddings(ids) + self.shape(shapes)
        states: Tensor = self.bert(inputs_embeds=words, attention_mask=mask).last_hidden_state
        return states


class Scorer(nn.Module):
    """Compares candidates by their states and signs."""

    def __init__(self) -> None:
        """Start at random."""
        super().__init__()
        self.mention = nn.Linear(3 * WIDTH, MENTION)
        self.own = nn.Linear(OWN, MENTION, bias=False)
        self.norm = nn.LayerNorm(MENTION)
        self.drop = nn.Dropout(DROPOUT)
        self.anaphor = nn.Linear(MENTION, HIDDEN)
        self.antecedent = nn.Linear(MENTION, HIDDEN, bias=False)
        self.product = nn.Linear(MENTION, HIDDEN, bias=False)
        self.signs = nn.Linear(PAIR, HIDDEN, bias=False)
        self.second = nn.Linear(HIDDEN, LAST)
        self.score = nn.Linear(LAST, 1)
        self.nothing = nn.Sequential(nn.Linear(MENTION, 64), nn.GELU(), nn.Linear(64, 1))

    def forward(
        self, states: Tensor, own: Tensor, anaphors: Tensor, antecedents: Tensor, signs: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores of the pairs `[pairs]`, and of taking up nothing `[candidates]`."""
        mentions = self.drop(self.norm(gelu(self.mention(self.drop(states)) + self.own(own))))
        both = self.product(mentions[anaphors] * mentions[antecedents])
        mixed = self.anaphor(mentions)[anaphors] + self.antecedent(mentions)[antecedents] + both + self.signs(signs)
        return self.score(gelu(self.second(gelu(mixed))))[:, 0], self.nothing(mentions)[:, 0]


# --- states of candidates ---------------------------------------------------------------------------------------


def encoded(encoder: Encoder, rows: list[Row]) -> list[Tensor]:
    """States of the candidates of some texts, `[candidates, 3 * WIDTH]` each, from one pass over all their windows."""
    cut = [windows(len(row.ids)) for row in rows]
    width = min(WINDOW, max(len(row.ids) for row in rows))
    count = sum(map(len, cut))
    ids, shapes, mask = (torch.zeros(count, width, dtype=torch.long) for _ in range(3))
    spots, at = [], 0
    for row, parts in zip(rows, cut, strict=True):
        where = np.zeros(len(row.ids), np.int64)
        for part in parts:
            size = part.end - part.start
            ids[at, :size] = torch.from_numpy(row.ids[part.start : part.end])
            shapes[at, :size] = torch.from_numpy(row.shapes[part.start : part.end]).long()
            mask[at, :size] = 1
            where[part.first : part.last] = at * width + np.arange(part.first - part.start, part.last - part.start)
            at += 1
        spots.append(torch.from_numpy(where[row.places]))
    if encoder.training:
        ids = ids.masked_fill((torch.rand(ids.shape) < HIDE_WORDS) & (ids > 999), MASK_ID)
        shapes = shapes.masked_fill(torch.rand(count, 1) < HIDE_SHAPES, 0)
    states = encoder(ids, shapes, mask).reshape(count * width, WIDTH)
    return [states[spot].reshape(len(spot), 3 * WIDTH).float() for spot in spots]


def scored(
    scorer: Scorer, row: Row, states: Tensor, anaphors: NDArray[np.int64], antecedents: NDArray[np.int64]
) -> tuple[Tensor, Tensor]:
    """Scores of some pairs of a text, and of taking up nothing."""
    signs = torch.from_numpy(pair_signs(row.table, anaphors, antecedents))
    own = torch.from_numpy(own_signs(row.table))
    scores: tuple[Tensor, Tensor] = scorer(
        states, own, torch.from_numpy(anaphors), torch.from_numpy(antecedents), signs)
    return scores


def loss_of(scorer: Scorer, row: Row, states: Tensor) -> tuple[Tensor, int]:
    """Loss of a text, summed over the mentions that are judged, and how many they are."""
    scores, nothing = scored(scorer, row, states, row.anaphors, row.antecedents)
    anaphors, right = torch.from_numpy(row.anaphors), torch.from_numpy(row.right)
    told = torch.from_numpy(row.nothing)
    highest = nothing.detach().scatter_reduce(0, anaphors, scores.detach(), "amax", include_self=True)
    weights, none = (scores - highest[anaphors]).exp(), (nothing - highest).exp()
    every = none + torch.zeros_like(none).index_add(0, anaphors, weights)
    good = none * (told == 1) + torch.zeros_like(none).index_add(0, anaphors, weights * right)
    judged = told >= 0
    losses = every[judged].log() - (good[judged] + 1e-9).log()
    return (losses * torch.where(told[judged] == 1, ANEW, TAKEN)).sum(), int(judged.sum())


# --- training ---------------------------------------------------------------------------------------------------


class Run:
    """Encoder and scorer in training, and the running mean of their weights."""

    def __init__(self, start: dict[str, Any] | None, rate: float, scorer_rate: float) -> None:
        """Start from the base weights, or from what an earlier run saved."""
        self.encoder, self.scorer = Encoder(), Scorer()
        if start is not None:
            self.encoder.load_state_dict(start["encoder"])
            self.scorer.load_state_dict(start["scorer"])
        self.masters = [p.detach().clone() for p in self.encoder.parameters() if p.requires_grad]
        self.encoder.to(torch.bfloat16).train()
        self.trained = [p for p in self.encoder.parameters() if p.requires_grad]
        self.rates = (rate, scorer_rate)
        self.optimizer = torch.optim.AdamW(
            [{"params": self.masters}, {"params": list(self.scorer.parameters())}],
            lr=rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
        self.mean = [p.detach().clone() for p in (*self.masters, *self.scorer.parameters())]
        self.steps = 0

    def learn(self, batch: list[Row], progress: float) -> float:
        """Descend once; the loss a mention."""
        losses = [loss_of(self.scorer, row, states)
                  for row, states in zip(batch, encoded(self.encoder, batch), strict=True)]
        loss = sum((one for one, _ in losses), torch.zeros(())) / max(1, sum(count for _, count in losses))
        loss.backward()
        for master, weight in zip(self.masters, self.trained, strict=True):
            master.grad = None if weight.grad is None else weight.grad.float()
            weight.grad = None
        nn.utils.clip_grad_norm_(self.masters, 1.0)
        nn.utils.clip_grad_norm_(self.scorer.parameters(), 1.0)
        self.steps += 1
        factor = min(1.0, self.steps / 100) * (0.5 * (1 + math.cos(math.pi * min(1.0, progress))) * 0.97 + 0.03)
        for group, peak in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = peak * factor
        self.optimizer.step()
        self.optimizer.zero_grad()
        self._publish()
        return float(loss.detach())

    @torch.no_grad()
    def _publish(self) -> None:
        for master, weight in zip(self.masters, self.trained, strict=True):
            weight.copy_(master)
        keep = min(0.995, (1 + self.steps) / (10 + self.steps))
        for mean, now in zip(self.mean, (*self.masters, *self.scorer.parameters()), strict=True):
            mean.lerp_(now, 1 - keep)

    @torch.no_grad()
    def save(self, path: Path) -> None:
        """Write the mean of the weights, whole or not at all."""
        encoder, scorer = Encoder(), Scorer()
        targets = [p for p in encoder.parameters() if p.requires_grad] + list(scorer.parameters())
        for mean, weight in zip(self.mean, targets, strict=True):
            weight.copy_(mean)
        partial = path.with_suffix(".partial")
        torch.save({"encoder": encoder.state_dict(), "scorer": scorer.state_dict()}, partial)
        partial.replace(path)


def batches(pool: list[Row], dice: random.Random) -> Iterator[list[Row]]:
    """Give batches of about `BATCH` pieces without end, each row once an epoch."""
    queue: list[Row] = []
    while True:
        batch, room = [], BATCH
        while room > 0:
            if not queue:
                queue = pool[:]
                dice.shuffle(queue)
            batch.append(queue.pop())
            room -= max(len(batch[-1].ids), 100)
        yield sorted(batch, key=lambda row: len(row.ids))


def train(args: argparse.Namespace) -> None:
    """Train for the minutes given; every five minutes save and say how the dev part fares."""
    torch.manual_seed(args.seed)
    dice = random.Random(args.seed)
    mix: dict[str, float] = json.loads(args.mix)
    pools = {kind: batches(load(args.work, f"{kind}_train"), dice) for kind in mix}
    dev = {kind: load(args.work, f"{kind}_dev") for kind in ("gum", "gap", "events")}
    start = torch.load(args.work / f"{args.start}.pt") if args.start else None
    run = Run(start, args.rate, args.scorer_rate)
    began = said = time.time()
    while (passed := time.time() - began) < 60 * args.minutes:
        kind = dice.choices(list(mix), list(mix.values()))[0]
        run.learn(next(pools[kind]), passed / (60 * args.minutes))
        if time.time() - said > 60 * args.report:
            run.save(args.work / f"{args.name}.pt")
            print(run.steps, round(passed), "s", measures(args.work / f"{args.name}.pt", dev), flush=True)
            said = time.time()
    run.save(args.work / f"{args.name}.pt")
    print(run.steps, "steps", measures(args.work / f"{args.name}.pt", dev), flush=True)


# --- measuring --------------------------------------------------------------------------------------------------


@torch.no_grad()
def measures(weights: Path, dev: dict[str, list[Row]]) -> dict[str, float]:
    """Of the dev rows' judged pairs: how many are joined that should be, and of those joined how many are right."""
    saved = torch.load(weights)
    encoder, scorer = Encoder().eval(), Scorer().eval()
    encoder.load_state_dict(saved["encoder"])
    scorer.load_state_dict(saved["scorer"])
    result = {}
    for kind, rows in dev.items():
        told = hit = said = 0
        for row in rows:
            home = {m: k for k, chain in enumerate(chains(row.table, ranked(encoder, scorer, row), {}, frozenset(), {}))
                    for m in chain.members}
            for j, i, right in zip(row.anaphors, row.antecedents, row.right, strict=True):
                joined = int(j) in home and home[int(j)] == home.get(int(i))
                told, said, hit = told + bool(right), said + joined, hit + (joined and bool(right))
        result[kind] = round(2 * hit / max(1, told + said), 4)
    return result


def ranked(encoder: Encoder, scorer: Scorer, row: Row) -> Ranking:
    """Rank the antecedents of a row as the program does."""
    anaphors, antecedents = pairs(row.table)
    scores, nothing = scored(scorer, row, encoded(encoder, [row])[0], anaphors, antecedents)
    return normalised(anaphors, antecedents, scores.numpy(), nothing.numpy())


# --- export -----------------------------------------------------------------------------------------------------


def export(work: Path, name: str, out: Path) -> None:
    """Write encoder.onnx (int8), scorer.onnx and tokenizer.json."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    saved = torch.load(work / f"{name}.pt")
    encoder, scorer = Encoder().eval(), Scorer().eval()
    encoder.load_state_dict(saved["encoder"])
    scorer.load_state_dict(saved["scorer"])
    out.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {"dynamo": False, "opset_version": 17}
    ids = torch.randint(1000, 2000, (1, 32))
    torch.onnx.export(
        encoder, (ids, ids % 16), str(work / "fp32.onnx"), input_names=["ids", "shapes"], output_names=["states"],
        dynamic_axes={axis: {1: "pieces"} for axis in ("ids", "shapes", "states")}, **options)
    # reduce_range: without it, CPUs older than VNNI overflow and every machine gets other results.
    quantize_dynamic(
        work / "fp32.onnx", out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    first, second = torch.tensor([1, 2, 2]), torch.tensor([0, 0, 1])
    torch.onnx.export(
        scorer, (torch.rand(3, 3 * WIDTH), torch.rand(3, OWN), first, second, torch.rand(3, PAIR)),
        str(out / "scorer.onnx"), input_names=["states", "own", "anaphors", "antecedents", "signs"],
        output_names=["scores", "nothing"],
        dynamic_axes={"states": {0: "candidates"}, "own": {0: "candidates"}, "anaphors": {0: "pairs"},
                      "antecedents": {0: "pairs"}, "signs": {0: "pairs"}, "scores": {0: "pairs"},
                      "nothing": {0: "candidates"}}, **options)
    shutil.copy(MODELS / "attribution" / "tokenizer.json", out / "tokenizer.json")
    digests.seal(out)


def load(work: Path, name: str) -> list[Row]:
    """Read rows that `rows` wrote."""
    rows: list[Row] = pickle.loads((work / f"{name}.pkl").read_bytes())
    return rows


def write_rows(data: Path, work: Path) -> None:
    """Parse all texts and write their rows."""
    parts = [(kind, "dev") for kind in ("gum", "gap", "events")]
    parts += [(kind, "train") for kind in ("gum", "gap", "renamed", "events", "news")]
    for kind, part in parts:
        rows = read(kind, data, part, MODELS)
        (work / f"{kind}_{part}.pkl").write_bytes(pickle.dumps(rows))
        print(kind, part, len(rows), flush=True)


def main() -> None:
    """Parses the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("rows", "train", "export"))
    parser.add_argument("--data", type=Path, help="folder with coref/, events/, attribution/, load/")
    parser.add_argument("--work", type=Path, required=True, help="folder for rows and weights")
    parser.add_argument("--out", type=Path, help="folder for the model, with export")
    parser.add_argument("--name", default="ranker", help="of the weights that a run writes or that are exported")
    parser.add_argument("--start", help="name of the weights to start from, instead of the base weights")
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--report", type=float, default=5, help="minutes between two reports")
    parser.add_argument("--mix", default='{"gum": 0.5, "gap": 0.4, "events": 0.05, "news": 0.05}',
                        help="share of the batches of each kind")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--scorer-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.work.mkdir(parents=True, exist_ok=True)
    if args.command == "rows":
        write_rows(args.data, args.work)
    elif args.command == "train":
        train(args)
    else:
        export(args.work, args.name, args.out)


if __name__ == "__main__":
    main()
