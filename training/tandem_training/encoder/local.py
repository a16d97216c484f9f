"""What single tokens are taught in distillation: the class of the canvas cell they lie in, and their own row and column."""

import torch
import torch.nn.functional as F
from torch import nn

from ..questions import scenes
from . import vit


class LocalHead(nn.Module):
    """Per-token targets: own class of the cell a token lies in [..,10], own row and column in [-1/2,1/2] [..,2]."""

    def __init__(self, width: int = vit.WIDTH, classes: int = 10):
        super().__init__()
        self.cell = nn.Linear(width, classes)
        self.place = nn.Linear(width, 2)

    def place_loss(self, tokens, side: int):
        line = torch.linspace(-0.5, 0.5, side)
        grid = torch.stack(torch.meshgrid(line, line, indexing="ij"), -1).view(1, side * side, 2)
        return 4 * F.mse_loss(self.place(tokens), grid.expand(len(tokens), -1, -1))

    def cell_loss(self, tokens, layouts, side: int):
        """tokens [B,side*side,C]; layouts: (layout, cells, labels) a canvas."""
        grid, half, means, truth = tokens.view(len(tokens), side, side, -1), side // 2, [], []
        for i, (layout, cells, labels) in enumerate(layouts):
            for cell, label in zip(cells, labels):
                r, c, h, w = scenes.LAYOUTS[layout][cell][0]
                part = grid[i, r * half:(r + h) * half, c * half:(c + w) * half]
                means.append(part.mean((0, 1)))
                truth.append(label)
        return F.cross_entropy(self.cell(torch.stack(means)), torch.tensor(truth))


def canvas_batch(rng, pictures, labels, n: int, px: int):
    """n canvases at px [n,3,px,px] and their (layout, cells, labels)."""
    out, layouts = [], []
    for _ in range(n):
        layout, cells, picks = scenes.draw(rng, labels)
        c = torch.from_numpy(scenes.compose(layout, cells, [pictures[i] for i in picks])).permute(2, 0, 1)[None].float()
        out.append(F.interpolate(c, size=(px, px), mode="bilinear", antialias=True))
        layouts.append((layout, cells, [int(labels[i]) for i in picks]))
    return torch.cat(out), layouts
