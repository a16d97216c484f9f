"""Reading the language model's GGUF: the quantised blocks as they are, in the order PyTorch's Llama expects."""

from pathlib import Path

import numpy as np
from gguf import GGMLQuantizationType, GGUFReader

from ..common.quant import BLOCK, Q4, Q8
from .decoder_graph import Layer, Weights


def read(path: Path) -> Weights:
    """Weights of a Llama GGUF with Q4_1 (or float) linears and a Q8_0 embedding; fused qkv and gate_up."""
    reader = GGUFReader(path)
    tensors = {t.name: t for t in reader.tensors}

    def number(key):
        return reader.fields[f"llama.{key}"].contents()

    heads, kv_heads = number("attention.head_count"), number("attention.head_count_kv")

    def linear(name) -> Q4:
        t = tensors[f"{name}.weight"]
        if t.tensor_type != GGMLQuantizationType.Q4_1:
            raise SystemExit(f"reading [{name}] of [{path}]: found type [{t.tensor_type.name}], needed Q4_1")
        return q4_1(t.data, tuple(int(n) for n in t.shape[::-1]))

    def floats(name):
        return np.array(tensors[f"{name}.weight"].data, np.float32)

    layers = []
    for i in range(number("block_count")):
        p = f"blk.{i}."
        q, k = linear(p + "attn_q"), linear(p + "attn_k")
        qkv = [q.rows(unpermuted(q.q.shape[0], heads)), k.rows(unpermuted(k.q.shape[0], kv_heads)), linear(p + "attn_v")]
        layers.append(Layer(floats(p + "attn_norm"), floats(p + "ffn_norm"), {
            "qkv": Q4.stack(qkv), "o": linear(p + "attn_output"), "down": linear(p + "ffn_down"),
            "gate_up": Q4.stack([linear(p + "ffn_gate"), linear(p + "ffn_up")])}))
    embedding = tensors["token_embd.weight"]
    if embedding.tensor_type != GGMLQuantizationType.Q8_0:
        raise SystemExit(f"reading the embedding of [{path}]: found [{embedding.tensor_type.name}], needed Q8_0")
    return Weights(heads, kv_heads, float(number("rope.freq_base")), 2048,
                   q8_0(embedding.data, tuple(int(n) for n in embedding.shape[::-1])), floats("output_norm"), layers,
                   float(number("attention.layer_norm_rms_epsilon")))


def q4_1(data: np.ndarray, shape: tuple[int, int]) -> Q4:
    """Blocks of fp16 scale, fp16 minimum, 16 bytes: element i low, element 16+i high nibble."""
    blocks = np.ascontiguousarray(data).view(np.uint8).reshape(shape[0], shape[1] // BLOCK, 4 + BLOCK // 2)
    head = np.ascontiguousarray(blocks[..., :4]).view(np.float16)
    q = np.concatenate([blocks[..., 4:] & 15, blocks[..., 4:] >> 4], 2)
    return Q4(q.reshape(shape), head[..., 0].copy(), head[..., 1].copy())


def q8_0(data: np.ndarray, shape: tuple[int, int]) -> Q8:
    blocks = np.ascontiguousarray(data).view(np.uint8).reshape(shape[0], shape[1] // BLOCK, 2 + BLOCK)
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16)[..., 0]
    return Q8(np.ascontiguousarray(blocks[..., 2:]).view(np.int8).reshape(shape), scale.copy())


def unpermuted(rows: int, heads: int) -> np.ndarray:
    """Row order that undoes GGUF's interleaving of rotary pairs."""
    return np.arange(rows).reshape(heads, rows // heads // 2, 2).swapaxes(1, 2).reshape(-1)
