"""The head of 1,000 classes: pooled tokens and a linear layer, as a PyTorch module and as a pack's graph.

The tokens that are here (all of them, merged ones, merged and decoded; any number) are pooled to one vector, and a
linear layer gives the logits. A pack holds `classify.onnx` (tokens float32 [1,n,C] -> logits float32 [1,classes]),
`labels.txt` (UTF-8, a name a line, in the order of the logits) and a golden run of the graph (docs/pack.md, 5.2;
docs/methods.md, TOFC).
"""

from pathlib import Path

import numpy as np
import torch
from onnx import TensorProto
from torch import nn

from ..common import packfile
from ..common.graph import Graph
from .vision_graph import array, int8_linear

POOLS = {"mean": 1, "mean+max": 2, "mean+dev": 2, "query": 1}
EPSILON = 1e-6
TOLERANCE = 2e-3


class Head(nn.Module):
    """tokens [B,n,C] -> logits [B,classes]. `pool`: the tokens' mean; mean and largest; mean and deviation; or a mean
    weighted by softmax(token . query), the query learned. `shift` and `gain` [V] bring the vector to mean 0, deviation 1."""

    def __init__(self, width: int = 384, classes: int = 1000, pool: str = "mean"):
        super().__init__()
        self.pool, size = pool, POOLS[pool] * width
        self.query = nn.Parameter(torch.zeros(width))
        self.register_buffer("shift", torch.zeros(size))
        self.register_buffer("gain", torch.ones(size))
        self.linear = nn.Linear(size, classes)
        nn.init.zeros_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def pooled(self, tokens):
        if self.pool == "query":
            return (tokens * (tokens @ self.query).softmax(1)[..., None]).sum(1)
        mean = tokens.mean(1)
        if self.pool == "mean+max":
            return torch.cat([mean, tokens.amax(1)], 1)
        if self.pool == "mean+dev":
            return torch.cat([mean, ((tokens - mean[:, None]).square().mean(1) + EPSILON).sqrt()], 1)
        return mean

    @torch.no_grad()
    def cool(self, temperature: float):
        """Folds a temperature into the weights: logits become logits / temperature."""
        self.linear.weight /= temperature
        self.linear.bias /= temperature

    def classes(self, vectors):
        """Pooled vectors [B,V] -> logits [B,classes]."""
        return self.linear((vectors - self.shift) * self.gain)

    def forward(self, tokens):
        return self.classes(self.pooled(tokens))


def graph(head: Head) -> Graph:
    """The head as ONNX, weights in 8 bits by class, all in one file."""
    g, width = Graph("classify"), len(head.query)
    x = g.input("tokens", TensorProto.FLOAT, [1, "tokens_count", width])
    if head.pool == "query":
        w = g.op("MatMul", [x, g.constant("query", array(head.query)[:, None])])
        w = g.op("Softmax", [g.op("Transpose", [w], perm=[0, 2, 1])], axis=-1)
        v = g.op("Reshape", [g.op("MatMul", [w, x]), g.ints(1, width)])
    else:
        v = g.op("ReduceMean", [x, g.ints(1)], keepdims=0)
    if head.pool == "mean+max":
        v = g.op("Concat", [v, g.op("ReduceMax", [x, g.ints(1)], keepdims=0)], axis=1)
    if head.pool == "mean+dev":
        d = g.op("Sub", [x, v])
        d = g.op("ReduceMean", [g.op("Mul", [d, d]), g.ints(1)], keepdims=0)
        d = g.op("Sqrt", [g.op("Add", [d, g.constant("epsilon", np.float32(EPSILON))])])
        v = g.op("Concat", [v, d], axis=1)
    v = g.op("Mul", [g.op("Sub", [v, g.constant("shift", array(head.shift))]), g.constant("gain", array(head.gain))])
    g.op("Identity", [int8_linear(g, v, head.linear, "linear", None)], "logits")
    g.output("logits", TensorProto.FLOAT, [1, head.linear.out_features])
    return g


def write(pack: packfile.PackWriter, head: Head, labels: list[str]):
    """classify.onnx and labels.txt."""
    if len(labels) != head.linear.out_features:
        raise SystemExit(f"writing a classifier to [{pack.folder}]: found [{len(labels)}] labels, needed {head.linear.out_features}")
    pack.graph(graph(head), [])
    pack.write("labels.txt", "".join(f"{name}\n" for name in labels).encode())


def drop(folder: Path):
    """Takes away what `write` and `golden` wrote to a pack before."""
    for name in ("classify.onnx", "labels.txt", *(f"golden/classify-{k}.bin" for k in ("tokens", "logits"))):
        (folder / name).unlink(missing_ok=True)


def golden(pack: packfile.PackWriter, tokens: np.ndarray):
    """A run of the graph on tokens float32 [n,C] as a golden vector: golden/classify-tokens.bin and -logits.bin."""
    feed = {"tokens": np.asarray(tokens, np.float32)[None]}
    pack.golden_graph("classify", feed, {"logits": pack.session("classify").run(None, feed)[0]}, TOLERANCE)


def save(file: Path, head: Head, labels: list[str], provenance: list[dict], encoder: str):
    """What `export` needs to write the head again; `encoder`: the hash of the weights it was fitted on."""
    torch.save({"head": head.state_dict(), "pool": head.pool, "labels": labels, "provenance": provenance, "encoder": encoder}, file)


def load(file: Path) -> tuple[Head, dict]:
    """(the head, all that `save` was given)."""
    kept = torch.load(file)
    classes, width = len(kept["labels"]), len(kept["head"]["query"])
    head = Head(width, classes, kept["pool"])
    head.load_state_dict(kept["head"])
    return head.eval(), kept


class Shipped:
    """classify.onnx as a model: tokens float32 [B,n,C] -> logits float32 [B,classes]."""

    def __init__(self, folder: Path, threads: int = 2):
        self.session = packfile.session(folder / "classify.onnx", threads)

    def __call__(self, tokens):
        return torch.from_numpy(np.concatenate([self.session.run(None, {"tokens": t[None]})[0] for t in tokens.numpy()]))
