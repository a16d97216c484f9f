"""Draws the pictures of this folder with Pillow 13: python make_fixtures.py FOLDER. Synthetic, so free of any rights."""

import sys

import numpy as np
from PIL import Image, ImageDraw, ImageOps


def draw(width, height, seed):
    """Shapes in random colours with a strip of noise, the hardest thing for a resampling filter."""
    rng = np.random.default_rng(seed)
    picture = Image.new("RGB", (width, height), tuple(int(v) for v in rng.integers(0, 256, 3)))
    pen = ImageDraw.Draw(picture)
    for _ in range(12):
        x, y = rng.integers(-5, width), rng.integers(-5, height)
        a, b = rng.integers(3, width // 2 + 4), rng.integers(3, height // 2 + 4)
        colour = tuple(int(v) for v in rng.integers(0, 256, 3))
        (pen.ellipse if rng.random() < 0.5 else pen.rectangle)([int(x), int(y), int(x + a), int(y + b)], fill=colour)
    pixels = np.asarray(picture).copy()
    pixels[:, : width // 4] = rng.integers(0, 256, (height, width // 4, 3))
    return Image.fromarray(pixels)


out = sys.argv[1]


def expect(name):
    """Stores what Pillow makes of a file as RGB."""
    Image.open(f"{out}/{name}").convert("RGB").save(f"{out}/{name.replace('.', '-')}.png", optimize=True)


for name, w, h, tw, th, seed in (("shrink", 97, 71, 32, 32, 1), ("grow", 19, 23, 48, 40, 2),
                                 ("mixed", 61, 17, 20, 33, 3), ("same-width", 32, 50, 32, 24, 4)):
    picture = draw(w, h, seed)
    picture.save(f"{out}/{name}.png", optimize=True)
    picture.resize((tw, th), Image.BILINEAR).save(f"{out}/{name}-{tw}x{th}.png", optimize=True)
    picture.resize((tw, th), Image.BICUBIC).save(f"{out}/{name}-{tw}x{th}-cubic.png", optimize=True)

picture = draw(40, 30, 5)
picture.save(f"{out}/lossy.jpg", quality=90)
picture.save(f"{out}/lossy.webp", quality=80)
picture.convert("L").save(f"{out}/grey.png")
picture.convert("L").save(f"{out}/grey.jpg", quality=90)
picture.quantize(16).save(f"{out}/palette.gif")
alpha = picture.convert("RGBA")
alpha.putalpha(Image.fromarray(np.linspace(0, 255, 1200).astype(np.uint8).reshape(30, 40)))
alpha.save(f"{out}/alpha.png")
picture.convert("CMYK").save(f"{out}/cmyk.jpg", quality=90)
for name in ("lossy.jpg", "lossy.webp", "grey.png", "grey.jpg", "palette.gif", "alpha.png", "cmyk.jpg"):
    expect(name)
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    name = f"held-{orientation}"
    draw(12, 7, 6).save(f"{out}/{name}.jpg", quality=90, exif=exif)
    ImageOps.exif_transpose(Image.open(f"{out}/{name}.jpg")).save(f"{out}/{name}-jpg.png", optimize=True)
