"""The control: a bottleneck of the Entropic Student's kind (Matsubara et al., arXiv:2108.11898 and its SC2 benchmark).

GDN1: y_i = x_i / (beta_i + sum_j gamma_ij |x_j|), the inverse multiplies (Johnston et al., arXiv:1912.08771).
"""

import torch
import torch.nn.functional as F
from torch import nn

CHANNELS = 24
LEAST, PEDESTAL = 1e-6, 2.0 ** -36


class Bound(torch.autograd.Function):
    """max(x, least); a gradient that would push x up passes below the bound too."""

    @staticmethod
    def forward(ctx, x, least: float):
        ctx.save_for_backward(x)
        ctx.least = least
        return x.clamp_min(least)

    @staticmethod
    def backward(ctx, grad):
        x, = ctx.saved_tensors
        return grad * ((x >= ctx.least) | (grad < 0)), None


class Gdn1(nn.Module):
    """Divisive normalisation over channels, [B,C,H,W]. Parameters are kept as square roots, as CompressAI does."""

    def __init__(self, channels: int, inverse: bool = False):
        super().__init__()
        self.inverse = inverse
        self.beta = nn.Parameter((torch.ones(channels) + PEDESTAL).sqrt())
        self.gamma = nn.Parameter((0.1 * torch.eye(channels) + PEDESTAL).sqrt())

    def forward(self, x):
        beta = Bound.apply(self.beta, (LEAST + PEDESTAL) ** 0.5) ** 2 - PEDESTAL
        gamma = Bound.apply(self.gamma, PEDESTAL ** 0.5) ** 2 - PEDESTAL
        norm = F.conv2d(x.abs(), gamma[:, :, None, None], beta)
        return x * norm if self.inverse else x / norm


class StudentEncoder(nn.Sequential):
    """[B,3,h,w] -> [B,24,h/4-1,w/4-1]; 138,672 parameters."""

    def __init__(self, channels: int = CHANNELS):
        super().__init__(nn.Conv2d(3, 4 * channels, 5, 2, 2, bias=False), Gdn1(4 * channels),
                         nn.Conv2d(4 * channels, 2 * channels, 5, 2, 2, bias=False), Gdn1(2 * channels),
                         nn.Conv2d(2 * channels, channels, 2, bias=False))


class StudentBlueprint(nn.Sequential):
    """[B,24,h-1,w-1] -> [B,out,h,w], the map in front of a backbone's second stage."""

    def __init__(self, out: int, channels: int = CHANNELS):
        super().__init__(nn.Conv2d(channels, 512, 2, 1, 1, bias=False), Gdn1(512, True), nn.Conv2d(512, 256, 2, bias=False),
                         Gdn1(256, True), nn.Conv2d(256, out, 2, 1, 1, bias=False))

    def start(self, mean):
        """No biases: it begins from nothing."""
