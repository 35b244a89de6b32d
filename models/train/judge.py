"""Train the judge, which reads whether two claims clash, and export it as ONNX int8.

usage: judge.py train --events FOLDER --nli FILE --extracted FILE --work FOLDER --minutes M
                      [--start FOLDER | --teacher FOLDER] [--go-on FILE] [--graded FILE ... --found FILE ...]
                      [--without EVENT ...] [--rate R] [--frozen N] [--threads N]
       judge.py score --events FOLDER --extracted FILE --work FOLDER [--teacher FOLDER]
       judge.py export --work FOLDER --out FOLDER [--teacher FOLDER]

--events holds train.json, train.jsonl, dev.json and dev.jsonl (shared/data/events); --extracted is what `claimtrack
extract --no-store --jsonl` printed for train.jsonl, or to `score` for dev.jsonl. `train` starts from the pair model
in --start; the large judge starts from what `nli_teacher.py train` left in --teacher. Minutes are of the processor, so
that a run is the same on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import clashes
import digests
import minilm
import nli
import nli_teacher
import torch
from clashes import Pair, Told
from tokenizers import Tokenizer
from torch.nn import functional

GRADES = ("no", "weak", "strong")
KINDS = (
    "same side", "evaluation", "stance", "other aspect", "restated", "denial", "other parties", "other time",
    "concession", "cause", "refinement", "likelihood", "status", "fact check", "degree", "negation", "numeric",
    "condition", "list", "role", "legal", "identity", "promise", "date", "reported not held", "unrelated", "question",
    "antonym",
)  # fmt: skip
TARGETS = {"no": (0.95, 0.04, 0.01), "weak": (0.2, 0.65, 0.15), "strong": (0.03, 0.12, 0.85)}
"""What the network is to answer: readers differ most on weak pairs."""
GRADED = {"false": "no", "tension": "weak", "true": "strong"}
MAX_LENGTH = 144
BATCH_TOKENS = 2304
DENIED_SHARE = 0.35  # of the pairs that nobody listed: else a denial alone would look like a clash
EASY, EASY_SHARE = 0.9, 0.4  # see `thinned`
KIND_SHARE = 0.15  # of the kind's loss in the whole
SEED = 1


@dataclass(frozen=True)
class Row:
    """Two lines, the target by grade or the NLI label, the kind's number or -1, the weight in the loss."""

    a: str
    b: str
    target: tuple[float, ...] | int
    kind: int = -1
    weight: float = 1.0


class JudgeNet(torch.nn.Module):
    """The pair model's encoder; a head for grade and kind, and while training the pair model's own, lest it forget."""

    def __init__(self, base: nli.PairNet, tokenizer: Tokenizer) -> None:
        """Start from a pair model and random heads."""
        super().__init__()
        self.tokenizer = tokenizer
        width = base.dense.out_features
        self.encoder, self.dense, self.nli = base.encoder, base.dense, base.out
        self.dense2 = torch.nn.Linear(4 * width, width)
        self.grade = torch.nn.Linear(width, len(GRADES))
        self.kind = torch.nn.Linear(width, len(KINDS))
        self.drop = torch.nn.Dropout(0.1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """Give the logits of grades, kinds and NLI labels, of shape (rows, 34)."""
        features = nli.features(self.encoder, ids, mask, types)
        read = self.nli(functional.gelu(self.dense(features)))
        return torch.cat([self._judged(features), read], dim=-1)

    def judge(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """Give the logits of grades and kinds alone, of shape (rows, 31)."""
        return self._judged(nli.features(self.encoder, ids, mask, types))

    def _judged(self, features: torch.Tensor) -> torch.Tensor:
        # With an axis more the layer is a MatMul of the exported graph, which the 4-bit quantiser knows, and no Gemm.
        judged = functional.gelu(self.dense2(self.drop(features).unsqueeze(1))).squeeze(1)
        return torch.cat([self.grade(judged), self.kind(judged)], dim=-1)


def started(start: Path) -> JudgeNet:
    """Give a network with the weights of an exported pair model; its grades begin as neutral and contradiction."""
    torch.manual_seed(SEED)
    base = nli.PairNet()
    weights = minilm.weights_of(start / "model.onnx")
    weights |= {name: weights[name].T for name in ("dense.weight", "out.weight")}
    frozen = "encoder.embeddings.word_embeddings.weight"
    base.load_state_dict(weights | {frozen: base.state_dict()[frozen]})
    return over(base, minilm.base_tokenizer(MAX_LENGTH))


def over(base: nli.PairNet, tokenizer: Tokenizer) -> JudgeNet:
    """Give a network over a trained pair model; its grades begin as neutral and contradiction."""
    net = JudgeNet(base, tokenizer)
    _, neutral, contradiction = base.out.weight.detach()
    with torch.no_grad():
        net.dense2.load_state_dict(base.dense.state_dict())
        net.grade.bias.zero_()
        net.grade.weight.copy_(torch.stack([neutral, (neutral + contradiction) / 2, contradiction]) / 2)
    return net


def large(work: Path, trained: bool) -> JudgeNet:
    """Give a network over the large encoder, with the weights of the teacher in `work` where `trained`."""
    torch.manual_seed(SEED)
    base = nli_teacher.teacher(nli_teacher.unpacked(work))
    if trained:
        trainer = minilm.Trainer(base, nli_teacher.PEAK_RATE)
        trainer.resume(work / "checkpoint.pt")
        base = trainer.full_precision()  # type: ignore[assignment]  # the trainer keeps the class
    return over(base, nli_teacher.tokenizer(work / "all-mpnet-base-v2", MAX_LENGTH))


def kind_of(name: str) -> int:
    """Give the number of a kind, -1 for one that is not among the kinds."""
    return KINDS.index(name) if name in KINDS else -1


def denied(line: str) -> str:
    """Let the holder deny what it says, and say what it denies."""
    head, _, statement = line.partition(": ")
    who, _, verb = head.rpartition(" ")
    return f"{who} {'denies' if verb == 'says' else 'says'}: {statement}"


def held_by(line: str, other: str) -> str:
    """Put a statement into the mouth of the holder of another line."""
    head, _, statement = line.partition(": ")
    return f"{other.partition(': ')[0].rpartition(' ')[0]} {head.rpartition(' ')[2]}: {statement}"


def rows_of(
    claims: dict[str, Told], pairs: Sequence[Pair], near: dict[str, list[str]], dice: random.Random
) -> list[Row]:
    """Give the rows of an epoch: the graded pairs, what follows from them, and pairs that nobody listed."""
    events = clashes.by_event(claims)
    rows: list[Row] = []
    for pair in pairs:
        rows += [_graded(claims, pair, dice), *_turned(claims, events, pair, dice)]
    rows += chain.from_iterable(_said_again(claims, keys, dice) for keys in events.values())
    rows += _unlisted(claims, near, pairs, dice)
    rows += _apart(claims, events, len(pairs) // 10, dice)
    return rows


def _line(claims: dict[str, Told], key: str, dice: random.Random) -> str:
    return dice.choice(claims[key].lines)


def _graded(claims: dict[str, Told], pair: Pair, dice: random.Random) -> Row:
    return Row(_line(claims, pair.a, dice), _line(claims, pair.b, dice), TARGETS[pair.grade], kind_of(pair.kind))


def _turned(claims: dict[str, Told], events: dict[str, list[str]], pair: Pair, dice: random.Random) -> list[Row]:
    """Deny one side of some pairs: what restates turns into a clash, what clashes into none."""
    a, b = _line(claims, pair.a, dice), _line(claims, pair.b, dice)
    if pair.kind == "restated" and dice.random() < 0.6:
        if pair.voices == "same" or dice.random() < 0.5:
            b = held_by(b, claims[dice.choice(events[claims[pair.a].event])].lines[0])
        return [Row(a, denied(b), (0.05, 0.15, 0.8), KINDS.index("denial"), 0.5)]
    if pair.grade == "strong" and dice.random() < 0.18:
        return [Row(a, denied(b), (0.85, 0.12, 0.03), -1, 0.5)]
    return []


def _said_again(claims: dict[str, Told], keys: list[str], dice: random.Random) -> list[Row]:
    """Let another holder say the same as a claim, or deny it."""
    rows = []
    for key in dice.sample(keys, int(len(keys) * 0.15)):
        a, again = _line(claims, key, dice), _line(claims, key, dice)
        b = held_by(again, claims[dice.choice(keys)].lines[0])
        if dice.random() < 0.5:
            rows.append(Row(a, denied(b), TARGETS["strong"], KINDS.index("denial"), 0.4))
        else:
            rows.append(Row(a, b, (0.96, 0.03, 0.01), KINDS.index("restated"), 0.4))
    return rows


def _unlisted(
    claims: dict[str, Told], near: dict[str, list[str]], pairs: Sequence[Pair], dice: random.Random
) -> list[Row]:
    """Draw pairs of an event that nobody listed, near ones and any: mostly none, though some restate a listed clash."""
    listed = {frozenset((p.a, p.b)) for p in pairs}
    events = clashes.by_event(claims)
    rows = []
    for pair in pairs:
        a = dice.choice((pair.a, pair.b))
        for b, target in (
            (dice.choice(near[a]), (0.91, 0.07, 0.02)),
            (dice.choice(events[claims[a].event]), (0.96, 0.03, 0.01)),
        ):
            if a != b and frozenset((a, b)) not in listed and dice.random() < 0.6:
                lines = [_line(claims, key, dice) for key in (a, b)]
                if dice.random() < DENIED_SHARE:
                    lines[1] = denied(lines[1])
                rows.append(Row(*lines, target, -1, 0.6))
    return rows


def _apart(claims: dict[str, Told], events: dict[str, list[str]], count: int, dice: random.Random) -> list[Row]:
    """Draw pairs of two events, which are none."""
    rows = []
    for _ in range(count):
        a, b = (dice.choice(events[event]) for event in dice.sample(sorted(events), 2))
        lines = _line(claims, a, dice), _line(claims, b, dice)
        rows.append(Row(*lines, (0.98, 0.015, 0.005), KINDS.index("unrelated"), 0.5))
    return rows


def encoded(tokenizer: Tokenizer, rows: Sequence[tuple[str, str]]) -> list[nli.Row]:
    """Tokenise pairs of lines."""
    return [nli.Row(e.ids, e.type_ids, -1, "") for e in tokenizer.encode_batch([clashes.beside(*r) for r in rows])]


def loss_of(out: torch.Tensor, rows: Sequence[Row]) -> torch.Tensor:
    """Give the loss of a batch: grade and kind of its pairs of claims, the label of its NLI pairs."""
    weights = torch.tensor([row.weight for row in rows])
    pairs = [i for i, row in enumerate(rows) if isinstance(row.target, tuple)]
    kinds = [i for i, row in enumerate(rows) if row.kind >= 0]
    others = [i for i, row in enumerate(rows) if isinstance(row.target, int)]
    grades = torch.tensor([rows[i].target for i in pairs]).reshape(-1, len(GRADES))
    entropy = -(grades * out[pairs, : len(GRADES)].log_softmax(-1)).sum(-1)
    labels = torch.tensor([rows[i].target for i in others], dtype=torch.long)
    read = functional.cross_entropy(out[others, -len(nli.LABELS) :], labels, reduction="none")
    known = torch.tensor([rows[i].kind for i in kinds], dtype=torch.long)
    named = functional.cross_entropy(out[kinds, len(GRADES) : -len(nli.LABELS)], known, reduction="sum")
    main = ((entropy * weights[pairs]).sum() + (read * weights[others]).sum()) / weights.sum()
    return main + KIND_SHARE * named / len(rows)


def graded_rows(paths: Sequence[Path], found: Sequence[Path], without: frozenset[str]) -> list[Row]:
    """Read pairs graded by eye.

    Args:
        paths: .json files of graded pairs, see `clashes.graded`, or .jsonl files of pairs written for the purpose.
        found: what `claimtrack extract --no-store --jsonl` printed for their articles.
        without: the hashes of articles to leave out.
    """
    rows: list[Row] = []
    claims = clashes.extracted_claims(found)
    for path in paths:
        if path.suffix == ".jsonl":
            written = map(json.loads, path.read_text(encoding="utf8").splitlines())
            rows += [Row(p["a"], p["b"], TARGETS[GRADED[p["grade"]]], kind_of(p["kind"])) for p in written]
            continue
        for pair in clashes.graded(path, claims):
            if not pair.held and not without.intersection(pair.articles):
                a, b = (clashes.printed(c, h[:8]) for c, h in zip((pair.a, pair.b), pair.articles, strict=True))
                rows.append(Row(a, b, TARGETS[GRADED[pair.grade]], kind_of(pair.kind)))
    return rows


def thinned(rows: Sequence[Row], dice: random.Random) -> list[Row]:
    """Keep two in five of the easy pairs that are none, of which the large network soon learns nothing more."""
    easy = (row.weight < 1 and isinstance(row.target, tuple) and row.target[0] > EASY for row in rows)
    return [row for row, is_easy in zip(rows, easy, strict=True) if not is_easy or dice.random() < EASY_SHARE]


def epoch_rows(rows: Sequence[Row], given: Sequence[nli.Pair], dice: random.Random) -> list[Row]:
    """Give the rows of an epoch, each in a random direction, with one NLI pair for ten others."""
    turned = [Row(r.b, r.a, r.target, r.kind, r.weight) if dice.random() < 0.5 else r for r in rows]
    read = [Row(p, h, nli.number(label), -1, 0.5) for p, h, label, _ in dice.sample(given, len(rows) // 10)]
    return turned + read


@dataclass(frozen=True)
class Plan:
    """How long to train, in minutes of the processor, how fast, and how many of the lowest layers stay as they are."""

    minutes: float
    rate: float
    frozen: int


def train(net: JudgeNet, plan: Plan, epochs: Callable[[], list[Row]], work: Path) -> JudgeNet:
    """Train until the time is spent; the rows are drawn anew each epoch."""
    for layer in (net.encoder.embeddings, *net.encoder.encoder.layer[: plan.frozen]) if plan.frozen else ():
        layer.requires_grad_(requires_grad=False)
    trainer = minilm.Trainer(net, plan.rate)
    start, limit, epoch = time.process_time(), 60 * plan.minutes, 0
    while (spent := time.process_time() - start) < limit:
        rows = epochs()
        tokens = encoded(net.tokenizer, [(row.a, row.b) for row in rows])
        total = 0.0
        for batch in minilm.batches([len(t.ids) for t in tokens], BATCH_TOKENS, SEED + epoch):
            spent = time.process_time() - start
            if spent >= limit:
                break
            loss = loss_of(trainer.model(*nli.tensors([tokens[i] for i in batch])).float(), [rows[i] for i in batch])
            trainer.step(loss, spent / limit, 60)
            total += loss.item() * len(batch)
        epoch += 1
        state = f"steps {trainer.steps} minutes {spent / 60:.1f} loss {total / len(rows):.4f}"
        print(f"epoch {epoch} rows {len(rows)} {state}", flush=True)
        trainer.save(work / "checkpoint.pt")
    whole = trainer.full_precision()
    torch.save(whole.state_dict(), work / "judge.pt")
    return whole  # type: ignore[return-value]  # the trainer keeps the class of what it was given


@torch.no_grad()
def logits_of(net: JudgeNet, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
    """Give the mean of the logits of both directions, in order."""
    net.eval()
    total = torch.zeros(len(pairs), len(GRADES) + len(KINDS) + len(nli.LABELS))
    for given in (pairs, [(b, a) for a, b in pairs]):
        tokens = encoded(net.tokenizer, given)
        for batch in minilm.batches([len(t.ids) for t in tokens], 6000, 0):
            total[batch] += net(*nli.tensors([tokens[i] for i in batch])).float() / 2
    return total


def clash(logits: torch.Tensor) -> torch.Tensor:
    """Give how much of a clash a pair is, in [0, 1]: a tension counts half."""
    grades = logits[:, : len(GRADES)].softmax(-1)
    return grades[:, 2] + grades[:, 1] / 2


def score(net: JudgeNet, claims: dict[str, Told], pairs: Sequence[Pair], which: int) -> dict[str, float]:
    """Rank graded pairs and random ones of the same events, as people word them (0) or as the program does (1)."""
    from sklearn.metrics import average_precision_score, roc_auc_score

    dice = random.Random(5)
    listed = {frozenset((p.a, p.b)) for p in pairs}
    rows = [(p.a, p.b, p.grade) for p in pairs]
    for keys in clashes.by_event(claims).values():
        drawn = [dice.sample(keys, 2) for _ in range(80)]
        rows += [(a, b, "random") for a, b in drawn if frozenset((a, b)) not in listed]
    rows = [row for row in rows if all(len(claims[key].lines) > which for key in row[:2])]
    found = clash(logits_of(net, [(claims[a].lines[which], claims[b].lines[which]) for a, b, _ in rows])).tolist()

    def area(good: str, bad: str) -> float:
        graded = zip((grade for _, _, grade in rows), found, strict=True)
        chosen = [(grade == good, value) for grade, value in graded if grade in {good, bad}]
        return round(float(roc_auc_score(*zip(*chosen, strict=True))), 3)

    precision = average_precision_score([grade == "strong" for _, _, grade in rows], found)
    areas = {f"AUC {x} / {y}": area(x, y) for x, y in (("strong", "no"), ("strong", "random"), ("weak", "random"))}
    return areas | {"average precision": round(float(precision), 3)}


class Head(torch.nn.Module):
    """The network without the pair model's own head."""

    def __init__(self, net: JudgeNet) -> None:
        """Wrap a trained network."""
        super().__init__()
        self.net = net

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """Give the logits of grades and kinds."""
        return self.net.judge(ids, mask, types)


def export(net: JudgeNet, out: Path) -> None:
    """Write model.onnx, tokenizer.json and config.json, whose weights `judge_calibration.py` is to fit."""
    # The layers that int8 hurt in the pair model, from which this one starts, stay whole here too.
    keep = "/net/encoder/encoder/layer.[012]/output/dense"
    minilm.export_int8(Head(net).eval(), example(net), "logits", out / "model.onnx", keep)
    _complete(net, out)


def export_large(net: JudgeNet, out: Path) -> None:
    """Write the large judge."""
    minilm.export_int4(Head(net).eval(), example(net), "logits", out / "model.onnx")
    _complete(net, out)


def example(net: JudgeNet) -> dict[str, torch.Tensor]:
    """Give inputs of the right shape."""
    rows = encoded(net.tokenizer, [("Peru says: A man left.", "Chile says: Nobody left.")] * 2)
    return dict(zip(("ids", "mask", "types"), nli.tensors(rows), strict=True))


def _complete(net: JudgeNet, out: Path) -> None:
    net.tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    weights = {"contradiction": 1.0, "nearness": 0.0, "authors": 0.0}
    config = {"max_length": MAX_LENGTH, "kinds": list(KINDS), "weights": weights, "offset": 0.0}
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf8")
    digests.seal(out)


def main() -> None:
    """Parse the command line and run one of the three commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("train", "score", "export"))
    parser.add_argument("--events", type=Path)
    parser.add_argument("--nli", type=Path)
    parser.add_argument("--extracted", type=Path)
    parser.add_argument("--graded", type=Path, nargs="*", default=(), help="pairs of data/ graded by eye")
    parser.add_argument("--found", type=Path, nargs="*", default=(), help="the claims of their articles, as extracted")
    parser.add_argument("--teacher", type=Path, help="what nli_teacher.py left: train, score or export the large judge")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--start", type=Path, default=Path("models/nli"))
    parser.add_argument("--go-on", type=Path, help="the judge.pt of a run before")
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--frozen", type=int, default=0)
    parser.add_argument("--without", nargs="*", default=(), help="events to leave out, to choose by")
    parser.add_argument("--out", type=Path, default=Path("models/judge"))
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    if args.command == "train":
        run(args)
        return
    net = large(args.teacher, trained=False) if args.teacher else over(nli.PairNet(), minilm.base_tokenizer(MAX_LENGTH))
    net.load_state_dict(torch.load(args.work / "judge.pt"))
    if args.command == "export":
        export_large(net, args.out) if args.teacher else export(net, args.out)
        return
    claims, pairs = clashes.read(args.events, "dev", args.extracted)
    for which, words in enumerate(("hand-written", "as extracted")):
        print(words, score(net, claims, pairs, which), flush=True)


def run(args: argparse.Namespace) -> None:
    """Train on all events but those left out."""
    args.work.mkdir(parents=True, exist_ok=True)
    claims, pairs = clashes.read(args.events, "train", args.extracted)
    left_out = frozenset(claim.article for claim in claims.values() if claim.event in args.without)
    claims = {key: claim for key, claim in claims.items() if claim.event not in args.without}
    pairs = [pair for pair in pairs if pair.a in claims]
    given = [p for p in nli.read(args.nli) if not p[3].startswith("auto:") and len(p[0]) + len(p[1]) < 400]
    dice = random.Random(SEED)
    net = large(args.teacher, trained=not args.go_on) if args.teacher else started(args.start)
    if args.go_on:
        net.load_state_dict(torch.load(args.go_on))
    plan = Plan(args.minutes, args.rate, args.frozen)
    near = clashes.near_by(claims)
    graded = graded_rows(args.graded, [args.extracted, *args.found], left_out)

    def epochs() -> list[Row]:
        rows = [*rows_of(claims, pairs, near, dice), *graded]
        rows = thinned(rows, dice) if args.teacher else rows
        return epoch_rows(rows, given, dice)

    train(net, plan, epochs, args.work)


if __name__ == "__main__":
    main()
