"""Pictures drawn from a seed: coloured shapes on a ground. Golden vectors and the smoke run need no photographs."""

import numpy as np
from PIL import Image, ImageDraw

COLOURS = {"red": (200, 40, 40), "green": (40, 170, 60), "blue": (40, 70, 200), "yellow": (230, 210, 50),
           "white": (240, 240, 240), "black": (20, 20, 20)}
SHAPES = ("circle", "square", "triangle")


def picture(seed: int, shapes: int = 3, size: int = 224) -> tuple[np.ndarray, list[tuple[str, str]]]:
    """(RGB uint8 [size,size,3], [(colour, shape), ...] from left to right)."""
    rng = np.random.default_rng(seed)
    low, high = rng.integers(60, 200, (2, 3))
    ramp = np.linspace(0, 1, size)[:, None, None]
    image = Image.fromarray(np.broadcast_to(low * (1 - ramp) + high * ramp, (size, size, 3)).astype(np.uint8).copy())
    draw, found = ImageDraw.Draw(image), []
    for i in range(shapes):
        colour, shape = rng.choice(list(COLOURS)), rng.choice(SHAPES)
        r = int(rng.integers(size // 12, size // 7))
        x = int((i + 0.5) * size / shapes + rng.integers(-8, 9))
        y = int(rng.integers(size // 5, size - size // 5))
        box = (x - r, y - r, x + r, y + r)
        if shape == "circle":
            draw.ellipse(box, COLOURS[colour])
        elif shape == "square":
            draw.rectangle(box, COLOURS[colour])
        else:
            draw.polygon([(x, y - r), (x - r, y + r), (x + r, y + r)], COLOURS[colour])
        found.append((str(colour), str(shape)))
    return np.asarray(image), found


def pixel_values(rgb: np.ndarray) -> np.ndarray:
    """uint8 [H,W,3] -> float32 [1,3,H,W], ImageNet mean and deviation."""
    mean, deviation = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
    return ((rgb / 255 - mean) / deviation).transpose(2, 0, 1)[None].astype(np.float32)
