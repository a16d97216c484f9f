"""Cached merged tokens of several feature sets, to fit a codec to and to count its tables on."""

from pathlib import Path

import numpy as np
import torch

from .quantiser import STEPS

COUNTS = {8: (0, 8), 16: (8, 24), 32: (24, 56), 64: (56, 120)}


class Tokens:
    """Merged tokens of several feature sets ([N,120,C] float16 memory maps), drawn at random by share."""

    def __init__(self, folder: Path, sets: dict[str, float], kept: int = 50):
        self.maps = [np.load(folder / f"{name}-merged.npy", mmap_mode="r") for name in sets]
        self.share, self.kept = np.array(list(sets.values())) / sum(sets.values()), kept

    def draw(self, rng, pictures: int = 80) -> torch.Tensor:
        """[T,C] float32: all of 8, 16 and 32 clusters, a quarter of 64, of random pictures (not the kept ones)."""
        out = []
        for m, n in zip(self.maps, rng.multinomial(pictures, self.share)):
            rows = np.sort(rng.integers(min(self.kept, len(m) // 4), len(m), n))
            columns = np.concatenate([np.arange(56), rng.permutation(64)[:16] + 56])
            out.append(m[rows][:, columns].reshape(-1, m.shape[2]))
        return torch.from_numpy(np.concatenate(out).astype(np.float32))

    def validation(self, count: int) -> torch.Tensor:
        """[P,count,C] of the first, kept pictures of every set."""
        low, high = COUNTS[count]
        return torch.from_numpy(np.concatenate([m[:min(self.kept, len(m) // 4), low:high] for m in self.maps])
                                .astype(np.float32))

    def for_tables(self, pictures: int, seed: int = 5, steps: int = len(STEPS)):
        rng = np.random.default_rng(seed)
        return [torch.cat([self.draw(rng, 40) for _ in range(max(1, pictures // 40))]) for _ in range(steps)]
