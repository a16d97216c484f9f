"""A complete pack of squeeze with drawn weights, for tests: python -m tandem_training.squeeze.tiny FOLDER."""

import sys
import tempfile
from pathlib import Path

import numpy as np
from onnx import TensorProto

from ..bottleneck import bands, latent_graph
from ..bottleneck.prior import Prior
from ..common import drawn, sections
from ..common.coding import file_bytes
from ..common.graph import Graph
from ..common.packfile import PackWriter, session

FLOAT = TensorProto.FLOAT
WIDTH, HEIGHT, CHANNELS, INNER = 96, 64, 12, 16
RUNGS = {"half": (0.02, 2), "quarter": (0.2, 4)}
POINTS = [(1, "half", {"rung": "half"}), (2, "half-b4", {"rung": "half", "slices": 4}), (3, "quarter", {"rung": "quarter"})]
LABELS = ["ant", "bee", "cat", "dog", "emu"]
MEAN, DEVIATION = (np.array(sections.SQUASH[k], np.float32).reshape(1, 3, 1, 1) for k in ("mean", "deviation"))


def pixels(seed: int) -> np.ndarray:
    return drawn.pixel_values(drawn.picture(seed)[0][64:64 + HEIGHT, 32:32 + WIDTH])


class Weights:
    """Of one rung: what is added to the small picture, and two layers of a backbone, each of which halves."""

    def __init__(self, scale: int, rng):
        inputs = 3 * scale * scale
        self.scale = scale
        self.residual = rng.normal(0, 0.1 / np.sqrt(9 * inputs), (3, inputs, 3, 3)).astype(np.float32)
        self.first = rng.normal(0, np.sqrt(2 / 27), (INNER, 3, 3, 3)).astype(np.float32)
        self.second = rng.normal(0, np.sqrt(2 / (9 * INNER)), (CHANNELS, INNER, 3, 3)).astype(np.float32)


def encoder(w: Weights, medians: np.ndarray, name: str) -> Graph:
    """pixel_values [1,3,h,w] -> latent [1,C,h/4s,w/4s], medians [C] taken off; squeezed [1,3,h/s,w/s], a plain mean of s x s pixels plus the residual."""
    g, s = Graph(name), w.scale
    mean, deviation = g.constant("mean", MEAN), g.constant("deviation", DEVIATION)
    x = g.op("Add", [g.op("Mul", [g.input("pixel_values", FLOAT, [1, 3, HEIGHT, WIDTH]), deviation]), mean])
    plain = g.op("AveragePool", [x], kernel_shape=[s, s], strides=[s, s])
    added = conv(g, g.op("SpaceToDepth", [x], blocksize=s), "residual", w.residual, 1)
    small = g.op("Clip", [g.op("Add", [plain, added]), g.constant("zero", np.float32(0)), g.constant("one", np.float32(1))], "squeezed")
    y = g.op("Relu", [conv(g, g.op("Div", [g.op("Sub", [small, mean]), deviation]), "first", w.first, 2)])
    g.op("Sub", [conv(g, y, "second", w.second, 2), g.constant("medians", medians.astype(np.float32).reshape(1, -1, 1, 1))], "latent")
    g.output("latent", FLOAT, [1, CHANNELS, HEIGHT // s // 4, WIDTH // s // 4])
    g.output("squeezed", FLOAT, [1, 3, HEIGHT // s, WIDTH // s])
    return g


def conv(g: Graph, x, name: str, weight: np.ndarray, stride: int):
    return g.op("Conv", [x, g.constant(name, weight)], kernel_shape=[3, 3], strides=[stride, stride], pads=[1] * 4)


def fitted(w: Weights) -> Prior:
    """Scales the last layer so that its channels' deviations are spread from 0.3 to 4; the prior of what it gives then."""
    with tempfile.TemporaryDirectory() as folder:
        encoder(w, np.zeros(CHANNELS), "raw").save(Path(folder), "raw.onnx")
        run = session(Path(folder) / "raw.onnx", 1)
        latents = np.concatenate([run.run(["latent"], {"pixel_values": pixels(s)})[0] for s in range(12)])
    gain = np.logspace(np.log10(0.3), np.log10(4), CHANNELS) / latents.std((0, 2, 3))
    w.second *= gain.astype(np.float32)[:, None, None, None]
    values = np.moveaxis(latents, 1, 0).reshape(CHANNELS, -1) * gain[:, None]
    return Prior.logistic(np.median(values, 1), values.std(1) * np.sqrt(3) / np.pi)


def restorer(name: str, medians: np.ndarray, scale: int, rng) -> Graph:
    """latent -> picture: each position becomes its 4s x 4s pixels, the same few patterns at each scale."""
    g, side = Graph(name), 4 * scale
    weight = rng.normal(0, 0.15, (3, 1, CHANNELS)) + rng.normal(0, 0.03, (3, side * side, CHANNELS))
    weight = np.moveaxis(weight, 1, 0).reshape(-1, CHANNELS, 1, 1).astype(np.float32)  # DepthToSpace: place, then colour
    x = g.op("Conv", [latent_graph.restored(g, medians), g.constant("weight", weight)])
    g.op("Sigmoid", [g.op("DepthToSpace", [x], blocksize=side)], "picture")
    g.output("picture", FLOAT, [1, 3, HEIGHT, WIDTH])
    return g


def seer(name: str, rng) -> Graph:
    """picture [1,3,h,w], 0 to 1 -> logits: what a classifier that never saw the bits makes of it."""
    g = Graph(name)
    x = g.op("AveragePool", [g.input("picture", FLOAT, [1, 3, HEIGHT, WIDTH])], kernel_shape=[32, 32], strides=[32, 32])
    weight = rng.normal(0, 6, (3 * HEIGHT * WIDTH // 1024, len(LABELS))).astype(np.float32)
    g.op("MatMul", [g.op("Sub", [g.op("Flatten", [x]), g.constant("grey", np.float32(0.5))]), g.constant("weight", weight)], "logits")
    g.output("logits", FLOAT, [1, len(LABELS)])
    return g


def write(folder: Path, seed: int = 1) -> int:
    """Writes the pack; returns its bytes."""
    pack, rng, golden, rungs, rows = PackWriter(folder), np.random.default_rng(seed), [], {}, {}
    weight, bias = (rng.normal(0, 0.7, size).astype(np.float32) for size in ((CHANNELS, len(LABELS)), len(LABELS)))
    for rung, (weighed, scale) in RUNGS.items():
        w = Weights(scale, rng)
        prior = fitted(w)
        rows[rung] = prior.rows()
        pack.graph(encoder(w, prior.medians, f"encoder-{rung}"), [])
        pack.graph(latent_graph.pooled_labels(f"mean-{rung}", prior.medians, weight, bias, "GlobalAveragePool"), [])
        pack.graph(restorer(f"person-{rung}", prior.medians, scale, rng), [])
        rungs[rung] = {"lambda": weighed, "scale": scale, "encoder": f"encoder-{rung}",
                       "tables": pack.write(f"codec/{rung}.bin", file_bytes(rows[rung]))}
    pack.graph(seer("seer", rng), [])
    pack.write("labels.txt", "".join(f"{name}\n" for name in LABELS).encode())
    x, places = pixels(20), {}
    for rung in RUNGS:
        found = dict(zip(("latent", "squeezed"), pack.session(f"encoder-{rung}", 1).run(["latent", "squeezed"], {"pixel_values": x})))
        pack.golden_graph(f"encoder-{rung}", {"pixel_values": x}, found, 1e-3, places)
        places = {"pixel_values": pack.golden[0]["inputs"]["pixel_values"]}
        symbols = np.rint(found["latent"])
        logits = pack.session(f"mean-{rung}", 1).run(None, {"latent": symbols})[0]
        pack.golden_graph(f"mean-{rung}", {"latent": symbols}, {"logits": logits}, 1e-4)
    for number, point, knobs in POINTS:
        latent = np.fromfile(folder / f"golden/encoder-{knobs['rung']}-latent.bin", "<f4").reshape(CHANNELS, HEIGHT // 4 // RUNGS[knobs["rung"]][1], -1)
        made = bands.slices(rows[knobs["rung"]], number, latent, knobs.get("slices", 1))
        golden.append({"point": point, "latent": f"golden/encoder-{knobs['rung']}-latent.bin",
                       "slices": [pack.write(f"golden/{point}-{i}.bin", s) for i, s in enumerate(made)]})
    return pack.finish(**manifest({"squeeze": {"rungs": rungs, "golden": golden}}))


def manifest(methods: dict) -> dict:
    licence, labels = "Apache-2.0", {"labels": "labels.txt"}
    graphs = {"graph": "person-half", "rungs": {"quarter": "person-quarter"}}
    return {
        "name": "tiny-squeeze", "version": "1", "licence": licence,
        "provenance": [{"what": "random weights for tests", "source": "training/tandem_training/squeeze/tiny.py",
                        "licence": licence, "sha256": ""}],
        "preprocessing": {**sections.SQUASH, "width": WIDTH, "height": HEIGHT}, "methods": methods,
        "points": [{"id": i, "name": n, "method": "squeeze", "knobs": k} for i, n, k in POINTS], "defaultPoint": "half",
        "heads": [
            {"name": "mean", "kind": "latent-labels", "settings": {
                "graph": "mean-half", "rungs": {"quarter": "mean-quarter"}, "backbone": "a drawn mean", **labels}},
            {"name": "person", "kind": "latent-picture", "settings": {
                **graphs, "synthetic": True, "drift": "seer", "against": "mean", **labels}},
            {"name": "plain", "kind": "latent-picture", "settings": graphs}]}


if __name__ == "__main__":
    print(write(Path(sys.argv[1])), "bytes")
