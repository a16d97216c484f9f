"""Fitting, calibrating and measuring the classifier's head on cached tokens (seen.py).

Every batch shows one view of its photographs (all tokens, merged ones, decoded ones), drawn at random, so that one head
serves every number of tokens and every step. Loss: KL to the softmax of the teachers' mean logits at a temperature
(Hinton et al., arXiv:1503.02531) and, where a photograph's class is known, cross-entropy to it. Afterwards one
temperature is fitted on photographs kept out (Guo et al., arXiv:1706.04599), so that a probability is a frequency.
"""

import math

import numpy as np
import torch
import torch.nn.functional as F

from .seen import Seen


class Photographs:
    """Rows of several sets as one: `target` float32 [N,1000], the mean of the teachers' logits over their `temperature`,
    and `label` int64 [N], -1 where nobody has said what is in the picture."""

    def __init__(self, sets: list[Seen], labels: list[np.ndarray | None], temperature: float = 1.0):
        self.sets, sizes = sets, [len(s.names) for s in sets]
        self.set = np.repeat(np.arange(len(sets)), sizes)
        self.row, self.held = np.concatenate([np.arange(n) for n in sizes]), {}
        target = np.concatenate([np.mean(list(s.logits.values()), 0) for s in sets]) / temperature
        self.target = torch.from_numpy(target.astype(np.float32))
        self.label = torch.from_numpy(np.concatenate([np.full(n, -1) if y is None else y for n, y in zip(sizes, labels)]))

    def get(self, rows, view: str) -> torch.Tensor:
        """float32 [len(rows), n, C]."""
        out = None
        for i, s in enumerate(self.sets):
            own = np.flatnonzero(self.set[rows] == i)
            if len(own):
                tokens = s.get(self.row[rows[own]], view)
                out = np.empty((len(rows), *tokens.shape[1:]), np.float32) if out is None else out
                out[own] = tokens
        return torch.from_numpy(out)

    def pooled(self, head, rows, view: str) -> torch.Tensor:
        """The head's pooled vectors [len(rows),V]; where nothing about pooling is learned they are made once, for all rows."""
        if head.pool == "query":
            return head.pooled(self.get(rows, view))
        if (head.pool, view) not in self.held:
            parts = np.array_split(np.arange(len(self.row)), -(-len(self.row) // 256))
            self.held[head.pool, view] = torch.cat([head.pooled(self.get(part, view)) for part in parts])
        return self.held[head.pool, view][rows]


def fit(head, photographs: Photographs, rows, views: list[str], steps: int = 700, batch: int = 256, rate: float = 2e-3,
        decay: float = 2.0, temperature: float = 1.0, known: float = 0.3, seed: int = 1):
    """Fits the head in place; `known` weighs the labels. Prints the loss now and then."""
    rng, note = np.random.default_rng(seed), None
    with torch.no_grad():
        sample = rng.permutation(rows)[:1000]
        v = torch.cat([photographs.pooled(head, sample, view) for view in views])
        head.shift.copy_(v.mean(0))
        head.gain.copy_(1 / (v.std(0) + 1e-4))
    optimiser = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=decay)
    for step in range(steps):
        for g in optimiser.param_groups:
            g["lr"] = rate * min(1, (step + 1) / 50) * (0.01 + 0.495 * (1 + math.cos(math.pi * step / steps)))
        pick = rng.choice(rows, batch)
        logits = head.classes(photographs.pooled(head, pick, views[rng.integers(len(views))]))
        target = F.softmax(photographs.target[pick] / temperature, 1)
        loss = temperature ** 2 * F.kl_div(F.log_softmax(logits / temperature, 1), target, reduction="batchmean")
        label = photographs.label[pick]
        if (label >= 0).any():
            loss = loss + known * F.cross_entropy(logits, label, ignore_index=-1) * (label >= 0).float().mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        note = loss.item() if note is None else 0.98 * note + 0.02 * loss.item()
        if step % 500 == 499:
            print(f"  step {step + 1}: loss {note:.3f}", flush=True)


@torch.no_grad()
def logits_of(model, photographs: Photographs, rows, view: str, batch: int = 256) -> torch.Tensor:
    """float32 [len(rows), classes]; model: tokens [B,n,C] -> logits [B,classes]."""
    return torch.cat([model(photographs.get(rows[i:i + batch], view)) for i in range(0, len(rows), batch)])


def teachers_temperature(photographs: Photographs) -> float:
    """At which the teachers' mean says how often it is right, where labels tell: a mean of two is too unsure of itself."""
    known = photographs.label >= 0
    return calibrate(photographs.target[known], F.one_hot(photographs.label[known], photographs.target.shape[1]).float())


def truth(photographs: Photographs, rows) -> tuple[torch.Tensor, torch.Tensor]:
    """What a calibrated answer is measured by: probabilities [len(rows),1000], the label where one is known and the
    teachers' softmax elsewhere, and weights [len(rows)] by which the two kinds count alike."""
    out, label = F.softmax(photographs.target[rows], 1), photographs.label[rows]
    known = label >= 0
    out[known] = F.one_hot(label[known], out.shape[1]).float()
    part = known.float().mean()
    return out, torch.where(known, 0.5 / part, 0.5 / (1 - part)) if 0 < part < 1 else torch.ones(len(out))


def calibrate(logits: torch.Tensor, wanted: torch.Tensor, weight: torch.Tensor | float = 1.0) -> float:
    """The temperature T at which softmax(logits / T) [N,K] has the least cross-entropy to the wanted probabilities
    [N,K], rows counted by weight [N]. It is convex in 1/T, so a ternary search finds it."""
    low, high = 0.05, 20.0  # of 1/T
    for _ in range(40):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        at = [-(weight * (wanted * F.log_softmax(logits * x, 1)).sum(1)).mean().item() for x in (a, b)]
        low, high = (low, b) if at[0] < at[1] else (a, high)
    return 2 / (low + high)


def calibration_error(logits: torch.Tensor, label: torch.Tensor, bins: int = 15) -> float:
    """Expected calibration error in points: the gap of mean probability and frequency of being right, over equal bins."""
    confidence, best = F.softmax(logits, 1).max(1)
    right, place = (best == label).float(), (confidence * bins).long().clamp_max(bins - 1)
    gap = torch.zeros(bins).index_add_(0, place, confidence - right)
    return 100 * float(gap.abs().sum()) / len(label)


def top(logits: torch.Tensor, label: torch.Tensor, count: int) -> np.ndarray:
    """Whether the label is among the best `count`, bool [N]."""
    return (logits.topk(count, 1).indices == label[:, None]).any(1).numpy()


def share(hits: np.ndarray) -> str:
    """A share in percent with its 95 % interval (Wilson)."""
    n, p, z = len(hits), float(hits.mean()), 1.96
    middle, half = p + z * z / 2 / n, z * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    return f"{100 * p:.1f} ({100 * (middle - half) / (1 + z * z / n):.1f} to {100 * (middle + half) / (1 + z * z / n):.1f})"
