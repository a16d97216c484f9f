"""Whether a classifier is right as often as it says (expected calibration error, reliability)."""

import numpy as np

from . import curves
from .choice import probabilities

BINS = 15


def bins(p, label, count: int = BINS) -> list[list[float]]:
    """For each of equal bins of the greatest probability that has pictures: [how many, mean probability, share right]."""
    most, right = p.max(1), p.argmax(1) == label
    place = np.minimum((most * count).astype(int), count - 1)
    return [[int(at.sum()), float(most[at].mean()), float(right[at].mean())] for at in (place == i for i in range(count)) if at.any()]


def errors(p, label, weight, count: int = BINS) -> np.ndarray:
    """[B]: the gap of mean probability and share right in each bin, weighted by its pictures, of each draw (curves.draws).

    Draws with replacement have somewhat larger errors than the pictures themselves: compare them with each other only."""
    most = p.max(1)
    place = np.minimum((most * count).astype(int), count - 1)
    gap = (most - (p.argmax(1) == label))[:, None] * np.eye(count)[place]
    return np.abs(weight @ gap).sum(1) / weight.sum(1)


def surprise(p, label) -> float:
    """Mean -ln of the right class's probability: falls with better calibration and with better answers."""
    return float(-np.log(np.maximum(p[np.arange(len(p)), label], 1e-300)).mean())


def fitting(logits, label) -> float:
    """The temperature from 0.2 to 5, in steps of 2 %, at which these very pictures surprise least."""
    return round(float(min(0.2 * 1.02 ** np.arange(163), key=lambda t: surprise(probabilities(logits, t), label))), 3)


def measured(logits, label, temperature: float) -> dict:
    """All of it at a temperature."""
    p = probabilities(logits, temperature)
    return {"temperature": temperature, "error": float(errors(p, label, curves.once(len(p)))[0]), "right": float((p.argmax(1) == label).mean()),
            "says": float(p.max(1).mean()), "surprise": surprise(p, label), "bins": bins(p, label)}
