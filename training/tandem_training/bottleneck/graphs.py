"""ONNX graphs of trained bottlenecks: the device's encoder, and for each backbone blueprint and tail in one (docs/pack.md, 3.5, 5.4, 5.5).

Weights of blueprints and tails are int8 for each output channel, cast and scaled by constants that ONNX Runtime folds; the
encoder's are fp32. What a tail's weights are called is the same for every rung, so that all rungs read one file; those of
the vision transformer are called as in the encoder's graph, so that a file that holds them already can serve.
"""

import copy

import numpy as np
import torch
from onnx import TensorProto
from torch import nn

from ..common.graph import DataFile, Graph
from ..encoder.teacher import EfficientNetLite
from ..encoder import vit
from ..encoder.vision_graph import array, embedded, int8_linear, layer, layer_norm
from .backbones import Convolutional, Transformer
from .blueprints import PixelBlueprint
from .encoder import ResidualBlock
from .latent_graph import restored
from . import swin_graph
from .student import LEAST, PEDESTAL, Gdn1
from .swin_backbone import STAGES, Swin

FLOAT = TensorProto.FLOAT


def weight(g: Graph, w: np.ndarray, name: str, file: DataFile, exact: bool):
    """A weight [out,...] as a value of the graph: float32, or int8 rows with their scales."""
    if exact:
        return g.constant(f"{name}.weight", w, file)
    scale = np.maximum(np.abs(w).max(tuple(range(1, w.ndim)), keepdims=True), 1e-12).astype(np.float32) / 127
    q = g.constant(f"{name}.weight", np.clip(np.rint(w / scale), -127, 127).astype(np.int8), file)
    return g.op("Mul", [g.op("Cast", [q], to=FLOAT), g.constant(f"{name}.scale", scale, file)])


def conv(g: Graph, x, layer: nn.Conv2d, name: str, file: DataFile, exact: bool = False):
    parts = [x, weight(g, array(layer.weight), name, file, exact)]
    if layer.bias is not None:
        parts.append(g.constant(f"{name}.bias", array(layer.bias), file))
    pad = layer.padding[0]
    return g.op("Conv", parts, kernel_shape=list(layer.kernel_size), strides=list(layer.stride), pads=[pad] * 4)


def same(g: Graph, x, pair, stride: int, name: str, file: DataFile, act: bool = True, group: int = 1, exact: bool = False):
    """encoder/teacher.py's convolution, a rectifier up to 6 behind it."""
    w, b = (array(t) for t in pair)
    y = g.op("Conv", [x, weight(g, w, name, file, exact), g.constant(f"{name}.bias", b, file)], kernel_shape=list(w.shape[2:]),
             strides=[stride, stride], auto_pad="SAME_UPPER", group=group)
    return g.op("Clip", [y, g.constant("zero", np.float32(0)), g.constant("six", np.float32(6))]) if act else y


def rectified(g: Graph, x, act: nn.Module):
    return g.op("LeakyRelu", [x], alpha=act.negative_slope) if isinstance(act, nn.LeakyReLU) else g.op("Relu", [x])


def walk(g: Graph, x, net: nn.Module, name: str, file: DataFile, exact: bool = False):
    """The layers of a network that is a sequence."""
    if isinstance(net, nn.Conv2d):
        return conv(g, x, net, name, file, exact)
    if isinstance(net, ResidualBlock):
        y = rectified(g, conv(g, x, net.first, f"{name}.first", file, exact), net.act)
        y = rectified(g, conv(g, y, net.second, f"{name}.second", file, exact), net.act)
        return g.op("Add", [y, conv(g, x, net.skip, f"{name}.skip", file, exact)])
    if isinstance(net, nn.PixelShuffle):
        return g.op("DepthToSpace", [x], blocksize=net.upscale_factor, mode="CRD")
    if isinstance(net, nn.Sigmoid):
        return g.op("Sigmoid", [x])
    if isinstance(net, Gdn1):
        gamma = np.maximum(array(net.gamma), PEDESTAL ** 0.5) ** 2 - PEDESTAL
        beta = np.maximum(array(net.beta), (LEAST + PEDESTAL) ** 0.5) ** 2 - PEDESTAL
        norm = g.op("Conv", [g.op("Abs", [x]), weight(g, gamma[:, :, None, None].astype(np.float32), name, file, exact),
                             g.constant(f"{name}.beta", beta.astype(np.float32), file)])
        return g.op("Mul" if net.inverse else "Div", [x, norm])
    for i, part in enumerate(net):
        x = walk(g, x, part, f"{name}.{i}", file, exact)
    return x


def encoder(net: nn.Sequential, medians: np.ndarray, file: DataFile, name: str, side: int = 224) -> Graph:
    """pixel_values [1,3,side,side] -> latent [1,C,h,w], the medians [C] taken off in the last convolution's bias."""
    net, shift = copy.deepcopy(net).float(), torch.from_numpy(np.asarray(medians, np.float32))
    last = net[-1].skip if isinstance(net[-1], ResidualBlock) else net[-1]
    last.bias = nn.Parameter((0 if last.bias is None else last.bias.data) - shift)
    g = Graph(name)
    x = walk(g, g.input("pixel_values", FLOAT, [1, 3, side, side]), net, name, file, True)
    g.nodes[-1].output[0] = "latent"
    with torch.no_grad():
        g.output("latent", FLOAT, list(net(torch.zeros(1, 3, side, side)).shape))
    return g


def pixel_values(g: Graph, x, net: PixelBlueprint, name: str, file: DataFile):
    """[1,C,h,w] -> [1,3,scale*h,scale*w], as the device's encoder reads pixels."""
    both = [walk(g, x, net.plain, f"{name}.plain", file), walk(g, x, net.bend, f"{name}.bend", file)]
    return g.op("DepthToSpace", [g.op("Add", both)], blocksize=net.scale, mode="CRD")


def rescaled(g: Graph, x, centre: float, spread: float):
    """(RGB 0..255 less `centre`) over `spread`, of pixel values."""
    gain, shift = 255 * array(vit.DEVIATION) / spread, (255 * array(vit.MEAN) - centre) / spread
    x = g.op("Mul", [x, g.constant("gain", gain.astype(np.float32))])
    return g.op("Add", [x, g.constant("shift", shift.astype(np.float32))])


def blocks(g: Graph, x, net: EfficientNetLite, start: int, end: int | None, file: DataFile, exact: bool = False):
    """Its blocks start, ..., end - 1."""
    for i, (expand, depthwise, project, stride) in enumerate(net.blocks[start:end], start):
        y = same(g, x, expand, 1, f"{i}.expand", file, exact=exact) if expand else x
        y = same(g, y, depthwise, stride, f"{i}.depthwise", file, group=len(depthwise[0]), exact=exact)
        y = same(g, y, project, 1, f"{i}.project", file, act=False, exact=exact)
        kept = stride == 1 and project[0].shape[0] == (expand or depthwise)[0].shape[1 if expand else 0]
        x = g.op("Add", [x, y]) if kept else y
    return x


def classifier(g: Graph, x, net: EfficientNetLite, file: DataFile):
    """The last map -> `logits`."""
    x = g.op("Flatten", [g.op("GlobalAveragePool", [same(g, x, net.head, 1, "head", file)])])
    w, b = (array(t) for t in net.fc)
    g.op("Gemm", [x, weight(g, w, "classes", file, False), g.constant("classes.bias", b, file)], "logits", transB=1)


def conv_front(g: Graph, x, backbone: Convolutional, file: DataFile):
    """Pixel values -> the map at the cut."""
    net = backbone.net
    x = same(g, rescaled(g, x, net.CENTRE, net.SPREAD), net.stem, net.stem_stride, "stem", file)
    return blocks(g, x, net, 0, backbone.cut, file)


def conv_tail(g: Graph, x, backbone: Convolutional, file: DataFile):
    classifier(g, blocks(g, x, backbone.net, backbone.cut, None, file), backbone.net, file)


def vit_front(g: Graph, x, backbone: Transformer, file: DataFile):
    """Pixel values of 224 x 224 -> tokens behind the last layer before the cut."""
    x = embedded(g, x, backbone.net, 224 // vit.PATCH, file)
    for i, block in enumerate(backbone.net.blocks[:backbone.cut]):
        x = layer(g, x, block, i, file)
    return x


def vit_tail(g: Graph, x, backbone: Transformer, file: DataFile):
    for i, block in enumerate(backbone.net.blocks[backbone.cut:], backbone.cut):
        x = layer(g, x, block, i, file)
    x = layer_norm(g, x, backbone.net.norm, "norm", file)
    first = g.op("Slice", [x, g.ints(0), g.ints(1), g.ints(1)])
    rest = g.op("Slice", [x, g.ints(1), g.constant("end", np.array([1 << 30], np.int64)), g.ints(1)])
    pooled = g.op("Concat", [g.op("Squeeze", [first, g.ints(1)]), g.op("ReduceMean", [rest, g.ints(1)], keepdims=0)], axis=1)
    g.op("Identity", [int8_linear(g, pooled, backbone.head.linear, "classes", file)], "logits")


def classes(name: str, medians: np.ndarray, blueprint, backbone, own: DataFile, shared: DataFile) -> Graph:
    """latent [1,C,-1,-1] -> logits [1,classes]: the blueprint's weights in `own`, the backbone's in `shared`."""
    g = Graph(name)
    x, key = restored(g, medians), f"{name}.blueprint"
    if isinstance(backbone, Swin):
        swin_graph.tail(g, swin_graph.blueprint(g, x, blueprint, walk, 28, key, own), backbone.net, STAGES, shared)
        g.output("logits", FLOAT, [1, backbone.classes])
        return g
    transformer = isinstance(backbone, Transformer)
    if isinstance(blueprint, PixelBlueprint):
        x = (vit_front if transformer else conv_front)(g, pixel_values(g, x, blueprint, key, own), backbone, shared)
    else:
        x = walk(g, x, blueprint, key, own)
    (vit_tail if transformer else conv_tail)(g, x, backbone, shared)
    g.output("logits", FLOAT, [1, backbone.classes])
    return g


def picture(name: str, medians: np.ndarray, blueprint, file: DataFile) -> Graph:
    """latent [1,C,-1,-1] -> picture [1,3,-1,-1]."""
    g = Graph(name)
    rescaled(g, pixel_values(g, restored(g, medians), blueprint, f"{name}.blueprint", file), 0, 255)
    g.nodes[-1].output[0] = "picture"
    g.output("picture", FLOAT, [1, 3, "height", "width"])
    return g
