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


def sealed(data: bytes) -> bytes:
    """A slice that is whole but for its check sum."""
    return data + struct.pack("<I", crc32c(data))


def varint(n: int) -> bytes:
    return bytes([n]) if n < 128 else bytes([n & 127 | 128, n >> 7])
