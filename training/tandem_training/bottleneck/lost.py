"""What a decoded latent is where bands of it are lost (docs/methods.md, Bands), so that whoever reads it learns with that."""

import torch

SHARE = 0.2  # of the pictures lose some


def band_losses(y, medians, rng, share: float = SHARE):
    """Decoded latents [B,C,h,w]; some pictures have lost every second or fourth row, or some bands of two rows: the median stands there,
    which is harder than what the edge fills in."""
    height = y.shape[2]
    keep = torch.ones(len(y), 1, height, 1)
    for i in range(len(y)):
        if rng.random() < share:
            apart = int(rng.choice((2, 4, max(4, height // 2))))
            lost = rng.choice(apart, int(rng.integers(1, 4)) if apart > 4 else 1, replace=False)
            for first in lost:
                keep[i, :, int(first)::apart] = 0
    return torch.where(keep.to(y.device) > 0, y, medians)
