"""CompressAI's fully factorised prior, to be trained (docs/methods.md, Factorised prior): one small rising network a channel."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from .prior import HALF_TAIL, STAGES, WIDTHS, Prior

FLOOR = 1e-9
POINTS = 512
START = 10.0  # the scale of the logistic that a new channel is, and where its outer quantiles begin


class FactorisedPrior(nn.Module):
    """Densities of `channels` maps. Always in fp32: a bin's probability is a small difference.

    `quantiles` [C,1,3] (low, median, high) learn by `quantile_loss` alone and have an optimiser of their own.
    """

    def __init__(self, channels: int):
        super().__init__()
        step = START ** (1 / STAGES)
        self.matrices = nn.ParameterList(nn.Parameter(torch.full((channels, o, i), math.log(math.expm1(1 / (step * o)))))
                                         for i, o in zip(WIDTHS, WIDTHS[1:]))
        self.biases = nn.ParameterList(nn.Parameter(torch.rand(channels, o, 1) - 0.5) for o in WIDTHS[1:])
        self.factors = nn.ParameterList(nn.Parameter(torch.zeros(channels, o, 1)) for o in WIDTHS[1:-1])
        self.quantiles = nn.Parameter(torch.tensor([-START, 0.0, START]).repeat(channels, 1, 1))

    @torch.no_grad()
    def begin(self, medians, scales):
        """Logistic channels of medians and scales [C]. The networks' units begin apart, or they would stay alike."""
        start = Prior.logistic(medians.double().cpu().numpy(), scales.double().cpu().numpy())
        for mine, numbers in zip([*self.matrices, *self.factors], [*start.matrices, *start.factors]):
            mine.copy_(torch.from_numpy(numbers))
        self.quantiles.copy_(torch.from_numpy(start.quantiles)[:, None])
        self.biases[0].copy_(torch.from_numpy(start.biases[0]) + torch.rand_like(self.biases[0]) - 0.5)
        self.biases[-1].sub_(self.logit(self.quantiles[:, :, 1:2]))

    def networks(self):
        """All parameters but the quantiles."""
        return [*self.matrices, *self.biases, *self.factors]

    def logit(self, x, still: bool = False):
        """[C,1,n] -> [C,1,n]; `still`: the network gets no gradient."""
        hold = (lambda t: t.detach()) if still else (lambda t: t)
        for k in range(STAGES):
            x = torch.baddbmm(hold(self.biases[k]), F.softplus(hold(self.matrices[k])), x)
            if k < STAGES - 1:
                x = x + torch.tanh(hold(self.factors[k])) * torch.tanh(x)
        return x

    def density(self, rows):
        """-log2 P of the bins of width 1 around rows [C,1,n]."""
        lower, upper = self.logit(rows - 0.5), self.logit(rows + 0.5)
        sign = torch.where((lower + upper).detach() > 0, -1.0, 1.0)  # the side where both are small
        return -torch.log2((torch.sigmoid(sign * upper) - torch.sigmoid(sign * lower)).abs().clamp_min(FLOOR))

    def bits(self, y):
        """-log2 P of the bins around y [B,C,...] -> [B]. While training, the networks are asked at POINTS places of each
        channel's range and lines drawn between: a fifth of the time, some thousandths of a bit too many."""
        with torch.autocast(y.device.type, enabled=False):
            rows = y.float().transpose(0, 1).flatten(1)
            if not self.training or rows.shape[1] < 4 * POINTS:
                found = self.density(rows[:, None])[:, 0]
            else:
                low, high = rows.detach().aminmax(dim=1, keepdim=True)
                step = (high - low).clamp_min(1e-3) / (POINTS - 1)
                table = self.density((low + step * torch.arange(POINTS, device=rows.device))[:, None])[:, 0]
                place = (rows - low) / step
                i = place.detach().long().clamp_(0, POINTS - 2)
                found = table.gather(1, i)
                found = found + (place - i) * (table.gather(1, i + 1) - found)
            return found.view(y.shape[1], len(y), -1).sum((0, 2))

    def forward(self, y):
        """y [B,C,H,W] -> (y as decoded, bits [B]): with uniform noise while training, else rounded around the medians."""
        if self.training:
            y = y.float() + torch.rand_like(y, dtype=torch.float32) - 0.5
        else:
            y = self.symbols(y) + self.medians()
        return y, self.bits(y)

    def symbols(self, y):
        return (y.float() - self.medians()).round()

    def medians(self):
        """[1,C,1,1]."""
        return self.quantiles[:, :, 1].detach().view(1, -1, 1, 1)

    def quantile_loss(self):
        target = torch.tensor([-HALF_TAIL, 0.0, HALF_TAIL], dtype=torch.float32, device=self.quantiles.device)
        return (self.logit(self.quantiles, still=True) - target).abs().sum()

    @torch.no_grad()
    def settle(self, reach: float = 4096.0, rounds: int = 60):
        """Puts the quantiles where they belong, by bisection: their optimiser only follows from afar."""
        target = torch.tensor([-HALF_TAIL, 0.0, HALF_TAIL], device=self.quantiles.device)
        low, high = (torch.full_like(self.quantiles, v) for v in (-reach, reach))
        for _ in range(rounds):
            middle = (low + high) / 2
            under = self.logit(middle) < target
            low, high = torch.where(under, middle, low), torch.where(under, high, middle)
        self.quantiles.copy_((low + high) / 2)

    def numbers(self) -> Prior:
        """As float64 arrays, which make the rows."""
        get = lambda ts: [t.detach().double().cpu().numpy() for t in ts]  # noqa: E731
        return Prior(get(self.matrices), get(self.biases), get(self.factors), get([self.quantiles[:, 0]])[0])
