"""ONNX graphs of the language model: decoder with key-value cache, and token embedding.

Frozen weights stay the 4-bit blocks they came as. MatMulNBits is fast with integer zero points only, so
w = d*q + m is written as d*(q-8) + c, c = m + 8d: the first term is MatMulNBits with zero point 8, the second
multiplies the sum of each block of 32 inputs by c. The LoRA adapter shares that second, small product, whose two
factors are 8-bit blocks: y = 4-bit(x) + [B | c] ([A ; block sums] x)."""

from dataclasses import dataclass, field

import numpy as np
from onnx import TensorProto

from ..common.graph import DataFile, Graph
from ..common.quant import BLOCK, Q4, Q8

FLOAT, INT64, INT32 = TensorProto.FLOAT, TensorProto.INT64, TensorProto.INT32


@dataclass
class Layer:
    """Weights of one decoder layer; lora maps a linear's name to (A [r,in], B [out,r]) float32, scale folded in."""

    norm1: np.ndarray
    norm2: np.ndarray
    linear: dict[str, Q4]  # qkv, o, gate_up, down
    lora: dict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)


@dataclass
class Weights:
    """A Llama: hidden = heads * head width; embedding serves look-up and output layer."""

    heads: int
    kv_heads: int
    rope_base: float
    max_tokens: int
    embedding: Q8
    norm: np.ndarray
    layers: list[Layer]
    epsilon: float = 1e-5

    @property
    def hidden(self) -> int:
        return self.embedding.q.shape[1]

    @property
    def head_width(self) -> int:
        return self.hidden // self.heads


@dataclass
class Files:
    blocks: DataFile = field(default_factory=lambda: DataFile("language-blocks.bin"))
    embedding: DataFile = field(default_factory=lambda: DataFile("language-embedding.bin"))
    adapter: DataFile = field(default_factory=lambda: DataFile("adapter.bin"))

    def all(self):
        return [f for f in (self.blocks, self.embedding, self.adapter) if f.size]


def embed_tokens(w: Weights, files: Files) -> Graph:
    """input_ids int64 [1,n] -> inputs_embeds float32 [1,n,hidden]."""
    g = Graph("embed_tokens")
    ids = g.input("input_ids", INT64, [1, "tokens"])
    rows, scales = embedding_constants(g, w, files)
    q = g.op("Cast", [g.op("Gather", [rows, ids], axis=0)], to=FLOAT)
    q = g.op("Sub", [q, g.constant("zero", np.float32(128))])
    q = g.op("Reshape", [q, g.ints(1, -1, w.hidden // BLOCK, BLOCK)])
    d = g.op("Cast", [g.op("Gather", [scales, ids], axis=0)], to=FLOAT)
    d = g.op("Unsqueeze", [d, g.ints(3)])
    g.op("Reshape", [g.op("Mul", [q, d]), g.ints(1, -1, w.hidden)], "inputs_embeds")
    g.output("inputs_embeds", FLOAT, [1, "tokens", w.hidden])
    return g


def embedding_constants(g: Graph, w: Weights, files: Files, blocked=False):
    rows, scale = w.embedding.unsigned(), w.embedding.scale
    shape = [rows.shape[0], w.hidden // BLOCK, BLOCK] if blocked else None
    return (g.constant("embedding", rows, files.embedding, shape=shape),
            g.constant("embedding_scale", scale, files.embedding))


def decoder(w: Weights, files: Files, accuracy: int = 4) -> Graph:
    """inputs_embeds, attention_mask and past -> logits of the last position [1,1,V] and present.

    accuracy 4 quantises activations to 8 bits inside MatMulNBits (fast), 1 computes in fp32.
    """
    g, hidden, hd, kv = Graph("decoder"), w.hidden, w.head_width, w.kv_heads
    x = g.input("inputs_embeds", FLOAT, [1, "tokens", hidden])
    mask = g.input("attention_mask", INT64, [1, "total"])
    total = g.op("Shape", [mask], start=1, end=2)
    total32 = g.op("Cast", [g.op("Squeeze", [total])], to=INT32)
    last32 = g.op("Cast", [g.op("Sub", [total, g.ints(1)])], to=INT32)
    angle = np.arange(w.max_tokens)[:, None] * w.rope_base ** (-np.arange(0, hd, 2) / hd)
    cos = g.constant("cos", np.cos(angle).astype(np.float32), files.blocks)
    sin = g.constant("sin", np.sin(angle).astype(np.float32), files.blocks)
    skip = None
    for i, layer in enumerate(w.layers):
        x, skip = norm(g, x, skip, layer.norm1, f"{i}.norm1", w, files)
        past = [g.input(f"past_key_values.{i}.{p}", FLOAT, [1, kv, "past", hd]) for p in ("key", "value")]
        present = [f"present.{i}.{p}" for p in ("key", "value")]
        qkv = linear(g, x, layer, "qkv", i, files, accuracy)
        x = g.contrib("GroupQueryAttention", [qkv, "", "", *past, last32, total32, cos, sin],
                      [f"attention_{i}", *present], num_heads=w.heads, kv_num_heads=kv, do_rotary=1)[0]
        for name in present:
            g.output(name, FLOAT, [1, kv, "total", hd])
        x = linear(g, x, layer, "o", i, files, accuracy)
        x, skip = norm(g, x, skip, layer.norm2, f"{i}.norm2", w, files)
        gate, up = g.op("Split", [linear(g, x, layer, "gate_up", i, files, accuracy)], many=2, axis=-1, num_outputs=2)
        x = g.op("Mul", [g.contrib("QuickGelu", [gate], alpha=1.0), up])
        x = linear(g, x, layer, "down", i, files, accuracy)
    last = g.ints(-1)
    x, _ = norm(g, g.op("Gather", [x, last], axis=1), g.op("Gather", [skip, last], axis=1), w.norm, "norm", w, files)
    rows, scales = embedding_constants(g, w, files, blocked=True)
    vocabulary = w.embedding.q.shape[0]
    g.contrib("MatMulNBits", [x, rows, g.op("Cast", [scales], to=FLOAT)], "logits", K=hidden, N=vocabulary, bits=8,
              block_size=BLOCK, accuracy_level=accuracy)
    g.output("logits", FLOAT, [1, 1, vocabulary], first=True)
    return g


def norm(g, x, skip, gamma, name, w, files):
    """RMS norm of x + skip; gives (normed, x + skip)."""
    gamma = g.constant(name, np.asarray(gamma, np.float32), files.blocks)
    if skip is None:
        return g.op("SimplifiedLayerNormalization", [x, gamma], axis=-1, epsilon=w.epsilon, stash_type=1), x
    outs = [f"{name}.out", "", "", f"{name}.sum"]
    g.contrib("SkipSimplifiedLayerNormalization", [skip, x, gamma], outs, epsilon=w.epsilon)
    return outs[0], outs[3]


def linear(g: Graph, x, layer: Layer, which, i, files: Files, accuracy):
    """4-bit product plus the small one: [A ; block indicator] down to r + K/32 values, [B | c] up again, both 8 bits."""
    w, name = layer.linear[which], f"{i}.{which}"
    n, k = w.q.shape
    y = product(g, x, n, k, 4, BLOCK, accuracy, g.constant(f"{name}.q", w.packed(), files.blocks),
                g.op("Cast", [g.constant(f"{name}.scale", w.scale, files.blocks)], to=FLOAT))
    down, down_scale = indicator(k)
    down, down_scale = g.constant(f"sum.{k}", down, files.blocks), g.constant(f"sum.{k}.scale", down_scale, files.blocks)
    up, up_scale = blocks8(g, f"{name}.centre", w.centres(), SMALL, files.blocks)
    small = k // BLOCK
    if which in layer.lora:
        a, b = layer.lora[which]
        rank = -(-len(a) // SMALL) * SMALL
        a, b = np.pad(a, ((0, rank - len(a)), (0, 0))), np.pad(b, ((0, 0), (0, rank - b.shape[1])))
        left, left_scale = blocks8(g, f"{name}.lora_a", a, BLOCK, files.adapter)
        right, right_scale = blocks8(g, f"{name}.lora_b", b, SMALL, files.adapter)
        down, down_scale = (g.op("Concat", pair, axis=0) for pair in ((left, down), (left_scale, down_scale)))
        up, up_scale = (g.op("Concat", pair, axis=1) for pair in ((right, up), (right_scale, up_scale)))
        small += rank
    s = product(g, x, small, k, 8, BLOCK, accuracy, down, down_scale)
    return g.op("Add", [y, product(g, s, n, small, 8, SMALL, accuracy, up, up_scale)])


SMALL = 16  # block length of the small product's second factor


def product(g: Graph, x, n, k, bits, block, accuracy, q, scale):
    """x W^T by MatMulNBits with the middle zero point."""
    return g.contrib("MatMulNBits", [x, q, scale], K=k, N=n, bits=bits, block_size=block,
                     accuracy_level=accuracy)


def indicator(k: int) -> tuple[np.ndarray, np.ndarray]:
    """The matrix [K/32,K] that sums each block of 32, as 8-bit blocks: 64 * 1/64 + zero point 128."""
    count = k // BLOCK
    q = np.where(np.eye(count, dtype=bool)[..., None], 192, 128).astype(np.uint8).repeat(BLOCK, 2)
    return q, np.full((count, count), 1 / 64, np.float32)


def blocks8(g: Graph, name, matrix, block, file):
    """An 8-bit blockwise copy of a float matrix [N,K] in a data file: (values [N,K/block,block], scales)."""
    n, k = matrix.shape
    groups = np.pad(np.asarray(matrix, np.float32), ((0, 0), (0, -k % block))).reshape(n, -1, block)
    scale = np.maximum(np.abs(groups).max(2) / 127, 1e-9).astype(np.float32)
    q = np.clip(np.rint(groups / scale[..., None]), -127, 127) + 128
    return g.constant(name, q.astype(np.uint8), file), g.constant(f"{name}.scale", scale, file)
