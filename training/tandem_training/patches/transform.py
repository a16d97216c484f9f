"""The learned patch codec (docs/bitstream.md 12.4, docs/pack.md 3.4.1), as device and edge compute it, in numpy.

A patch is D = 3*p*p grey levels: row, column, channel. Each of E classes has a mean and K orthonormal rows; symbols are
rint(row . (patch - mean) / step). The class of a patch is the one of least cost: bits of the ideal code, and what is lost
in bits. By bits alone a class would win whose rows do not see the patch, since what they do not see costs none.
"""

import math
import struct
from dataclasses import dataclass

import numpy as np

from ..common import coding
from ..tofc import tables
from ..tofc.codec_export import Lengths
from ..tofc.hyper import THRESHOLDS

LARGEST = 32767


@dataclass
class Transform:
    """mean float32 [E,D], bases float32 [E,K,D], scale int16 [E,K] in sixteenths of a row at `step`, 65 rows of tables."""

    side: int
    step: float
    mean: np.ndarray
    bases: np.ndarray
    scale: np.ndarray
    rows: list[coding.Row]

    def shift(self, step: float) -> int:
        """scaleShift of a point of this step."""
        return round(16 * float(np.log(self.step / step)) / tables.ROW_RATIO)

    def index(self, shift: int) -> np.ndarray:
        """Rows of the coefficients [E,K], 1..64."""
        return 1 + np.searchsorted(THRESHOLDS, self.scale.astype(np.int64) + shift, side="right")

    def costs(self, patches: np.ndarray, step: float, shift: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """uint8 [n,D] -> (symbols int64 [n,E,K], bits [n,E], class id included, cost [n,E]): the cost is bits plus the squared
        error, before values are rounded and limited, at the exchange of high rates: step^2 ln2 / 6 a bit."""
        x, at, energy = patches.astype(np.float64), [], []
        for m, b in zip(self.mean.astype(np.float64), self.bases.astype(np.float64)):
            at.append((x - m) @ b.T)
            energy.append(np.square(x - m).sum(1))
        at, energy = np.stack(at, 1), np.stack(energy, 1)
        symbols = np.clip(np.rint(at / step), -LARGEST - 1, LARGEST)
        error = energy - np.square(at).sum(2) + np.square(at - symbols * step).sum(2)
        bits = self.bits(symbols.astype(np.int64), shift)
        return symbols.astype(np.int64), bits, bits + error * 6 / (step * step * math.log(2))

    def bits(self, symbols: np.ndarray, shift: int) -> np.ndarray:
        """Ideal code lengths in bits [n,E], class id included."""
        lengths, e = Lengths(self.rows), np.arange(len(self.mean))
        return lengths.of(self.index(shift)[None], symbols).sum(2) + lengths.of(np.zeros_like(e), e)

    def choose(self, patches: np.ndarray, step: float, shift: int) -> tuple[np.ndarray, np.ndarray]:
        """(class [n], its symbols [n,K])."""
        symbols, _, cost = self.costs(patches, step, shift)
        best = cost.argmin(1)
        return best, symbols[np.arange(len(best)), best]

    def code(self, classes, symbols, shift: int) -> bytes:
        """The payload."""
        index = self.index(shift)
        out = [o for e in classes for o in coding.operations(self.rows[0], e)]
        out += [o for e, own in zip(classes, symbols) for k, v in enumerate(own) for o in coding.operations(self.rows[index[e, k]], v)]
        return coding.rans(out)

    def read_code(self, payload: bytes, count: int, shift: int) -> tuple[np.ndarray, np.ndarray]:
        """(class [n], symbols [n,K]) of a payload of `count` patches; refuses what section 12.4 refuses."""
        stream, index = coding.Stream(payload), self.index(shift)
        classes = np.array([stream.value(self.rows[0]) for _ in range(count)])
        if ((classes < 0) | (classes >= len(self.mean))).any():
            raise ValueError(f"reading patches: found the classes {sorted(set(classes.tolist()))}, needed 0 to {len(self.mean) - 1}")
        symbols = np.array([[stream.value(self.rows[r]) for r in index[e]] for e in classes])
        stream.end()
        if ((symbols < -LARGEST - 1) | (symbols > LARGEST)).any():
            raise ValueError(f"reading patches: found a symbol beyond {LARGEST}")
        return classes, symbols

    def decoded(self, classes, symbols, step: float) -> np.ndarray:
        """uint8 [n,D]."""
        out = np.empty((len(classes), self.mean.shape[1]))
        for e in np.unique(classes):
            at = classes == e
            out[at] = self.mean[e].astype(np.float64) + (symbols[at] * step) @ self.bases[e].astype(np.float64)
        return np.clip(np.rint(out), 0, 255).astype(np.uint8)

    def file_bytes(self) -> bytes:
        e, k, _ = self.bases.shape
        scale = self.scale.astype("<i2").tobytes()
        return b"".join([struct.pack("<4sIIIIf", b"TDPT", 1, self.side, e, k, self.step), self.mean.astype("<f4").tobytes(),
                         self.bases.astype("<f4").tobytes(), scale, b"\0" * (-len(scale) % 4), coding.file_bytes(self.rows)])


def read(data: bytes) -> Transform:
    """The codec of a file."""
    magic, version, side, e, k, step = struct.unpack_from("<4sIIIIf", data)
    if (magic, version) != (b"TDPT", 1):
        raise SystemExit(f"reading a transform file: found [{magic}, {version}], needed [TDPT, 1]")
    d, at, parts = 3 * side * side, 24, []
    for dtype, shape in (("<f4", (e, d)), ("<f4", (e, k, d)), ("<i2", (e, k))):
        parts.append(np.frombuffer(data, dtype, int(np.prod(shape)), at).reshape(shape))
        at += parts[-1].nbytes
    return Transform(side, step, *parts, coding.read(data[at + -at % 4:]))


def patches_of(rgb: np.ndarray, side: int) -> np.ndarray:
    """Pictures uint8 [B,H,W,3] -> patches [B,N,3*side*side] in raster order, each row, column, channel."""
    b, h, w, c = rgb.shape
    return rgb.reshape(b, h // side, side, w // side, side, c).swapaxes(2, 3).reshape(b, -1, side * side * c)


def pictures_of(patches: np.ndarray, side: int) -> np.ndarray:
    """The other way, for square pictures."""
    b, n, _ = patches.shape
    g = int(round(n ** 0.5))
    return patches.reshape(b, g, g, side, side, 3).swapaxes(2, 3).reshape(b, g * side, g * side, 3)
