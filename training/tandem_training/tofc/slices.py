"""Slices of tofc as docs/bitstream.md, section 6, has them."""

import numpy as np

from ..common.coding import Row, Stream, crc32c, operations, rans, sealed, varint  # noqa: F401


def slice_bytes(rows: list[Row], point: int, expert, z, y, index, experts: int, first: int = 0, total: int = 0) -> bytes:
    """One slice of the tokens given: expert [n], z [n,H], y and scale index [n,W], all integers."""
    n, h = z.shape
    out = [o for e in expert for o in operations(rows[0], e)]
    out += [o for t in range(n) for c in range(h) for o in operations(rows[1 + expert[t] * h + c], z[t, c])]
    first_y = 1 + experts * h
    out += [o for v, k in zip(np.ravel(y), np.ravel(index)) for o in operations(rows[first_y + k], v)]
    data = bytes([1, point]) + varint(first) + varint(n) + varint(total or n) + rans(out)
    return sealed(data)
