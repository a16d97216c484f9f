"""`patches-export`: the two classifiers of the method patches, and the patch codec, into a pack.

Into a pack that is there (--pack), in place: its `methods.patches`, points, graphs, the head of kind patch-labels, golden
vectors; weights of the edge's classifier that the pack's encoder has too are read from the encoder's file. Or a pack of
its own (--out). Reads checkpoints of `patches-device` and `patches-edge` and the file of `patches-transform`; prints
PyTorch against ONNX Runtime for both graphs.
"""

import argparse
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from ...common import amend, drawn, sections
from ...common.graph import DataFile, Shared, Written
from ...common.packfile import PackWriter
from ...encoder import teacher
from ...patches import choice, graphs, transform
from ...patches.network import PatchVit, cut
from . import run as patches_run
from .golden import golden_code

DEVICE, EDGE, HEAD, TRANSFORM = "patches-device", "patches-edge", "patches", "codec/transform.bin"
PICTURES = 8  # drawn ones; the last is the golden one, as of the encoder
POINTS = [{"name": "sure", "knobs": {"eta": 0.8, "amount": 0.97, "code": "jpeg", "quality": 50}},
          {"name": "sure-rgb", "knobs": {"eta": 0.8, "amount": 0.97, "code": "rgb"}},
          {"name": "sure-some", "knobs": {"eta": 0.8, "amount": 0.8, "code": "jpeg", "quality": 30}},
          {"name": "sure-few", "knobs": {"eta": 0.8, "amount": 0.6, "code": "jpeg", "quality": 20}}]


class Parts(NamedTuple):
    """What a pack is made of; `rollout`: whether the device's graph computes it."""

    device: PatchVit
    device_temperature: float
    edge: PatchVit
    edge_temperature: float
    labels: list[str]
    codec: transform.Transform | None = None
    rollout: bool = True
    weights: str = "int8"


def points(parts: Parts, wanted: list[dict], step: float | None) -> list[dict]:
    """Points with ids from 1; with a codec one more, of code transform at `step` (default: the trained one)."""
    wanted = list(wanted)
    if parts.codec and not any(p["knobs"]["code"] == "transform" for p in wanted):
        knobs = wanted[0]["knobs"]
        wanted.append({"name": "sure-transform", "knobs": {"eta": knobs["eta"], "amount": knobs["amount"], "code": "transform",
                                                           "step": step or parts.codec.step}})
    out = []
    for i, p in enumerate(wanted):
        knobs = p["knobs"]
        shift = {"scaleShift": parts.codec.shift(knobs["step"])} if knobs["code"] == "transform" and "scaleShift" not in knobs else {}
        out.append({"id": i + 1, "name": p["name"], "method": "patches", "knobs": knobs | shift})
    return out


def write_graphs(pack: PackWriter, parts: Parts, encoder: str | None = None):
    """Both graphs; `encoder`: file of a graph of this pack whose weights may be read."""
    device, edge = DataFile(f"{DEVICE}.bin"), DataFile(f"{EDGE}.bin")
    shared = Shared(edge.name, Written(pack.folder, encoder)) if encoder else edge
    pack.graph(graphs.device(parts.device, device, DEVICE, parts.rollout, parts.weights), [device])
    pack.graph(graphs.edge(parts.edge, shared, EDGE, parts.weights), [*([shared.written] if encoder else []), shared])
    pack.data(device, *([shared] if shared.parts else []))


@torch.no_grad()
def parity(pack: PackWriter, parts: Parts, pictures: int = PICTURES) -> dict[str, dict]:
    """Both graphs beside PyTorch on drawn pictures, the edge on those patches that the device looks at most. Prints the
    largest differences and how often both name one class; gives the last picture's tensors by graph."""
    run, worst = {n: pack.session(n, 1) for n in (DEVICE, EDGE)}, {}
    names = [o["name"] for o in pack.graphs[DEVICE]["outputs"]]
    same, s = [], parts.device.shape
    for seed in range(pictures):
        pixels = drawn.pixel_values(drawn.picture(seed, size=s.pixels)[0])
        patches = cut(torch.from_numpy(pixels), s.patch)
        found, wanted = dict(zip(names, run[DEVICE].run(None, {"pixel_values": pixels}))), dict(zip(names, parts.device.look(patches)))
        at = np.sort(choice.chosen(choice.scores(found["attention"][0]), "top", max(1, s.grid ** 2 // 4)))[None]
        feed = {"patches": patches[:, at[0]].numpy(), "positions": at}
        found["edge"], wanted["edge"] = run[EDGE].run(None, feed)[0], parts.edge(patches[:, at[0]], torch.from_numpy(at))
        for key, value in wanted.items():
            worst[key] = max(worst.get(key, 0), float(np.abs(found[key] - value.numpy()).max() / np.abs(value.numpy()).max()))
        same += [found[k].argmax() == int(wanted[k].argmax()) for k in ("logits", "edge")]
    print(f"PyTorch and ONNX Runtime on {pictures} drawn pictures, largest difference to the largest value: "
          + ", ".join(f"{k} {v:.1e}" for k, v in worst.items()) + f"; the same class {sum(same)} of {len(same)}", flush=True)
    return {DEVICE: ({"pixel_values": pixels}, {n: found[n] for n in names}), EDGE: (feed, {"logits": found["edge"]})}


def fill(pack: PackWriter, parts: Parts, at: list[dict], labels: str, encoder: str | None = None, places=None) -> tuple[dict, dict]:
    """Writes everything but the manifest; (the method's section, the head)."""
    if len({parts.device.shape.classes, parts.edge.shape.classes, len(parts.labels)}) > 1:
        raise SystemExit(f"writing the method patches: found [{parts.device.shape.classes}] classes on the device, "
                         f"[{parts.edge.shape.classes}] on the edge and [{len(parts.labels)}] labels, needed one number")
    write_graphs(pack, parts, encoder)
    pack.write(labels, "".join(f"{name}\n" for name in parts.labels).encode())
    for graph, (inputs, outputs) in parity(pack, parts).items():
        pack.golden_graph(graph, inputs, outputs, 5e-3, places)
    coded = []
    if parts.codec:
        pack.write(TRANSFORM, parts.codec.file_bytes())
        point = next(p for p in at if p["knobs"]["code"] == "transform")
        picture = transform.patches_of(drawn.picture(7, size=parts.device.shape.pixels)[0][None], parts.codec.side)[0]
        coded = [golden_code(pack, parts.codec, point, picture)]
    section = sections.patches_method(DEVICE, parts.device_temperature, coded, TRANSFORM if parts.codec else "", labels)
    return section, sections.patches_head(HEAD, EDGE, parts.edge_temperature, labels)


def same_picture(folder: Path, pixels: int) -> dict[str, str]:
    """Where the pack's encoder has the golden picture of `parity` already."""
    file, picture = "golden/encoder-pixel_values.bin", drawn.pixel_values(drawn.picture(PICTURES - 1, size=pixels)[0])
    return {"pixel_values": file} if (folder / file).exists() and (folder / file).read_bytes() == picture.tobytes() else {}


def into(folder: Path, parts: Parts, wanted: list[dict], provenance: list[dict], version: str | None, step: float | None = None) -> int:
    """Puts the method into a pack that is there; returns the pack's bytes."""
    manifest, pack, at = json.loads((folder / "pack.json").read_text("utf-8")), PackWriter(folder), points(parts, wanted, step)
    pre, s = manifest["preprocessing"], parts.device.shape
    if (pre["width"], pre["height"]) != (s.pixels, s.pixels):
        raise SystemExit(f"adding patches to [{folder}]: found pictures of {pre['width']} x {pre['height']}, needed {s.pixels} x {s.pixels}")
    text = "".join(f"{name}\n" for name in parts.labels).encode()
    own = (folder / "labels.txt").exists() and (folder / "labels.txt").read_bytes() != text
    encoder = manifest["graphs"].get("encoder", {}).get("file")
    places = same_picture(folder, s.pixels)
    section, head = fill(pack, parts, at, "patches-labels.txt" if own else "labels.txt", encoder, places)
    return amend.add_method(pack, "patches", section, at, head, provenance, version)


def alone(folder: Path, parts: Parts, wanted: list[dict], provenance: list[dict], name: str, version: str = "1", preprocessing=None,
          step: float | None = None) -> int:
    """Writes a pack of this method only; returns its bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    pack, at = PackWriter(folder), points(parts, wanted, step)
    section, head = fill(pack, parts, at, "labels.txt")
    return pack.finish(name=name, version=version, licence="Apache-2.0", provenance=provenance, preprocessing=preprocessing or sections.SQUASH,
                       methods={"patches": section}, points=at, defaultPoint=at[0]["name"], heads=[head])


def read_parts(a) -> Parts:
    (device, one), (edge, two) = (patches_run.load(f) for f in (a.device, a.edge))
    names = a.labels.read_text("utf-8").splitlines() if a.labels else teacher.class_names(a.device.parent)
    codec = transform.read(a.transform.read_bytes()) if a.transform else None
    return Parts(device, one["temperature"], edge, two["temperature"], names, codec, not a.no_rollout)


def lines(extra: list[str]) -> list[dict]:
    """Lines of provenance: what the classifiers were made from, and more as `export` takes them."""
    out = [{"what": "classifiers of the method patches, cut out of the vision encoder and distilled from the teachers", "source":
            "training/tandem_training/recipe/patches/device.py, edge.py", "licence": "Apache-2.0", "sha256": ""}]
    for line in extra:
        what, source, licence, *digest = line.split("|")
        out.append({"what": what, "source": source, "licence": licence, "sha256": digest[0] if digest else ""})
    return out


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training patches-export", description=__doc__)
    where = p.add_mutually_exclusive_group(required=True)
    where.add_argument("--pack", type=Path, help="a pack to put the method into")
    where.add_argument("--out", type=Path, help="folder of a new pack")
    p.add_argument("--device", type=Path, required=True, help="checkpoint of `patches-device`")
    p.add_argument("--edge", type=Path, required=True, help="checkpoint of `patches-edge`")
    p.add_argument("--transform", type=Path, help="file of `patches-transform`")
    p.add_argument("--step", type=float, help="of the point of code transform (default: the trained one)")
    p.add_argument("--labels", type=Path, help="a file of 1,000 names, a line each (default: torchvision's, fetched)")
    p.add_argument("--points", type=Path, help='JSON: [{"name", "knobs"}...] (default: four with eta 0.8)')
    p.add_argument("--no-rollout", action="store_true", help="leave rollout out of the device's graph")
    p.add_argument("--name", default="smol-patches")
    p.add_argument("--version", help="of the pack (default: 1, or what it has)")
    p.add_argument("--provenance", action="append", default=[], metavar="WHAT|SOURCE|LICENCE[|SHA256]", help="more lines of provenance")
    a = p.parse_args(argv)
    parts, wanted = read_parts(a), json.loads(a.points.read_text("utf-8")) if a.points else POINTS
    if a.pack:
        size = into(a.pack, parts, wanted, lines(a.provenance), a.version, a.step)
    else:
        size = alone(a.out, parts, wanted, lines(a.provenance), a.name, a.version or "1", step=a.step)
    folder = a.pack or a.out
    weights = {n: (folder / f"{n}.bin").stat().st_size if (folder / f"{n}.bin").exists() else 0 for n in (DEVICE, EDGE)}
    print(f"{folder}: {size / 1e6:.1f} MB; weights of their own: device {weights[DEVICE]} bytes, edge {weights[EDGE]}")


if __name__ == "__main__":
    main()
