"""Stand-ins for what `base` fetches and what a user brings: random weights of the same formats, drawn photographs."""

import json
from pathlib import Path

import numpy as np
import torch
from gguf import GGMLQuantizationType, GGUFWriter
from gguf.quants import quantize
from onnx import TensorProto
from PIL import Image

from ..common import drawn
from ..common.graph import Graph
from ..encoder import vit
from . import tiny

FOLDERS = [f"n{i:08d}" for i in range(10)]


def encoder(work: Path):
    """encoder.pt: the real architecture, random weights."""
    net = vit.Vit()
    for block in net.blocks:
        torch.nn.init.normal_(block.qkv.weight, std=0.05)
    torch.save(net.state_dict(), work / "encoder.pt")


def teacher(work: Path, classes: int = 1000) -> Path:
    """teacher.onnx: mean colour of the picture, through a random matrix, to logits."""
    g, rng = Graph("teacher"), np.random.default_rng(5)
    x = g.op("ReduceMean", [g.input("input", TensorProto.FLOAT, ["n", 3, 224, 224]), g.ints(2, 3)], keepdims=0)
    g.op("MatMul", [x, g.constant("w", rng.normal(0, 3, (3, classes)).astype(np.float32))], "logits")
    g.output("logits", TensorProto.FLOAT, ["n", classes])
    g.save(work, "teacher.onnx")
    return work / "teacher.onnx"


def mobilenet(work: Path) -> Path:
    """mobilenet.onnx: a narrow network of MobileNetV2's kind, SAME padding, 1,001 classes of which the first is dropped."""
    g, rng = Graph("mobilenet"), np.random.default_rng(7)
    zero, six, count = g.constant("zero", np.float32(0)), g.constant("six", np.float32(6)), iter(range(99))

    def conv(x, width, out, k, stride=1, group=1, act=True):
        i = next(count)
        w = g.constant(f"w{i}", rng.normal(0, (2 / (width // group * k * k)) ** 0.5, (out, width // group, k, k)).astype(np.float32))
        b = g.constant(f"b{i}", rng.normal(0, 0.1, out).astype(np.float32))
        y = g.op("Conv", [x, w, b], kernel_shape=[k, k], auto_pad="SAME_UPPER", strides=[stride, stride], group=group)
        return g.op("Clip", [y, zero, six]) if act else y

    x = conv(g.input("input", TensorProto.FLOAT, ["n", 3, "h", "w"]), 3, 8, 3, 2)
    x, width = conv(conv(x, 8, 8, 3, 1, 8), 8, 6, 1, act=False), 6
    for out, stride in ((10, 2), (10, 1), (12, 2), (14, 2), (16, 1), (18, 2)):
        y = conv(conv(conv(x, width, 6 * width, 1), 6 * width, 6 * width, 3, stride, 6 * width), 6 * width, out, 1, act=False)
        x, width = g.op("Add", [x, y]) if stride == 1 and out == width else y, out
    x = g.op("GlobalAveragePool", [conv(x, width, 32, 1)])
    y = g.op("Flatten", [conv(x, 32, 1001, 1, act=False)])
    g.op("Slice", [y, g.ints(1), g.ints(1001), g.ints(1)], "logits")
    g.output("logits", TensorProto.FLOAT, ["n", 1000])
    g.save(work, "mobilenet.onnx")
    return work / "mobilenet.onnx"


def names(work: Path, classes: int = 1000) -> Path:
    """names.txt: a name for each class."""
    (work / "names.txt").write_text("".join(f"thing {i}\n" for i in range(classes)))
    return work / "names.txt"


def language(work: Path, layers: int = 2, hidden: int = 576, heads: int = 9, kv_heads: int = 3, mlp: int = 192):
    """language.gguf (Q4_1 linears, Q8_0 embedding, as the real file), tokenizer.json and text-only answers."""
    words, rng = tiny.tokenizer(), np.random.default_rng(6)
    words.save(str(work / "tokenizer.json"))
    w = GGUFWriter(work / "language.gguf", "llama")
    w.add_block_count(layers)
    w.add_head_count(heads)
    w.add_head_count_kv(kv_heads)
    w.add_rope_freq_base(100000.0)
    w.add_layer_norm_rms_eps(1e-5)

    def put(name, *shape, kind=None):
        array = rng.normal(0, 0.05, shape).astype(np.float32) + (1 if kind is None else 0)
        w.add_tensor(f"{name}.weight", quantize(array, kind) if kind else array, raw_dtype=kind)

    put("token_embd", words.get_vocab_size(), hidden, kind=GGMLQuantizationType.Q8_0)
    put("output_norm", hidden)
    narrow = hidden // heads * kv_heads
    for i in range(layers):
        for name in ("attn_norm", "ffn_norm"):
            put(f"blk.{i}.{name}", hidden)
        for name, shape in {"attn_q": (hidden, hidden), "attn_k": (narrow, hidden), "attn_v": (narrow, hidden),
                            "attn_output": (hidden, hidden), "ffn_gate": (mlp, hidden), "ffn_up": (mlp, hidden),
                            "ffn_down": (hidden, mlp)}.items():
            put(f"blk.{i}.{name}", *shape, kind=GGMLQuantizationType.Q4_1)
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()
    rows = [(f"How many legs has {n}?", "four") for n in ("a dog", "a cat", "a cow", "a horse", "a sheep", "a table")]
    (work / "text-only.json").write_text(json.dumps(rows))


def photographs(folder: Path, train: int = 4, val: int = 1):
    """Ten class folders of drawn pictures, train and val never from one seed."""
    seed = 0
    for split, count in (("train", train), ("val", val)):
        for name in FOLDERS:
            (folder / split / name).mkdir(parents=True, exist_ok=True)
            for i in range(count):
                seed += 1
                Image.fromarray(drawn.picture(seed, 1 + seed % 3)[0]).save(folder / split / name / f"{i}.png")


THINGS = {"circle": "ball", "square": "box", "triangle": "kite"}  # so that the second caption names known things


def questions(folder: Path, pictures: int = 24):
    """A folder like the COCO questions: train/*.png, train.tsv and train-captions.tsv."""
    (folder / "train").mkdir(parents=True, exist_ok=True)
    rows, captions = ["image\tkind\tquestion\tanswer"], ["image\tcaption"]
    for i in range(pictures):
        rgb, shapes = drawn.picture(1000 + i, 1 + i % 3)
        Image.fromarray(rgb).save(folder / "train" / f"{i}.png")
        rows.append(f"train/{i}.png\tnumber\tHow many shapes are there?\t{len(shapes)}")
        rows.append(f"train/{i}.png\tcolour\tWhat colour is the left shape?\t{shapes[0][0]}")
        for names in ({}, THINGS):
            captions.append(f"train/{i}.png\t" + " and ".join(f"a {c} {names.get(s, s)}" for c, s in shapes))
    (folder / "train.tsv").write_text("\n".join(rows) + "\n")
    (folder / "train-captions.tsv").write_text("\n".join(captions) + "\n")
