"""The source's blueprint for a Swin backbone (docs/methods.md, Blueprints): latent [48,28,28] -> 196 tokens of 384.

Fitted to `swin_s3_base_224` of timm after its second stage. Height and width of the latent are multiples of 14.
"""

import torch
import torch.nn.functional as F
from torch import nn

from .encoder import WIDTHS, ResidualBlock

WINDOW, DROP = 7, 0.05


def windows(x):
    """[B,H,W,C] -> [B*windows, 49, C]."""
    b, h, w, c = x.shape
    return x.view(b, h // WINDOW, WINDOW, w // WINDOW, WINDOW, c).transpose(2, 3).reshape(-1, WINDOW * WINDOW, c)


def whole(x, h: int, w: int):
    """The reverse of `windows`: [B,H,W,C]."""
    return x.view(-1, h // WINDOW, w // WINDOW, WINDOW, WINDOW, x.shape[-1]).transpose(2, 3).reshape(-1, h, w, x.shape[-1])


def offsets() -> torch.Tensor:
    """For each pair of places of a window the row of its bias, of 13 x 13. [49,49]"""
    at = torch.stack(torch.meshgrid(torch.arange(WINDOW), torch.arange(WINDOW), indexing="ij")).flatten(1)
    apart = at[:, :, None] - at[:, None] + WINDOW - 1
    return apart[0] * (2 * WINDOW - 1) + apart[1]


class SwinBlock(nn.Module):
    """Windowed attention and perceptron, both behind a LayerNorm and added. [B,H,W,C] -> [B,H,W,C]."""

    def __init__(self, width: int, heads: int, shift: int, drop: float = 0.0):
        super().__init__()
        self.heads, self.shift, self.drop = heads, shift, drop
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.bias = nn.Parameter(torch.zeros((2 * WINDOW - 1) ** 2, heads))
        nn.init.trunc_normal_(self.bias, std=0.02)
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.register_buffer("offsets", offsets(), persistent=False)

    def mask(self, h: int, w: int, device):
        """A shifted window holds places that are no neighbours: they do not see each other. [windows,1,49,49]"""
        def part(n):
            return torch.tensor([0] * (n - WINDOW) + [1] * (WINDOW - self.shift) + [2] * self.shift, device=device)
        region = windows((3 * part(h)[:, None] + part(w)).view(1, h, w, 1))[..., 0]
        return torch.where(region[:, None, :, None] == region[:, None, None], 0.0, -100.0)

    def attend(self, x):
        b, h, w, c = x.shape
        y = windows(torch.roll(x, (-self.shift, -self.shift), (1, 2)) if self.shift else x)
        q, k, v = self.qkv(y).view(len(y), -1, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        seen = self.bias[self.offsets].permute(2, 0, 1)[None].to(q.dtype)
        if self.shift:
            seen = seen + self.mask(h, w, x.device).to(q.dtype).repeat(b, 1, 1, 1)
        y = F.scaled_dot_product_attention(q, k, v, seen).transpose(1, 2).reshape(len(y), -1, c)
        y = whole(self.proj(y), h, w)
        return torch.roll(y, (self.shift, self.shift), (1, 2)) if self.shift else y

    def kept(self, x):
        """Stochastic depth: a picture's branch is left out now and then while training."""
        if not self.training or not self.drop:
            return x
        return x * (torch.rand(len(x), 1, 1, 1, device=x.device) >= self.drop) / (1 - self.drop)

    def forward(self, x):
        x = x + self.kept(self.attend(self.norm1(x)))
        return x + self.kept(self.fc2(F.gelu(self.fc1(self.norm2(x)))))


def pair(width: int, heads: int, drops) -> nn.Sequential:
    return nn.Sequential(*(SwinBlock(width, heads, s, d) for s, d in zip((0, WINDOW // 2), drops)))


class SwinBlueprint(nn.Module):
    """[B,48,H,W] -> [B,H*W/4,384]."""

    def __init__(self, channels: int = WIDTHS[-1]):
        super().__init__()
        drops = [DROP * i / 3 for i in range(4)]
        self.first, self.stage1 = ResidualBlock(channels, 96, act=nn.LeakyReLU()), pair(96, 3, drops[:2])
        self.second, self.stage2 = ResidualBlock(96, 192, act=nn.LeakyReLU()), pair(192, 4, drops[2:])
        self.merge_norm, self.merge, self.norm = nn.LayerNorm(768), nn.Linear(768, 384, bias=False), nn.LayerNorm(384)

    def forward(self, y):
        x = self.first(y)
        x = x + self.stage1(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        x = self.stage2(self.second(x).permute(0, 2, 3, 1))
        x = torch.cat([x[:, r::2, c::2] for c in (0, 1) for r in (0, 1)], 3).flatten(1, 2)
        return self.norm(self.merge(self.merge_norm(x)))
