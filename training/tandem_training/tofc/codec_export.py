"""From a trained codec to what is shipped: the integer network, the tables, and their exact behaviour in numpy."""

import math

import numpy as np
import torch

from . import hyper, tables
from .codec_model import ACTIVATION, Codec, MEAN_UNIT, analyse, row_scale

LOGIT_UNIT = 1 / 16


def integer_layers(codec: Codec) -> list[hyper.IntegerLayer]:
    """The hyper-synthesis as integers. A half row is added to the logit, so that its floor is the nearest row."""
    stack, out = codec.synthesis, []
    for i, (w, b) in enumerate(zip(stack.weights, stack.biases)):
        w, b = w.detach().double(), b.detach().double().clone()
        n = w.shape[1]
        unit = torch.full((n,), ACTIVATION, dtype=torch.float64)
        if i + 1 == len(stack.weights):
            unit = torch.cat([torch.full((n // 2,), MEAN_UNIT), torch.full((n // 2,), LOGIT_UNIT)]).double()
            b[:, n // 2:] += 8 * LOGIT_UNIT
        scale = row_scale(w)
        real = scale[..., 0] * (1 if i == 0 else ACTIVATION)
        ratio = real / unit
        shift = min(47, int(math.floor(30.99 - math.log2(float(ratio.max())))))
        out.append(hyper.IntegerLayer(
            (w / scale).round().to(torch.int8).numpy(),
            (b / real).round().clamp(-(1 << 30), 1 << 30).to(torch.int32).numpy(),
            (ratio * 2.0 ** shift).round().to(torch.int32).numpy(), shift))
    return out


def scale_shift(codec: Codec, step: float) -> int:
    return round(16 * math.log(codec.step / step) / tables.ROW_RATIO)


class Exact:
    """The codec as sender and receiver run it: float router and analysis, integer synthesis, true symbols."""

    def __init__(self, codec: Codec):
        self.codec, self.layers = codec.eval(), integer_layers(codec)
        self.analysis = codec.analysis.experts(False)

    @torch.no_grad()
    def latents(self, x):
        """x float [T,C] -> (expert int [T], z float [T,hyper])."""
        expert = self.codec.route(x).argmax(1)
        z = torch.zeros(len(x), self.codec.hyper)
        for e in expert.unique().tolist():
            z[expert == e] = analyse(x[expert == e], self.analysis[e])
        return expert.numpy(), z.numpy()

    def symbols(self, x, step: float, latents=None):
        """x float [T,C] -> expert [T], z [T,hyper], y [T,C], scale index [T,C], decoded float32 [T,C].

        `latents` are an (expert, float z) pair computed elsewhere, by the exported graph for one.
        """
        expert, z = latents or self.latents(x)
        z = np.clip(np.rint(z), -127, 127).astype(np.int64)
        mean, logit = hyper.run(self.layers, expert, z)
        mean = (mean * MEAN_UNIT).astype(np.float32)
        y = np.clip(np.rint((np.asarray(x, np.float32) - mean) / np.float32(step)), -32768, 32767)
        index = hyper.scale_index(logit, scale_shift(self.codec, step))
        return expert, z, y.astype(np.int64), index, y.astype(np.float32) * np.float32(step) + mean


def z_rows(codec: Codec, expert, z, strength: float = 60.0) -> list[tables.Row]:
    """A row for each expert and channel: what was counted, with the learned logistic as a prior."""
    with torch.no_grad():
        spread = (torch.nn.functional.softplus(codec.prior + 0.5) + 0.05).double().numpy()
    rows = []
    for e in range(codec.count):
        own = z[expert == e]
        for c in range(codec.hyper):
            low, high = (int(own[:, c].min()), int(own[:, c].max())) if len(own) else (0, 0)
            low, high = max(-127, min(low, -1)) - 1, min(127, max(high, 1)) + 1
            at = np.arange(low, high + 2) - 0.5
            prior = np.diff(0.5 + 0.5 * np.tanh(at / spread[e, c] / 2))
            counts = np.bincount(np.clip(own[:, c], low, high) - low, minlength=high - low + 1)
            p = (counts + strength * prior) / (counts.sum() + strength)
            rows.append(tables.Row(tables.cumulative([*p, max(1 - p.sum(), 1e-6)]), low))
    return rows


def y_rows(index, y, strength: float = 200.0) -> list[tables.Row]:
    """The Laplace rows, bent towards the symbols counted at each scale index (made symmetric)."""
    rows = []
    for k, row in enumerate(tables.laplace_rows()):
        p = np.diff(row.cdf)[:-1] / tables.TOTAL
        own = np.abs(y[index == k])
        centre = -row.offset
        counts = np.bincount(own[own <= centre], minlength=centre + 1).astype(np.float64)
        counts[1:] /= 2
        counts = np.concatenate([counts[:0:-1], counts])
        p = (counts + strength * p) / (counts.sum() + strength)
        rows.append(tables.Row(tables.cumulative([*p, max(1 - p.sum(), 1e-9)]), row.offset))
    return rows


def all_rows(codec: Codec, batches) -> list[tables.Row]:
    """Tables from (tokens [T,C] float, step) pairs; each step's y symbols count for the scale rows they use."""
    exact, kept = Exact(codec), []
    for x, step in batches:
        kept.append(exact.symbols(x, step)[:4])
    expert, z, y, index = (np.concatenate(k) for k in zip(*kept))
    ids = tables.histogram(np.bincount(expert, minlength=codec.count), 0)
    return [ids, *z_rows(codec, expert, z), *y_rows(index.ravel(), y.ravel())]


class Lengths:
    """Ideal code lengths in bits under given rows, vectorised."""

    def __init__(self, rows: list[tables.Row]):
        self.offset = np.array([r.offset for r in rows])
        self.regular = np.array([len(r.cdf) - 2 for r in rows])
        self.start = np.concatenate([[0], np.cumsum(self.regular + 1)[:-1]])
        self.bits = np.concatenate([r.bits for r in rows])

    def of(self, row, symbol):
        v, most = symbol - self.offset[row], self.regular[row]
        raw = np.where(v < 0, -2 * v - 1, 2 * (v - most))
        out = (v < 0) | (v >= most)
        nibbles = np.where(raw > 0, np.floor(np.log2(np.maximum(raw, 1)) / 4) + 1, 0)
        return self.bits[self.start[row] + np.where(out, most, v)] + np.where(out, 4 + 4 * nibbles, 0)


def measure(codec: Codec, rows: list[tables.Row], x: torch.Tensor, step: float) -> dict:
    """x [P,n,C] -> mean ideal bytes a picture, of which ids, z and y, and the error of the decoded tokens."""
    flat, lengths = x.reshape(-1, x.shape[-1]), Lengths(rows)
    expert, z, y, index, decoded = Exact(codec).symbols(flat, step)
    first_y = 1 + codec.count * codec.hyper
    ids = lengths.of(np.zeros_like(expert), expert).sum()
    bits_z = lengths.of(1 + expert[:, None] * codec.hyper + np.arange(codec.hyper), z).sum()
    bits_y = lengths.of(first_y + index, y).sum()
    error = float(((flat.numpy() - decoded) ** 2).mean())
    per = 8 * len(x)
    return {"bytes": (ids + bits_z + bits_y) / per, "ids": ids / per, "z": bits_z / per, "y": bits_y / per,
            "mse": error, "variance": float(flat.var(0).mean()), "zeros": float((y == 0).mean())}
