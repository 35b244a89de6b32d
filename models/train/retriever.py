"""Train the encoder by which claims find those they may clash with, and export it as ONNX int8.

usage: retriever.py train --events FOLDER --extracted FILE --work FOLDER [--steps N]
       retriever.py score --events FOLDER --extracted FILE --work FOLDER
       retriever.py export --work FOLDER --out FOLDER

As `judge.py`: --extracted is for train.jsonl, or to `score` for dev.jsonl. Claims that a reader listed as clashing,
hard or softly, are drawn together; the others of a batch, half of it from one event, are pushed apart.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import clashes
import digests
import minilm
import torch
from clashes import Pair, Told
from torch.nn import functional

MAX_LENGTH = 64
BATCH = 48
RATE = 6e-5
FROZEN = 2
SHARPNESS = 20.0  # cosines are multiplied by it before the softmax
SEED = 3


class Encoder(torch.nn.Module):
    """The mean of the last layer's word pieces, of length 1."""

    def __init__(self) -> None:
        """Start from the base encoder."""
        super().__init__()
        self.encoder = minilm.base_encoder()

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Give directions, of shape (rows, 384)."""
        hidden = self.encoder(ids, attention_mask=mask).last_hidden_state
        inside = mask.unsqueeze(-1).to(hidden.dtype)
        return functional.normalize(((hidden * inside).sum(1) / inside.sum(1)).float(), dim=-1)


def tensors(lines: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Tokenise lines: ids and mask, of shape (rows, tokens)."""
    encodings = minilm.base_tokenizer(MAX_LENGTH).encode_batch([clashes.alone(line) for line in lines])
    ids = minilm.padded([e.ids for e in encodings])
    return ids, minilm.padded([e.attention_mask for e in encodings])


def batch_of(pairs: Sequence[Pair], claims: dict[str, Told], dice: random.Random) -> list[Pair]:
    """Draw pairs, half of them of one event, where there are so many."""
    event = claims[dice.choice(pairs).a].event
    near = [pair for pair in pairs if claims[pair.a].event == event]
    chosen = dice.sample(near, min(BATCH // 2, len(near)))
    return chosen + dice.sample(pairs, BATCH - len(chosen))


def loss_of(vectors: torch.Tensor, batch: Sequence[Pair], known: set[frozenset[str]]) -> torch.Tensor:
    """Let each claim find its partner among those of the batch; other claims it is known to clash with do not count."""
    a, b = vectors[:BATCH], vectors[BATCH:]
    hidden = torch.zeros(BATCH, BATCH)
    for i, one in enumerate(batch):
        for j, other in enumerate(batch):
            if i != j and (one.a == other.a or one.b == other.b or frozenset((one.a, other.b)) in known):
                hidden[i, j] = -1e4
    logits, right = SHARPNESS * a @ b.T + hidden, torch.arange(BATCH)
    return (functional.cross_entropy(logits, right) + functional.cross_entropy(logits.T, right)) / 2


def train(claims: dict[str, Told], pairs: Sequence[Pair], steps: int, work: Path) -> None:
    """Train for so many steps."""
    torch.manual_seed(SEED)
    dice, model = random.Random(SEED), Encoder()
    for layer in (model.encoder.embeddings, *model.encoder.encoder.layer[:FROZEN]):
        layer.requires_grad_(requires_grad=False)
    trainer = minilm.Trainer(model, RATE)
    clash = [pair for pair in pairs if pair.grade in {"strong", "weak"}]
    known = {frozenset((pair.a, pair.b)) for pair in clash}
    for step in range(steps):
        batch = batch_of(clash, claims, dice)
        keys = [pair.a for pair in batch] + [pair.b for pair in batch]
        vectors = trainer.model(*tensors([dice.choice(claims[key].lines) for key in keys]))
        loss = loss_of(vectors, batch, known)
        trainer.step(loss, step / steps, 30)
        if step % 20 == 19:
            print(f"step {step + 1} loss {loss.item():.3f}", flush=True)
    torch.save(trainer.full_precision().state_dict(), work / "retriever.pt")


@torch.no_grad()
def score(model: torch.nn.Module, claims: dict[str, Told], pairs: Sequence[Pair], which: int) -> dict[str, str]:
    """Give the share of pairs in which one is among the 10 and 20 nearest of the other, among all claims read."""
    keys = [key for key, claim in claims.items() if len(claim.lines) > which]
    place = {key: i for i, key in enumerate(keys)}
    lines = [claims[key].lines[which] for key in keys]
    vectors = torch.cat([model(*tensors(lines[i : i + 32])) for i in range(0, len(lines), 32)])
    near = vectors @ vectors.T
    near.fill_diagonal_(-1)
    ranks = defaultdict(list)
    for pair in pairs:
        if pair.a in place and pair.b in place:
            i, j = place[pair.a], place[pair.b]
            ranks[pair.grade].append(int(min((near[i] > near[i, j]).sum(), (near[j] > near[i, j]).sum())))
    return {
        grade: " ".join(f"{sum(r < n for r in of) / len(of):.3f} within {n}" for n in (10, 20))
        for grade, of in ranks.items()
    }


def export(model: torch.nn.Module, out: Path) -> None:
    """Write model.onnx, tokenizer.json and config.json."""
    ids, mask = tensors(["Peru says: A man left."] * 2)
    minilm.export_int8(model, {"ids": ids, "mask": mask}, "vectors", out / "model.onnx")
    shutil.copyfile(minilm.base_folder() / "tokenizer.json", out / "tokenizer.json")
    (out / "config.json").write_text(json.dumps({"max_length": MAX_LENGTH}) + "\n", encoding="utf8")
    digests.seal(out)


def main() -> None:
    """Parse the command line and run one of the three commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("train", "score", "export"))
    parser.add_argument("--events", type=Path)
    parser.add_argument("--extracted", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--out", type=Path, default=Path("models/retriever"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    if args.command == "train":
        args.work.mkdir(parents=True, exist_ok=True)
        train(*clashes.read(args.events, "train", args.extracted), args.steps, args.work)
        return
    model = Encoder().eval()
    model.load_state_dict(torch.load(args.work / "retriever.pt"))
    if args.command == "export":
        export(model, args.out)
        return
    claims, pairs = clashes.read(args.events, "dev", args.extracted)
    for which, words in enumerate(("hand-written", "as extracted")):
        print(words, score(model, claims, pairs, which), flush=True)


if __name__ == "__main__":
    main()
