"""Where a bottleneck begins: encoder and blueprint are the principal components of 8 x 8 pixels, coded with one step for all.

A rectifier lets through what is above 0. So the encoder's convolutions copy shifted pixel values, apart and together
again, in as many channels as that takes, and the sums take the shift off; the other channels are drawn and nobody reads them yet.
"""

import torch
import torch.nn.functional as F

from .encoder import HALVES, Encoder

LEAST = -2.2  # below every pixel value
REACH = 6.0  # standard deviations within which a component passes whole
STEP = 0.7  # between two symbols at the start, in pixel values


class Components:
    """Of pixel values [N,3,H,W]: axes [192,C], mean [192]; a cell's values are ordered as by pixel_unshuffle."""

    def __init__(self, pixel_values: torch.Tensor, channels: int):
        rows = F.pixel_unshuffle(pixel_values, HALVES).permute(0, 2, 3, 1).flatten(0, 2).double()
        self.mean = rows.mean(0)
        values, axes = torch.linalg.eigh((rows - self.mean).T @ (rows - self.mean) / len(rows))
        self.axes, self.spread = axes.flip(1)[:, :channels].float(), values.flip(0)[:channels].clamp_min(1e-6).sqrt().float()
        self.mean = self.mean.float()


def copied(block, count: int):
    """Channels 0, ..., 4 count - 1 of a block's output are its first `count` input channels' 2 x 2 cells, all above LEAST."""
    out = torch.arange(4 * count)
    row(block, out, -LEAST)
    block.first.weight[out, out // 4, 1 + out // 2 % 2, 1 + out % 2] = 1


def row(block, out, shift):
    """Clears channels of a block: what the first convolution will give goes on as it is, `shift` lower at the end."""
    for conv in (block.first, block.second, block.skip):
        conv.weight[out] = 0
    block.second.weight[out, out, 1, 1] = 1
    block.first.bias[out], block.second.bias[out] = shift, 0
    block.skip.bias[out] = -block.first.bias[out]


@torch.no_grad()
def encoder(net: Encoder, c: Components):
    """The encoder that gives components, in steps."""
    copied(net[0], 3)
    copied(net[1], 12)
    cell = torch.arange(3 * HALVES * HALVES, dtype=torch.float32).view(1, 3, HALVES, HALVES)
    nested = F.pixel_unshuffle(F.pixel_unshuffle(F.pixel_unshuffle(cell, 2), 2), 2).flatten().long()  # place in a cell of each value there
    out, last = torch.arange(c.axes.shape[1]), net[2]
    row(last, out, REACH * c.spread / STEP)
    last.first.weight[:, :48, 1:, 1:] = (c.axes[nested].T / STEP).view(len(out), 48, 2, 2)
    last.first.bias -= c.axes.T @ c.mean / STEP


@torch.no_grad()
def blueprint(net, c: Components):
    net.start(c.axes * STEP, c.mean)


@torch.no_grad()
def prior(net, latent: torch.Tensor):
    """Logistic channels, of latents [N,C,h,w]."""
    rows = latent.float().transpose(0, 1).flatten(1)
    net.begin(rows.median(1).values, (rows.std(1) * 3 ** 0.5 / torch.pi).clamp_min(0.05))
