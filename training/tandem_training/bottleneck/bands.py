"""Bands of a latent map (docs/bitstream.md, section 13), in plain Python."""

import math

import numpy as np

from ..common.coding import Row, operations, rans, sealed, varint

MOST = 1024
PAYLOAD = 1100


def steps(bands: int, height: int) -> tuple[int, int]:
    """Every how many rows and columns a band has one."""
    return min(bands, height), max(1, bands // height)


def at_least(wanted: int, height: int, width: int) -> int:
    """The least number of bands that can be, from `wanted` on; the greatest where there is none."""
    most = MOST if height >= MOST else height * min(width, MOST // height)
    bands = min(max(wanted, 1), most)
    return bands if bands <= height else -(-bands // height) * height


def values(latent: np.ndarray, band: int, bands: int) -> np.ndarray:
    """A band's part of [C,H,W]."""
    r, c = steps(bands, latent.shape[1])
    return latent[:, band % r::r, band // r::c]


def band_bytes(rows: list[Row], point: int, symbols: np.ndarray, band: int, bands: int) -> bytes:
    """One slice of int symbols [C,H,W]."""
    _, height, width = symbols.shape
    part = values(symbols, band, bands)
    stream = rans([o for c, row in enumerate(rows) for v in part[c].ravel() for o in operations(row, v)])
    head = b"".join(varint(n) for n in (height, width, band, bands))
    return sealed(bytes([1, point]) + head + stream)


def ideal_bits(rows: list[Row], symbols: np.ndarray) -> np.ndarray:
    """Of each position, float64 [H,W]."""
    def bits(row, value):
        return sum(b if b == 4 else 16 - math.log2(f) for _, f, b in operations(row, value))
    return sum(np.vectorize(lambda v, row=row: bits(row, v), otypes=[float])(symbols[c]) for c, row in enumerate(rows))


def slices(rows: list[Row], point: int, latent: np.ndarray, least: int = 1, payload: int = PAYLOAD) -> list[bytes]:
    """All slices of float [C,H,W], medians taken off: the fewest bands that fit."""
    symbols = np.clip(np.rint(latent), -32768, 32767).astype(np.int64)
    _, height, width = symbols.shape
    bits, room = ideal_bits(rows, symbols), 8 * (payload - 10)
    bands = at_least(max(least, math.ceil(bits.sum() / room)), height, width)
    while True:
        finest = at_least(bands + 1, height, width) == bands
        if finest or max(values(bits[None], b, bands).sum() for b in range(bands)) <= room:
            made = [band_bytes(rows, point, symbols, b, bands) for b in range(bands)]
            if max(map(len, made)) <= payload:
                return made
            if finest:
                raise SystemExit(f"cutting a latent map {symbols.shape}: found a band of [{max(map(len, made))}] bytes, "
                                 f"needed at most {payload}: use a coarser rung")
        bands = at_least(bands + 1, height, width)
