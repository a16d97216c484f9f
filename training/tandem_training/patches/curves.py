"""Accuracy of two ends over the share of pictures that are sent, for every threshold of a measure of doubt; and how far
another draw of as many pictures would move it, by the paired bootstrap.

`weight` [B,N] says how often each picture is in a draw; rules that are compared are given the same draws.
"""

import numpy as np

from . import choice

MEASURES = ("min-entropy", "shannon", "margin")


def surety(p, measure: str) -> np.ndarray:
    """p [N,C] -> [N], the more, the surer."""
    found = choice.doubt(p, measure)
    return found if measure == "margin" else -found


def once(count: int) -> np.ndarray:
    """The draw that has every picture once [1,N]."""
    return np.ones((1, count), np.int64)


def draws(count: int, times: int, seed: int) -> np.ndarray:
    """int64 [times,N]: each row as many pictures as there are, with replacement."""
    return np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), times)


def over_thresholds(sure, device, edge, weight) -> tuple[np.ndarray, np.ndarray]:
    """(share sent, accuracy), both [B,M]: nothing sent first, all of it last. `device`, `edge`: who is right, bool [N].

    One point for each threshold that there is: pictures of equal surety go together.
    """
    order = np.argsort(sure, kind="stable")  # the least sure are sent first
    ends = np.flatnonzero(np.append(np.diff(sure[order]) > 0, True))
    w, total = weight[:, order], weight.sum(1, keepdims=True)
    gain = w * (np.asarray(edge, np.int64) - np.asarray(device, np.int64))[order]
    share, better = (np.concatenate([np.zeros((len(w), 1)), np.cumsum(part, 1)[:, ends]], 1) / total for part in (w, gain))
    return share, (weight @ np.asarray(device, np.int64))[:, None] / total + better


def area(share, accuracy) -> np.ndarray:
    """[B]: the mean accuracy over all shares."""
    return np.trapezoid(accuracy, share, axis=1)


def needed(share, accuracy, within: float = 0.01) -> np.ndarray:
    """[B]: the least share whose accuracy is at most `within` below the edge's on all pictures."""
    reached = accuracy >= accuracy[:, -1:] - within - 1e-12
    return share[np.arange(len(share)), reached.argmax(1)]


def interval(values) -> list[float]:
    """The middle 95 % of what the draws gave."""
    return [float(v) for v in np.percentile(values, (2.5, 97.5))]


def mean_and_interval(values, weight) -> list[float]:
    """[mean, low, high] of values [N]; of differences it is the paired one."""
    values = np.asarray(values, np.float64)
    return [float(values.mean()), *interval(weight @ values / weight.sum(1))]
