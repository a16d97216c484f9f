"""What every learned codec shares: rows of integer tables, their file, the coder, check sums (docs/bitstream.md, 2 to 6).

The coder is written a second time in plain Python, so that golden vectors owe nothing to Java.
"""

import struct
from dataclasses import dataclass

import numpy as np

TOTAL = 1 << 16
TAIL = 1e-9
LOW = 1 << 31


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


def file_bytes(rows: list[Row]) -> bytes:
    """tables.bin: magic, version, rows, entries, lengths, offsets, entries; little-endian int32."""
    head = struct.pack("<4sIII", b"TDTB", 1, len(rows), sum(len(r.cdf) for r in rows))
    lengths = np.array([[len(r.cdf) for r in rows], [r.offset for r in rows]], "<i4")
    return head + lengths.tobytes() + np.concatenate([r.cdf for r in rows]).astype("<i4").tobytes()


def rans(operations) -> bytes:
    """Bytes of a stream. operations: (start, frequency, bits) in decoding order."""
    x, words = LOW, []
    for start, frequency, bits in reversed(operations):
        if x >= frequency << 63 - bits:
            words.append(x & 0xFFFFFFFF)
            x >>= 32
        x = (x // frequency << bits) + x % frequency + start
    words += [x >> 32, x & 0xFFFFFFFF]
    return struct.pack(f"<{len(words)}I", *reversed(words))


def operations(row: Row, value: int):
    """One value by one row: its symbol, or the escape and its nibbles."""
    c, v = row.cdf, int(value) - row.offset
    most = len(c) - 2
    k = v if 0 <= v < most else most
    yield int(c[k]), int(c[k + 1] - c[k]), 16
    if k == most:
        raw = -2 * v - 1 if v < 0 else 2 * (v - most)
        nibbles = (raw.bit_length() + 3) // 4
        for n in (nibbles, *(raw >> 4 * i & 15 for i in range(nibbles))):
            yield n, 1, 4


def crc32c(data: bytes) -> int:
    x = 0xFFFFFFFF
    for byte in data:
        x ^= byte
        for _ in range(8):
            x = x >> 1 ^ (0x82F63B78 if x & 1 else 0)
    return x ^ 0xFFFFFFFF


def sealed(data: bytes) -> bytes:
    """A slice that is whole but for its check sum."""
    return data + struct.pack("<I", crc32c(data))


def varint(n: int) -> bytes:
    return bytes([n]) if n < 128 else bytes([n & 127 | 128, n >> 7])
