"""From a latent to what a backbone's later layers expect, one blueprint a backbone (docs/methods.md, Blueprints), and to a picture.

A blueprint restores pixel values by a linear map and a small network that bends it, all of it at the latent's resolution; the
backbone's own first layers, which stand still, make features of them. So learning begins where the backbone already
answers (`start.py`), and what a rung holds for a backbone is small.
"""

import torch
import torch.nn.functional as F
from torch import nn

from ..encoder import vit
from .encoder import HALVES, WIDTHS, ResidualBlock

CHANNELS, INNER = WIDTHS[-1], 96


def leaky(n_in: int, n_out: int, stride: int = 1) -> ResidualBlock:
    return ResidualBlock(n_in, n_out, stride, nn.LeakyReLU())


class PixelBlueprint(nn.Module):
    """[B,C,h,w] -> what `front` makes of rgb 0..255 [B,3,scale*h,scale*w]; without a front RGB around 0..1.

    `kernel` 2 for a latent of one row and one column less than there are cells, the control's.
    """

    def __init__(self, front=None, channels: int = CHANNELS, scale: int = HALVES, kernel: int = 3):
        super().__init__()
        self.front, self.scale, values = front, scale, 3 * scale * scale
        self.plain = nn.Conv2d(channels, values, kernel, 1, 1)
        self.bend = nn.Sequential(nn.Conv2d(channels, INNER, kernel, 1, 1), leaky(INNER, INNER), leaky(INNER, INNER), nn.Conv2d(INNER, values, 1))
        nn.init.zeros_(self.bend[-1].weight)
        nn.init.zeros_(self.bend[-1].bias)

    def pixel_values(self, y):
        """As the device's encoder reads them."""
        return F.pixel_shuffle(self.plain(y) + self.bend(y), self.scale)

    def forward(self, y):
        rgb = vit.denormalise(self.pixel_values(y).float())
        return self.front(rgb) if self.front else rgb / 255

    @torch.no_grad()
    def start(self, rows, mean):
        """The linear map: rows [values,C] of the cell itself, and what is added, mean [values]."""
        self.plain.weight.zero_()
        self.plain.weight[:, :, 1, 1] = rows
        self.plain.bias.copy_(mean)
