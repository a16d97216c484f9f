"""What the two classifiers of the method patches learn from: photographs, a few fixed views of each, and what teachers say
of a view, kept on disk once it has been asked for.

View 0 is the whole picture, 1 its mirror image, the others are crops; a view is the same in every run, so that `patches-device`
and `patches-edge` share what the teachers said. One picture in twenty is kept out by a hash of its name (questions/sources.py).
"""

import zlib
from pathlib import Path

import numpy as np
import torch

from ...common import photos
from ...encoder import vit
from ...questions.sources import kept_out
from ..batches import CLASS_INDEX, view
from ..loop import pixels

CELLS = 4  # cells a side over which the whole encoder's tokens are averaged before they are kept


class Set:
    """Photographs of one source: uint8 [N,224,224,3]; label of the 1,000 or -1; which are learned from, which kept."""

    def __init__(self, name: str, names, pictures, labelled: bool):
        self.name, self.names, self.pictures = name, names, pictures
        folders = sorted({n.split("/")[1] for n in names}) if labelled else []
        self.label = np.array([CLASS_INDEX[folders.index(n.split("/")[1])] if labelled else -1 for n in names])
        kept = np.array([kept_out(n) for n in names])
        kept[:1] |= not kept.any()  # so that a handful of pictures is measured on one too
        self.kept, self.learned = np.flatnonzero(kept), np.flatnonzero(~kept)


class Photographs:
    """All sets; a picture is (set number, row)."""

    def __init__(self, classes: Path, others: list[Path], cache: Path, limit: int | None = None):
        source = photos.Source(classes)
        self.sets = [Set("classes", *some(source, cache, limit), True)]
        for other in others:
            source = photos.Source(other)
            self.sets.append(Set(source.path.stem, *some(source, cache, limit), False))
        sizes = np.array([len(s.learned) for s in self.sets], float)
        self.share = sizes / sizes.sum()

    def draw(self, rng, count: int, labelled: float | None) -> list[tuple[int, int]]:
        """Training pictures; `labelled` is the share of those with labels, by size where it is None."""
        share = self.share
        if labelled is not None and len(self.sets) > 1:
            share = np.concatenate([[labelled], (1 - labelled) * share[1:] / share[1:].sum()])
        return [(int(k), int(rng.choice(self.sets[k].learned))) for k in rng.choice(len(self.sets), size=count, p=share)]

    def kept(self, most: int) -> list[list[tuple[int, int]]]:
        """At most so many pictures of each set that nothing learns from."""
        rng = np.random.default_rng(4)
        return [[(k, int(i)) for i in np.sort(rng.permutation(s.kept)[:most])] for k, s in enumerate(self.sets)]

    def labels(self, items) -> torch.Tensor:
        return torch.tensor([int(self.sets[k].label[i]) for k, i in items])

    def rgb(self, items, views) -> torch.Tensor:
        """float 0..255 [B,3,224,224]"""
        out = []
        for (k, i), v in zip(items, views):
            picture = self.sets[k].pictures[i]
            if v < 2:
                out.append(pixels(np.array(picture[None, :, ::-1] if v else picture[None])).float())
            else:
                rng = np.random.default_rng([zlib.crc32(self.sets[k].name.encode()), i, v])
                out.append(view(picture, rng, bool(rng.random() < 0.5), 0.4))
        return torch.cat(out)


def some(source: photos.Source, cache: Path, limit):
    """Names and pictures under train/; with a limit, spread over the folders."""
    if limit and limit < len(source.pictures("train/")):
        names, pictures = photos.load(source, "train/", cache)
        pick = np.linspace(0, len(names) - 1, limit).astype(int)
        return [names[i] for i in pick], pictures[pick]
    return photos.load(source, "train/", cache)


class Taught:
    """Log-probabilities of the teachers (float16 [V,N,1000] a set) and means of the whole encoder's tokens (class token
    and 4x4 cells, float16 [V,N,17,C]) for each view, made when first asked for. `encoder`: rgb -> (tokens, class token). `keys`: which teachers, which encoder."""

    def __init__(self, photographs: Photographs, folder: Path, teacher, encoder=None, keys: dict[str, str] | None = None,
                 views: int = 4):
        self.photographs, self.teacher, self.encoder, self.views = photographs, teacher, encoder, views
        self.folder, self.keys, self.files = folder, keys or {}, {}
        folder.mkdir(parents=True, exist_ok=True)

    def array(self, kind: str, k: int, shape: tuple) -> tuple[np.ndarray, np.ndarray]:
        """(values, whether they are there) of a set."""
        if (kind, k) not in self.files:
            s = self.photographs.sets[k]
            name = "-".join([s.name, str(len(s.names)), kind, *([self.keys[kind]] if kind in self.keys else [])])
            made = []
            for part, dtype, form in (("", np.float16, shape), ("-done", np.uint8, ())):
                file, full = self.folder / f"{name}{part}.npy", (self.views, len(s.names), *form)
                fits = file.exists() and np.load(file, mmap_mode="r").shape == full
                made.append(np.lib.format.open_memmap(file, "r+" if fits else "w+", dtype, full))
            self.files[kind, k] = tuple(made)
        return self.files[kind, k]

    def get(self, kind: str, items, views, rgb, ask, shape: tuple) -> torch.Tensor:
        at = [(*self.array(kind, k, shape), v, i) for (k, i), v in zip(items, views)]
        missing = [j for j, (_, done, v, i) in enumerate(at) if not done[v, i]]
        if missing:
            for j, values in zip(missing, ask(rgb[missing]).half().cpu().numpy()):
                array, done, v, i = at[j]
                array[v, i] = values
                done[v, i] = 1
        return torch.from_numpy(np.stack([array[v, i] for array, _, v, i in at]).astype(np.float32))

    def logits(self, items, views, rgb) -> torch.Tensor:
        """[B,1000], log-probabilities."""
        return self.get("logits", items, views, rgb, self.teacher, (1000,)).log_softmax(1)

    def tokens(self, items, views, rgb) -> torch.Tensor:
        """[B,17,C]"""
        return self.get("tokens", items, views, rgb, lambda x: cells(*self.encoder(x)), (1 + CELLS ** 2, vit.WIDTH))


def cells(tokens: torch.Tensor, cls: torch.Tensor) -> torch.Tensor:
    """Tokens [B,g*g,C] and class token [B,C] -> the class token and the means of 4x4 cells [B,17,C]."""
    g = int(round(tokens.shape[1] ** 0.5))
    means = tokens.unflatten(1, (CELLS, g // CELLS, CELLS, g // CELLS)).mean((2, 4)).flatten(1, 2)
    return torch.cat([cls[:, None], means], 1)
