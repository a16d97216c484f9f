"""`latent-bands`: what the bands of a latent map are worth, each alone and by their order, on kept-out photographs.

    latent-bands --pack ../models/nette-bottleneck --classes IMAGENETTE --checked 400

For each operating point: how often the answer stays the same when one band is lost, band by band, and when a share of them is:
the last ones of their own order, or those that one half of the photographs showed to be worth least, tried on the other half.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from ...bottleneck import bands
from ...common import coding, packfile
from . import bottleneck_data
from .bottleneck_measure import symbols

SHARES = (0.1, 0.2, 0.5)


class Answers:
    """A point's encoder and one head: the class of a picture's symbols."""

    def __init__(self, folder: Path, manifest: dict, point: dict, head: str | None, threads: int):
        rung = point["knobs"]["rung"]
        method = manifest["methods"][point["method"]]["rungs"][rung]
        found = next(h for h in manifest["heads"] if h["kind"] == "latent-labels" and head in (None, h["name"]))
        settings = found["settings"]
        self.head, self.id = found["name"], point["id"]
        self.encoder = packfile.opened(folder, manifest, method["encoder"], threads)
        self.tail = packfile.opened(folder, manifest, settings.get("rungs", {}).get(rung, settings["graph"]), threads)
        self.rows = coding.read((folder / method["tables"]).read_bytes())

    def of(self, s: np.ndarray) -> int:
        return int(self.tail.run(None, {"latent": s[None].astype(np.float32)})[0].argmax())

    def bands(self, s: np.ndarray) -> int:
        return len(bands.slices(self.rows, self.id, s.astype(np.float32)))


def without(s: np.ndarray, lost, count: int) -> np.ndarray:
    """Symbols [C,H,W] -> float32, some of `count` bands, not all, filled as the edge fills them (docs/methods.md, Bands)."""
    gone = np.zeros((1, *s.shape[1:]), bool)
    for b in lost:
        bands.values(gone, b, count)[...] = True
    out, here = s.astype(np.float32), ~gone[0]
    for x in np.flatnonzero(here.any(0)):
        out[:, :, x] = between(out[:, :, x], here[:, x])
    for y in range(s.shape[1]):
        out[:, y] = between(out[:, y], here.any(0))
    return out


def between(lines: np.ndarray, here: np.ndarray) -> np.ndarray:
    """[C,n] with what is not here on the line between its neighbours that are, or as the nearest at an end."""
    known, all_of_it = np.flatnonzero(here), np.arange(len(here))
    return np.stack([np.interp(all_of_it, known, line[known]) for line in lines])


def measure(answers: Answers, pictures: np.ndarray) -> str:
    """Lines of text."""
    maps = [symbols(answers.encoder, p) for p in pictures]
    whole, count = [answers.of(s) for s in maps], int(np.median([answers.bands(s) for s in maps]))
    kept = np.array([[answers.of(without(s, [b], count)) == w for b in range(count)] for s, w in zip(maps, whole)])
    lines = [f"{len(maps)} photographs, {count} bands; the same answer with band 0, 1, ... lost, %: " + " ".join(f"{100 * v:.1f}" for v in kept.mean(0)),
             f"by chance alone these would lie {100 * float(np.sqrt(kept.mean() * (1 - kept.mean()) / len(kept))):.1f} apart (standard deviation), "
             f"they do {100 * float(kept.mean(0).std()):.1f}"]
    worth = np.argsort(kept[::2].mean(0))  # those that are missed most come first
    for share in SHARES:
        lost = max(1, round(share * count))
        orders = {"their own order": range(count - lost, count), "by what they are worth": worth[count - lost:]}
        same = {name: 100 * np.mean([answers.of(without(s, which, count)) == w for s, w in zip(maps[1::2], whole[1::2])]) for name, which in orders.items()}
        lines.append(f"the last {lost} of {count} lost, %: " + ", ".join(f"{k} {v:.1f}" for k, v in same.items()))
    return "\n".join(lines)


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training latent-bands", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pack", type=Path, required=True)
    p.add_argument("--classes", type=Path, required=True, help="val/* are asked")
    p.add_argument("--head", help="(default: the first that names classes)")
    p.add_argument("--points", help="some of them, with a comma between (default: all)")
    p.add_argument("--work", type=Path, default=Path(), help="where decoded photographs are kept")
    p.add_argument("--checked", type=int, default=400)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--limit", type=int, help="at most this many photographs are read (smoke)")
    a = p.parse_args(argv)
    manifest = json.loads((a.pack / "pack.json").read_text("utf-8"))
    pictures, _, order = bottleneck_data.Kept(a.classes, None, a.work / "pictures", a.limit).sets()["labelled"]
    for point in manifest["points"]:
        if a.points is None or point["name"] in a.points.split(","):
            print(f"{point['name']}: " + measure(Answers(a.pack, manifest, point, a.head, a.threads), pictures[np.sort(order[:a.checked])]), flush=True)


if __name__ == "__main__":
    main()
