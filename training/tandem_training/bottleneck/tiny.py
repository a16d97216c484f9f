"""A complete pack of bottleneck with drawn weights, for tests: python -m tandem_training.bottleneck.tiny FOLDER."""

import sys
from pathlib import Path

import numpy as np
import torch

from ..common import drawn, sections
from ..common.coding import file_bytes
from ..common.graph import DataFile
from ..common.packfile import PackWriter
from . import bands, latent_graph
from .encoder import Encoder, scaled
from .prior import Prior

WIDTH, HEIGHT, CLASSES = 96, 64, 5
RUNGS = {"fine": (0.03, 1.0), "coarse": (0.25, 0.3)}
POINTS = [(1, "fine", {"rung": "fine"}), (2, "coarse", {"rung": "coarse"}), (3, "coarse-b4", {"rung": "coarse", "slices": 4})]
LABELS = ["ant", "bee", "cat", "dog", "emu"]


def pixels(seed: int) -> np.ndarray:
    return drawn.pixel_values(drawn.picture(seed)[0][64:64 + HEIGHT, 32:32 + WIDTH])


def network(seed: int) -> tuple[Encoder, np.ndarray]:
    """An encoder whose channels' deviations are spread from 0.2 to 4, and its latents of some drawn pictures."""
    torch.manual_seed(seed)
    net, some = Encoder(), torch.from_numpy(np.concatenate([pixels(s) for s in range(12)]))
    with torch.no_grad():
        for p in net.parameters():
            if p.dim() > 1:
                torch.nn.init.kaiming_normal_(p)
        deviation = net(some).std((0, 2, 3))
        net = scaled(net, torch.logspace(np.log10(0.2), np.log10(4), len(deviation)) / deviation)
        return net.eval(), net(some).numpy()


def write(folder: Path, seed: int = 1) -> int:
    """Writes the pack; returns its bytes."""
    pack, data, rng = PackWriter(folder), DataFile("encoder.bin"), np.random.default_rng(seed)
    net, latents = network(seed)
    golden, medians, methods = [], {}, {}
    for rung, (weight, gain) in RUNGS.items():
        values = np.moveaxis(gain * latents, 1, 0).reshape(latents.shape[1], -1)
        prior = Prior.logistic(np.median(values, 1), values.std(1) * np.sqrt(3) / np.pi)
        medians[rung] = prior.medians
        pack.graph(latent_graph.encoder(scaled(net, torch.full((len(values),), gain)), prior.medians, data,
                                        f"encoder-{rung}", HEIGHT, WIDTH), [data])
        methods[rung] = {"lambda": weight, "encoder": f"encoder-{rung}",
                         "tables": pack.write(f"codec/{rung}.bin", file_bytes(prior.rows()))}
        methods[rung, "rows"] = prior.rows()
    pack.data(data)
    heads(pack, rng, medians)
    pack.write("labels.txt", "".join(f"{name}\n" for name in LABELS).encode())
    for number, point, knobs in POINTS:
        rung = knobs["rung"]
        latent = pack.session(f"encoder-{rung}", 1).run(None, {"pixel_values": pixels(20)})[0][0]
        made = bands.slices(methods[rung, "rows"], number, latent, knobs.get("slices", 1))
        golden.append({"point": point, "latent": pack.write(f"golden/{point}-latent.bin", latent.astype("<f4").tobytes()),
                       "slices": [pack.write(f"golden/{point}-{i}.bin", s) for i, s in enumerate(made)]})
    ladder = {rung: methods[rung] for rung in RUNGS}
    return pack.finish(**manifest({"bottleneck": {"rungs": ladder, "golden": golden}}))


def heads(pack: PackWriter, rng, medians):
    """Two labelling heads, one with a graph for each rung, and a restorer."""
    c = len(medians["fine"])
    weight, bias = rng.normal(0, 0.5, (c, CLASSES)).astype(np.float32), rng.normal(0, 0.5, CLASSES).astype(np.float32)
    paint, black = rng.normal(0, 0.1, (192, c)).astype(np.float32), np.zeros(192, np.float32)
    for g in (latent_graph.pooled_labels("mean", medians["coarse"], weight, bias, "GlobalAveragePool"),
              latent_graph.pooled_labels("peak-fine", medians["fine"], weight[::-1].copy(), bias, "GlobalMaxPool"),
              latent_graph.pooled_labels("peak", medians["coarse"], weight[::-1].copy(), bias, "GlobalMaxPool"),
              latent_graph.preview("preview", medians["coarse"], paint, black, HEIGHT, WIDTH)):
        pack.graph(g, [])
        x = np.rint(rng.normal(0, 2, (1, c, HEIGHT // 8, WIDTH // 8))).astype(np.float32)
        if g.name != "preview":
            pack.golden_graph(g.name, {"latent": x}, {"logits": pack.session(g.name, 1).run(None, {"latent": x})[0]}, 1e-4)


def manifest(methods: dict) -> dict:
    licence = "Apache-2.0"
    labels = {"labels": "labels.txt"}
    return {
        "name": "tiny-bottleneck", "version": "1", "licence": licence,
        "provenance": [{"what": "random weights for tests", "source": "training/tandem_training/bottleneck/tiny.py",
                        "licence": licence, "sha256": ""}],
        "preprocessing": {**sections.SQUASH, "width": WIDTH, "height": HEIGHT}, "methods": methods,
        "points": [{"id": i, "name": n, "method": "bottleneck", "knobs": k} for i, n, k in POINTS], "defaultPoint": "coarse",
        "heads": [
            {"name": "mean", "kind": "latent-labels", "settings": {"graph": "mean", "backbone": "a drawn mean", **labels}},
            {"name": "peak", "kind": "latent-labels", "settings": {
                "graph": "peak", "rungs": {"fine": "peak-fine"}, "backbone": "a drawn peak", **labels}},
            {"name": "person", "kind": "latent-picture", "settings": {"graph": "preview"}}]}


if __name__ == "__main__":
    print(write(Path(sys.argv[1])), "bytes")
