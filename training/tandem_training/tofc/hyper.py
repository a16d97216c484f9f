"""The integer hyper-synthesis: exact arithmetic that every implementation repeats, and hyper.bin.

A layer: acc = b + W a (int32), v = (acc*m + 2^(s-1)) >> s (int64, arithmetic); hidden layers clamp v to 0..255,
the last one saturates to int16: first half means, second half scale logits in 1/16 row.
"""

import struct
from dataclasses import dataclass

import numpy as np

MEAN_BITS = 8
THRESHOLDS = 16 * np.arange(1, 64)


@dataclass
class IntegerLayer:
    """weight int8 [E,out,in], bias int32 [E,out], multiplier int32 [E,out], one shift."""

    weight: np.ndarray
    bias: np.ndarray
    multiplier: np.ndarray
    shift: int

    def check(self, largest: int):
        sums = np.abs(self.bias.astype(np.int64)) + np.abs(self.weight.astype(np.int64)).sum(2) * largest
        if sums.max() >= 1 << 31 or self.multiplier.min() < 0 or not 1 <= self.shift <= 47:
            raise ValueError(f"hyper-synthesis layer: found sum [{sums.max()}], multiplier [{self.multiplier.min()}], "
                             f"shift [{self.shift}]; needed under 2^31, at least 0, 1..47")


def run(layers: list[IntegerLayer], expert: np.ndarray, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sums are exact in float64. expert [n], z symbols [n,hyper width] -> (mean int [n,width] in 2^-MEAN_BITS, scale logit int [n,width])."""
    out = np.empty((len(z), layers[-1].weight.shape[1]), np.int64)
    for e in np.unique(expert):
        at, a = expert == e, np.clip(z[expert == e], -127, 127)
        for i, layer in enumerate(layers):
            acc = layer.bias[e] + (a.astype(np.float64) @ layer.weight[e].T.astype(np.float64)).astype(np.int64)
            v = (acc * layer.multiplier[e].astype(np.int64) + (1 << layer.shift - 1)) >> layer.shift
            a = np.clip(v, 0, 255) if i + 1 < len(layers) else np.clip(v, -32768, 32767)
        out[at] = a
    mean, logit = np.split(out, 2, axis=1)
    return mean, logit


def scale_index(logit: np.ndarray, scale_shift: int = 0) -> np.ndarray:
    return np.searchsorted(THRESHOLDS, logit + scale_shift, side="right")


def file_bytes(layers: list[IntegerLayer]) -> bytes:
    """hyper.bin (little-endian), see the pack format."""
    experts, _, first = layers[0].weight.shape
    widths = [first] + [layer.weight.shape[1] for layer in layers]
    out = [struct.pack("<4sIIII", b"TDHS", 1, experts, len(layers), MEAN_BITS), np.array(widths, "<u4").tobytes(),
           padded(bytes(layer.shift for layer in layers)), THRESHOLDS.astype("<i4").tobytes()]
    for i, layer in enumerate(layers):
        layer.check(127 if i == 0 else 255)
    for e in range(experts):
        for layer in layers:
            out += [padded(layer.weight[e].astype(np.int8).tobytes()), layer.bias[e].astype("<i4").tobytes(),
                    layer.multiplier[e].astype("<i4").tobytes()]
    return b"".join(out)


def padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)


def read(data: bytes) -> list[IntegerLayer]:
    """The layers of a hyper.bin."""
    magic, version, experts, count, bits = struct.unpack_from("<4sIIII", data)
    if (magic, version, bits) != (b"TDHS", 1, MEAN_BITS):
        raise SystemExit(f"reading a hyper file: found [{magic}, {version}, {bits} fraction bits], needed [TDHS, 1, {MEAN_BITS}]")
    widths, at = np.frombuffer(data, "<u4", count + 1, 20).tolist(), 24 + 4 * count
    shifts, at = data[at:at + count], at + len(padded(bytes(count))) + 4 * len(THRESHOLDS)
    parts = [([], [], []) for _ in range(count)]
    for _ in range(experts):
        for (n_in, n_out), layer in zip(zip(widths, widths[1:]), parts):
            for kept, dtype, n in zip(layer, ("<i1", "<i4", "<i4"), (n_in * n_out, n_out, n_out)):
                kept.append(np.frombuffer(data, dtype, n, at))
                at += (kept[-1].nbytes + 3) // 4 * 4
    return [IntegerLayer(np.stack(w).reshape(experts, o, i), np.stack(b), np.stack(m), s)
            for (w, b, m), i, o, s in zip(parts, widths, widths[1:], shifts)]
