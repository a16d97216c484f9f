"""A Swin classifier of the library `transformers` (state dict of its version 5) as a frozen backbone, cut behind its second stage.

SwinForImageClassification with windows of 7 and an embedding of 96: Swin-T and Swin-S, whose map at the cut is that of the
source's teacher, 14 x 14 places of 384. For users who have such weights; none of ours are.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from ..encoder import vit
from .swin import WINDOW, SwinBlock, SwinBlueprint

STAGES, PATCH = 2, 4  # before the cut
PARTS = {"norm1": "layernorm_before", "norm2": "layernorm_after", "proj": "attention.o_proj", "fc1": "mlp.fc1", "fc2": "mlp.fc2"}


class Merging(nn.Module):
    """2 x 2 places become one of twice the width. [B,H,W,C] -> [B,H/2,W/2,2C]."""

    def __init__(self, width: int):
        super().__init__()
        self.norm, self.linear = nn.LayerNorm(4 * width), nn.Linear(4 * width, 2 * width, bias=False)

    def forward(self, x):
        return self.linear(self.norm(torch.cat([x[:, r::2, c::2] for c in (0, 1) for r in (0, 1)], 3)))


class Stage(nn.Module):
    """Blocks, every second one shifted where there is more than one window, and the merging behind all stages but the last."""

    def __init__(self, width: int, heads: int, depth: int, side: int, merges: bool):
        super().__init__()
        self.blocks = nn.Sequential(*(SwinBlock(width, heads, WINDOW // 2 if i % 2 and side > WINDOW else 0) for i in range(depth)))
        self.merging = Merging(width) if merges else nn.Identity()

    def forward(self, x):
        return self.merging(self.blocks(x))


class SwinNet(nn.Module):
    """rgb pixel values [B,3,224,224] -> logits. `front`: [B,196,4*width]; `tail`: from there."""

    def __init__(self, width: int, depths, heads, classes: int, pixels: int = 224):
        super().__init__()
        sides = [pixels // PATCH >> i for i in range(len(depths))]
        self.patch, self.norm = nn.Conv2d(3, width, PATCH, PATCH), nn.LayerNorm(width)
        self.stages = nn.ModuleList(Stage(width << i, h, d, s, i + 1 < len(depths)) for i, (d, h, s) in enumerate(zip(depths, heads, sides)))
        self.last, self.head, self.side = nn.LayerNorm(width << len(depths) - 1), nn.Linear(width << len(depths) - 1, classes), sides[STAGES]

    def front(self, pixel_values):
        x = self.norm(self.patch(pixel_values).permute(0, 2, 3, 1))
        for stage in self.stages[:STAGES]:
            x = stage(x)
        return x.flatten(1, 2)

    def tail(self, h):
        x = h.unflatten(1, (self.side, self.side))
        for stage in self.stages[STAGES:]:
            x = stage(x)
        return self.head(self.last(x).mean((1, 2)))


def network(model) -> SwinNet:
    """The model's weights."""
    c, state = model.config, {k.removeprefix("swin."): v for k, v in model.state_dict().items()}
    found = {"model_type": c.model_type, "window_size": c.window_size, "hidden_act": c.hidden_act, "image_size": c.image_size,
             "embed_dim": c.embed_dim, "patch_size": c.patch_size}
    if found != {"model_type": "swin", "window_size": WINDOW, "hidden_act": "gelu", "image_size": 224, "embed_dim": 96, "patch_size": PATCH}:
        raise SystemExit(f"reading a Swin classifier of transformers: found {found}, needed a SwinForImageClassification of 224 px with windows of "
                         f"{WINDOW}, patches of {PATCH}, an embedding of 96 and GELU, such as Swin-T or Swin-S")
    net = SwinNet(c.embed_dim, c.depths, c.num_heads, c.num_labels).eval()
    with torch.no_grad():
        def put(to, of):
            for part in ("weight", "bias"):
                if getattr(to, part, None) is not None:
                    getattr(to, part).copy_(state[f"{of}.{part}"])
        put(net.patch, "embeddings.patch_embeddings.projection")
        put(net.norm, "embeddings.norm")
        for i, stage in enumerate(net.stages):
            for j, block in enumerate(stage.blocks):
                at = f"encoder.layers.{i}.blocks.{j}"
                for name, theirs in PARTS.items():
                    put(getattr(block, name), f"{at}.{theirs}")
                for part in ("weight", "bias"):
                    getattr(block.qkv, part).copy_(torch.cat([state[f"{at}.attention.{k}_proj.{part}"] for k in "qkv"]))
                block.bias.copy_(state[f"{at}.attention.relative_position_bias.relative_position_bias_table"])
            if i + 1 < len(net.stages):
                put(stage.merging.norm, f"encoder.layers.{i}.downsample.norm")
                put(stage.merging.linear, f"encoder.layers.{i}.downsample.reduction")
        put(net.last, "layernorm")
        put(net.head, "classifier")
    return net


class Swin:
    """As the other backbones (backbones.py); its blueprint is the source's, which begins as it is drawn."""

    width = 384

    def __init__(self, net: SwinNet, half: bool = False):
        self.net, self.half = net.requires_grad_(False), half

    @property
    def classes(self) -> int:
        return self.net.head.out_features

    def front(self, rgb):
        """rgb 0..255 [B,3,224,224] -> tokens [B,196,384]."""
        with torch.autocast(rgb.device.type, torch.bfloat16, enabled=self.half):
            return self.net.front(vit.normalise(rgb)).float()

    def tail(self, h):
        with torch.autocast(h.device.type, torch.bfloat16, enabled=self.half):
            return self.net.tail(h).float()

    def weight(self, saliency):
        return (1 + F.adaptive_avg_pool2d(saliency[:, None], (14, 14)).flatten(1)[..., None]) / 2

    def blueprint(self):
        return SwinBlueprint()


def load(folder: Path, half: bool = False) -> Swin:
    """A folder of `save_pretrained`."""
    from transformers import SwinForImageClassification
    return Swin(network(SwinForImageClassification.from_pretrained(folder)), half)
