"""Questions and answers for training: which rows belong to which cached picture.

Sets: COCO questions and captions, DAQUAR, scene questions, class photographs ("What is in the picture?"). Every
row is (question, answer); captions are asked for with a few fixed wordings. Splits are by picture: only rows of the
train tables are read here.
"""

import json
from pathlib import Path

import numpy as np

from ..common import photos
from ..questions import scenes
from ..questions.retold import CAPTION_WORDINGS
from .features import Features

KEPT_OUT = 40


class Set:
    """Cached features and, for each picture, its list of (question, answer).

    Every `every`th picture is kept out of training, for the numbers printed while it runs, and so is its mirror image,
    which has the same name. `part`: only that share of the others is trained on, the same ones each time, those of a
    smaller share among those of a larger one.
    """

    def __init__(self, name: str, features: Features, rows: list[list[tuple[str, str]]], share: float, every: int = KEPT_OUT,
                 part: float = 1.0):
        number = {n: i for i, n in reversed(list(enumerate(features.names)))}
        used = [i for i, r in enumerate(rows) if r]
        drawn = np.random.default_rng(5).random(len(features.names))  # of a picture and its mirror image alike
        train = [i for i in used if number[features.names[i]] % every and drawn[number[features.names[i]]] < part]
        kept = [i for i in used if i % every == 0 and number[features.names[i]] == i]
        self.name, self.features, self.share = name, features, share
        self.index, self.rows = np.array(train), [rows[i] for i in train]
        self.kept, self.kept_rows = np.array(kept), [rows[i] for i in kept]


def by_picture(names, table, question=None):
    """Rows of a table grouped by picture, in the order of names; tables without questions get the given wordings."""
    at = {photos.base_name(n): [] for n in names}
    for i, r in enumerate(table):
        image = photos.base_name(r["image"])
        if image in at:
            at[image].append((r.get("question") or question[i % len(question)], r.get("answer") or r["caption"]))
    return [at[photos.base_name(n)] for n in names]


def load(work: Path, coco: Path | None, daquar: Path | None, flickr: Path | None,
         shares: dict[str, float], every: int = KEPT_OUT, part: float = 1.0) -> list[Set]:
    """The sets whose features exist under work/features, with their shares of the pictures drawn; `every`, `part` as for Set."""
    folder, out = work / "features", []

    def add(name, features, rows):
        out.append(Set(name, features, rows, shares[name], every, part))

    def has(name):
        return (folder / f"{name}.json").exists() and shares.get(name, 0) > 0

    if coco and has("coco"):
        f, source = Features(folder, "coco"), photos.Source(coco)
        rows = by_picture(f.names, source.table("train.tsv"))
        captions = by_picture(f.names, source.table("train-captions.tsv"), CAPTION_WORDINGS)
        add("coco", f, rows)
        if shares.get("captions"):
            add("captions", f, captions)
    if flickr and has("flickr"):
        f, source = Features(folder, "flickr"), photos.Source(flickr)
        add("flickr", f, by_picture(f.names, source.table("captions.tsv"), CAPTION_WORDINGS))
    if daquar and has("daquar"):
        f, source = Features(folder, "daquar"), photos.Source(daquar)
        add("daquar", f, by_picture(f.names, source.table("train.tsv")))
    if has("scenes"):
        rows = [[(q, a) for _, q, a in r] for r in json.loads((folder / "scenes-questions.json").read_text())]
        add("scenes", Features(folder, "scenes"), rows)
    if has("classes"):
        f = Features(folder, "classes")
        folders = sorted({n.split("/")[1] for n in f.names})
        rows = [[("What is in the picture?", scenes.NAMES[folders.index(n.split("/")[1])])] for n in f.names]
        add("classes", f, rows)
    return out


def draw(rng, sets: list[Set], pictures: int, per_picture: int):
    """[(set, feature row, [(question, answer)...])...] of one batch."""
    share = np.array([s.share for s in sets])
    out = []
    for k in rng.choice(len(sets), size=pictures, p=share / share.sum()):
        s = sets[k]
        i = int(rng.integers(len(s.index)))
        rows = s.rows[i]
        pick = rng.permutation(len(rows))[:per_picture]
        out.append((s, int(s.index[i]), [rows[j] for j in pick]))
    return out
