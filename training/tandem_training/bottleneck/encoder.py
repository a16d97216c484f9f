"""The encoder of FrankenSplit (docs/methods.md): three residual blocks that halve, 141,696 parameters."""

import copy

import torch
from torch import nn

WIDTHS = (3, 48, 64, 48)
HALVES = 8


class ResidualBlock(nn.Module):
    """act(conv3x3(act(conv3x3(x)))) + conv1x1(x); nothing after the sum, no normalisation."""

    def __init__(self, n_in: int, n_out: int, stride: int = 1, act: nn.Module | None = None):
        super().__init__()
        self.first = nn.Conv2d(n_in, n_out, 3, stride, 1)
        self.second = nn.Conv2d(n_out, n_out, 3, 1, 1)
        self.skip = nn.Conv2d(n_in, n_out, 1, stride)
        self.act = act or nn.ReLU()

    def forward(self, x):
        return self.act(self.second(self.act(self.first(x)))) + self.skip(x)


class Encoder(nn.Sequential):
    """float32 [B,3,h,w], h and w multiples of 8 -> [B,48,h/8,w/8]."""

    def __init__(self):
        super().__init__(*(ResidualBlock(i, o, 2) for i, o in zip(WIDTHS, WIDTHS[1:])))

    def forward(self, x):
        """The last block in fp32 always: a latent reaches hundreds of steps, and bf16 has eight bits."""
        x = self[1](self[0](x))
        with torch.autocast(x.device.type, enabled=False):
            return self[2](x.float())


def scaled(net: Encoder, gain: torch.Tensor) -> Encoder:
    """The encoder whose channels come out `gain` times as large, gain [48] above 0: a rectifier lets factors through."""
    out = copy.deepcopy(net)
    with torch.no_grad():
        for conv in (out[-1].second, out[-1].skip):
            conv.weight *= gain[:, None, None, None]
            conv.bias *= gain
    return out
