"""`patches-transform`: fits the patch codec to patches of training photographs, and holds it against the code jpeg.

On photographs kept out: bytes a patch, PSNR, and how often the edge's classifier names the class that it names from the same
patches uncoded. Both codes send the same patches, in slices of `--slice` patches, payloads only; the codec's by ideal length
and six bytes a slice for the coder's state, since the coder in Python is slow. A table at each step
and quality, and bytes interpolated at equal PSNR and at equal agreement; said as it is where the codec loses.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from ...common import drawn
from ...encoder import vit
from ...patches import choice, jpeg, transform, transform_fit
from ...patches.network import PatchVit, cut
from . import run as patches_run
from .data import Photographs

STATE = 6  # bytes of a stream beyond its ideal length, on average
QUALITIES, STEPS = (10, 20, 30, 50, 75, 90), (96, 64, 48, 32, 24, 16, 12, 8)


def sample(photographs: Photographs, count: int, side: int, seed: int) -> np.ndarray:
    """uint8 [count,3*side*side]: patches of training photographs, sixteen of each."""
    rng, out = np.random.default_rng(seed), []
    for k, i in photographs.draw(rng, -(-count // 16), None):
        patches = transform.patches_of(photographs.sets[k].pictures[i][None], side)[0]
        out.append(patches[rng.permutation(len(patches))[:16]])
    return np.concatenate(out)[:count]


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    return float(10 * np.log10(255 ** 2 / np.square(a.astype(np.float64) - b).mean()))


class Kept:
    """Photographs kept out, the places that are sent of each, and the class of the edge's classifier from them uncoded."""

    def __init__(self, a, photographs: Photographs, edge: PatchVit, guide: PatchVit | None):
        self.edge, self.side, self.a = edge, edge.shape.patch, a
        items = [i for part in photographs.kept(-(-a.checked // len(photographs.sets))) for i in part]
        rgb = np.stack([photographs.sets[k].pictures[i] for k, i in items])
        self.patches = transform.patches_of(rgb, self.side)
        self.places = [np.arange(self.patches.shape[1])] * len(items)
        if guide:
            with torch.no_grad():
                rows = [guide.attention(cut(torch.from_numpy(drawn.pixel_values(p)), self.side))[0].numpy() for p in rgb]
            self.places = [np.sort(choice.chosen(choice.scores(r), "sum", a.amount)) for r in rows]
        self.sent = [p[at] for p, at in zip(self.patches, self.places)]
        self.best = self.classes(self.sent)

    def classes(self, sent: list[np.ndarray]) -> np.ndarray:
        out = []
        for patches, at in zip(sent, self.places):
            rgb = torch.from_numpy(patches.reshape(-1, self.side, self.side, 3).copy()).permute(0, 3, 1, 2)
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=self.a.bf16):
                out.append(int(self.edge(vit.normalise(rgb).flatten(1)[None], torch.from_numpy(at)[None]).argmax()))
        return np.array(out)

    def measured(self, name: str, code) -> dict:
        """`code`: patches -> (bytes, decoded patches), called for each slice."""
        sizes, decoded = [], []
        for patches in self.sent:
            parts = [code(patches[i:i + self.a.slice]) for i in range(0, len(patches), self.a.slice)]
            sizes.append(sum(len(data) for data, _ in parts))
            decoded.append(np.concatenate([d for _, d in parts]))
        row = {"code": name, "bytes a patch": round(sum(sizes) / sum(map(len, self.sent)), 2), "bytes a picture": round(float(np.mean(sizes))),
               "psnr": round(psnr(np.concatenate(decoded), np.concatenate(self.sent)), 2),
               "agreement": round(100 * float((self.classes(decoded) == self.best).mean()), 1)}
        print(row, flush=True)
        return row


def compared(codec: transform.Transform, kept: Kept, qualities, steps) -> list[dict]:
    side, rows = codec.side, []

    def by_jpeg(quality):
        def code(patches):
            file = jpeg.whole(patches, side, quality)
            return jpeg.scan(file), jpeg.decoded(file, side)
        return code

    def by_transform(step):
        def code(patches):
            symbols, bits, cost = codec.costs(patches, step, codec.shift(step))
            at = np.arange(len(patches)), cost.argmin(1)
            return bytes(round(bits[at].sum() / 8 + STATE)), codec.decoded(at[1], symbols[at], step)
        return code

    rows += [kept.measured(f"jpeg q{q}", by_jpeg(q)) for q in qualities]
    return rows + [kept.measured(f"transform s{s:g}", by_transform(s)) for s in steps]


def gains(rows: list[dict], by: str) -> list[tuple[str, float]]:
    """For each row of jpeg inside the codec's range: bytes of the codec, interpolated in their logarithm, to bytes of jpeg at equal `by`."""
    own = sorted((r[by], np.log(r["bytes a patch"])) for r in rows if r["code"].startswith("transform"))
    at, size = (np.array(c) for c in zip(*own))
    size = np.minimum.accumulate(size[::-1])[::-1]  # what reaches at least this value, for the fewest bytes
    return [(r["code"], float(np.exp(np.interp(r[by], at, size)) / r["bytes a patch"])) for r in rows
            if r["code"].startswith("jpeg") and at[0] <= r[by] <= at[-1]]


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training patches-transform", description=__doc__)
    p.add_argument("--work", type=Path, required=True, help="the codec's file and the table go there")
    p.add_argument("--classes", type=Path, required=True)
    p.add_argument("--photos", type=Path, nargs="*", default=[])
    p.add_argument("--edge", type=Path, required=True, help="checkpoint of `patches-edge`, or of the encoder with its class head")
    p.add_argument("--guide", type=Path, help="checkpoint of `patches-device`, which chooses what is sent (default: everything is)")
    p.add_argument("--amount", type=float, default=0.97, help="share of the scores that is sent")
    p.add_argument("--patches", type=int, default=60000, help="to fit to")
    p.add_argument("--experts", type=int, default=8)
    p.add_argument("--coefficients", type=int, default=256)
    p.add_argument("--basis", choices=("cosines", "components"), default="cosines", help="common rows, or each class's principal components")
    p.add_argument("--step", type=float, default=40.0, help="trained at, in grey levels")
    p.add_argument("--rounds", type=int, default=6)
    p.add_argument("--checked", type=int, default=300, help="kept photographs to compare on")
    p.add_argument("--slice", type=int, default=40, help="patches in a slice")
    p.add_argument("--qualities", default=",".join(map(str, QUALITIES)))
    p.add_argument("--steps", default=",".join(map(str, STEPS)))
    p.add_argument("--fitted", action="store_true", help="compare the file that is there")
    p.add_argument("--out", default="patches-transform")
    p.add_argument("--bf16", action="store_true")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--limit", type=int, help="at most this many photographs of each source (smoke)")
    a = p.parse_args(argv)
    torch.set_num_threads(a.threads)
    photographs = Photographs(a.classes, a.photos, a.work / "pictures", a.limit)
    state = torch.load(a.edge)
    edge = patches_run.load(a.edge)[0] if "net" in state else patches_run.base_network(a.edge).eval()
    file = a.work / f"{a.out}.bin"
    if not a.fitted:
        begun = time.process_time()
        patches = sample(photographs, a.patches, edge.shape.patch, a.seed)
        codec = transform_fit.fit(patches, edge.shape.patch, a.experts, a.coefficients, a.step, a.rounds, a.seed, a.basis,
                                  lambda s: print(s, flush=True))
        file.write_bytes(codec.file_bytes())
        print(f"fitted to {len(patches)} patches in {time.process_time() - begun:.0f} s: {file.stat().st_size} bytes", flush=True)
    codec = transform.read(file.read_bytes())
    kept = Kept(a, photographs, edge, patches_run.load(a.guide)[0] if a.guide else None)
    rows = compared(codec, kept, [int(q) for q in a.qualities.split(",")], [float(s) for s in a.steps.split(",")])
    report = {"photographs": len(kept.sent), "patches": sum(map(len, kept.sent)), "rows": rows}
    for by in ("psnr", "agreement"):
        report[by] = gains(rows, by)
        print(f"transform's bytes to jpeg's at equal {by}: " + ", ".join(f"{name} {value:.2f}" for name, value in report[by]), flush=True)
    (a.work / f"{a.out}.json").write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
