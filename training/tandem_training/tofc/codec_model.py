"""The TOFC codec (docs/methods.md) as PyTorch networks: router, 16 experts, hyper-analysis, integer-aware synthesis.

Tokens are [T,C] in token units. An expert makes z (hyper width symbols) and from it a mean and a Laplace scale for
every value of the token; y = rint((token - mean) / step). Distortion sees the true rounding: the symbol is a constant
and the mean carries the gradient. Rate has two gradients: scales and priors learn from the true symbols, whatever moves
symbols (means, z) from the noisy likelihood, since the true one is flat between jumps.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from .hyper import MEAN_BITS
from .tables import ROW_RATIO, SCALES, SCALE_MIN

ACTIVATION = 1 / 32  # real value of one unit of a hidden activation of the integer network
LOG2E = 1 / math.log(2)


class LaplaceRate(torch.autograd.Function):
    """Bits [T] of rint((x - mean) / step) under Laplace scales of table rows `row` (real numbers), all [T,C].

    Value and the gradient to `row` are those of the true symbols; the gradient to `mean` is that of the likelihood
    with uniform noise in place of rounding (none where noise is None). In closed form, since this is the hot spot.
    """

    @staticmethod
    def forward(ctx, mean, row, x, step, noise):
        r, inverse = (x - mean) / step, torch.exp(-ROW_RATIO * row) / SCALE_MIN
        y = r.round().abs_()
        half = torch.exp(-0.5 * inverse)
        whole = half * half
        zero = y == 0
        first, rest = 1 - half, 1 - whole
        bits = torch.where(zero, -torch.log2(first), (y - 0.5) * inverse * LOG2E + 1 - torch.log2(rest))
        by_row = torch.where(zero, 0.5 * half / first, whole / rest + 0.5 - y).mul_(inverse).mul_(LOG2E * ROW_RATIO)
        by_mean = torch.zeros(())
        if noise is not None:
            r.add_(noise)
            a = r.abs()
            near, far = torch.exp((a - 0.5).clamp_(max=0) * inverse), torch.exp(-(a + 0.5) * inverse)
            inside = (near - far) / (2 - near - far).clamp_min_(1e-3)
            by_mean = torch.where(a < 0.5, inside, 1.0).mul_(inverse).mul_(r.sign()).mul_(-LOG2E / step)
        ctx.save_for_backward(by_mean, by_row)
        return bits.sum(1)

    @staticmethod
    def backward(ctx, grad):
        by_mean, by_row = ctx.saved_tensors
        return grad[:, None] * by_mean, grad[:, None] * by_row, None, None, None


class Int8Rows(torch.autograd.Function):
    """Weights [E,out,in] rounded to int8 per output row; the gradient passes as it is."""

    @staticmethod
    def forward(ctx, w):
        scale = row_scale(w)
        return (w / scale).round_().mul_(scale)

    @staticmethod
    def backward(ctx, grad):
        return grad


def logistic_bits(z, scale):
    """-log2 P(bin of width 1 around z) under a zero-mean logistic."""
    a = -z.abs()
    return -torch.log2((torch.sigmoid((a + 0.5) / scale) - torch.sigmoid((a - 0.5) / scale)).clamp_min(1e-9))


def straight(hard, soft):
    """The value of `hard` with the gradient of `soft`."""
    return soft + (hard - soft).detach()


def row_scale(w):
    return w.detach().abs().amax(2, keepdim=True).clamp_min(1e-4) / 127


class Grid(torch.autograd.Function):
    """Activations clamped and rounded to 8 unsigned bits; the gradient passes where nothing was clamped."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward((x > 0) & (x < 255 * ACTIVATION))
        return (x / ACTIVATION).round_().clamp_(0, 255).mul_(ACTIVATION)

    @staticmethod
    def backward(ctx, grad):
        return grad * ctx.saved_tensors[0]


class Stack(nn.Module):
    """One small perceptron for each expert: weights [E,out,in], biases [E,out]."""

    def __init__(self, experts: int, widths: list[int]):
        super().__init__()
        self.weights = nn.ParameterList(nn.Parameter(torch.randn(experts, o, i) * (2 / i) ** 0.5)
                                        for i, o in zip(widths, widths[1:]))
        self.biases = nn.ParameterList(nn.Parameter(torch.zeros(experts, o)) for o in widths[1:])

    def experts(self, integer: bool):
        """For each expert its [(weight, bias), ...], rounded to int8 where the network is to be an integer one."""
        weights = [(Int8Rows.apply(w) if integer else w).unbind(0) for w in self.weights]
        return [list(zip(*pair)) for pair in zip(zip(*weights), zip(*(b.unbind(0) for b in self.biases)))]


def analyse(x, layers):
    for i, (w, b) in enumerate(layers):
        x = F.linear(x, w, b)
        x = F.relu(x) if i + 1 < len(layers) else x
    return x


def synthesise(z, layers):
    """As the integer network computes, up to rounding of biases and multipliers. z symbols -> [T, 2C]."""
    x = z.clamp(-127, 127)
    for i, (w, b) in enumerate(layers):
        x = F.linear(x, w, b)
        if i + 1 < len(layers):
            x = Grid.apply(x)
    return x


class Codec(nn.Module):
    """forward(tokens [P,n,C], step) -> (tokens as decoded [P,n,C], bits of each picture [P]), differentiable."""

    def __init__(self, width=384, experts=16, hyper=24, inner=(384, 96), step=0.6):
        super().__init__()
        self.settings = dict(width=width, experts=experts, hyper=hyper, inner=tuple(inner), step=step)
        self.width, self.count, self.hyper, self.step = width, experts, hyper, step
        self.router = nn.Sequential(nn.Linear(width, width), nn.ReLU(), nn.Linear(width, experts))
        self.analysis = Stack(experts, [width, *inner, hyper])
        self.synthesis = Stack(experts, [hyper, *inner[::-1], 2 * width])
        self.prior = nn.Parameter(torch.zeros(experts, hyper))
        self.register_buffer("share", torch.full((experts,), 1 / experts))

    def row(self, logit, step):
        """Table row (a real number) of a scale logit, which counts rows at the codec's own step."""
        return (logit + math.log(self.step / step) / ROW_RATIO).clamp(0, SCALES - 1)

    def code(self, x, expert, step):
        """Tokens x [T,C] by the given experts [T]: (decoded [T,C], bits [T] that carry the gradients, true bits [T])."""
        order = expert.argsort()
        counts = torch.bincount(expert, minlength=self.count).tolist()
        parts = torch.split(x[order], counts)
        analysis, synthesis = self.analysis.experts(False), self.synthesis.experts(True)
        z = torch.cat([analyse(p, analysis[e]) for e, p in enumerate(parts) if counts[e]])
        symbol = straight(z.round(), z)
        parts = torch.split(symbol, counts)
        out = torch.cat([synthesise(p, synthesis[e]) for e, p in enumerate(parts) if counts[e]])
        back = torch.empty_like(order).scatter_(0, order, torch.arange(len(order), device=order.device))
        z, symbol, out = z[back], symbol[back], out[back]
        mean, logit = out.split(self.width, 1)
        spread = F.softplus(self.prior[expert] + 0.5) + 0.05
        noise = torch.rand_like(x) - 0.5 if self.training else None
        true = LaplaceRate.apply(mean, self.row(logit, step), x, step, noise)
        true = true + logistic_bits(symbol.detach(), spread).sum(1)
        decoded = mean + step * ((x - mean.detach()) / step).round()
        if not self.training:
            return decoded, true, true
        noisy = logistic_bits(z + torch.rand_like(z) - 0.5, spread.detach()).sum(1)
        return decoded, true + noisy - noisy.detach(), true.detach()

    def route(self, x):
        return self.router(x)

    def forward(self, tokens, step=None, top=1, temperature=1.0):
        """`top` > 1 mixes the best experts by softmax(scores / temperature), as in training (docs/methods.md, TOFC)."""
        step = step or self.step
        x = tokens.reshape(-1, self.width)
        scores = self.route(x)
        best = scores.topk(top, 1)
        if top == 1:
            decoded, bits, _ = self.code(x, best.indices[:, 0], step)
        else:
            w = F.softmax(best.values / temperature, 1)
            decoded, bits, _ = self.code(x.repeat_interleave(top, 0), best.indices.flatten(), step)
            decoded = (decoded.view(-1, top, self.width) * w[..., None]).sum(1)
            bits = (bits.view(-1, top) * w).sum(1)
        bits = bits - torch.log2(self.share[best.indices[:, 0]].clamp_min(1e-4))
        return decoded.view_as(tokens), bits.view(tokens.shape[:-1]).sum(-1)


MEAN_UNIT = 2.0 ** -MEAN_BITS
