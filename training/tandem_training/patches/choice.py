"""How sure an answer is, how much each patch counts and which ones travel (docs/methods.md, Attention-aware patches)."""

import numpy as np


def probabilities(logits, temperature: float = 1.0) -> np.ndarray:
    """softmax(logits / temperature) over the last axis, float64."""
    x = np.asarray(logits, np.float64) / temperature
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def doubt(p, measure: str = "min-entropy") -> np.ndarray:
    """p [B,C] -> [B]: in bits, or the margin of the best two."""
    p = np.asarray(p, np.float64)
    if measure == "min-entropy":
        return -np.log2(p.max(-1))
    if measure == "shannon":
        return -(p * np.log2(np.where(p > 0, p, 1))).sum(-1)
    best = np.sort(p, -1)
    return best[..., -1] - (best[..., -2] if p.shape[-1] > 1 else 0)


def answers_itself(p, eta: float, measure: str = "min-entropy") -> np.ndarray:
    """bool [B]"""
    return doubt(p, measure) > eta if measure == "margin" else doubt(p, measure) < eta


def scores(row) -> np.ndarray:
    """Attention [H,N] or rollout [N] -> float64 [N], of sum 1."""
    a = np.asarray(row, np.float64)
    a = a.mean(0) if a.ndim == 2 else a
    return a / a.sum() if a.sum() > 0 else np.full(len(a), 1 / len(a))


def chosen(a: np.ndarray, rule: str, amount: float) -> np.ndarray:
    """Places in falling order of score [k], at least one."""
    order = np.argsort(-a, kind="stable")
    total = np.cumsum(a[order])
    if rule in ("sum", "sum-over"):
        k = len(a) if amount == 1 else int(np.searchsorted(total, amount, side="right")) + (rule == "sum-over")
    elif rule == "top":
        k = int(amount)
    elif rule == "threshold":
        k = int((a >= amount).sum())
    else:
        raise SystemExit(f"choosing patches: found the rule [{rule}], needed sum, sum-over, top or threshold")
    return order[:min(len(a), max(1, k))]


def amount_for(rows: list[np.ndarray], rule: str, count: float) -> float:
    """The amount, to five digits, at which `rule` keeps `count` patches in the mean over pictures of scores [N], or as nearly as halving finds it."""
    if rule in ("top", "random"):
        return count
    low, high = 0.0, 1.0
    for _ in range(22):
        middle = (low + high) / 2
        fewer = np.mean([len(chosen(a, rule, middle)) for a in rows]) < count
        low, high = (middle, high) if fewer == (rule != "threshold") else (low, middle)
    return float(f"{(low + high) / 2:.5g}")
