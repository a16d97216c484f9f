"""The training parts of the data sets: pictures with what is said of them. One picture in twenty is kept out of training, by a
hash of its name, so that every set that holds it agrees."""

import hashlib
from collections import defaultdict
from pathlib import Path

from ..common import photos

ONE_IN = 20


def kept_out(name: str) -> bool:
    return int(hashlib.sha256(photos.base_name(name).encode()).hexdigest()[:8], 16) % ONE_IN == 0


class Source:
    """Pictures of one set with what is said of them: names, uint8 [N,224,224,3], captions and rows by picture."""

    def __init__(self, name: str, names, pictures, captions=None, rows=None):
        self.name, self.names, self.pictures = name, [photos.base_name(n) for n in names], pictures
        self.captions, self.rows = captions or {}, rows or {}
        self.full = names


def grouped(table, *keys) -> dict[str, list]:
    out = defaultdict(list)
    for r in table:
        out[photos.base_name(r["image"])].append(r[keys[0]] if len(keys) == 1 else tuple(r[k] for k in keys))
    return out


def sources(coco: Path, flickr: Path | None, daquar: Path | None, classes: Path, cache: Path, limit=None) -> dict[str, Source]:
    """The training parts of the sets (train/ and the train tables only)."""
    out = {}
    s = photos.Source(coco)
    out["coco"] = Source("coco", *photos.load(s, "train/", cache, limit), grouped(s.table("train-captions.tsv"), "caption"),
                         grouped(s.table("train.tsv"), "kind", "question", "answer"))
    if flickr:
        s = photos.Source(flickr)
        out["flickr"] = Source("flickr", *photos.load(s, "train/", cache, limit), grouped(s.table("captions.tsv"), "caption"))
    if daquar:
        s = photos.Source(daquar)
        rows = {k: [("daquar", *r) for r in v] for k, v in grouped(s.table("train.tsv"), "question", "answer").items()}
        names, pictures = photos.load(s, "", cache, limit)
        out["daquar"] = Source("daquar", names, pictures, None, rows)
    out["classes"] = Source("classes", *photos.load(photos.Source(classes), "train/", cache, limit))
    return out


class Rows:
    """Some rows of an array that lies on disk, read when asked for."""

    def __init__(self, array, index):
        self.array, self.index = array, index

    def __len__(self):
        return len(self.index)

    def __getitem__(self, i):
        return self.array[self.index[i]]
