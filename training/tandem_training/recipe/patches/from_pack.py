"""`patches-from-pack`: the device's classifier of a pack back in a work folder.

    patches-from-pack --work W --pack ../models/smol-vqa        W/patches-device.pt: for --guide and for `patches-export --device`

So the edge's classifier can be fitted to a new encoder, and exported beside the device's classifier as it is. Linear layers come back rounded to
8 bits and are rounded to the same integers again when they are exported. A run of `patches-device` does not go on from it: there is no optimiser in it.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch

from ...patches.network import PatchVit, Shape
from .. import from_pack

LINEARS, NORMS = ("qkv", "proj", "fc1", "fc2"), ("norm1", "norm2")


def network(folder: Path, graph: str, heads: int) -> PatchVit:
    """The network of a device's graph of a pack, which has 8-bit layers; `heads`: of its attention."""
    c = {k: v.astype(np.float32) for k, v in from_pack.constants(folder, graph, lambda n: True).items() if v.dtype != np.int64}
    if "head.scale" not in c:
        raise SystemExit(f"reading the classifier [{graph}] of [{folder}]: found no layers of 8 bits, needed a graph of `patches-export`")
    width, channels, side, _ = c["patch.weight"].shape
    pixels = side * round(len(c["positions"].reshape(-1, width)) ** 0.5)
    norm = next(n for n in onnx.load(folder / f"{graph}.onnx", load_external_data=False).graph.node if n.op_type == "LayerNormalization")
    epsilon = next(onnx.helper.get_attribute_value(a) for a in norm.attribute if a.name == "epsilon")
    layers = sum(k.endswith(".qkv.weight") for k in c)
    net = PatchVit(Shape(pixels, side, width, heads, c["0.qkv.weight"].shape[1] // 3 // heads, c["0.fc1.weight"].shape[1], layers,
                         len(c["head.bias"]), len(c["head.weight"]) // width, epsilon))
    state = {"patch.weight": c["patch.weight"].reshape(width, -1), "patch.bias": c["patch.bias"], "cls": c["class"].ravel(),
             "pos": c["positions"].reshape(-1, width), "norm.weight": c["norm.weight"], "norm.bias": c["norm.bias"]}
    for name in ["head", *(f"{i}.{n}" for i in range(layers) for n in LINEARS)]:
        to = name if name == "head" else f"blocks.{name}"
        state |= {f"{to}.weight": (c[f"{name}.weight"] * c[f"{name}.scale"]).T, f"{to}.bias": c[f"{name}.bias"]}
    state |= {f"blocks.{i}.{n}.{part}": c[f"{i}.{n}.{part}"] for i in range(layers) for n in NORMS for part in ("weight", "bias")}
    net.load_state_dict({k: torch.from_numpy(np.array(v)) for k, v in state.items()})
    return net.eval()


def device(folder: Path) -> dict:
    """What `patches-edge --guide` and `patches-export --device` read."""
    manifest = json.loads((folder / "pack.json").read_text("utf-8"))
    if "patches" not in manifest["methods"]:
        raise SystemExit(f"reading the device's classifier of [{folder}]: found methods {sorted(manifest['methods'])}, needed patches")
    section = manifest["methods"]["patches"]
    attention = next(o for o in manifest["graphs"][section["classifier"]]["outputs"] if o["name"] == "attention")
    net = network(folder, section["classifier"], attention["shape"][1])
    return {"net": net.state_dict(), "shape": net.shape._asdict(), "temperature": section["temperature"]}


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training patches-from-pack", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--work", type=Path, required=True)
    p.add_argument("--pack", type=Path, required=True, help="a pack of `patches-export`")
    a = p.parse_args(argv)
    found = device(a.pack)
    torch.save(found, a.work / "patches-device.pt")
    print(f"{a.work / 'patches-device.pt'}: {found['shape']['layers']} layers, temperature {found['temperature']:g}")


if __name__ == "__main__":
    main()
