"""ONNX graphs of the language model: decoder with key-value cache, and token embedding.

Frozen weights stay the 4-bit blocks they came as. MatMulNBits knows integer zero points only, so
w = d*q + m is written as d*(q-8) + c, c = m + 8d: the first term is MatMulNBits with zero point 8, the second
sums each block of 32 inputs and multiplies by c. The LoRA adapter shares that second, small product:
y = MatMulNBits(x) + [x A | blocksum(x)] [B ; c].
"""

from dataclasses import dataclass, field

import numpy as np
from onnx import TensorProto

from .graph import DataFile, Graph
from .quant import BLOCK, Q4, Q8

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


def decoder(w: Weights, files: Files) -> Graph:
    """inputs_embeds, attention_mask and past -> logits of the last position [1,1,V] and present."""
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
        qkv = linear(g, x, layer, "qkv", i, files)
        x = g.contrib("GroupQueryAttention", [qkv, "", "", *past, last32, total32, cos, sin],
                      [f"attention_{i}", *present], num_heads=w.heads, kv_num_heads=kv, do_rotary=1)[0]
        for name in present:
            g.output(name, FLOAT, [1, kv, "total", hd])
        x = linear(g, x, layer, "o", i, files)
        x, skip = norm(g, x, skip, layer.norm2, f"{i}.norm2", w, files)
        gate, up = g.op("Split", [linear(g, x, layer, "gate_up", i, files)], many=2, axis=-1, num_outputs=2)
        x = g.op("Mul", [g.contrib("QuickGelu", [gate], alpha=1.0), up])
        x = linear(g, x, layer, "down", i, files)
    last = g.ints(-1)
    x, _ = norm(g, g.op("Gather", [x, last], axis=1), g.op("Gather", [skip, last], axis=1), w.norm, "norm", w, files)
    rows, scales = embedding_constants(g, w, files, blocked=True)
    vocabulary = w.embedding.q.shape[0]
    g.contrib("MatMulNBits", [x, rows, g.op("Cast", [scales], to=FLOAT)], "logits", K=hidden, N=vocabulary, bits=8,
              block_size=BLOCK, accuracy_level=4)
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


def linear(g: Graph, x, layer: Layer, which, i, files: Files):
    w, name = layer.linear[which], f"{i}.{which}"
    n, k = w.q.shape
    scale = g.op("Cast", [g.constant(f"{name}.scale", w.scale, files.blocks)], to=FLOAT)
    y = g.contrib("MatMulNBits", [x, g.constant(f"{name}.q", w.packed(), files.blocks), scale], K=k, N=n, bits=4,
                  block_size=BLOCK, accuracy_level=4)
    blocks = g.op("Reshape", [x, g.ints(1, -1, k // BLOCK, BLOCK)])
    small = g.op("ReduceSum", [blocks, g.ints(3)], keepdims=0)
    right = g.half(f"{name}.centre", w.centres().T, files.blocks)
    if which in layer.lora:
        a, b = layer.lora[which]
        low = g.op("MatMul", [x, g.half(f"{name}.lora_a", a.T, files.adapter)])
        small = g.op("Concat", [low, small], axis=2)
        right = g.op("Concat", [g.half(f"{name}.lora_b", b.T, files.adapter), right], axis=0)
    return g.op("Add", [y, g.op("MatMul", [small, right])])
