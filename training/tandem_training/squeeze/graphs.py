"""ONNX graphs of the method squeeze (docs/pack.md, 3.6): the device's encoder with its small picture, the edge's heads, the drift.

The encoder's weights are fp32 (8 bits by bottleneck/int8.py), those of heads int8 for each output channel.
"""

import numpy as np
import torch
from onnx import TensorProto
from torch import nn

from ..bottleneck.graphs import blocks, classifier, conv, same, walk
from ..bottleneck.latent_graph import restored
from ..common.graph import DataFile, Graph
from ..encoder import vit
from ..encoder.teacher import EfficientNetLite
from ..encoder.vision_graph import array
from .split import Split
from .squeezing import Block, Squeezing

FLOAT = TensorProto.FLOAT


def cubic(x, a: float = -0.5):
    x = np.abs(x)
    return np.where(x < 1, ((a + 2) * x - (a + 3)) * x * x + 1, np.where(x < 2, ((a * x - 5 * a) * x + 8 * a) * x - 4 * a, 0))


def kernel(scale: int) -> np.ndarray:
    """The antialiased bicubic's weights [4*scale], the same for every pixel of the small picture."""
    w = cubic((np.arange(4 * scale) + 0.5 - 2 * scale) / scale)
    return w / w.sum()


def inside(n: int, scale: int) -> np.ndarray:
    """For each of n / scale pixels the part of the kernel that lies on the picture: the rest is left out, as torch does."""
    w, pad = kernel(scale), 3 * scale // 2
    there = np.pad(np.ones(n), pad)
    return np.array([(w * there[i * scale:i * scale + 4 * scale]).sum() for i in range(n // scale)])


def shrunk(g: Graph, x, scale: int, height: int, width: int, file: DataFile):
    """RGB 0..1 [1,3,height,width] -> [1,3,height/scale,width/scale], not limited."""
    if scale == 1:
        return x
    k, pad = kernel(scale), 3 * scale // 2
    w = np.broadcast_to(np.outer(k, k), (3, 1, 4 * scale, 4 * scale)).astype(np.float32)
    x = g.op("Conv", [x, g.constant("bicubic", w, file)], kernel_shape=[4 * scale] * 2, strides=[scale] * 2, pads=[pad] * 4, group=3)
    part = np.outer(inside(height, scale), inside(width, scale))[None, None]
    return g.op("Mul", [x, g.constant("borders", (1 / part).astype(np.float32), file)])


def residual(g: Graph, pixels, net: nn.Sequential, file: DataFile):
    """The squeezing module's learned part. SpaceToDepth puts places before colours, torch colours before places."""
    scale, first = net[0].downscale_factor, net[1]
    x = g.op("SpaceToDepth", [pixels], blocksize=scale)
    turned = nn.Conv2d(first.in_channels, first.out_channels, 3, 1, 1)
    turned.weight = nn.Parameter(first.weight.detach().unflatten(1, (3, scale * scale)).transpose(1, 2).flatten(1, 2))
    turned.bias = first.bias
    x = conv(g, x, turned, "squeezing.0", file, True)
    for i, part in enumerate(net[2:], 1):
        if isinstance(part, Block):
            y = g.op("Relu", [conv(g, x, part.first, f"squeezing.{i}.first", file, True)])
            x = g.op("Add", [x, conv(g, y, part.second, f"squeezing.{i}.second", file, True)])
        else:
            x = conv(g, x, part, f"squeezing.{i}", file, True)
    return x


def centred(g: Graph, x, net: EfficientNetLite):
    """RGB 0..1 as a backbone takes it."""
    return g.op("Sub", [g.op("Mul", [x, g.constant("spread", np.float32(255 / net.SPREAD))]), g.constant("centre", np.float32(net.CENTRE / net.SPREAD))])


@torch.no_grad()
def encoder(squeezing: Squeezing, split: Split, medians: np.ndarray, file: DataFile, name: str, height: int = 224, width: int = 224) -> Graph:
    """pixel_values f32 [1,3,height,width] -> latent [1,C,h,w], medians taken off, and squeezed [1,3,height/scale,width/scale] 0..1."""
    g, s, net = Graph(name), squeezing.scale, split.net
    pixels = g.input("pixel_values", FLOAT, [1, 3, height, width])
    rgb = g.op("Add", [g.op("Mul", [pixels, g.constant("deviation", array(vit.DEVIATION).reshape(1, 3, 1, 1))]),
                       g.constant("mean", array(vit.MEAN).reshape(1, 3, 1, 1))])
    x = shrunk(g, rgb, s, height, width, file)
    if squeezing.net is not None:
        x = g.op("Add", [x, residual(g, pixels, squeezing.net, file)])
    small = g.op("Clip", [x, g.constant("none", np.float32(0)), g.constant("one", np.float32(1))], "squeezed")
    x = same(g, centred(g, small, net), net.stem, net.stem_stride, "stem", file, exact=True)
    x = blocks(g, x, net, 0, split.cut, file, True)
    gain, last = split.gain().cpu(), nn.Conv2d(split.reducer.in_channels, split.reducer.out_channels, 1)
    last.weight.copy_(split.reducer.weight.cpu() * gain[:, None, None, None])
    last.bias.copy_(split.reducer.bias.cpu() * gain - torch.from_numpy(np.asarray(medians, np.float32)))
    conv(g, x, last, "reducer", file, True)
    g.nodes[-1].output[0] = "latent"
    shape = split(torch.zeros(1, 3, height // s, width // s, device=split.rise.device)).shape
    g.output("latent", FLOAT, list(shape))
    g.output("squeezed", FLOAT, [1, 3, height // s, width // s])
    return g


def feature(g: Graph, medians: np.ndarray, gain: np.ndarray):
    """The input `latent` of a head, medians put back and scales taken off."""
    return g.op("Mul", [restored(g, medians), g.constant("scales", (1 / gain).astype(np.float32).reshape(1, -1, 1, 1))])


def labels(name: str, split: Split, medians: np.ndarray, file: DataFile) -> Graph:
    """latent f32 [1,C,-1,-1] -> logits [1,classes]."""
    g = Graph(name)
    x = conv(g, feature(g, medians, array(split.gain())), split.expander, "expander", file)
    classifier(g, blocks(g, x, split.net, split.cut, None, file), split.net, file)
    g.output("logits", FLOAT, [1, split.classes])
    return g


def picture(name: str, restorer: nn.Sequential, medians: np.ndarray, gain: np.ndarray, file: DataFile) -> Graph:
    """latent f32 [1,C,-1,-1] -> picture [1,3,-1,-1], RGB 0..1."""
    g = Graph(name)
    walk(g, feature(g, medians, gain), restorer, "restorer", file)
    g.nodes[-1].output[0] = "picture"
    g.output("picture", FLOAT, [1, 3, "height", "width"])
    return g


def drift(name: str, teacher: EfficientNetLite, file: DataFile) -> Graph:
    """picture f32 [1,3,-1,-1], RGB 0..1 -> logits [1,classes] of the frozen teacher."""
    g = Graph(name)
    x = centred(g, g.input("picture", FLOAT, [1, 3, "height", "width"]), teacher)
    x = same(g, x, teacher.stem, teacher.stem_stride, "stem", file)
    classifier(g, blocks(g, x, teacher, 0, None, file), teacher, file)
    g.output("logits", FLOAT, [1, len(teacher.fc[1])])
    return g
