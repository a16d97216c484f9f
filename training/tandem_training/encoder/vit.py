"""The vision encoder: DINOv2's ViT-S/14 as plain PyTorch.

One module serves conversion, distillation, feature extraction and export. Source: docs/methods.md, Base
models; the architecture is DINOv2's (Oquab et al., 2023) with layer scale and learned positions.
"""

import torch
import torch.nn.functional as F
from torch import nn

WIDTH, LAYERS, HEADS, PATCH, GRID = 384, 12, 6, 14, 37


def attend(q, k, v):
    """[B,heads,N,D] each. In bf16 on the CPU plain products take two thirds of the time of PyTorch's fused attention."""
    if q.dtype == torch.bfloat16 and q.device.type == "cpu":
        return (q * q.shape[-1] ** -0.5 @ k.transpose(2, 3)).softmax(-1) @ v
    return F.scaled_dot_product_attention(q, k, v)


class Block(nn.Module):
    """Pre-norm transformer block with layer scale. [B,N,C] -> [B,N,C], float32."""

    def __init__(self, width: int = WIDTH, heads: int = HEADS):
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width, eps=1e-6)
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.scale1 = nn.Parameter(torch.ones(width))
        self.norm2 = nn.LayerNorm(width, eps=1e-6)
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, width)
        self.scale2 = nn.Parameter(torch.ones(width))

    def forward(self, x):
        b, n, c = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(b, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        a = attend(q, k, v).transpose(1, 2).reshape(b, n, c)
        x = x + self.scale1 * self.proj(a)
        return x + self.scale2 * self.fc2(F.gelu(self.fc1(self.norm2(x))))


class Vit(nn.Module):
    """pixels [B,3,H,W] (ImageNet mean and deviation) -> (patch tokens [B,N,C], class token [B,C])."""

    def __init__(self, width: int = WIDTH, layers: int = LAYERS, heads: int = HEADS):
        super().__init__()
        self.patch = nn.Conv2d(3, width, PATCH, PATCH)
        self.cls = nn.Parameter(torch.zeros(1, 1, width))
        self.pos_cls = nn.Parameter(torch.zeros(1, 1, width))
        self.pos = nn.Parameter(torch.zeros(1, GRID * GRID, width))
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width, eps=1e-6)

    def positions(self, rows: int, cols: int) -> torch.Tensor:
        """The 37x37 table resampled to rows x cols (bicubic, as DINOv2 does). [1,rows*cols,C]"""
        grid = self.pos.view(1, GRID, GRID, -1).permute(0, 3, 1, 2)
        grid = F.interpolate(grid, size=(rows, cols), mode="bicubic", align_corners=False)
        return grid.flatten(2).transpose(1, 2)

    def embed(self, pixels, positions=None):
        x = self.patch(pixels)
        if positions is None:
            positions = self.positions(x.shape[2], x.shape[3])
        x = x.flatten(2).transpose(1, 2) + positions
        return torch.cat([(self.cls + self.pos_cls).expand(x.shape[0], -1, -1), x], 1)

    def forward(self, pixels, positions=None):
        x = self.embed(pixels, positions)
        for block in self.blocks:
            x = block(x)
        x = self.norm(x)
        return x[:, 1:], x[:, 0]


MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
DEVIATION = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)


def normalise(rgb: torch.Tensor) -> torch.Tensor:
    """uint8 or float RGB 0..255 [B,3,H,W] -> encoder input float32."""
    return (rgb.float() / 255 - MEAN.to(rgb.device)) / DEVIATION.to(rgb.device)


def denormalise(pixel_values: torch.Tensor) -> torch.Tensor:
    """Encoder input -> RGB around 0..255, what `normalise` takes."""
    return 255 * (pixel_values * DEVIATION.to(pixel_values.device) + MEAN.to(pixel_values.device))
