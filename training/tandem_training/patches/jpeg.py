"""The patch code `jpeg` (docs/bitstream.md 12.3) by Pillow: one row of 16 x 16 blocks, of which only the scan's data counts."""

import io

import numpy as np
from PIL import Image

BLOCK = 16


def mosaic(patches: np.ndarray, side: int) -> np.ndarray:
    """uint8 [n,3*side*side] -> [16,16n,3], each patch's last column and row repeated."""
    pad = BLOCK - side
    blocks = np.pad(patches.reshape(-1, side, side, 3), ((0, 0), (0, pad), (0, pad), (0, 0)), "edge")
    return blocks.swapaxes(0, 1).reshape(BLOCK, -1, 3)


def whole(patches: np.ndarray, side: int, quality: int) -> bytes:
    """The file, its header included: baseline, 4:2:0, the tables of annex K."""
    out = io.BytesIO()
    Image.fromarray(mosaic(patches, side)).save(out, "jpeg", quality=quality, subsampling=2, optimize=False, progressive=False)
    return out.getvalue()


def scan(file: bytes) -> bytes:
    """The entropy-coded segment: what follows the start of the scan, without the end of the picture."""
    at = 2
    while file[at + 1] != 0xDA:
        at += 2 + int.from_bytes(file[at + 2:at + 4], "big")
    return file[at + 2 + int.from_bytes(file[at + 2:at + 4], "big"):-2]


def decoded(file: bytes, side: int) -> np.ndarray:
    """uint8 [n,3*side*side]"""
    rgb = np.asarray(Image.open(io.BytesIO(file)).convert("RGB"))
    blocks = rgb.reshape(BLOCK, -1, BLOCK, 3).swapaxes(0, 1)
    return blocks[:, :side, :side].reshape(len(blocks), -1)
