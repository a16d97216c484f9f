"""Fitting the patch codec: hard expectation-maximisation over classes of patches by rate and error.

A class has a Laplace scale for each coefficient, from the patches that it codes at the least cost at the trained step; then
every patch goes to the class of its least cost, a few rounds long. It starts from k-means on what distinguishes patches
most: their contrast and the energy of a few common components.

Bases: `cosines`, the rows of the two-dimensional cosine transform in grey and two colours, as many as carry most energy, the same
in every class; or `components`, a mean and principal components for each class, which lose less of the patch for its bytes and
yet cost the edge's classifier more (docs/results/patches.md).
"""

import numpy as np

from ..tofc import tables
from ..tofc.codec_export import y_rows
from .transform import Transform

LEAST = 1e-3


def components(x: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean [D] and the first `count` principal components [count,D] of float32 [n,D]; a component's largest value is positive."""
    mean = x.mean(0)
    _, vectors = np.linalg.eigh(np.cov((x - mean).T.astype(np.float64)) if len(x) > 1 else np.eye(x.shape[1]))
    out = vectors[:, ::-1][:, :count].T
    return mean, out * np.sign(out[np.arange(count), np.abs(out).argmax(1)])[:, None]


def cosines(x: np.ndarray, side: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean colour [D] and the `count` rows of the cosine transform [count,D] with the most energy in float32 [n,D]."""
    k = np.arange(side)
    line = np.sqrt(2 / side) * np.cos(np.pi * (2 * k[None] + 1) * k[:, None] / 2 / side)
    line[0] /= np.sqrt(2)
    colours = np.array([[1, 1, 1], [-1, -1, 2], [1, -1, 0]]) / np.sqrt([[3], [6], [2]])
    rows = np.einsum("ua,vb,cd->uvcabd", line, line, colours).reshape(3 * side * side, -1)
    mean = np.tile(x.reshape(-1, 3).mean(0), side * side)
    energy = np.square((x - mean) @ rows.T.astype(np.float32)).mean(0)
    return mean, rows[np.argsort(-energy, kind="stable")[:count]]


def scales(values: np.ndarray) -> np.ndarray:
    """Sixteenths of a Laplace row [K] of coefficients in steps [n,K]: the mean size is a Laplace density's scale."""
    b = np.maximum(np.abs(values).mean(0), LEAST)
    return np.clip(np.rint(16 * np.log(b / tables.SCALE_MIN) / tables.ROW_RATIO) + 8, -32768, 32767).astype(np.int16)


def begin(x: np.ndarray, experts: int, rng) -> np.ndarray:
    """First classes [n] of float32 [n,D]."""
    mean, vectors = components(x[rng.permutation(len(x))[:20000]], 8)
    at = (x - mean) @ vectors.astype(np.float32).T
    size = np.sqrt(np.maximum((x - x.mean(1, keepdims=True)).var(1), 1e-3))
    features = np.concatenate([3 * np.log(size + 2)[:, None], np.log1p(np.abs(at[:, 1:])), at[:, :1] / (at[:, 0].std() + 1e-3)], 1)
    centres = features[rng.permutation(len(x))[:experts]]
    for _ in range(12):
        own = nearest(features, centres)
        centres = np.stack([features[own == e].mean(0) if (own == e).any() else features[rng.integers(len(x))] for e in range(experts)])
    return nearest(features, centres)


def nearest(x, centres):
    return ((x ** 2).sum(1)[:, None] - 2 * x @ centres.T + (centres ** 2).sum(1)).argmin(1)


def maximised(x, classes, common, experts: int, count: int, step: float, side: int, rng) -> Transform:
    """The codec whose classes fit these patches, with plain Laplace rows; `common`: mean and rows of all classes, if they have
    the same. A class that is left empty takes a random part."""
    means, bases, scale = [], [], []
    for e in range(experts):
        own = x[classes == e]
        own = own if len(own) > count // 2 + 1 else x[rng.permutation(len(x))[:count + 8]]
        mean, vectors = common or components(own, count)
        means.append(mean)
        bases.append(vectors)
        scale.append(scales((own - mean) @ vectors.T / step))
    ids = tables.histogram(np.bincount(classes, minlength=experts), 0)
    return Transform(side, step, np.float32(means), np.float32(bases), np.stack(scale), [ids, *tables.laplace_rows()])


def assigned(codec: Transform, patches: np.ndarray, batch: int = 2048) -> tuple[np.ndarray, np.ndarray, float]:
    """(class [n], symbols [n,K], mean cost a patch) at the trained step."""
    classes, symbols, total = [], [], 0.0
    for i in range(0, len(patches), batch):
        all_symbols, _, cost = codec.costs(patches[i:i + batch], codec.step, 0)
        best = cost.argmin(1)
        classes.append(best)
        symbols.append(all_symbols[np.arange(len(best)), best])
        total += cost.min(1).sum()
    return np.concatenate(classes), np.concatenate(symbols), total / len(patches)


def fit(patches: np.ndarray, side: int, experts: int = 16, count: int = 128, step: float = 16.0, rounds: int = 6, seed: int = 1,
        basis: str = "cosines", say=print) -> Transform:
    """Fits to uint8 [n,3*side*side], in `rounds` rounds."""
    rng, x = np.random.default_rng(seed), patches.astype(np.float32)
    classes, common = begin(x, experts, rng), cosines(x, side, count) if basis == "cosines" else None
    for i in range(rounds):
        codec = maximised(x, classes, common, experts, count, step, side, rng)
        classes, symbols, cost = assigned(codec, patches)
        say(f"round {i + 1} of {rounds}: cost {cost:.1f} a patch, the smallest class {np.bincount(classes, minlength=experts).min() / len(x):.3f}")
    index = codec.index(0)[classes] - 1
    rows = [tables.histogram(np.bincount(classes, minlength=experts), 0), *y_rows(index.ravel(), symbols.ravel())]
    return Transform(side, step, codec.mean, codec.bases, codec.scale, rows)
