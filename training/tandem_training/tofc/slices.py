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


class Stream:
    """Reads a stream that `rans` wrote, value by value; `end` holds it against the last state."""

    def __init__(self, data: bytes):
        if len(data) % 4 or len(data) < 8:
            raise ValueError(f"reading a stream of [{len(data)}] bytes: needed a multiple of 4, at least 8")
        self.words = struct.unpack(f"<{len(data) // 4}I", data)
        self.x, self.at = self.words[0] | self.words[1] << 32, 2
        if not LOW <= self.x < 1 << 63:
            raise ValueError(f"reading a stream: found the first state [{self.x}], needed 2^31 to 2^63 - 1")

    def _next(self):
        if self.x < LOW:
            if self.at == len(self.words):
                raise ValueError(f"reading a stream of [{4 * len(self.words)}] bytes: it ends too early")
            self.x, self.at = self.x << 32 | self.words[self.at], self.at + 1

    def nibble(self) -> int:
        out, self.x = self.x & 15, self.x >> 4
        self._next()
        return out

    def value(self, row: Row) -> int:
        c, f = row.cdf, self.x & 0xFFFF
        k = int(np.searchsorted(c, f, side="right")) - 1
        self.x = int(c[k + 1] - c[k]) * (self.x >> 16) + f - int(c[k])
        self._next()
        most = len(c) - 2
        if k < most:
            return k + row.offset
        count = self.nibble()
        if count > 7:
            raise ValueError(f"reading an escape: found [{count}] nibbles, needed at most 7")
        raw = sum(self.nibble() << 4 * i for i in range(count))
        return row.offset + (-(raw >> 1) - 1 if raw & 1 else (raw >> 1) + most)

    def end(self):
        if self.x != LOW or self.at != len(self.words):
            raise ValueError(f"reading a stream: found the last state [{self.x}] at word [{self.at}] of {len(self.words)}")


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
