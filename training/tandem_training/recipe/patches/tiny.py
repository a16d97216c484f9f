"""`patches-tiny`: a complete pack of the method patches with random networks, some 300 KB: same files and formats as a real one.

The temperature is set and the point "some" has an eta at which about half of the drawn pictures are answered on the device.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from ...common import drawn, sections
from ...common.graph import DataFile
from ...common.packfile import PackWriter
from ...patches import choice, graphs, transform, transform_fit
from ...patches.network import PatchVit, Shape, cut
from .golden import golden_code
from ..tiny import LABELS

DEVICE = Shape(width=24, heads=2, head=12, inner=48, layers=2, classes=len(LABELS), pooled=1)
EDGE = Shape(width=32, heads=2, head=16, inner=64, layers=2, classes=len(LABELS), pooled=2)
TEMPERATURE = {"device": 1.25, "edge": 0.9}
STEP, COARSE = 12.0, 24.0
PIXELS = "golden/encoder-pixel_values.bin"  # of the pack tiny-vqa beside this one, the same drawn picture


def network(shape: Shape, gain: float) -> PatchVit:
    """Random weights; `gain` on the head, so that answers differ in how sure they are."""
    net = PatchVit(shape).eval()
    with torch.no_grad():
        for name, p in net.named_parameters():
            if p.dim() > 1 or name == "cls":
                p.normal_(0, 0.04 if name.startswith("patch") else 0.2)
        for block in net.blocks:
            block.qkv.weight.mul_(1.7)
        net.head.weight.mul_(gain)
    return net


def codec() -> transform.Transform:
    rgb = np.stack([drawn.picture(100 + i)[0] for i in range(24)])
    return transform_fit.fit(transform.patches_of(rgb, DEVICE.patch).reshape(-1, 588), DEVICE.patch, 2, 12, STEP, rounds=3, say=lambda line: None)


@torch.no_grad()
def middle_eta(net: PatchVit, count: int = 24) -> float:
    """The median doubt over drawn pictures."""
    pixels = np.concatenate([drawn.pixel_values(drawn.picture(300 + i, 1 + i % 4)[0]) for i in range(count)])
    logits = net(cut(torch.from_numpy(pixels), DEVICE.patch)).numpy()
    return round(float(np.median(choice.doubt(choice.probabilities(logits, TEMPERATURE["device"])))), 2)


def points(eta: float, shift: int) -> list[dict]:
    at = sections.patches_point
    return [at(1, "here", 64, 0.97, "rgb"), at(2, "whole", 0, 1, "rgb", guess=0),
            at(3, "all", 0, 0.97, "jpeg", quality=50), at(4, "some", eta, 0.6, "jpeg", quality=30),
            at(5, "some-rgb", eta, 0.6, "rgb"), at(6, "some-transform", eta, 0.6, "transform", step=COARSE, scaleShift=shift),
            at(7, "some-rollout", eta, 0.6, "jpeg", scores="rollout", quality=30),
            at(8, "few-fused", 0, 12, "rgb", rule="top", fuse=0.5)]


def write(folder: Path, seed: int = 1) -> int:
    """Writes the pack; returns its bytes."""
    torch.manual_seed(seed)
    pack, device, edge, trained = PackWriter(folder), network(DEVICE, 2.2), network(EDGE, 2.2), codec()
    files = {n: DataFile(f"patches-{n}.bin") for n in ("device", "edge")}
    pack.graph(graphs.device(device, files["device"]), [*files.values()])
    pack.graph(graphs.edge(edge, files["edge"]), [*files.values()])
    pack.data(*files.values())
    pack.write("labels.txt", "".join(f"{name}\n" for name in LABELS).encode())
    pack.write("codec/transform.bin", trained.file_bytes())

    rgb = drawn.picture(7)[0]
    pixels = drawn.pixel_values(rgb)
    found = dict(zip(("logits", "attention", "rollout"), pack.session("patches-device", 1).run(None, {"pixel_values": pixels})))
    pack.golden_graph("patches-device", {"pixel_values": pixels}, found, 2e-3, {"pixel_values": PIXELS})
    at = np.sort(choice.chosen(choice.scores(found["attention"][0]), "top", 8))[None]
    feed = {"patches": cut(torch.from_numpy(pixels), EDGE.patch).numpy()[:, at[0]], "positions": at}
    pack.golden_graph("patches-edge", feed, {"logits": pack.session("patches-edge", 1).run(None, feed)[0]}, 2e-3)
    at = points(middle_eta(device), trained.shift(COARSE))
    coded = [golden_code(pack, trained, at[5], transform.patches_of(rgb[None], EDGE.patch)[0])]
    return finish(pack, at, coded, pixels)


def finish(pack: PackWriter, at: list[dict], coded: list[dict], pixels: np.ndarray) -> int:
    licence = "Apache-2.0"
    return pack.finish(
        shared={PIXELS: ("tiny-vqa", pixels.tobytes())}, name="tiny-patches", version="1", licence=licence,
        provenance=[{"what": "random weights for tests", "source": "training/tandem_training/recipe/patches/tiny.py",
                     "licence": licence, "sha256": ""}],
        preprocessing=sections.SQUASH,
        methods={"patches": sections.patches_method("patches-device", TEMPERATURE["device"], coded, "codec/transform.bin")},
        points=at, defaultPoint="some", heads=[sections.patches_head("shapes", "patches-edge", TEMPERATURE["edge"])])


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training patches-tiny", description=__doc__)
    p.add_argument("--out", type=Path, required=True, help="folder of the pack; files in it are replaced")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args(argv)
    a.out.mkdir(parents=True, exist_ok=True)
    print(f"{a.out}: {write(a.out, a.seed)} bytes")


if __name__ == "__main__":
    main()
