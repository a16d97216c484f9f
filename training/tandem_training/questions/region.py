"""Where the one big thing of a photograph is, by its pixels: the middle has colours that the surroundings don't.

Two colour histograms, of the middle and of the rim, say for each pixel how likely it belongs to the thing; the piece that
hangs together with the middle gives better histograms, twice more (as saliency with a boundary prior, and GrabCut, do).
Most photographs are not clear in this way, and `of` says None of them.
"""

from dataclasses import dataclass

import numpy as np

SIDE = 56
BINS = 8
Y, X = (np.mgrid[:SIDE, :SIDE] + 0.5) / (SIDE / 2) - 1
FROM_MIDDLE, RIM = np.hypot(Y, X), np.maximum(abs(Y), abs(X)) > 0.86
OUTER = np.maximum(abs(Y), abs(X)) > 0.5


@dataclass
class Region:
    """mask [56,56] of the thing; small: the picture at that size, float [56,56,3]."""

    mask: np.ndarray
    small: np.ndarray

    def soft(self, side: int) -> np.ndarray:
        """The mask as [side,side,1] of 0..1, its edge over about four pixels."""
        return np.kron(box(self.mask.astype(np.float32)), np.ones((side // SIDE, side // SIDE), np.float32))[..., None]


def box(p: np.ndarray) -> np.ndarray:
    """Mean over 3x3."""
    q = np.pad(p, 1, mode="edge")
    q = q[:-2] + q[1:-1] + q[2:]
    return (q[:, :-2] + q[:, 1:-1] + q[:, 2:]) / 9


def histogram(bins: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weighted colour histogram [512], blurred by one bin each way, sum 1."""
    h = np.bincount(bins, weight.ravel(), BINS ** 3).reshape(BINS, BINS, BINS)
    for _ in range(3):
        h = np.moveaxis(h, 0, 2)
        q = np.pad(h, ((0, 0), (0, 0), (1, 1)))
        h = 0.25 * q[..., :-2] + 0.5 * h + 0.25 * q[..., 2:]
    return h.ravel() / max(h.sum(), 1e-9)


def connected(mask: np.ndarray, seed: np.ndarray) -> np.ndarray:
    """What of a mask hangs together with the seed."""
    now = mask & seed
    while True:
        grown = now.copy()
        grown[1:] |= now[:-1]
        grown[:-1] |= now[1:]
        grown[:, 1:] |= grown[:, :-1]
        grown[:, :-1] |= grown[:, 1:]
        grown &= mask
        if (grown == now).all():
            return now
        now = grown


def shrunk(rgb: np.ndarray) -> np.ndarray:
    """uint8 [n,n,3], n a multiple of 56 -> float [56,56,3], the mean of four samples a cell."""
    step = len(rgb) // SIDE
    at = (step // 4, step - 1 - step // 4)
    return sum(rgb[i::step, j::step].astype(np.float32) for i in at for j in at) / 4


def of(rgb: np.ndarray) -> Region | None:
    """uint8 [224,224,3] -> the thing's region, or None where it is not clear."""
    rgb = np.asarray(rgb)
    small = shrunk(rgb)
    bins = np.ravel_multi_index(np.moveaxis((small / 32).astype(int), -1, 0), (BINS,) * 3).ravel()
    inside, outside = np.exp(-(FROM_MIDDLE / 0.45) ** 2), RIM.astype(float)
    for last in (False, False, True):
        a, b = histogram(bins, inside), histogram(bins, outside)
        likely = box(box((a / (a + b + 1e-6))[bins].reshape(SIDE, SIDE)))
        mask = connected(likely > 0.6, FROM_MIDDLE < 0.3)
        if mask.sum() < 40 or (likely[RIM] < 0.35).mean() < (0.75 if last else 0.3):
            return None
        inside, outside = mask.astype(float), (~mask & OUTER) * 1.0 + RIM
    overlap = np.sqrt(a * b).sum()
    return Region(mask, small) if overlap < 0.5 and compact(mask) and (likely[~mask] < 0.35).mean() > 0.7 else None


def compact(mask: np.ndarray) -> bool:
    """Whether a mask is a thing's: neither small nor all, seldom cut by the rim, about in the middle and filling its box."""
    box_area = (np.ptp(Y[mask]) + 0.04) * (np.ptp(X[mask]) + 0.04) / 4
    return bool(0.1 <= mask.mean() <= 0.6 and mask[RIM].mean() <= 0.08 and np.hypot(Y[mask].mean(), X[mask].mean()) <= 0.35
                and mask.mean() >= 0.42 * box_area and mask[FROM_MIDDLE < 0.45].mean() >= 0.4)
