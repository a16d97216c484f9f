"""What the edge has of a photograph once it has decoded the device's slices, computed by the pack's own files, cached.

For each photograph: all tokens, the tokens merged to 8, 16, 32 and 64 clusters, the tokens decoded at each of some
operating points of the codec, and the teachers' logits. An interrupted set goes on where it stopped.

The encoder is the pack's graph. Where many photographs are to be seen for training, the same weights in PyTorch with
products in bf16 are three times as fast on a CPU with AMX; their tokens differ by 0.4 % of the deviation, where the
middle step of the codec leaves 25 %.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from ..common import drawn, photos
from ..encoder import cluster, vit
from ..tofc.pack_ends import Pack
from . import from_pack
from .features import COUNTS, MERGED, START


class HalfEncoder:
    """The pack's encoder in PyTorch, products in bf16: RGB uint8 [B,224,224,3] -> float32 [B,256,C]."""

    def __init__(self, folder: Path):
        kept, self.net = ("class", "positions", "patch.weight", "patch.bias"), vit.Vit()
        held = from_pack.constants(folder, "encoder", lambda n: n in kept)
        held = {k: torch.from_numpy(np.array(v, np.float32)) for k, v in held.items()}
        state = from_pack.encoder(folder, self.net.state_dict())
        self.net.load_state_dict({**state, "patch.weight": held["patch.weight"], "patch.bias": held["patch.bias"],
                                  "cls": held["class"], "pos_cls": torch.zeros_like(state["pos_cls"])})
        self.positions = held["positions"]

    @torch.no_grad()
    def __call__(self, rgb):
        x = torch.from_numpy(np.concatenate([drawn.pixel_values(r) for r in rgb]))
        with torch.autocast("cpu", torch.bfloat16):
            return self.net(x, self.positions)[0].float().numpy()


def views(pack: Pack, tokens: np.ndarray):
    """All tokens [B,256,C] -> merged [B,120,C], decoded [B, sum of the points' clusters, C]."""
    merged = torch.cat([cluster.dpc_knn(torch.from_numpy(tokens), c) for c in COUNTS], 1).numpy()
    coded = {}
    for count in sorted({c for c, _ in pack.points.values()}):
        own = [p for p, (c, _) in pack.points.items() if c == count]
        x = merged[:, START[count]:START[count] + count]
        for p, y in zip(own, pack.decoded(x.reshape(-1, x.shape[2]), [pack.points[p][1] for p in own])):
            coded[p] = y.reshape(x.shape)
    return merged, np.concatenate([coded[p] for p in pack.points], 1)


def drawn_names(source: photos.Source, prefix: str, limit: int | None = None) -> list[str]:
    """At most `limit` pictures under a prefix, in an order drawn once, so that any part of a set is a fair one."""
    names = source.pictures(prefix)
    return [names[i] for i in np.random.default_rng(3).permutation(len(names))[:limit]]


class Seen:
    """One set on disk: `names` [N], the teachers' `logits` {name: float32 [N,1000]}, tokens by view.

    Views: `all`, `m64`, `m32`, `m16`, `m8` (merged, not quantised) and the names of the operating points.
    """

    def __init__(self, folder: Path, name: str):
        about = json.loads((folder / f"{name}.json").read_text())
        load = {k: np.load(folder / f"{name}-{k}.npy", mmap_mode="r") for k in ("tokens", "merged", "coded", "logits")}
        self.name, self.names = name, about["names"]
        self.logits = {t: load["logits"][:len(self.names), i] for i, t in enumerate(about["teachers"])}
        self.places, at = {"all": (load["tokens"], 0, 256)}, 0
        for c in COUNTS[::-1]:
            self.places[f"m{c}"] = (load["merged"], START[c], c)
        for point, c in about["points"].items():
            self.places[point] = (load["coded"], at, c)
            at += c

    def get(self, rows, view: str) -> np.ndarray:
        """float32 [len(rows), n, C]."""
        array, at, count = self.places[view]
        return array[rows, at:at + count].astype(np.float32)


def extract(pack: Pack, teachers: dict, source: photos.Source, names: list[str], folder: Path, name: str, threads: int = 2,
            half: bool = False, batch: int = 32) -> Seen:
    """Writes one set, float16 tokens, where it isn't complete already. `teachers`: {name: teacher}, see encoder/teacher.py.
    `half`: the encoder's products in bf16."""
    folder.mkdir(parents=True, exist_ok=True)
    done_file, marker = folder / f"{name}.json", folder / f"{name}.progress"
    if done_file.exists():
        return Seen(folder, name)
    width, points = pack.encoder.get_outputs()[0].shape[2], {p: c for p, (c, _) in pack.points.items()}
    shapes = {"tokens": (256, width), "merged": (MERGED, width), "coded": (sum(points.values()), width),
              "logits": (len(teachers), 1000)}
    mode, done = ("r+", int(marker.read_text())) if marker.exists() else ("w+", 0)
    out = {k: np.lib.format.open_memmap(folder / f"{name}-{k}.npy", mode, *((np.float32 if k == "logits" else np.float16,
                                        (len(names), *s)) if mode == "w+" else ())) for k, s in shapes.items()}
    encode = HalfEncoder(pack.folder) if half else pack.tokens

    def some(rows):
        rgb = np.stack([photos.decode(source.read(names[i])) for i in rows])
        out["tokens"][rows] = tokens = encode(rgb)
        out["merged"][rows], out["coded"][rows] = views(pack, tokens)
        x = torch.from_numpy(rgb).permute(0, 3, 1, 2).float().contiguous()
        for i, taught in enumerate(teachers.values()):
            out["logits"][rows, i] = taught(x).numpy()

    with ThreadPoolExecutor(threads) as pool:
        for at in tqdm(range(done, len(names), batch), desc=f"seen {name}", mininterval=10, unit_scale=batch):
            rows = np.arange(at, min(at + batch, len(names)))
            list(pool.map(some, [part for part in np.array_split(rows, threads) if len(part)]))
            marker.write_text(str(at + batch))
    for o in out.values():
        o.flush()
    done_file.write_text(json.dumps({"names": names, "points": points, "teachers": [*teachers]}))
    marker.unlink(missing_ok=True)
    return Seen(folder, name)
