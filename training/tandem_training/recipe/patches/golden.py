"""Golden vectors of the patch codec: patches whose bytes no rounding of a sum can change."""

import numpy as np

from ...common.packfile import PackWriter
from ...patches import transform


def steady(trained: transform.Transform, patches: np.ndarray, step: float, shift: int, count: int) -> np.ndarray:
    """The `count` patches of most contrast whose class and symbols do not hang on the last bits of a sum."""
    patches = patches[np.argsort(-patches.var(1), kind="stable")]
    x = patches.astype(np.float64)
    at = np.stack([(x - m) @ b.T.astype(np.float64) / step for m, b in zip(trained.mean, trained.bases)], 1)
    cost = np.sort(trained.costs(patches, step, shift)[2], 1)
    far = (np.abs(at - np.floor(at) - 0.5).min((1, 2)) > 1e-6) & ((cost[:, 1:2] - cost[:, :1]).min(1, initial=1) > 1e-6)
    return patches[far][:count]


def golden_code(pack: PackWriter, trained: transform.Transform, point: dict, patches: np.ndarray, count: int = 24) -> dict:
    """A golden vector of the patch codec at a point."""
    step, shift = point["knobs"]["step"], point["knobs"]["scaleShift"]
    patches = steady(trained, patches, step, shift, count)
    classes, symbols = trained.choose(patches, step, shift)
    return pack.golden_patches(point["name"], patches, trained.code(classes, symbols, shift), trained.decoded(classes, symbols, step))
