"""CompressAI's fully factorised prior as numbers, and the rows that it gives (docs/methods.md, Factorised prior)."""

from dataclasses import dataclass

import numpy as np

from ..common.coding import Row, cumulative

STAGES, WIDTHS = 5, (1, 3, 3, 3, 3, 1)
HALF_TAIL = np.log(2 / 1e-9 - 1)


@dataclass
class Prior:
    """matrices: five [C,out,in] before softplus; biases: five [C,out,1]; factors: four [C,out,1]; quantiles [C,3]."""

    matrices: list[np.ndarray]
    biases: list[np.ndarray]
    factors: list[np.ndarray]
    quantiles: np.ndarray

    @staticmethod
    def logistic(medians: np.ndarray, scales: np.ndarray) -> "Prior":
        """Channels that are logistic, of a median and a scale each; quantiles where they belong."""
        c, s = len(scales), 10 ** (1 / STAGES)
        matrices = [np.full((c, o, i), np.log(np.expm1(1 / (s * o)))) for i, o in zip(WIDTHS, WIDTHS[1:])]
        steep = np.log1p(np.exp(matrices[0])) * 10 / scales[:, None, None]
        matrices[0] = np.log(np.expm1(steep))
        biases = [np.zeros((c, o, 1)) for o in WIDTHS[1:]]
        biases[0] = -steep * medians[:, None, None]
        reach = HALF_TAIL * scales
        return Prior(matrices, biases, [np.zeros((c, o, 1)) for o in WIDTHS[1:-1]],
                     np.stack([medians - reach, medians, medians + reach], 1))

    @property
    def medians(self) -> np.ndarray:
        return self.quantiles[:, 1]

    def logit(self, x: np.ndarray) -> np.ndarray:
        """[C,n] -> [C,n]."""
        u = x[:, None, :]
        for k in range(STAGES):
            u = np.log1p(np.exp(self.matrices[k])) @ u + self.biases[k]
            if k < STAGES - 1:
                u = u + np.tanh(self.factors[k]) * np.tanh(u)
        return u[:, 0]

    def rows(self) -> list[Row]:
        """A row a channel; the tail's upper edge is that of the longest row's grid, as CompressAI has it."""
        below = np.maximum(0, np.ceil(self.medians - self.quantiles[:, 0])).astype(int)
        above = np.maximum(0, np.ceil(self.quantiles[:, 2] - self.medians)).astype(int)
        longest = int((below + above).max()) + 1
        grid = (self.medians - below)[:, None] + np.arange(longest)
        lower, upper = self.logit(grid - 0.5), self.logit(grid + 0.5)
        sign = np.where(lower + upper > 0, -1, 1)  # the side where both are small
        pmf = np.abs(sigmoid(sign * upper) - sigmoid(sign * lower))
        tail = sigmoid(lower[:, 0]) + sigmoid(-upper[:, -1])
        return [Row(cumulative([*pmf[c, :below[c] + above[c] + 1], tail[c]]), -int(below[c])) for c in range(len(below))]


def sigmoid(u):
    return np.exp(-np.logaddexp(0, -u))
