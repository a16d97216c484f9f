"""Colour words of pixels, as COCO-QA uses them; a pixel whose colour people would quarrel about has none."""

import numpy as np

NAMES = ("white", "black", "gray", "red", "orange", "brown", "yellow", "green", "blue", "purple", "pink")
NONE = len(NAMES)


def channels(rgb: np.ndarray):
    """uint8 or float [..,3] -> hue in degrees, saturation 0..1, largest channel, chroma, luma; float32 each."""
    x = np.asarray(rgb, np.float32)
    high, low = x.max(-1), x.min(-1)
    chroma = high - low
    safe, (r, g, b) = np.maximum(chroma, 1), np.moveaxis(x, -1, 0)
    hue = np.where(high == r, (g - b) / safe % 6, np.where(high == g, (b - r) / safe + 2, (r - g) / safe + 4)) * 60
    return hue, chroma / np.maximum(high, 1), high, chroma, x @ np.array([0.299, 0.587, 0.114], np.float32)


def named(rgb: np.ndarray) -> np.ndarray:
    """Number in NAMES of each pixel, or NONE: between two hues, pale, or neither dark nor light enough for its word."""
    hue, saturation, high, chroma, luma = channels(rgb)
    dull = chroma < 0.14 * high + 6
    clear = {
        "black": (high < 55) & (chroma < 24),
        "white": dull & (luma > 178),
        "gray": dull & (luma > 80) & (luma < 165),
        "red": ((hue < 8) | (hue >= 347)) & (saturation > 0.5) & (high > 85),
        "orange": (hue >= 14) & (hue < 38) & (saturation > 0.65) & (high > 190),
        "brown": (hue >= 16) & (hue < 42) & (saturation > 0.28) & (high > 55) & (high < 165),
        "yellow": (hue >= 44) & (hue < 64) & (saturation > 0.42) & (high > 145),
        "green": (hue >= 78) & (hue < 162) & (saturation > 0.25) & (high > 50),
        "blue": (hue >= 195) & (hue < 248) & (saturation > 0.3) & (high > 65),
        "purple": (hue >= 262) & (hue < 292) & (saturation > 0.25) & (high > 65),
        "pink": (hue >= 305) & (hue < 347) & (saturation > 0.25) & (high > 150),
    }
    return np.select([clear[n] for n in NAMES], range(len(NAMES)), NONE)


def shares(rgb: np.ndarray) -> np.ndarray:
    """Share of each of NAMES, and of pixels without one, among pixels [N,3] -> [12]."""
    return np.bincount(named(rgb), minlength=NONE + 1) / max(1, len(rgb))
