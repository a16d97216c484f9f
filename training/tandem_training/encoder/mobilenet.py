"""MobileNetV2 in PyTorch from the convolutions of its ONNX file, so that it can be cut and learned through.

The file: TensorFlow's MobileNetV2 with batch normalisation folded, convolutions in order, SAME padding, 1,001 classes of
which the first is "background" and is dropped; input x / 127.5 - 1 (Sandler et al., arXiv:1801.04381).
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from .teacher import EfficientNetLite


class MobileNetV2(EfficientNetLite):
    """rgb [B,3,H,W] 0..255 -> logits [B,1000]; blocks and cuts as EfficientNetLite has them."""

    CENTRE, SPREAD = 127.5, 127.5

    def __init__(self, file: Path, half: bool = False):
        self.kind = torch.bfloat16 if half else torch.float32
        graph = onnx.load(file).graph
        held = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
        layers = [n for n in graph.node if n.op_type == "Conv"]
        parts = [tuple(torch.from_numpy(np.array(held[name])).to(self.kind) for name in n.input[1:3]) for n in layers]
        strides = [next((a.ints[0] for a in n.attribute if a.name == "strides"), 1) for n in layers]
        if len(layers) < 7 or (len(layers) - 5) % 3:
            raise SystemExit(f"reading MobileNetV2 from [{file}]: found [{len(layers)}] convolutions, needed stem, one block of two, "
                             "blocks of three, a last one and the classes")
        self.stem, self.head = parts[0], parts[-2]
        self.blocks = [(None, parts[1], parts[2], strides[1])]
        self.blocks += [(*parts[i:i + 3], strides[i + 1]) for i in range(3, len(layers) - 2, 3)]
        weight, bias = (t.float() for t in parts[-1])
        self.fc = weight.flatten(1)[-1000:], bias[-1000:]
