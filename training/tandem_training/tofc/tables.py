"""CDF tables: probabilities to 16-bit cumulative frequencies (docs/methods.md), Laplace rows, tables.bin."""

import math
import struct
from dataclasses import dataclass

import numpy as np

TOTAL = 1 << 16
TAIL = 1e-9
SCALES, SCALE_MIN, SCALE_MAX = 64, 0.05, 64.0
ROW_RATIO = math.log(SCALE_MAX / SCALE_MIN) / (SCALES - 1)


def cumulative(pmf) -> np.ndarray:
    """Probabilities (last = tail, the escape symbol) -> strictly increasing int32, 0 .. 65536."""
    p = np.asarray(pmf, np.float32)
    if not np.isfinite(p).all() or (p < 0).any():
        raise ValueError("building a CDF: found a negative, NaN or infinite probability")
    q = np.floor(p.astype(np.float64) * TOTAL + 0.5).astype(np.int64)
    if q.sum() == 0 or len(q) > TOTAL:
        raise ValueError(f"building a CDF: found sum [{q.sum()}] and [{len(q)}] symbols, needed a sum over 0 and "
                         f"at most {TOTAL} symbols")
    c = np.concatenate([[0], np.cumsum(TOTAL * q // q.sum())])
    c[-1] = TOTAL
    for i in range(len(q)):
        if c[i] == c[i + 1]:
            width = np.diff(c)
            j = int(np.argmin(np.where(width > 1, width, TOTAL + 1)))
            if j < i:
                c[j + 1:i + 1] -= 1
            else:
                c[i + 1:j + 1] += 1
    return c.astype(np.int32)


@dataclass
class Row:
    cdf: np.ndarray
    offset: int

    @property
    def bits(self) -> np.ndarray:
        """Ideal code length of each regular symbol and, last, of the escape."""
        return 16 - np.log2(np.diff(self.cdf))


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


def file_bytes(rows: list[Row]) -> bytes:
    """tables.bin: magic, version, rows, entries, lengths, offsets, entries; little-endian int32."""
    head = struct.pack("<4sIII", b"TDTB", 1, len(rows), sum(len(r.cdf) for r in rows))
    lengths = np.array([[len(r.cdf) for r in rows], [r.offset for r in rows]], "<i4")
    return head + lengths.tobytes() + np.concatenate([r.cdf for r in rows]).astype("<i4").tobytes()


def read(data: bytes) -> list[Row]:
    """The rows of a tables file."""
    magic, version, rows, entries = struct.unpack_from("<4sIII", data)
    if (magic, version) != (b"TDTB", 1) or len(data) != 16 + 8 * rows + 4 * entries:
        raise SystemExit(f"reading a tables file of [{len(data)}] bytes: found [{magic}, {version}, {rows} rows, {entries} entries], "
                         "needed TDTB, 1 and as many bytes as these take")
    lengths, offsets = np.frombuffer(data, "<i4", 2 * rows, 16).reshape(2, rows)
    ends = np.cumsum(lengths)
    values = np.frombuffer(data, "<i4", entries, 16 + 8 * rows)
    return [Row(values[e - n:e].astype(np.int32), int(o)) for e, n, o in zip(ends, lengths, offsets)]
