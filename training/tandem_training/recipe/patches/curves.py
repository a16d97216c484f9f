"""`patches-curves`: how well a pack's method patches doubts, chooses and knows itself, on labelled photographs that chose nothing.

Five parts, each from the pack's own graphs: `doubt` (when the device answers itself), `choice` (which patches travel), `calibration`,
`parity` (needs --torch: the edge's graph beside the network it was made of), `work` (what the edge computes). Writes curves.json,
curves.md and a plot for each of the first three into --out. Answers are kept in --work, so that a run that was stopped goes on.
"""

import argparse
import json
from pathlib import Path

import torch

from ...common import photos
from ...patches import curves
from . import parts, report
from ..batches import CLASS_INDEX
from .answers import Answers
from .parity import parity

PARTS = ("doubt", "choice", "calibration", "parity", "work")


def numbers(text: str) -> list[int]:
    return [int(n) for n in text.split(",")]


def arguments():
    p = argparse.ArgumentParser(prog="tandem-training patches-curves", description=__doc__)
    p.add_argument("--pack", type=Path, required=True, help="folder of a pack with the method patches")
    p.add_argument("--classes", type=Path, required=True, help="ZIP or folder, val/<wnid>/*")
    p.add_argument("--out", type=Path, required=True, help="folder of the report")
    p.add_argument("--work", type=Path, help="folder where answers are kept")
    p.add_argument("--split", default="val", help="the first folder of the names")
    p.add_argument("--wnid-index", default=",".join(map(str, CLASS_INDEX)), help="as in `distill`")
    p.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    p.add_argument("--limit", type=int, help="at most this many photographs, spread over the folders")
    p.add_argument("--temperature", type=float, help="of the device in `doubt` (default: the pack's)")
    p.add_argument("--counts", type=numbers, default="16,32,64,96,128,192", help="patches in `choice`")
    p.add_argument("--torch", type=Path, help="checkpoint of `patches-edge` that the pack was exported from")
    p.add_argument("--top", type=int, default=128, help="patches in `parity`")
    p.add_argument("--work-counts", type=numbers, default="256,171,128,64", help="patches in `work`")
    p.add_argument("--runs", type=int, default=50, help="of the edge for each of those")
    p.add_argument("--draws", type=int, default=2000, help="of the bootstrap")
    p.add_argument("--seed", type=int, default=1, help="of the bootstrap and of random patches")
    return p


def main(argv=None):
    a = arguments().parse_args(argv)
    torch.set_num_threads(1)
    of = Answers(a.pack, photos.Source(a.classes), a.split, numbers(a.wnid_index), a.limit, a.work, a.seed)
    weight = curves.draws(len(of.rows), a.draws, a.seed)
    found = {"pack": a.pack.name, "photographs": len(of.rows), "temperature": of.temperature}
    measures = {"doubt": lambda: parts.doubt(of, weight, a.temperature), "choice": lambda: parts.chosen(of, weight, a.counts),
                "calibration": lambda: parts.calibrated(of, weight), "parity": lambda: parity(of, a.torch, a.top),
                "work": lambda: parts.worked(of, a.work_counts, a.runs)}
    for part in a.parts:
        if part == "parity" and not a.torch:
            print("parity is left out: it needs --torch")
        else:
            found[part] = measures[part]()
    a.out.mkdir(parents=True, exist_ok=True)
    (a.out / "curves.json").write_text(json.dumps(found, indent=1))
    text = report.markdown(found)
    (a.out / "curves.md").write_text(text)
    for name, svg in report.plots(found).items():
        (a.out / f"{name}.svg").write_text(svg)
    print(text)


if __name__ == "__main__":
    main()
