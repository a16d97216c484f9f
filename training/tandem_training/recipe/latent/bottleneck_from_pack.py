"""`bottleneck-from-pack`: the trained parts of a pack back in a work folder, so that rungs and blueprints are trained on where it stopped.

    bottleneck-from-pack --work W --pack ../models/nette-bottleneck             W/fine.pt, W/coarse.pt: for --start and --on
    bottleneck-from-pack --work W --classifier ../models/smol-vqa               W/vit.pt: the edge's classifier of the method patches

Encoders come back as they were, blueprints rounded to 8 bits, the prior fitted to the tables. The classifier's frozen position
table, which a pack does not carry, comes from encoder.pt of `base`.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from ...bottleneck import encoder as encoders, prior_fit
from ...common import coding
from .. import from_pack


def state(found: dict[str, np.ndarray], prefix: str) -> dict[str, torch.Tensor]:
    """The weights of a graph whose names begin with `prefix`, in fp32, without it."""
    named = {k.removeprefix(prefix): v.astype(np.float32) for k, v in found.items() if k.startswith(prefix)}
    scale = {k.removesuffix(".scale"): named.pop(k) for k in [*named] if k.endswith(".scale")}
    return {k: torch.from_numpy(np.array(v * scale.get(k.removesuffix(".weight"), 1) if k.endswith(".weight") else v)) for k, v in named.items()}


def rung(folder: Path, manifest: dict, name: str) -> dict:
    """What `bottleneck --start` and `--on` read."""
    part, heads = manifest["methods"]["bottleneck"]["rungs"][name], manifest["heads"]
    graphs = {h["name"]: h["settings"].get("rungs", {}).get(name, h["settings"]["graph"]) for h in heads}
    found = {head: from_pack.constants(folder, graph, lambda n: n == "medians" or ".blueprint." in n) for head, graph in graphs.items()}
    medians = next(iter(found.values()))["medians"].ravel()
    net = encoders.Encoder()
    try:
        net.load_state_dict(state(from_pack.constants(folder, part["encoder"], lambda n: True), f"{part['encoder']}."))
    except RuntimeError as e:
        raise SystemExit(f"reading the rung [{name}] of [{folder}]: its encoder is none of 141,696 parameters in fp32, which is what can be trained on: {e}")
    with torch.no_grad():
        net[-1].skip.bias += torch.from_numpy(medians.copy())
    prior = prior_fit.fitted(coding.read((folder / part["tables"]).read_bytes()), medians)
    return {"variant": "hd", "lambda": part["lambda"], "encoder": net.state_dict(), "prior": prior.state_dict(), "features": {}, "tail": [],
            "blueprints": {head: state(found[head], f"{graph}.blueprint.") for head, graph in graphs.items()}}


def classifier(folder: Path, work: Path) -> dict:
    """The encoder and the head that the edge reads patches with, as `bottleneck --vit` reads them."""
    if (folder / "patches-edge.bin").exists():
        raise SystemExit(f"reading the classifier of [{folder}]: found [patches-edge.bin], so layers of its own; needed an edge with the pack's encoder alone")
    c = from_pack.constants(folder, "patches-edge", lambda n: n.startswith("head."))
    weight = (c["head.weight"].astype(np.float32) * c["head.scale"]).T
    return {"encoder": from_pack.encoder(folder, torch.load(work / "encoder.pt")),
            "classes": {"weight": torch.from_numpy(weight.copy()), "bias": torch.from_numpy(c["head.bias"].copy())}}


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training bottleneck-from-pack", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--work", type=Path, required=True)
    p.add_argument("--pack", type=Path, help="a pack of `bottleneck-export`: its rungs")
    p.add_argument("--classifier", type=Path, help="a pack of `patches-export` whose edge has the pack's own encoder; needs encoder.pt in W")
    a = p.parse_args(argv)
    if not a.pack and not a.classifier:
        p.error("nothing to take apart: give --pack, --classifier or both")
    if a.pack:
        manifest = json.loads((a.pack / "pack.json").read_text("utf-8"))
        if "bottleneck" not in manifest["methods"]:
            raise SystemExit(f"reading the rungs of [{a.pack}]: found methods {sorted(manifest['methods'])}, needed bottleneck")
        for name in manifest["methods"]["bottleneck"]["rungs"]:
            found = rung(a.pack, manifest, name)
            torch.save(found, a.work / f"{name}.pt")
            print(f"{a.work / name}.pt: lambda {found['lambda']:g}, blueprints {', '.join(found['blueprints'])}")
    if a.classifier:
        found = classifier(a.classifier, a.work)
        torch.save(found, a.work / "vit.pt")
        print(f"{a.work / 'vit.pt'}: {len(found['classes']['bias'])} classes")


if __name__ == "__main__":
    main()
