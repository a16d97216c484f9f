"""ONNX graphs of the device's networks and the projector, from PyTorch modules of the same shapes.

Linear weights of the encoder are int8 per output channel, cast and scaled by constants that ONNX Runtime folds when
it loads the graph; the other graphs keep theirs in fp16. Only standard ops, so that other engines can read them.
"""

import numpy as np
import torch
from onnx import TensorProto

from ..common.graph import DataFile, Graph
from ..common.quant import per_channel

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64


def array(t: torch.Tensor) -> np.ndarray:
    return t.detach().float().cpu().numpy()


def int8_linear(g: Graph, x, layer: torch.nn.Linear, name, file: DataFile):
    """y = x W + b with W = int8 [in,out] * scale [out]."""
    q, scale = per_channel(array(layer.weight))
    w = g.op("Cast", [g.constant(f"{name}.weight", q, file)], to=FLOAT)
    w = g.op("Mul", [w, g.constant(f"{name}.scale", scale, file)])
    return g.op("Add", [g.op("MatMul", [x, w]), g.constant(f"{name}.bias", array(layer.bias), file)])


def half_linear(g: Graph, x, layer: torch.nn.Linear, name, file):
    y = g.op("MatMul", [x, g.half(f"{name}.weight", array(layer.weight).T, file)])
    return y if layer.bias is None else g.op("Add", [y, g.constant(f"{name}.bias", array(layer.bias), file)])


def layer_norm(g: Graph, x, norm, name, file):
    return g.op("LayerNormalization", [x, g.constant(f"{name}.weight", array(norm.weight), file),
                                       g.constant(f"{name}.bias", array(norm.bias), file)], epsilon=norm.eps, axis=-1)


def layer(g: Graph, x, block, i, file: DataFile):
    """One vit.Block on tokens [1,n,C], its weights named after its number (or name); the layer scales are folded."""
    width, heads = block.proj.out_features, block.heads
    hd = width // heads
    y = layer_norm(g, x, block.norm1, f"{i}.norm1", file)
    y = g.op("Reshape", [int8_linear(g, y, block.qkv, f"{i}.qkv", file), g.ints(1, -1, 3, heads, hd)])
    q, k, v = (g.op("Squeeze", [s, g.ints(2)]) for s in g.op("Split", [y], many=3, axis=2, num_outputs=3))
    q, v = (g.op("Transpose", [t], perm=[0, 2, 1, 3]) for t in (q, v))
    k = g.op("Transpose", [k], perm=[0, 2, 3, 1])
    a = g.op("Mul", [g.op("MatMul", [q, k]), g.constant("attention_scale", np.float32(hd ** -0.5))])
    a = g.op("MatMul", [g.op("Softmax", [a], axis=-1), v])
    a = g.op("Reshape", [g.op("Transpose", [a], perm=[0, 2, 1, 3]), g.ints(1, -1, width)])
    x = g.op("Add", [x, int8_linear(g, a, folded(block.proj, block.scale1), f"{i}.proj", file)])
    y = layer_norm(g, x, block.norm2, f"{i}.norm2", file)
    y = g.op("Gelu", [int8_linear(g, y, block.fc1, f"{i}.fc1", file)])
    x = g.op("Add", [x, int8_linear(g, y, folded(block.fc2, block.scale2), f"{i}.fc2", file)])
    return x


def embedded(g: Graph, x, net, side: int, file: DataFile):
    """pixel values [1,3,H,W] of side x side patches -> tokens [1,1+side*side,C], class token first."""
    width = net.patch.out_channels
    x = g.op("Conv", [x, g.half("patch.weight", array(net.patch.weight), file),
                      g.constant("patch.bias", array(net.patch.bias), file)],
             kernel_shape=list(net.patch.kernel_size), strides=list(net.patch.stride))
    x = g.op("Transpose", [g.op("Reshape", [x, g.ints(1, width, side * side)])], perm=[0, 2, 1])
    x = g.op("Add", [x, g.constant("positions", array(net.positions(side, side)), file)])
    return g.op("Concat", [g.constant("class", array(net.cls + net.pos_cls), file), x], axis=1)


def encoder(net, file: DataFile, pixels: int = 224) -> Graph:
    """A vit.Vit at one picture size, its position table resampled once. `net.widen`, where present, is a last linear."""
    side = pixels // net.patch.kernel_size[0]
    width = net.patch.out_channels
    g = Graph("encoder")
    x = embedded(g, g.input("pixel_values", FLOAT, [1, 3, pixels, pixels]), net, side, file)
    for i, block in enumerate(net.blocks):
        x = layer(g, x, block, i, file)
    x = layer_norm(g, x, net.norm, "norm", file)
    out = width
    if hasattr(net, "widen"):
        x, out = half_linear(g, x, net.widen, "widen", file), net.widen.out_features
    count = 1 + side * side
    g.op("Slice", [x, g.ints(1), g.ints(count), g.ints(1)], "last_hidden_state")
    first = g.op("Slice", [x, g.ints(0), g.constant("one", np.array([1], np.int64)), g.ints(1)])
    g.op("Reshape", [first, g.ints(1, out)], "class_token")
    g.output("last_hidden_state", FLOAT, [1, side * side, out])
    g.output("class_token", FLOAT, [1, out])
    return g


def folded(linear: torch.nn.Linear, scale: torch.Tensor) -> torch.nn.Linear:
    """A copy of the linear with a layer scale multiplied into its rows."""
    out = torch.nn.Linear(linear.in_features, linear.out_features)
    out.weight.data, out.bias.data = linear.weight.data * scale.data[:, None], linear.bias.data * scale.data
    return out


def projector(net: torch.nn.Sequential, file: DataFile) -> Graph:
    """Sequential(LayerNorm, Linear, GELU, Linear): tokens [1,n,C] -> image_features [1,n,H]."""
    norm, first, _, second = net
    g = Graph("projector")
    x = g.input("tokens", FLOAT, [1, "tokens_count", first.in_features])
    x = layer_norm(g, x, norm, "norm", file)
    x = g.op("Gelu", [half_linear(g, x, first, "first", file)])
    y = g.op("MatMul", [x, g.half("second.weight", array(second.weight).T, file)])
    g.op("Add", [y, g.constant("second.bias", array(second.bias), file)], "image_features")
    g.output("image_features", FLOAT, [1, "tokens_count", second.out_features])
    return g


def hyper_analysis(router, experts: list[tuple[torch.Tensor, torch.Tensor]], scale: float, median, file) -> Graph:
    """tokens [n,C] -> expert int64 [n], z float32 [n,hyper width] of that expert.

    router: Sequential(Linear, ReLU, Linear). experts: layers of (weight [E,out,in], bias [E,out]), ReLU between.
    Inputs of the expert networks are tokens * scale. All experts run (batched), one is gathered: static shapes.
    median [E,hyper width] is taken off, so that the symbol is rint(z).
    """
    g = Graph("hyper_analysis")
    x = g.input("tokens", FLOAT, ["tokens_count", router[0].in_features])
    s = g.op("Mul", [x, g.constant("input_scale", np.float32(scale))])
    r = g.op("Relu", [half_linear(g, s, router[0], "router.first", file)])
    r = half_linear(g, r, router[2], "router.second", file)
    expert = g.op("ArgMax", [r], "expert", axis=-1, keepdims=0)
    y = g.op("Unsqueeze", [s, g.ints(0)])
    for i, (weight, bias) in enumerate(experts):
        bias = array(bias) - (0 if i + 1 < len(experts) else array(median))
        w = g.half(f"analysis.{i}.weight", array(weight).transpose(0, 2, 1), file)
        y = g.op("Add", [g.op("MatMul", [y, w]), g.constant(f"analysis.{i}.bias", bias[:, None], file)])
        y = g.op("Relu", [y]) if i + 1 < len(experts) else y
    y = g.op("Transpose", [y], perm=[1, 0, 2])
    g.op("GatherND", [y, g.op("Unsqueeze", [expert, g.ints(1)])], "z", batch_dims=1)
    g.output("expert", INT64, ["tokens_count"])
    g.output("z", FLOAT, ["tokens_count", experts[-1][0].shape[1]])
    return g
