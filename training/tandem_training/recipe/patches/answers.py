"""What the two classifiers of a pack say of labelled photographs, by ONNX Runtime on one thread; kept on disk once asked."""

import hashlib
import json
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

from ...common import packfile, photos
from ...patches import choice


def labelled(source: photos.Source, split: str, index: list[int], classes: int) -> tuple[list[str], np.ndarray]:
    """Names under split/<wnid>/ and their labels: `index` has one of the classes for each folder, sorted."""
    names = source.pictures(f"{split}/")
    folders = sorted({n.split("/")[1] for n in names})
    if not names or len(folders) != len(index) or not all(0 <= i < classes for i in index):
        raise SystemExit(f"reading labels of [{source.path}]: found [{len(names)}] photographs in [{len(folders)}] folders of [{split}/] and the "
                         f"indices {index}, needed an index from 0 to {classes - 1} for each folder; name them with --wnid-index")
    return names, np.array([index[folders.index(n.split("/")[1])] for n in names])


def fitted(image: Image.Image, pre: dict) -> np.ndarray:
    """uint8 [height,width,3], as a pack's preprocessing says (docs/pack.md): squashed, or its middle."""
    size = pre["width"], pre["height"]
    if pre["fit"] == "squash":
        return np.asarray(image if image.size == size else image.resize(size, Image.BILINEAR))
    scale = pre["resize"] / min(image.size)
    whole = image.resize([max(pre["resize"], round(side * scale)) for side in image.size], Image.BILINEAR)
    left, top = ((a - b) // 2 for a, b in zip(whole.size, size))
    return np.asarray(whole.crop((left, top, left + size[0], top + size[1])))


class Answers:
    """`rows`: the photographs that are asked about, spread evenly over the folders where there is a limit; arrays have one row for each."""

    def __init__(self, pack: Path, source: photos.Source, split: str, index: list[int], limit: int | None = None, work: Path | None = None,
                 seed: int = 1):
        text = (pack / "pack.json").read_bytes()
        manifest = json.loads(text)
        head = next((h for h in manifest["heads"] if h["kind"] == "patch-labels"), None)
        if head is None or "patches" not in manifest["methods"]:
            raise SystemExit(f"reading [{pack}]: found the methods {list(manifest['methods'])}, needed patches with a head of kind patch-labels")
        section, self.graph = manifest["methods"]["patches"], head["settings"]["graph"]
        self.pack, self.pre, self.source, self.work, self.seed, self.full = pack, manifest["preprocessing"], source, work, seed, {}
        self.temperature = {"device": section.get("temperature", 1.0), "edge": head["settings"].get("temperature", 1.0)}
        self.looker, self.reader = (packfile.opened(pack, manifest, g, 1) for g in (section["classifier"], self.graph))
        self.outputs = {o["name"]: o["shape"][1:] for o in manifest["graphs"][section["classifier"]]["outputs"]}
        self.classes, (self.heads, self.count) = self.outputs["logits"][0], self.outputs["attention"]
        self.side = self.pre["width"] // int(self.count ** 0.5)
        self.names, label = labelled(source, split, index, self.classes)
        self.rows = np.unique(np.linspace(0, len(label) - 1, limit or len(label)).astype(int))
        self.label = label[self.rows]
        self.key = hashlib.sha256(text + "\n".join(self.names).encode()).hexdigest()[:10]

    def pixels(self, row: int) -> np.ndarray:
        """float32 [1,3,P,P]"""
        rgb = fitted(photos.opened(self.source.read(self.names[row])), self.pre)
        return ((rgb / 255 - self.pre["mean"]) / self.pre["deviation"]).transpose(2, 0, 1)[None].astype(np.float32)

    def patches(self, row: int) -> np.ndarray:
        """float32 [1,N,3*p*p]"""
        x, p = self.pixels(row), self.side
        return np.ascontiguousarray(x.reshape(3, x.shape[2] // p, p, x.shape[3] // p, p).transpose(1, 3, 0, 2, 4)).reshape(1, self.count, -1)

    def kept(self, what: str, width: int, ask) -> np.ndarray:
        """float32 [rows,width] of ask(row), each asked once."""
        full = self.opened(what, width)
        missing = [r for r in self.rows if np.isnan(full[r, 0])]
        for row in tqdm(missing, desc=what, disable=not missing):
            full[row] = ask(row)
        return np.array(full[self.rows])

    def opened(self, what: str, width: int) -> np.ndarray:
        """Of all photographs, not a number where nobody asked yet; a file where there is a folder for it."""
        if what in self.full:
            return self.full[what]
        full = np.full((len(self.names), width), np.nan, np.float32)
        if self.work:
            file = self.work / f"{self.key}-{what}.npy"
            if not file.exists():
                self.work.mkdir(parents=True, exist_ok=True)
                part = file.with_suffix(".part.npy")
                np.save(part, full)
                part.rename(file)
            full = np.load(file, mmap_mode="r+")
        self.full[what] = full
        return full

    def device(self) -> dict[str, np.ndarray]:
        """The device's graph's outputs by name: logits [rows,C], attention [rows,H,N], rollout [rows,N] where it has it."""
        names, sizes = list(self.outputs), [int(np.prod(shape)) for shape in self.outputs.values()]
        flat = self.kept("device", sum(sizes), lambda row: np.concatenate([v.ravel() for v in self.looker.run(names, {"pixel_values": self.pixels(row)})]))
        parts = np.split(flat, np.cumsum(sizes)[:-1], 1)
        return {name: part.reshape(-1, *shape) for (name, shape), part in zip(self.outputs.items(), parts)}

    def scores(self) -> dict[str, list[np.ndarray]]:
        """How much each patch counts, float64 [N] for each photograph, by each of the two measures that the pack has."""
        said = self.device()
        return {name: [choice.scores(row) for row in said[name]] for name in ("rollout", "attention") if name in said}

    def read(self, row: int, places=None) -> np.ndarray:
        """The edge's logits [C] from the patches at `places`, or all."""
        at, patches = np.arange(self.count) if places is None else np.sort(places), self.patches(row)
        return self.reader.run(["logits"], {"patches": patches[:, at], "positions": at[None].astype(np.int64)})[0][0]

    def whole(self) -> np.ndarray:
        """The edge's logits from all patches [rows,C]."""
        return self.kept("edge", self.classes, self.read)

    def some(self, by: str, rule: str, amount: float) -> tuple[np.ndarray, np.ndarray]:
        """(the edge's class from the patches that a rule keeps, how many those are), int [rows]. Every rule keeps the first ones of an
        order, which is the scores' or, at random, drawn by seed and photograph: so an answer is kept by order and count."""
        if by == "random":
            chosen = [np.random.default_rng([self.seed, int(row)]).permutation(self.count)[:int(amount)] for row in self.rows]
        else:
            chosen = [choice.chosen(a, rule, amount) for a in self.scores()[by]]
        counts, name = np.array([len(c) for c in chosen]), f"{by}-{self.seed}" if by == "random" else by
        full = self.opened(name, self.count + 1)
        missing = [(row, places) for row, places in zip(self.rows, chosen) if np.isnan(full[row, len(places)])]
        for row, places in tqdm(missing, desc=f"{name} {rule} {amount:g}", disable=not missing):
            full[row, len(places)] = self.read(row, places).argmax()
        return full[self.rows, counts].astype(int), counts
