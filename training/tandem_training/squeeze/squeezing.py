"""The squeezing module: a picture to a small one that keeps what the task needs (docs/methods.md, Low-rate squeezing).

After the abstract of the paper; every layer and number is ours. A residual on the bicubic small picture keeps it one that a
person recognises and that a backbone trained on pictures can begin from; the last convolution begins at nothing, so that an
untrained module is bicubic. 304,131 parameters at scale 2, 324,867 at scale 4.
"""

import torch
import torch.nn.functional as F
from torch import nn

from ..encoder import vit

SCALES, WIDTH, BLOCKS = (1, 2, 4), 64, 4
VARIANTS = ("squeeze", "bicubic", "none")  # the method, its control without learning, its control without a small picture


class Block(nn.Module):
    """x + conv3x3(relu(conv3x3(x))), [B,C,h,w]."""

    def __init__(self, width: int = WIDTH):
        super().__init__()
        self.first, self.second = nn.Conv2d(width, width, 3, 1, 1), nn.Conv2d(width, width, 3, 1, 1)

    def forward(self, x):
        return x + self.second(F.relu(self.first(x)))


class Limit(torch.autograd.Function):
    """x in 0..1; outside a gradient passes where a step against it would bring x back, so that no pixel is stuck."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(0, 1)

    @staticmethod
    def backward(ctx, grad):
        x, = ctx.saved_tensors
        return grad * ~((x < 0) & (grad > 0) | (x > 1) & (grad < 0))


def bicubic(rgb, scale: int):
    """rgb 0..255 [B,3,H,W] -> 0..1 float32 [B,3,H/scale,W/scale], antialiased, a = -0.5, not limited."""
    x = rgb.float() / 255
    return x if scale == 1 else F.interpolate(x, size=[n // scale for n in x.shape[2:]], mode="bicubic", antialias=True)


class Squeezing(nn.Module):
    """rgb 0..255 [B,3,H,W], sides multiples of `scale` -> small picture 0..1 float32 [B,3,H/scale,W/scale]."""

    def __init__(self, scale: int, variant: str = "squeeze"):
        super().__init__()
        if scale not in SCALES or variant not in VARIANTS or (scale == 1) != (variant == "none"):
            raise SystemExit(f"building a squeezing module: found variant [{variant}] at scale [{scale}], needed squeeze or bicubic "
                             "at 2 or 4, none at 1")
        self.scale, self.variant = scale, variant
        self.net = None
        if variant == "squeeze":
            self.net = nn.Sequential(nn.PixelUnshuffle(scale), nn.Conv2d(3 * scale ** 2, WIDTH, 3, 1, 1),
                                     *(Block() for _ in range(BLOCKS)), nn.Conv2d(WIDTH, 3, 3, 1, 1))
            for p in self.net[-1].parameters():
                nn.init.zeros_(p)

    def forward(self, rgb):
        plain = bicubic(rgb, self.scale)
        if self.net is None:
            return plain.clamp(0, 1)
        layout = torch.channels_last if self.net[1].weight.is_contiguous(memory_format=torch.channels_last) else torch.contiguous_format
        return Limit.apply(plain + self.net(vit.normalise(rgb).contiguous(memory_format=layout)).float())
