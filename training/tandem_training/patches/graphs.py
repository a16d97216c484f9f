"""ONNX graphs of the method patches, from network.PatchVit: the device's classifier and the edge's.

Both name their weights as the encoder's graph does (encoder/vision_graph.py), so that an edge classifier made of the
encoder reads the encoder's file. The device's graph gives one row of attention and one row of rollout, never a matrix.
"""

import numpy as np
from onnx import TensorProto

from ..common.graph import DataFile, Graph
from ..encoder.vision_graph import array, half_linear, int8_linear, layer_norm
from .network import PatchVit

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64
LINEAR = {"int8": int8_linear, "half": half_linear}


class Blocks:
    """Writes the layers of a network into a graph; keeps what rollout needs of each."""

    def __init__(self, g: Graph, net: PatchVit, file: DataFile, weights: str):
        self.g, self.net, self.file, self.linear, self.attention = g, net, file, LINEAR[weights], []

    def layer(self, x, i: int):
        g, block, s, file = self.g, self.net.blocks[i], self.net.shape, self.file
        rows = self.net.rows(i)
        y = self.linear(g, layer_norm(g, x, block.norm1, f"{i}.norm1", file), block.qkv, f"{i}.qkv", file)
        y = g.op("Reshape", [y, g.ints(0, 0, 3, s.heads, s.head)])
        q, k, v = (g.op("Squeeze", [t, g.ints(2)]) for t in g.op("Split", [y], many=3, axis=2, num_outputs=3))
        if rows:
            q, x = (g.op("Slice", [t, g.ints(0), g.ints(rows), g.ints(1)]) for t in (q, x))
        q, v = (g.op("Transpose", [t], perm=[0, 2, 1, 3]) for t in (q, v))
        a = g.op("MatMul", [q, g.op("Transpose", [k], perm=[0, 2, 3, 1])])
        a = g.op("Softmax", [g.op("Mul", [a, g.constant("attention_scale", np.float32(s.head ** -0.5))])], axis=-1)
        self.attention.append(a)
        a = g.op("Reshape", [g.op("Transpose", [g.op("MatMul", [a, v])], perm=[0, 2, 1, 3]), g.ints(0, 0, s.heads * s.head)])
        x = g.op("Add", [x, self.linear(g, a, block.proj, f"{i}.proj", file)])
        y = self.linear(g, layer_norm(g, x, block.norm2, f"{i}.norm2", file), block.fc1, f"{i}.fc1", file)
        return g.op("Add", [x, self.linear(g, g.op("Gelu", [y]), block.fc2, f"{i}.fc2", file)])

    def classes(self, x):
        """From embedded tokens to the output `logits`. The head's weights stand in the graph itself."""
        g, s = self.g, self.net.shape
        for i in range(s.layers):
            x = self.layer(x, i)
        x = layer_norm(g, x, self.net.norm, "norm", self.file)
        v = g.op("Squeeze", [g.op("Slice", [x, g.ints(0), g.ints(1), g.ints(1)]), g.ints(1)])
        if s.pooled == 2:
            rest = g.op("Slice", [x, g.ints(1), g.constant("end", np.array([1 << 30], np.int64)), g.ints(1)])
            v = g.op("Concat", [v, g.op("ReduceMean", [rest, g.ints(1)], keepdims=0)], axis=1)
        g.op("Identity", [self.linear(g, v, self.net.head, "head", None)], "logits")

    def class_row(self, i: int):
        """The class token's row of a layer's attention [1,H,1,T]."""
        return self.g.op("Slice", [self.attention[i], self.g.ints(0), self.g.ints(1), self.g.ints(2)])

    def rollout(self):
        """The row of the product of A + I over the layers, carried from the last layer to the first: r <- r + r A."""
        g, tokens = self.g, 1 + self.net.shape.grid ** 2
        first = np.zeros((1, 1, 1, tokens), np.float32)
        first[..., 0] = 1
        r = g.op("Add", [self.class_row(-1), g.constant("class_row", first)])
        for i in range(self.net.shape.layers - 2, -1, -1):
            r = g.op("Add", [r, g.op("MatMul", [r, self.attention[i]])])
        r = g.op("ReduceMean", [r, g.ints(1, 2)], keepdims=0)
        g.op("Slice", [r, g.ints(1), g.ints(tokens), g.constant("last", np.array([1], np.int64))], "rollout")


def device(net: PatchVit, file: DataFile, name: str = "patches-device", rollout: bool = True, weights: str = "int8") -> Graph:
    """pixel_values [1,3,P,P] -> logits [1,C], attention [1,H,N], rollout [1,N] where it is wanted."""
    s, g = net.shape, Graph(name)
    tokens, side = 1 + s.grid ** 2, s.patch
    x = g.input("pixel_values", FLOAT, [1, 3, s.pixels, s.pixels])
    x = g.op("Conv", [x, g.half("patch.weight", array(net.patch.weight).reshape(-1, 3, side, side), file),
                      g.constant("patch.bias", array(net.patch.bias), file)], kernel_shape=[side, side], strides=[side, side])
    x = g.op("Transpose", [g.op("Reshape", [x, g.ints(1, s.width, s.grid ** 2)])], perm=[0, 2, 1])
    x = g.op("Add", [x, g.constant("positions", array(net.pos)[None], file)])
    blocks = Blocks(g, net, file, weights)
    blocks.classes(g.op("Concat", [g.constant("class", array(net.cls)[None, None], file), x], axis=1))
    row = g.op("Squeeze", [blocks.class_row(-1), g.ints(2)])
    g.op("Slice", [row, g.ints(1), g.ints(tokens), g.ints(2)], "attention")
    g.output("logits", FLOAT, [1, s.classes])
    g.output("attention", FLOAT, [1, s.heads, s.grid ** 2])
    if rollout:
        blocks.rollout()
        g.output("rollout", FLOAT, [1, s.grid ** 2])
    return g


def edge(net: PatchVit, file: DataFile, name: str = "patches-edge", weights: str = "int8") -> Graph:
    """patches [B,n,3*p*p], positions int64 [B,n] -> logits [B,C]; pictures of a batch have the same n."""
    s, g = net.shape, Graph(name)
    x, at = g.input("patches", FLOAT, ["batch", "count", 3 * s.patch ** 2]), g.input("positions", INT64, ["batch", "count"])
    batch = g.op("Slice", [g.op("Shape", [at]), g.ints(0), g.ints(1)])
    stored = g.constant("patch.weight", array(net.patch.weight).astype(np.float16), file)
    w = g.op("Transpose", [g.op("Cast", [stored], to=FLOAT)], perm=[1, 0])
    x = g.op("Add", [g.op("MatMul", [x, w]), g.constant("patch.bias", array(net.patch.bias), file)])
    x = g.op("Add", [x, g.op("Gather", [g.constant("positions.table", array(net.pos), file, key="positions"), at], axis=0)])
    first = g.op("Expand", [g.constant("class", array(net.cls)[None, None], file),
                            g.op("Concat", [batch, g.constant("one", np.array([1, s.width], np.int64))], axis=0)])
    Blocks(g, net, file, weights).classes(g.op("Concat", [first, x], axis=1))
    g.output("logits", FLOAT, ["batch", s.classes])
    return g
