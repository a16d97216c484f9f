"""ONNX nodes of Swin blocks, of the source's blueprint and of a Swin backbone behind its cut, on maps [1,H,W,C] of one size."""

import numpy as np

from ..common.graph import DataFile, Graph
from ..encoder.vision_graph import array, int8_linear, layer_norm
from .swin import WINDOW, SwinBlock, SwinBlueprint
from .swin_backbone import Merging, SwinNet

END = 1 << 30


def cut(g: Graph, x, axis: int, start: int, end: int, step: int = 1):
    return g.op("Slice", [x, *(g.constant(f"at{v}", np.array([v], np.int64)) for v in (start, end, axis, step))])


def rolled(g: Graph, x, by: int):
    """Rows and columns moved round by `by` places."""
    for axis in (1, 2):
        x = g.op("Concat", [cut(g, x, axis, -by, END), cut(g, x, axis, 0, -by)], axis=axis)
    return x


def attended(g: Graph, x, block: SwinBlock, h: int, w: int, name: str, file: DataFile):
    c, n = block.proj.in_features, WINDOW
    hd = c // block.heads
    x = g.op("Transpose", [g.op("Reshape", [x, g.ints(1, h // n, n, w // n, n, c)])], perm=[0, 1, 3, 2, 4, 5])
    x = int8_linear(g, g.op("Reshape", [x, g.ints(-1, n * n, c)]), block.qkv, f"{name}.qkv", file)
    parts = g.op("Split", [g.op("Reshape", [x, g.ints(-1, n * n, 3, block.heads, hd)])], many=3, axis=2, num_outputs=3)
    q, k, v = (g.op("Squeeze", [p, g.ints(2)]) for p in parts)
    q, v = (g.op("Transpose", [t], perm=[0, 2, 1, 3]) for t in (q, v))
    a = g.op("MatMul", [q, g.op("Transpose", [k], perm=[0, 2, 3, 1])])
    a = g.op("Mul", [a, g.constant(f"scale{hd}", np.float32(hd ** -0.5))])
    a = g.op("Add", [a, g.constant(f"{name}.bias", array(block.bias[block.offsets].permute(2, 0, 1)[None]), file)])
    if block.shift:
        a = g.op("Add", [a, g.constant(f"mask{h}x{w}", array(block.mask(h, w, block.bias.device)), file)])
    a = g.op("Transpose", [g.op("MatMul", [g.op("Softmax", [a], axis=-1), v])], perm=[0, 2, 1, 3])
    x = int8_linear(g, g.op("Reshape", [a, g.ints(-1, n * n, c)]), block.proj, f"{name}.proj", file)
    x = g.op("Transpose", [g.op("Reshape", [x, g.ints(1, h // n, w // n, n, n, c)])], perm=[0, 1, 3, 2, 4, 5])
    return g.op("Reshape", [x, g.ints(1, h, w, c)])


def block(g: Graph, x, net: SwinBlock, h: int, w: int, name: str, file: DataFile):
    """One swin.SwinBlock on [1,h,w,C]."""
    y = layer_norm(g, x, net.norm1, f"{name}.norm1", file)
    y = attended(g, rolled(g, y, -net.shift) if net.shift else y, net, h, w, name, file)
    x = g.op("Add", [x, rolled(g, y, net.shift) if net.shift else y])
    y = layer_norm(g, x, net.norm2, f"{name}.norm2", file)
    y = g.op("Gelu", [int8_linear(g, y, net.fc1, f"{name}.fc1", file)])
    return g.op("Add", [x, int8_linear(g, y, net.fc2, f"{name}.fc2", file)])


def gathered(g: Graph, x):
    """2 x 2 places side by side, as Merging has them."""
    return g.op("Concat", [cut(g, cut(g, x, 1, r, END, 2), 2, c, END, 2) for c in (0, 1) for r in (0, 1)], axis=3)


def linear(g: Graph, x, weight, name: str, file: DataFile):
    """Without a bias, in 16 bits."""
    return g.op("MatMul", [x, g.half(f"{name}.weight", array(weight).T, file)])


def merged(g: Graph, x, net: Merging, name: str, file: DataFile):
    return linear(g, layer_norm(g, gathered(g, x), net.norm, f"{name}.norm", file), net.linear.weight, f"{name}.linear", file)


def blueprint(g: Graph, y, net: SwinBlueprint, walk, side: int, name: str, file: DataFile):
    """latent [1,48,side,side] -> tokens [1,side*side/4,384]; `walk` writes residual blocks (graphs.py)."""
    def pair(x, blocks, part):
        for i, each in enumerate(blocks):
            x = block(g, x, each, side, side, f"{name}.{part}.{i}", file)
        return x
    x = g.op("Transpose", [walk(g, y, net.first, f"{name}.first", file)], perm=[0, 2, 3, 1])
    x = g.op("Transpose", [g.op("Add", [x, pair(x, net.stage1, "stage1")])], perm=[0, 3, 1, 2])
    x = pair(g.op("Transpose", [walk(g, x, net.second, f"{name}.second", file)], perm=[0, 2, 3, 1]), net.stage2, "stage2")
    x = linear(g, layer_norm(g, gathered(g, x), net.merge_norm, f"{name}.merge_norm", file), net.merge.weight, f"{name}.merge", file)
    return layer_norm(g, g.op("Reshape", [x, g.ints(1, side * side // 4, 384)]), net.norm, f"{name}.norm", file)


def tail(g: Graph, x, net: SwinNet, first: int, file: DataFile):
    """Tokens at the cut -> `logits`; `first`: the stage behind the cut."""
    side = net.side
    x = g.op("Reshape", [x, g.ints(1, side, side, net.stages[first].blocks[0].proj.in_features)])
    for i, stage in enumerate(net.stages[first:], first):
        for j, each in enumerate(stage.blocks):
            x = block(g, x, each, side, side, f"stage{i}.{j}", file)
        if isinstance(stage.merging, Merging):
            x, side = merged(g, x, stage.merging, f"stage{i}.merging", file), side // 2
    x = g.op("ReduceMean", [layer_norm(g, x, net.last, "last", file), g.ints(1, 2)], keepdims=0)
    g.op("Identity", [int8_linear(g, x, net.head, "classes", file)], "logits")
