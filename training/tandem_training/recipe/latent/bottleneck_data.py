"""Photographs for the bottleneck: crops to train on, with saliency where asked, and those kept out. No label trains anything."""

from pathlib import Path

import numpy as np
import torch

from ...bottleneck import saliency
from ...common import photos
from ..batches import CLASS_INDEX, view
from ..loop import pixels

LEAST = 0.85  # of a picture's area in a crop: smaller ones, enlarged, are smoother than photographs are, and cost fewer bits


class Photographs:
    """All training photographs of several sources. `draw` gives rgb [B,3,224,224] 0..255 and saliency [B,28,28] or None."""

    def __init__(self, sources: list[Path], cache: Path, limit: int | None = None):
        self.named = {p.stem: photos.load(photos.Source(p), "train/", cache, limit)[1] for p in sources}
        self.sets, self.maps = list(self.named.values()), None
        self.ends = np.cumsum([len(s) for s in self.sets])

    def guide(self, net, folder: Path):
        """Saliency maps of all of them by a network, kept in `folder`."""
        self.maps = [saliency.cached(net, s, folder / f"saliency-{n}-{len(s)}.npy") for n, s in self.named.items()]

    def place(self, i: int) -> tuple[int, int]:
        s = int(np.searchsorted(self.ends, i, "right"))
        return s, i - (self.ends[s] - len(self.sets[s]))

    def draw(self, rng, count: int):
        """Half of them crops, all as they are or mirrored; with saliency whole pictures, mirrored with their maps, as the source does."""
        rgb, guides = [], []
        for i in rng.integers(0, self.ends[-1], count):
            (s, at), flip = self.place(i), rng.random() < 0.5
            rgb.append(view(self.sets[s][at], rng, flip, LEAST if self.maps is None and rng.random() < 0.5 else 1.0))
            if self.maps is not None:
                m = torch.from_numpy(self.maps[s][at] / np.float32(255))
                guides.append(m.flip(1) if flip else m)
        return torch.cat(rgb).to(torch.get_default_device()), torch.stack(guides).to(torch.get_default_device()) if guides else None

    def some(self, count: int, seed: int = 2) -> torch.Tensor:
        """uint8 [N,3,224,224], to measure features on."""
        rng = np.random.default_rng(seed)
        return pixels(np.stack([self.sets[s][at] for s, at in map(self.place, rng.integers(0, self.ends[-1], count))]))


class Kept:
    """Photographs that nothing is trained on: with their class of the 1,000, and others without one."""

    def __init__(self, classes: Path | None, others: Path | None, cache: Path, limit: int | None = None):
        self.labelled = self.label = self.others = None
        if classes:
            names, self.labelled = photos.load(photos.Source(classes), "val/", cache, limit)
            folders = [n.split("/")[1] for n in names]
            known = sorted(set(folders))
            self.label = np.array([CLASS_INDEX[known.index(f)] for f in folders])
        if others:
            self.others = photos.load(photos.Source(others), "test/", cache, limit)[1]

    def sets(self) -> dict:
        """{name: (pictures, label or None, order)}: the first of `order` are a fair part, always the same."""
        found = {"labelled": (self.labelled, self.label), "others": (self.others, None)}
        return {name: (p, label, np.random.default_rng(4).permutation(len(p))) for name, (p, label) in found.items()
                if p is not None and len(p)}
