"""Questions about the picture as such, answered by its pixels: black and white, dark or bright, its main colour.

Half of them are made by grading: a graded row names what is to be done with the picture before it is shown ("grey",
"dark", "bright", "tint:red"), and its answers are measured on the graded pixels. "thing:red" tints the one big thing alone,
where it stands out (region.py): largest.py asks of those.
"""

import numpy as np

from . import region

GRADES = ("", "grey", "dark", "bright")
TINTS = {"red": (230, 40, 40), "green": (40, 190, 60), "blue": (50, 80, 230), "yellow": (235, 215, 50), "purple": (150, 50, 200),
         "orange": (245, 140, 30), "pink": (245, 120, 190)}
GREY_WORDINGS = ("Is this a black and white picture?", "Is it a black and white photo?", "Is the picture in black and white?")
COLOUR_WORDINGS = ("Is this a color picture?", "Is this a color photo?")
HUES = ((15, "red"), (42, "orange"), (68, "yellow"), (165, "green"), (255, "blue"), (290, "purple"), (345, "pink"), (361, "red"))


def graded(rgb: np.ndarray, grade: str) -> np.ndarray:
    """uint8 [..,3] -> the same, graded."""
    if not grade:
        return rgb
    if grade.startswith("thing:"):
        return tinted(rgb, grade[6:])
    x = rgb.astype(np.float32)
    luma = x @ np.array([0.299, 0.587, 0.114], np.float32)
    if grade == "grey":
        x = np.repeat(luma[..., None], 3, -1)
    elif grade == "dark":
        x = 0.55 * x * (x / 255)
    elif grade == "bright":
        x = 255 - 0.45 * (255 - x)
    elif grade.startswith("tint:"):
        t = (luma / 255)[..., None]
        x = np.array(TINTS[grade[5:]], np.float32) * (0.35 + 0.65 * t) + 60 * np.maximum(0, t - 0.7)
    else:
        raise ValueError(f"grading a picture: found [{grade}], needed one of {GRADES}, tint:COLOUR or thing:COLOUR")
    return np.clip(np.rint(x), 0, 255).astype(np.uint8)


def tinted(rgb: np.ndarray, tint: str) -> np.ndarray:
    """uint8 [224,224,3] with its thing's region in one of TINTS, light and shade kept; as it is where no region is clear."""
    found = region.of(rgb)
    if found is None:
        return rgb
    soft = found.soft(len(rgb))
    return np.rint(soft * graded(rgb, f"tint:{tint}") + (1 - soft) * rgb).astype(np.uint8)


def measured(rgb: np.ndarray) -> dict:
    """Mean luma, mean chroma (largest less smallest channel) and the share of the commonest colour word of a picture."""
    x = rgb[::4, ::4].reshape(-1, 3).astype(np.float32)
    low, high = x.min(1), x.max(1)
    chroma = high - low
    safe = np.maximum(chroma, 1)
    r, g, b = x.T
    hue = np.where(high == r, (g - b) / safe % 6, np.where(high == g, (b - r) / safe + 2, (r - g) / safe + 4)) * 60
    names = np.array([n for _, n in HUES])[np.searchsorted([h for h, _ in HUES], hue, side="right").clip(0, len(HUES) - 1)]
    names = np.where(chroma < 0.16 * high + 8, np.where(high > 200, "white", np.where(high < 60, "black", "gray")), names)
    names = np.where((names == "orange") & (high < 150), "brown", names)
    word, count = np.unique(names, return_counts=True)
    best = count.argmax()
    return {"luma": float(x.mean()), "chroma": float(chroma.mean()), "colour": str(word[best]), "share": float(count[best] / len(x))}


def questions(rng, rgb: np.ndarray, grade: str) -> list[tuple[str, str, str]]:
    """(kind, question, answer) rows of a picture, which is given as it is and asked about as graded."""
    m, out = measured(graded(rgb, grade)), []
    if m["chroma"] < 3 or m["chroma"] > 12:
        grey = m["chroma"] < 3
        out.append(("look", str(rng.choice(GREY_WORDINGS)), "yes" if grey else "no"))
        if rng.random() < 0.5:
            out.append(("look", str(rng.choice(COLOUR_WORDINGS)), "no" if grey else "yes"))
    if m["luma"] < 60 or m["luma"] > 175:
        dark = m["luma"] < 60
        out += [("look", "Is the picture dark?", "yes" if dark else "no"), ("look", "Is the picture bright?", "no" if dark else "yes"),
                ("look", "Is the picture dark or bright?", "dark" if dark else "bright")]
    if m["share"] > 0.5 and grade != "grey":
        out.append(("look", "What is the main color of the picture?", m["colour"]))
    return out
