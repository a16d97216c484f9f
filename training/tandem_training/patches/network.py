"""A vision transformer that classifies from any of a picture's patches: the device's small one and the edge's big one.

Patches [B,n,3*p*p] (channel, row, column; normalised as `pixel_values`) and their places [B,n] in raster order give
logits [B,C]. The class token and its position are one vector, layer scales are folded into the weights. The classes
are read from the class token (`pooled` 1) or from it and the mean of the patches' tokens (`pooled` 2). Where it is the
class token alone, the last layer runs for that row only. Sources: docs/methods.md, Attention-aware patches.
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from ..encoder.vision_graph import folded
from ..encoder.vit import attend


class Shape(NamedTuple):
    """Sizes: picture and patch sides in pixels; token width; attention heads and their width; MLP width; layers;
    classes; 1 or 2 pooled vectors."""

    pixels: int = 224
    patch: int = 14
    width: int = 384
    heads: int = 6
    head: int = 64
    inner: int = 1536
    layers: int = 12
    classes: int = 1000
    pooled: int = 1
    epsilon: float = 1e-6

    @property
    def grid(self) -> int:
        return self.pixels // self.patch


class Layer(nn.Module):
    """Pre-norm transformer block. [B,T,W] -> [B,rows,W]: the first `rows` tokens only, where it is asked for fewer."""

    def __init__(self, s: Shape):
        super().__init__()
        self.heads = s.heads
        self.norm1, self.norm2 = nn.LayerNorm(s.width, s.epsilon), nn.LayerNorm(s.width, s.epsilon)
        self.qkv, self.proj = nn.Linear(s.width, 3 * s.heads * s.head), nn.Linear(s.heads * s.head, s.width)
        self.fc1, self.fc2 = nn.Linear(s.width, s.inner), nn.Linear(s.inner, s.width)

    def parts(self, x, rows=None):
        """q [B,H,rows,D], k and v [B,H,T,D]."""
        q, k, v = self.qkv(self.norm1(x)).unflatten(2, (3, self.heads, -1)).permute(2, 0, 3, 1, 4)
        return q[:, :, :rows], k, v

    def attention(self, x, rows=None):
        """After softmax, [B,H,rows,T]."""
        q, k, _ = self.parts(x, rows)
        return (q * q.shape[-1] ** -0.5 @ k.transpose(2, 3)).softmax(-1)

    def mlp(self, x):
        """What is added, and the neurons' values [B,T,inner]."""
        inner = F.gelu(self.fc1(self.norm2(x)))
        return self.fc2(inner), inner

    def forward(self, x, rows=None):
        q, k, v = self.parts(x, rows)
        x = x[:, :rows] + self.proj(attend(q, k, v).transpose(1, 2).flatten(2))
        return x + self.mlp(x)[0]


class PatchVit(nn.Module):
    """patches [B,n,3*p*p], positions int64 [B,n] (absent: all in raster order) -> logits [B,C]."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = s = shape
        self.patch = nn.Linear(3 * s.patch ** 2, s.width)
        self.cls, self.pos = nn.Parameter(torch.zeros(s.width)), nn.Parameter(torch.zeros(s.grid ** 2, s.width))
        self.blocks = nn.ModuleList(Layer(s) for _ in range(s.layers))
        self.norm = nn.LayerNorm(s.width, s.epsilon)
        self.head = nn.Linear(s.pooled * s.width, s.classes)

    def embed(self, patches, positions=None):
        """[B,1+n,W]"""
        x = self.patch(patches) + (self.pos if positions is None else self.pos[positions])
        return torch.cat([self.cls.expand(len(x), 1, -1), x], 1)

    def rows(self, i: int):
        """How many rows of a layer are asked for: in the last one of a class token's network one, else (None) all."""
        return 1 if self.shape.pooled == 1 and i + 1 == len(self.blocks) else None

    def layers(self, x, begin: int = 0, end: int | None = None):
        for i in range(begin, len(self.blocks) if end is None else end):
            x = self.blocks[i](x, self.rows(i))
        return x

    def classes(self, x):
        """Logits from the last layer's rows."""
        x = self.norm(x).float()
        return self.head(x[:, 0] if self.shape.pooled == 1 else torch.cat([x[:, 0], x[:, 1:].mean(1)], 1))

    def forward(self, patches, positions=None):
        return self.classes(self.layers(self.embed(patches, positions)))

    def attention(self, patches):
        """Of all patches, the last layer's attention of the class token [B,H,N]."""
        x = self.layers(self.embed(patches), 0, len(self.blocks) - 1)
        return self.blocks[-1].attention(x, 1)[:, :, 0, 1:]

    def look(self, patches):
        """All patches: (logits, last layer's attention of the class token [B,H,N], rollout [B,N] not normalised),
        straight from the definition: per head the product of A + I over the layers, then the mean of the heads."""
        x, product = self.embed(patches), None
        for block in self.blocks:
            a = block.attention(x)
            step = a + torch.eye(x.shape[1], device=a.device)
            product = step if product is None else step @ product
            x = block(x)
        return self.classes(x), a[:, :, 0, 1:], product.mean(1)[:, 0, 1:]


def cut(pixels: torch.Tensor, side: int) -> torch.Tensor:
    """Pictures [B,3,H,W] -> patches [B,N,3*side*side] in raster order, each channel, row, column."""
    return F.unfold(pixels, side, stride=side).transpose(1, 2)


def from_vit(net, head=None, pixels: int = 224) -> PatchVit:
    """The base encoder (encoder/vit.py) as it is, with a head on class token and mean token: `head` is heads.ClassHead,
    or none for one of zeros."""
    block, side = net.blocks[0], net.patch.kernel_size[0]
    width, classes = net.patch.out_channels, head.linear.out_features if head else 1000
    out = PatchVit(Shape(pixels, side, width, block.heads, width // block.heads, block.fc1.out_features, len(net.blocks), classes, 2,
                         block.norm1.eps))
    with torch.no_grad():
        out.patch.weight.copy_(net.patch.weight.flatten(1))
        out.patch.bias.copy_(net.patch.bias)
        out.cls.copy_((net.cls + net.pos_cls).flatten())
        out.pos.copy_(net.positions(out.shape.grid, out.shape.grid)[0])
        for to, of in zip(out.blocks, net.blocks):
            for name in ("norm1", "norm2", "qkv", "fc1"):
                getattr(to, name).load_state_dict(getattr(of, name).state_dict())
            to.proj.load_state_dict(folded(of.proj, of.scale1).state_dict())
            to.fc2.load_state_dict(folded(of.fc2, of.scale2).state_dict())
        out.norm.load_state_dict(net.norm.state_dict())
        if head:
            out.head.load_state_dict(head.linear.state_dict())
        else:
            nn.init.zeros_(out.head.weight)
            nn.init.zeros_(out.head.bias)
    return out
