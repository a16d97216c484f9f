"""Slices as docs/bitstream.md has them, written a second time in plain Python: golden vectors owe nothing to Java."""

import struct

import numpy as np

from .tables import Row

LOW = 1 << 31


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


def varint(n: int) -> bytes:
    return bytes([n]) if n < 128 else bytes([n & 127 | 128, n >> 7])


def slice_bytes(rows: list[Row], point: int, expert, z, y, index, experts: int, first: int = 0, total: int = 0) -> bytes:
    """One slice of the tokens given: expert [n], z [n,H], y and scale index [n,W], all integers."""
    n, h = z.shape
    out = [o for e in expert for o in operations(rows[0], e)]
    out += [o for t in range(n) for c in range(h) for o in operations(rows[1 + expert[t] * h + c], z[t, c])]
    first_y = 1 + experts * h
    out += [o for v, k in zip(np.ravel(y), np.ravel(index)) for o in operations(rows[first_y + k], v)]
    data = bytes([1, point]) + varint(first) + varint(n) + varint(total or n) + rans(out)
    return data + struct.pack("<I", crc32c(data))
