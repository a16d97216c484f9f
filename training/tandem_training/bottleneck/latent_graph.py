"""ONNX graphs around a latent map: the encoder with its medians taken off, heads that put them back first."""

import numpy as np
from onnx import TensorProto

from ..common.graph import DataFile, Graph
from .encoder import HALVES, WIDTHS, Encoder

FLOAT = TensorProto.FLOAT


def array(t) -> np.ndarray:
    return t.detach().float().cpu().numpy()


def conv(g: Graph, x, layer, name, file: DataFile, bias=None):
    """A convolution whose weights are int8 with a scale for each output channel."""
    w = array(layer.weight)
    scale = np.maximum(np.abs(w).max((1, 2, 3), keepdims=True), 1e-12).astype(np.float32) / 127
    q = g.op("Cast", [g.constant(f"{name}.weight", np.clip(np.rint(w / scale), -127, 127).astype(np.int8), file)], to=FLOAT)
    w = g.op("Mul", [q, g.constant(f"{name}.scale", scale)])
    pad = layer.padding[0]
    return g.op("Conv", [x, w, g.constant(f"{name}.bias", array(layer.bias) if bias is None else bias)],
                kernel_shape=list(layer.kernel_size), strides=list(layer.stride), pads=[pad] * 4)


def encoder(net: Encoder, medians: np.ndarray, file: DataFile, name: str, height: int, width: int) -> Graph:
    """pixel_values [1,3,h,w] -> latent [1,48,h/8,w/8]; medians [48] leave by the bias of the last block's skip."""
    g = Graph(name)
    x = g.input("pixel_values", FLOAT, [1, 3, height, width])
    for i, block in enumerate(net):
        last = i + 1 == len(net)
        y = g.op("Relu", [conv(g, x, block.first, f"{i}.first", file)])
        y = g.op("Relu", [conv(g, y, block.second, f"{i}.second", file)])
        s = conv(g, x, block.skip, f"{i}.skip", file, array(block.skip.bias) - medians.astype(np.float32) if last else None)
        x = g.op("Add", [y, s], "latent" if last else None)
    g.output("latent", FLOAT, [1, WIDTHS[-1], height // HALVES, width // HALVES])
    return g


def restored(g: Graph, medians: np.ndarray):
    """The input `latent` of a head with its medians put back."""
    x = g.input("latent", FLOAT, [1, len(medians), "rows", "columns"])
    return g.op("Add", [x, g.constant("medians", medians.astype(np.float32).reshape(1, -1, 1, 1))])


def pooled_labels(name: str, medians, weight, bias, pool: str) -> Graph:
    """A head for tests: logits [1,classes] of the pooled map; pool: GlobalAveragePool or GlobalMaxPool."""
    g = Graph(name)
    x = g.op("Flatten", [g.op(pool, [restored(g, medians)])])
    g.op("Gemm", [x, g.constant("weight", weight), g.constant("bias", bias)], "logits")
    g.output("logits", FLOAT, [1, len(bias)])
    return g


def preview(name: str, medians, weight, bias, height: int, width: int) -> Graph:
    """A restorer for tests: each position becomes its 8 x 8 pixels. weight [192,C]."""
    g = Graph(name)
    x = g.op("Conv", [restored(g, medians), g.constant("weight", weight[:, :, None, None]), g.constant("bias", bias)])
    g.op("Sigmoid", [g.op("DepthToSpace", [x], blocksize=HALVES)], "picture")
    g.output("picture", FLOAT, [1, 3, height, width])
    return g
