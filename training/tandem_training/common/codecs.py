"""The picture codecs that others would send a picture by: each at its best, as one file, and as good as a number of bytes allows."""

import io

import numpy as np
from PIL import Image

NAMES = ("jpeg", "webp", "avif")
SIDES = (0, 160, 128, 96, 64, 48, 32)  # to which a picture may be shrunk first; 0: it is not


def encode(picture: Image.Image, codec: str, quality: int, speed: int = 4) -> bytes:
    """The smallest file that the codec's own options give; the same ones in every run. `speed`: of AVIF, 0 the slowest and best."""
    options = {
        "avif": dict(format="AVIF", quality=quality, speed=speed, subsampling="4:2:0"),
        "webp": dict(format="WEBP", quality=quality, method=6),
        "jpeg": dict(format="JPEG", quality=quality, subsampling="4:2:0", optimize=True),
    }[codec]
    files = []
    for progressive in (False, True) if codec == "jpeg" else (None,):
        out = io.BytesIO()
        picture.save(out, **options, **({} if progressive is None else {"progressive": progressive}))
        files.append(out.getvalue())
    return min(files, key=len)


def shrunk(picture: Image.Image, side: int) -> Image.Image:
    """So that its shorter side has so many pixels; 0 leaves it."""
    if side == 0:
        return picture
    scale = side / min(picture.size)
    return picture.resize(tuple(max(1, round(length * scale)) for length in picture.size), Image.BICUBIC)


def decoded(data: bytes, size: tuple[int, int]) -> np.ndarray:
    """RGB uint8 [height,width,3] of a file, enlarged to size."""
    with Image.open(io.BytesIO(data)) as back:
        return np.asarray(back.convert("RGB").resize(size, Image.BICUBIC))


def within(picture: Image.Image, codec: str, most: int) -> bytes | None:
    """The file of the best quality that has at most so many bytes; None where even the worst has more."""
    low, high, best = 0, 95, None
    while low <= high:
        quality = (low + high) // 2
        data = encode(picture, codec, quality)
        if len(data) <= most:
            best, low = data, quality + 1
        else:
            high = quality - 1
    return best


def best(picture: Image.Image, codec: str, most: int) -> tuple[bytes, np.ndarray] | None:
    """(file, what it shows) of at most so many bytes with the least squared error, shrunk first where that has less of it; None
    where nothing fits."""
    found, wanted = [], np.asarray(picture, np.float32)
    for side in SIDES:
        data = within(shrunk(picture, side), codec, most)
        if data is not None:
            shown = decoded(data, picture.size)
            found.append((float(np.square(shown - wanted).mean()), data, shown))
    return min(found, key=lambda f: f[0])[1:] if found else None
