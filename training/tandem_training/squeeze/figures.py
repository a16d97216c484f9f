"""The paper's two levels of redundancy as figures, of symbols int [N,C,H,W] (docs/methods.md, Low-rate squeezing).

Spatial: how many elements are sent and how alike neighbours are. Statistical: bits an element by the shipped tables, the
symbols' own entropy, and what is left of it where the left and the upper neighbour are known. Which figures the paper has is
not known to us. Entropies are counted, so few pictures make the last one look smaller than it is; a channel whose symbol
is always the same counts as an element and costs nothing.
"""

import numpy as np

NEAR = 2  # neighbours are told apart up to this many symbols from 0; none, at a border, is a neighbour of its own kind


def correlation(symbols: np.ndarray, axis: int) -> float:
    """Of neighbours along an axis, all channels together, each around its own mean."""
    x = symbols.astype(np.float64)
    x -= x.mean((0, 2, 3), keepdims=True)
    n = x.shape[axis]
    a, b = np.take(x, range(n - 1), axis), np.take(x, range(1, n), axis)
    spread = np.sqrt((a * a).sum() * (b * b).sum())
    return float((a * b).sum() / spread) if spread else 0.0


def entropy(rows: np.ndarray) -> float:
    """Bits of all rows [n,...] together, by their own frequencies."""
    counts = np.unique(rows, return_counts=True, axis=0)[1]
    return float(-(counts * np.log2(counts / len(rows))).sum())


def entropies(symbols: np.ndarray) -> tuple[float, float]:
    """Bits an element: (alone, with its left and upper neighbour known)."""
    near = np.clip(symbols, -NEAR, NEAR) + NEAR
    context = np.full((2, *symbols.shape), 2 * NEAR + 1)
    context[0, ..., 1:], context[1, :, :, 1:] = near[..., :-1], near[:, :, :-1]
    key = context[0] * (2 * NEAR + 2) + context[1]
    alone = known = 0.0
    for c in range(symbols.shape[1]):
        s, k = symbols[:, c].ravel(), key[:, c].ravel()
        alone += entropy(s)
        known += entropy(np.stack([s, k], 1)) - entropy(k)
    return alone / symbols.size, known / symbols.size


def of(symbols: np.ndarray, bits: np.ndarray) -> dict:
    """All figures. bits: code length of each symbol by the tables, float [N,C,H,W]."""
    alone, known = entropies(symbols)
    return {"elements": int(np.prod(symbols.shape[1:])),
            "other than the median": float((symbols != 0).mean() * np.prod(symbols.shape[1:])),
            "correlation across": correlation(symbols, 3), "correlation down": correlation(symbols, 2),
            "bits an element": float(bits.mean()), "entropy": alone, "entropy given neighbours": known,
            "bytes": float(bits.sum((1, 2, 3)).mean() / 8)}


def table(found: dict[str, dict]) -> str:
    """Markdown, a row a checkpoint."""
    names = list(next(iter(found.values())))
    lines = ["| | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for row, values in found.items():
        cells = [f"{v:,}" if isinstance(v, int) else f"{v:,.0f}" if v >= 100 else f"{v:.3f}" for v in (values[n] for n in names)]
        lines.append(f"| {row} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
