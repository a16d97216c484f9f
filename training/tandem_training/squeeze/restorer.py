"""A picture for a person from what was sent, and the network that judges it in training (docs/methods.md, Low-rate squeezing).

Both are ours after the abstract's "GAN". The restorer reads the feature (decoded latent without its scales) alone. The judge
is the 70 x 70 patch discriminator of Isola et al. (arXiv:1611.07004), half as wide, with spectral norm (arXiv:1802.05957).
"""

from contextlib import nullcontext

import torch
from torch import nn
from torch.nn.utils import parametrize
from torch.nn.utils.parametrizations import spectral_norm

from ..bottleneck.blueprints import leaky
from .split import CHANNELS

WIDTHS = (112, 96, 80, 56, 32)  # at the feature's resolution and behind each doubling
BLOCKS = 6


class Restorer(nn.Sequential):
    """Feature [B,C,h,w] -> RGB 0..1 [B,3,cell*h,cell*w]; cell: 16 or 32 pixels that one place stands for."""

    def __init__(self, cell: int = 16, channels: int = CHANNELS):
        doublings = cell.bit_length() - 1
        widths = [WIDTHS[0]] * max(0, doublings - len(WIDTHS)) + list(WIDTHS)
        layers = [nn.Conv2d(channels, widths[0], 3, 1, 1), *(leaky(widths[0], widths[0]) for _ in range(BLOCKS))]
        for a, b in zip(widths, widths[1:doublings]):
            layers += [nn.Conv2d(a, 4 * b, 1), nn.PixelShuffle(2), leaky(b, b)]
        last = nn.Conv2d(widths[doublings - 1], 12, 3, 1, 1)
        super().__init__(*layers, last, nn.PixelShuffle(2), nn.Sigmoid())
        nn.init.zeros_(last.bias)


class Judge(nn.Sequential):
    """RGB 0..1 [B,3,H,W] -> scores [B,1,h,w], each of 70 x 70 pixels: above 0 for a photograph."""

    def __init__(self, width: int = 32):
        steps = ((3, width, 2), (width, 2 * width, 2), (2 * width, 4 * width, 2), (4 * width, 8 * width, 1))
        layers = [m for i, o, s in steps for m in (spectral_norm(nn.Conv2d(i, o, 4, s, 1)), nn.LeakyReLU(0.2))]
        super().__init__(*layers, spectral_norm(nn.Conv2d(8 * width, 1, 4, 1, 1)))

    def scores(self, pictures: list, half: bool = False) -> list:
        """Of several batches with one weight: the norm is taken in float32, the convolutions in bf16 where `half`."""
        with parametrize.cached():
            for m in self:
                getattr(m, "weight", None)
            with torch.autocast(pictures[0].device.type, torch.bfloat16) if half else nullcontext():
                return [self(2 * p - 1).float() for p in pictures]
