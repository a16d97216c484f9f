"""What one step of `together` sees: pictures drawn by set, cropped and mirrored, a few questions of each, and what the
heads are to say of them."""

import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from ..common import photos
from ..encoder import words
from ..questions import bank as banks, looks, scenes

CLASS_INDEX = (0, 217, 482, 491, 497, 566, 569, 571, 574, 701)  # of Imagenette's ten classes among the 1,000
SIDES = {"left": "right", "right": "left"}


def mirrored(text: str) -> str:
    return " ".join(SIDES.get(w.strip("?"), w.strip("?")) + ("?" if w.endswith("?") else "") for w in text.split(" "))


class Targets:
    """What the heads are to say of a picture: words [V], things [K] (1, 0, -1), class of the 1,000 or -1."""

    def __init__(self, bank: banks.Bank, coco: Path, flickr: Path | None):
        spoken = {"coco": words.of_source(photos.Source(coco))} | ({"flickr": words.of_source(photos.Source(flickr))} if flickr else {})
        kept = {k: {bank.sources[k].names[i] for i in bank.kept[k]} for k in spoken}
        spoken = {k: {n: w for n, w in s.items() if n not in kept[k]} for k, s in spoken.items()}
        self.bank, self.spoken, self.vocabulary, self.names = bank, spoken, words.Vocabulary(list(spoken.values())), bank.absent.asked
        self.at = {n: i for i, n in enumerate(self.names)}

    def words(self, item) -> torch.Tensor:
        said = self.spoken.get(item.source, {}).get(self.bank.sources[item.source].names[item.index], set())
        return self.vocabulary.target(said)

    def things(self, item) -> torch.Tensor:
        out = torch.full((len(self.names),), -1.0)
        if item.source in self.bank.spoken:
            s = self.bank.spoken[item.source][item.index]
            out[[self.at[n] for n in self.bank.absent.of(s)]] = 0
            out[[self.at[n] for n in s.present if n in self.at]] = 1
        elif item.source == "classes":
            name = banks.THING_OF_CLASS.get(scenes.NAMES[self.bank.labels[item.index]])
            for n in self.bank.things.closed({name} if name else set()):
                if n in self.at:
                    out[self.at[n]] = 1
        return out

    def label(self, item) -> int:
        return CLASS_INDEX[self.bank.labels[item.index]] if item.source == "classes" else -1


class Batch:
    """rgb float [P,3,224,224] 0..255; rows: P lists of (question, answer); items (None for a canvas)."""

    def __init__(self, bank, rng, shares: dict[str, float], pictures: int, per_picture: int):
        names, self.rows, self.items, rgb = list(shares), [], [], []
        share = np.array([shares[n] for n in names])
        for k in rng.choice(len(names), size=pictures, p=share / share.sum()):
            item = None if names[k] == "canvases" else draw_item(bank.items[names[k]], rng)
            if item is None:
                picture, found = bank.canvases.draw(rng)
                rows = [(q, a, 1.0) for _, q, a in found]
            else:
                picture = looks.graded(bank.sources[item.source].pictures[item.index], item.grade)
                rows = [(q, a, w) for _, q, a, w in item.rows]
            flip = rng.random() < 0.5
            rgb.append(view(picture, rng, flip, 1.0 if item is None else 0.7))
            odds = np.array([w for _, _, w in rows])
            pick = rng.choice(len(rows), size=min(per_picture, len(rows)), replace=False, p=odds / odds.sum())
            rows = [rows[j][:2] for j in pick]
            self.rows.append([(mirrored(q), mirrored(a)) for q, a in rows] if flip else rows)
            self.items.append(item)
        self.rgb = torch.cat(rgb).to(torch.get_default_device())


def draw_item(items, rng, graded: float = 0.08):
    """Any picture of a set; graded copies make up at most the given share."""
    while True:
        item = items[int(rng.integers(len(items)))]
        if not item.grade or rng.random() < graded * 3:
            return item


def view(picture, rng, flip: bool, least: float) -> torch.Tensor:
    """A crop of least..1 of the area, its shape a little changed, back at 224 px. [1,3,224,224] float."""
    x = torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None].float()
    if least < 1:
        area, ratio = rng.uniform(least, 1.0), math.exp(rng.uniform(-0.1, 0.1))
        h, w = (min(224, round(224 * math.sqrt(area * r))) for r in (ratio, 1 / ratio))
        top, left = rng.integers(0, 225 - h), rng.integers(0, 225 - w)
        x = F.interpolate(x[:, :, top:top + h, left:left + w], size=(224, 224), mode="bilinear", antialias=True)
    return x.flip(3) if flip else x
