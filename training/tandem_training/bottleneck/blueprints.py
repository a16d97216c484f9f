"""From a latent to what a backbone's later layers expect: one blueprint a backbone (docs/methods.md, Blueprints), and to a picture.

Operations of the backbone's own kind, its channels and resolution at the cut. `start` puts the features' means into the
last bias, so that learning begins from the mean and not from nothing.
"""

import torch
import torch.nn.functional as F
from torch import nn

from ..encoder import vit
from .encoder import WIDTHS, ResidualBlock

CHANNELS = WIDTHS[-1]


def leaky(n_in: int, n_out: int, stride: int = 1) -> ResidualBlock:
    return ResidualBlock(n_in, n_out, stride, nn.LeakyReLU())


class ConvBlueprint(nn.Sequential):
    """For a convolutional backbone: [B,C,h,w] -> [B,out,h/stride,w/stride]."""

    def __init__(self, out: int, stride: int = 2, channels: int = CHANNELS):
        super().__init__(nn.Conv2d(channels, 128, 3, 1, 1), leaky(128, 128), leaky(128, 192, stride), leaky(192, 192), nn.Conv2d(192, out, 1))

    def start(self, mean):
        self[-1].bias.data.copy_(mean)


class TokenBlueprint(nn.Module):
    """For a vision transformer of 14-pixel patches: [B,C,h,w] -> [B,1+side*side,width], class token first.

    The latent's cells are 8 pixels wide, so the map is resampled to 7 of them: then 2 x 2 cells are one patch.
    """

    def __init__(self, side: int = 16, width: int = vit.WIDTH, inner: int = 256, layers: int = 2, channels: int = CHANNELS):
        super().__init__()
        self.side = side
        self.first = leaky(channels, 96)
        self.merge = nn.Linear(4 * 96, inner)
        self.positions = nn.Parameter(0.02 * torch.randn(1, side * side, inner))
        self.cls = nn.Parameter(0.02 * torch.randn(1, 1, inner))
        self.blocks = nn.ModuleList(vit.Block(inner, inner // 64) for _ in range(layers))
        self.out = nn.Linear(inner, width)

    def start(self, mean):
        self.out.bias.data.copy_(mean)

    def forward(self, y):
        x = F.interpolate(self.first(y), size=(2 * self.side, 2 * self.side), mode="bilinear", align_corners=False)
        x = F.pixel_unshuffle(x, 2).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls.expand(len(x), -1, -1), self.merge(x) + self.positions], 1)
        for block in self.blocks:
            x = block(x)
        return self.out(x)


class PictureBlueprint(nn.Sequential):
    """A picture for a person, from the same bits: [B,C,h,w] -> RGB around 0..1 [B,3,8h,8w]."""

    def __init__(self, channels: int = CHANNELS, scale: int = 8):
        last = nn.Conv2d(32, 3 * (scale // 4) ** 2, 3, 1, 1)
        super().__init__(leaky(channels, 128), leaky(128, 128), nn.Conv2d(128, 256, 1), nn.PixelShuffle(2), leaky(64, 64),
                         nn.Conv2d(64, 128, 1), nn.PixelShuffle(2), leaky(32, 32), last, nn.PixelShuffle(scale // 4))
        self.last = [last]

    def start(self, mean):
        self.last[0].bias.data.copy_(mean.repeat_interleave(len(self.last[0].bias) // 3))
