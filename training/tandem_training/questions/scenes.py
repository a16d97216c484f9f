"""`scenes`: questions about one to four labelled photographs laid out on a canvas.

Canvas 224x224; a layout is a list of cells (row, column, height, width in 112 px units) with place words. Questions
ask what, where, how many, is there, left of / above; answers are words. Everything follows from a seed; train
canvases use train photographs only and val canvases val photographs only.
"""

import argparse
import io
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

from ..common import photos

NAMES = ["tench", "springer", "cassette player", "chain saw", "church", "French horn", "garbage truck", "gas pump",
         "golf ball", "parachute"]
GREY = 128
LAYOUTS = {  # cells as (row, column, rows, columns) on the 2x2 grid, with the word for the place
    "one": [((0, 0, 2, 2), "middle")],
    "pair": [((0, 0, 2, 1), "left"), ((0, 1, 2, 1), "right")],
    "stack": [((0, 0, 1, 2), "top"), ((1, 0, 1, 2), "bottom")],
    "grid": [((0, 0, 1, 1), "top left"), ((0, 1, 1, 1), "top right"),
             ((1, 0, 1, 1), "bottom left"), ((1, 1, 1, 1), "bottom right")],
}


def plural(name: str) -> str:
    return name + ("es" if name.endswith(("ch", "sh")) else "s")


def article(name: str) -> str:
    return "an" if name[0] in "aeiou" else "a"


def draw(rng, labels, same: float = 0.35):
    """(layout name, cells used, photograph index a cell): 1-4 photographs, repeats of a class made likely."""
    layout = str(rng.choice(list(LAYOUTS), p=[0.2, 0.2, 0.2, 0.4]))
    cells = list(range(len(LAYOUTS[layout])))
    if layout == "grid" and rng.random() < 0.5:
        cells.remove(int(rng.integers(4)))
    picks = [int(rng.integers(len(labels)))]
    for _ in cells[1:]:
        pool = None
        if rng.random() < same:
            pool = np.flatnonzero(labels == labels[picks[int(rng.integers(len(picks)))]])
        picks.append(int(rng.integers(len(labels)) if pool is None else rng.choice(pool)))
    return layout, cells, picks


def compose(layout: str, cells, pictures) -> np.ndarray:
    """uint8 [224,224,3]; photographs are squashed into square or half cells, cropped to the cell's shape first."""
    canvas = np.full((224, 224, 3), GREY, np.uint8)
    for cell, picture in zip(cells, pictures):
        (r, c, h, w), _ = LAYOUTS[layout][cell]
        crop = picture
        if h != w:  # a half cell shows the middle three quarters of the photograph, squashed the rest of the way
            crop = picture[28:196] if h < w else picture[:, 28:196]
        size = (112 * w, 112 * h)
        canvas[112 * r:112 * (r + h), 112 * c:112 * (c + w)] = np.asarray(
            Image.fromarray(np.ascontiguousarray(crop)).resize(size, Image.BILINEAR))
    return canvas


def questions(rng, layout: str, cells, names, known=NAMES, plural=plural, count_them: bool = True) -> list[tuple[str, str, str]]:
    """(kind, question, answer) rows of one canvas, at most one or two of each kind, none with two right answers.

    known: names that may be asked for as absent; count_them: whether a photograph holds one of what it is named for.
    """
    place = {c: LAYOUTS[layout][c][1] for c in cells}
    box = {c: LAYOUTS[layout][c][0] for c in cells}
    at = dict(zip(cells, names))
    count = {n: names.count(n) for n in set(names)}
    absent = [n for n in known if n not in count]
    out = []
    if layout == "one":
        out.append(("what", "What is in the picture?", names[0]))
    else:
        for c in rng.permutation(cells)[:2]:
            out.append(("what", f"What is at the {place[int(c)]}?", at[int(c)]))
        single = [c for c in cells if count[at[c]] == 1]
        if single:
            c = int(rng.choice(single))
            out.append(("where", f"Where is the {at[c]}?", place[c]))
    n = str(rng.choice(names))
    if rng.random() < 0.25:
        n = str(rng.choice(absent))
    if count_them:
        out.append(("how many", f"How many {plural(n)} are there?", str(count.get(n, 0))))
    else:
        out.append(("how many", f"How many photographs show {plural(n)}?", str(count.get(n, 0))))
    out.append(("how many", "How many photographs are there?", str(len(cells))))
    yes, no = str(rng.choice(names)), str(rng.choice(absent))
    for n, answer in ((yes, "yes"), (no, "no")):
        out.append(("is there", f"Is there {article(n)} {n}?", answer))
    pairs = []
    for a in cells:
        for b in cells:
            if a == b or at[a] == at[b] or count[at[a]] > 1 or count[at[b]] > 1:
                continue
            (ra, ca, ha, wa), (rb, cb, _, _) = box[a], box[b]
            if ca + wa <= cb and ra == rb:
                pairs.append(("left of", a, b))
            if ra + ha <= rb and ca == cb:
                pairs.append(("above", a, b))
    if pairs:
        word, a, b = pairs[int(rng.integers(len(pairs)))]
        out.append((word, f"What is {word} the {at[b]}?", at[a]))
        word, a, b = pairs[int(rng.integers(len(pairs)))]
        if rng.random() < 0.5:
            out.append((word, f"Is the {at[a]} {word} the {at[b]}?", "yes"))
        else:
            out.append((word, f"Is the {at[b]} {word} the {at[a]}?", "no"))
    return out


def generate(pictures, labels, n: int, seed: int):
    """Yields (canvas uint8 [224,224,3], rows) n times."""
    rng = np.random.default_rng(seed)
    for _ in range(n):
        layout, cells, picks = draw(rng, labels)
        names = [NAMES[labels[i]] for i in picks]
        yield compose(layout, cells, [pictures[i] for i in picks]), questions(rng, layout, cells, names)


def classes(source: photos.Source, prefix: str, cache: Path, limit=None):
    """(pictures uint8 [N,224,224,3], class number [N] in sorted-folder order)."""
    names, pictures = photos.load(source, prefix, cache, limit)
    folders = sorted({n.split("/")[1] for n in source.pictures(prefix)})
    return pictures, np.array([folders.index(n.split("/")[1]) for n in names])


def write_canvases(source, split: str, n: int, seed: int, cache: Path, out: Path):
    """A ZIP of canvases (PNG) with test.tsv beside them."""
    pictures, labels = classes(source, split + "/", cache)
    with zipfile.ZipFile(out, "w") as z:
        table = ["image\tkind\tquestion\tanswer"]
        for i, (canvas, rows) in enumerate(tqdm(generate(pictures, labels, n, seed), total=n, desc="scenes")):
            file = io.BytesIO()
            Image.fromarray(canvas).save(file, "PNG")
            z.writestr(f"test/{i:05d}.png", file.getvalue())
            table += [f"test/{i:05d}.png\t{k}\t{q}\t{w}" for k, q, w in rows]
        z.writestr("test.tsv", "\n".join(table) + "\n")
    print(f"{n} canvases, {len(table) - 1} questions in {out}")


def write_photographs(source, split: str, out: Path):
    """A ZIP of the split's own photographs (bytes untouched) and one question each: "What is in the picture?"."""
    names = source.pictures(split + "/")
    folders = sorted({n.split("/")[1] for n in names})
    with zipfile.ZipFile(out, "w") as z:
        table = ["image\tkind\tquestion\tanswer"]
        for n in names:
            z.writestr(n, source.read(n))
            table.append(f"{n}\twhat\tWhat is in the picture?\t{NAMES[folders.index(n.split('/')[1])]}")
        z.writestr("test.tsv", "\n".join(table) + "\n")
    print(f"{len(names)} photographs, a question each, in {out}")


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training scenes", description=__doc__)
    p.add_argument("--classes", type=Path, required=True, help="ZIP or folder with val/<class>/* of ten classes")
    p.add_argument("--split", default="val", choices=("train", "val"))
    p.add_argument("--n", type=int, default=300, help="canvases")
    p.add_argument("--seed", type=int, default=2026)
    p.add_argument("--photographs", action="store_true", help="the photographs themselves, one question each")
    p.add_argument("--work", type=Path, help="folder for decoded pictures")
    p.add_argument("--out", type=Path, required=True, help="ZIP to write: pictures and test.tsv")
    a = p.parse_args(argv)
    if a.photographs:
        write_photographs(photos.Source(a.classes), a.split, a.out)
    elif a.work:
        write_canvases(photos.Source(a.classes), a.split, a.n, a.seed, a.work / "pictures", a.out)
    else:
        p.error("canvases need --work, a folder for the decoded photographs")


if __name__ == "__main__":
    main()
