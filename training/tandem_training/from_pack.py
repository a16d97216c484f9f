"""`from-pack`: the trained parts of a pack back in a work folder, so that training goes on where a pack stopped.

Writes start-encoder.pt (for `distill --start`) and start-lmm.pt (for `lmm --start`). Weights come back as the pack
holds them, rounded to 8 and 16 bits; frozen parts that a pack does not carry (the 37x37 position table) come from
encoder.pt of `base`.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import external_data_helper, numpy_helper

from . import language, vit
from .quant import BLOCK


def constants(folder: Path, graph: str, wanted) -> dict[str, np.ndarray]:
    """Named initialisers of one graph of a pack, those for which wanted(name) holds."""
    model = onnx.load(folder / f"{graph}.onnx", load_external_data=False)
    out = {}
    for tensor in model.graph.initializer:
        if wanted(tensor.name):
            if tensor.external_data:
                external_data_helper.load_external_data_for_tensor(tensor, str(folder))
            out[tensor.name] = numpy_helper.to_array(tensor)
    return out


def encoder(folder: Path, start: dict) -> dict:
    """State of vit.Vit. Layer scales are folded into the weights, so they come back as ones."""
    c, out = constants(folder, "encoder", lambda n: True), dict(start)

    def put(to, value):
        out[to] = torch.from_numpy(np.array(value, np.float32))

    for i in range(vit.LAYERS):
        for name in ("qkv", "proj", "fc1", "fc2"):
            put(f"blocks.{i}.{name}.weight", (c[f"{i}.{name}.weight"].astype(np.float32) * c[f"{i}.{name}.scale"]).T)
            put(f"blocks.{i}.{name}.bias", c[f"{i}.{name}.bias"])
        for n in (1, 2):
            put(f"blocks.{i}.norm{n}.weight", c[f"{i}.norm{n}.weight"])
            put(f"blocks.{i}.norm{n}.bias", c[f"{i}.norm{n}.bias"])
            put(f"blocks.{i}.scale{n}", np.ones(vit.WIDTH))
    put("norm.weight", c["norm.weight"])
    put("norm.bias", c["norm.bias"])
    return out


def projector(folder: Path) -> dict:
    c = constants(folder, "projector", lambda n: True)
    out = {"norm.weight": c["norm.weight"], "norm.bias": c["norm.bias"], "fc1.weight": c["first.weight"].T,
           "fc1.bias": c["first.bias"], "fc2.weight": c["second.weight"].T, "fc2.bias": c["second.bias"]}
    return {k: torch.from_numpy(np.array(v, np.float32)) for k, v in out.items()}


def adapter(folder: Path, rank: int) -> dict:
    c, out = constants(folder, "decoder", lambda n: ".lora_" in n), {}
    for key in (k for k in c if not k.endswith(".scale")):
        layer, which, part = key.split(".")
        values = ((c[key].astype(np.float32) - 128) * c[f"{key}.scale"][..., None]).reshape(len(c[key]), -1)
        values = values[:rank] if part == "lora_a" else values[:, :rank]
        out[f"layers.{layer}.{which}.{part[-1]}"] = torch.from_numpy(values.copy())
    return out


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training from-pack", description=__doc__)
    p.add_argument("--pack", type=Path, required=True)
    p.add_argument("--work", type=Path, required=True, help="folder with encoder.pt from `base`")
    p.add_argument("--rank", type=int, default=16, help=f"rank of the adapter (the pack pads it to a multiple of {BLOCK // 2})")
    a = p.parse_args(argv)
    torch.save({"encoder": encoder(a.pack, torch.load(a.work / "encoder.pt"))}, a.work / "start-encoder.pt")
    state = adapter(a.pack, a.rank)
    torch.save({"adapter": state, "projector": projector(a.pack)}, a.work / "start-lmm.pt")
    print(f"{a.pack}: encoder, projector and {len(state)} adapter matrices of rank {a.rank} in {a.work}; "
          f"layers {len(state) // 2 // len(language.LINEARS)}")


if __name__ == "__main__":
    main()
