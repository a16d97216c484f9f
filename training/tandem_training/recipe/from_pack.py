"""`from-pack`: the trained parts of a pack back in a work folder, so that training goes on where a pack stopped.

Writes start-encoder.pt (for `distill --start`), start-lmm.pt (for `lmm --start`) and start-codec.pt (for `lmm --codec`). Weights come back as the pack
holds them, rounded to 8 and 16 bits; frozen parts that a pack does not carry (the 37x37 position table) come from
encoder.pt of `base`.
"""

import argparse
import json
import math
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import external_data_helper, numpy_helper

from ..common.quant import BLOCK
from ..encoder import vit
from ..language import llama
from ..tofc import hyper, tables
from ..tofc.codec_export import LOGIT_UNIT
from ..tofc.codec_model import ACTIVATION, Codec, MEAN_UNIT


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


def synthesis(data: bytes) -> list[tuple[np.ndarray, np.ndarray]]:
    """[(weight [E,out,in], bias [E,out])] in real numbers, from the integers of hyper.bin."""
    layers, out = hyper.read(data), []
    for k, layer in enumerate(layers):
        n, last = layer.multiplier.shape[1], k + 1 == len(layers)
        unit = np.repeat([MEAN_UNIT, LOGIT_UNIT], n // 2) if last else np.full(n, ACTIVATION)
        real = layer.multiplier / 2.0 ** layer.shift * unit
        bias = layer.bias * real
        if last:
            bias[:, n // 2:] -= 8 * LOGIT_UNIT
        out.append((layer.weight * (real / (1 if k == 0 else ACTIVATION))[..., None], bias))
    return out


def codec(folder: Path) -> Codec:
    """The pack's codec, to be trained on: analysis from its graph, synthesis from its integers, densities from its tables."""
    manifest = json.loads((folder / "pack.json").read_text())
    c = constants(folder, "hyper_analysis", lambda n: n.startswith(("router.", "analysis.")))
    part, point = manifest["methods"]["tofc"], manifest["points"][0]["knobs"]
    step = round(point["step"] * math.exp(point["scaleShift"] * tables.ROW_RATIO / 16), 2)
    layers = synthesis((folder / part["hyper"]).read_bytes())
    inner = tuple(c[f"analysis.{i}.weight"].shape[2] for i in range(len(layers) - 1))
    out = Codec(part["tokenWidth"], part["experts"], part["hyperWidth"], inner, step)
    rows = [(r.cdf, r.offset) for r in tables.read((folder / part["tables"]).read_bytes())]
    with torch.no_grad():
        for name, layer in (("first", out.router[0]), ("second", out.router[2])):
            layer.weight.copy_(torch.from_numpy(c[f"router.{name}.weight"].astype(np.float32).T))
            layer.bias.copy_(torch.from_numpy(c[f"router.{name}.bias"].astype(np.float32)))
        for i, (w, b) in enumerate(layers):
            out.analysis.weights[i].copy_(torch.from_numpy(c[f"analysis.{i}.weight"].astype(np.float32).transpose(0, 2, 1)))
            out.analysis.biases[i].copy_(torch.from_numpy(c[f"analysis.{i}.bias"].astype(np.float32)[:, 0]))
            out.synthesis.weights[i].copy_(torch.from_numpy(w))
            out.synthesis.biases[i].copy_(torch.from_numpy(b))
        out.share.copy_(torch.from_numpy(np.diff(rows[0][0])[:out.count] / tables.TOTAL))
        out.prior.copy_(torch.tensor([spread(*r) for r in rows[1:1 + out.count * out.hyper]]).view_as(out.prior))
    return out.eval()


def spread(cdf: np.ndarray, first: int) -> float:
    """The parameter of a zero-mean logistic density with the mean size of a table's symbols, which is 2 ln 2 of its scale.

    Symbols that only have the least chance a table gives are left out: there are many, far from zero.
    """
    count = np.diff(cdf)[:-1]
    p = np.where(count > 3, count, 0)
    size = (p * np.abs(first + np.arange(len(p)))).sum() / p.sum()
    return math.log(math.expm1(max(0.12, size / (2 * math.log(2))) - 0.05)) - 0.5


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training from-pack", description=__doc__)
    p.add_argument("--pack", type=Path, required=True)
    p.add_argument("--work", type=Path, required=True, help="folder with encoder.pt from `base`")
    p.add_argument("--rank", type=int, default=16, help=f"rank of the adapter (the pack pads it to a multiple of {BLOCK // 2})")
    a = p.parse_args(argv)
    torch.save({"encoder": encoder(a.pack, torch.load(a.work / "encoder.pt"))}, a.work / "start-encoder.pt")
    state = adapter(a.pack, a.rank)
    torch.save({"adapter": state, "projector": projector(a.pack)}, a.work / "start-lmm.pt")
    trained = codec(a.pack)
    torch.save({"codec": trained.state_dict(), "settings": trained.settings}, a.work / "start-codec.pt")
    print(f"{a.pack}: codec, encoder, projector and {len(state)} adapter matrices of rank {a.rank} in {a.work}; "
          f"layers {len(state) // 2 // len(llama.LINEARS)}")


if __name__ == "__main__":
    main()
