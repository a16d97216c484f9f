"""CDF tables of tofc (docs/methods.md): Laplace rows, rows that were counted."""

import math

import numpy as np

from ..common.coding import TAIL, TOTAL, Row, cumulative, file_bytes, read  # noqa: F401, tables of every kind

SCALES, SCALE_MIN, SCALE_MAX = 64, 0.05, 64.0
ROW_RATIO = math.log(SCALE_MAX / SCALE_MIN) / (SCALES - 1)


def laplace(b: float) -> Row:
    """Zero-mean Laplace of scale b on the integers."""
    centre = max(1, math.ceil(-b * math.log(TAIL)))
    j = np.abs(np.arange(-centre, centre + 1))
    pmf = np.where(j == 0, 1 - math.exp(-0.5 / b), math.sinh(0.5 / b) * np.exp(-j / b))
    return Row(cumulative([*pmf, math.exp(-(centre + 0.5) / b)]), -centre)


def laplace_rows() -> list[Row]:
    return [laplace(SCALE_MIN * math.exp(k * ROW_RATIO)) for k in range(SCALES)]


def histogram(counts: np.ndarray, offset: int, smoothing: float = 0.5) -> Row:
    """Row from symbol counts (first symbol = offset); every symbol between keeps a chance, the escape a small one."""
    p = (np.asarray(counts, np.float64) + smoothing) / (np.sum(counts) + smoothing * (len(counts) + 1))
    return Row(cumulative([*p, max(1 - p.sum(), TAIL)]), offset)
