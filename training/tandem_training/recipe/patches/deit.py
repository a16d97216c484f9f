"""`patches-deit`: a pack of the method patches from two classifiers of `transformers`, off the shelf, as the paper has it.

Each is a folder or name that ViTForImageClassification reads: DeiT-Tiny on the device, DeiT-Base on the edge, 16 x 16 patches of
224 x 224 pixels. Published DeiT checkpoints without a distillation token are of this class. Nothing is trained: the
temperatures are 1 unless they are said. Pictures are squashed no more than the models' own preparation does: shorter side 256, the middle cut out.
"""

import argparse
import json
from pathlib import Path

from ...patches import from_transformers, transform
from ...patches.network import PatchVit
from . import export as patches_export

MEAN, DEVIATION = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def read(name: str) -> tuple[PatchVit, list[str]]:
    """(network, labels)"""
    try:
        from transformers import ViTForImageClassification
    except ImportError as e:
        raise SystemExit(f"reading a classifier [{name}]: the package transformers isn't here; install it (pip install transformers)") from e
    model = ViTForImageClassification.from_pretrained(name, attn_implementation="eager")
    labels = [model.config.id2label[i].replace("\n", " ") for i in range(model.config.num_labels)]
    return from_transformers.network(model.eval()), labels


def prepared(folder: str, pixels: int, resize: int) -> dict:
    """`preprocessing` of the manifest; mean and deviation as the model's folder says, else ImageNet's."""
    file = Path(folder) / "preprocessor_config.json"
    said = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return {"width": pixels, "height": pixels, "fit": "crop", "resize": resize, "mean": said.get("image_mean", MEAN),
            "deviation": said.get("image_std", DEVIATION)}


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training patches-deit", description=__doc__)
    p.add_argument("--device", required=True, metavar="MODEL", help="the small classifier")
    p.add_argument("--edge", required=True, metavar="MODEL", help="the big one")
    p.add_argument("--out", type=Path, required=True, help="folder of the pack; files in it are replaced")
    p.add_argument("--name", default="deit-patches")
    p.add_argument("--resize", type=int, default=256, help="pixels of the shorter side before the middle is cut out")
    p.add_argument("--temperatures", type=float, nargs=2, default=(1.0, 1.0), metavar=("DEVICE", "EDGE"))
    p.add_argument("--transform", type=Path, help="file of `patches-transform` for patches of this size")
    p.add_argument("--weights", choices=("int8", "half"), default="int8")
    p.add_argument("--points", type=Path, help="as in `patches-export`")
    p.add_argument("--no-rollout", action="store_true", help="leave rollout out of the device's graph")
    p.add_argument("--licence", default="not stated", help="of the two models")
    a = p.parse_args(argv)
    (device, labels), (edge, others) = read(a.device), read(a.edge)
    if labels != others or (device.shape.pixels, device.shape.patch) != (edge.shape.pixels, edge.shape.patch):
        raise SystemExit(f"pairing [{a.device}] and [{a.edge}]: found {len(labels)} and {len(others)} labels, {device.shape.pixels} and "
                         f"{edge.shape.pixels} pixels, patches of {device.shape.patch} and {edge.shape.patch}; needed the same ones")
    codec = transform.read(a.transform.read_bytes()) if a.transform else None
    parts = patches_export.Parts(device, a.temperatures[0], edge, a.temperatures[1], labels, codec, not a.no_rollout, a.weights)
    said = [{"what": f"classifier on the {end}", "source": Path(name).name if Path(name).exists() else name, "licence": a.licence, "sha256": ""}
            for end, name in (("device", a.device), ("edge", a.edge))]
    wanted = json.loads(a.points.read_text("utf-8")) if a.points else patches_export.POINTS
    size = patches_export.alone(a.out, parts, wanted, said, a.name, preprocessing=prepared(a.device, device.shape.pixels, a.resize))
    print(f"{a.out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
