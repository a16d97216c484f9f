"""`squeeze-figures`: the two kinds of redundancy of rungs and controls, on kept-out photographs, as a Markdown table.

    squeeze-figures --work W --classes IMAGENETTE --photos COCO squeeze-2-0.5.pt bicubic-2-0.5.pt squeeze-2-0.pt none-1-0.5.pt
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from ...bottleneck import factorised
from ...squeeze import figures
from . import bottleneck_data
from ..loop import pixels
from .squeeze import adopted
from .squeeze_run import lengths


def arguments():
    p = argparse.ArgumentParser(prog="tandem-training squeeze-figures", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--work", type=Path, required=True)
    p.add_argument("--classes", type=Path, help="val/<wnid>/* of ten classes")
    p.add_argument("--photos", type=Path, nargs="*", default=[], help="test/* of the first")
    for name in ("lite2", "lite0"):
        p.add_argument(f"--{name}", type=Path, default=Path(name))
    p.add_argument("--mobilenet", type=Path)
    p.add_argument("--checked", type=int, default=400, help="at most this many kept photographs of each set")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--limit", type=int, help="at most this many photographs of each source (smoke)")
    p.add_argument("rungs", nargs="+", type=Path, help="checkpoints of `squeeze` in W")
    return p


@torch.no_grad()
def symbols(a, state: dict, rgb, batch: int = 25) -> tuple[np.ndarray, factorised.FactorisedPrior]:
    """(symbols int64 [N,C,H,W] of pictures uint8 [N,3,224,224], prior)."""
    module, back = (n.eval() for n in adopted(a, state))
    prior = factorised.FactorisedPrior(len(back.rise))
    prior.load_state_dict(state["prior"])
    prior.settle()
    found = [prior.symbols(back(module(rgb[i:i + batch].float()))) for i in range(0, len(rgb), batch)]
    return torch.cat(found).numpy().astype(np.int64), prior


def main(argv=None):
    a = arguments().parse_args(argv)
    torch.set_num_threads(a.threads)
    sets = bottleneck_data.Kept(a.classes, a.photos[0] if a.photos else None, a.work / "pictures", a.limit).sets()
    rgb = torch.cat([pixels(pictures[np.sort(order[:a.checked])]) for pictures, _, order in sets.values()])
    found = {}
    for file in a.rungs:
        s, prior = symbols(a, torch.load(a.work / file, "cpu"), rgb)
        found[file.stem] = figures.of(s, lengths(prior)(s))
    print(f"{len(rgb)} photographs\n\n" + figures.table(found), end="")


if __name__ == "__main__":
    main()
