"""Encoder and codec of a pack as device and edge run them, from the pack's own files: pixels to what the edge decodes."""

import json
from pathlib import Path

import numpy as np

from ..common import amend, drawn, packfile
from . import hyper


class Pack:
    """One thread a call; safe to call from several threads. `points`: {name: (clusters, step)} of those asked for."""

    def __init__(self, folder: Path, points: list[str]):
        self.folder, manifest = folder, json.loads((folder / "pack.json").read_text("utf-8"))
        part = manifest["methods"]["tofc"]
        self.encoder, self.analysis = (packfile.session(folder / manifest["graphs"][part[k]]["file"], 1)
                                       for k in ("encoder", "analysis"))
        self.encoder_hash = amend.weights_hash(folder, manifest["graphs"][part["encoder"]])
        self.layers = hyper.read((folder / part["hyper"]).read_bytes())
        known = {p["name"]: (p["knobs"]["clusters"], p["knobs"]["step"]) for p in manifest["points"] if p["method"] == "tofc"}
        if not set(points) <= set(known):
            raise SystemExit(f"opening pack [{folder}] at points {points}: needed some of {[*known]}")
        self.points = {p: known[p] for p in points}

    def tokens(self, rgb: np.ndarray) -> np.ndarray:
        """RGB uint8 [B,224,224,3] -> float32 [B,256,C]."""
        return np.concatenate([self.encoder.run(["last_hidden_state"], {"pixel_values": drawn.pixel_values(r)})[0] for r in rgb])

    def decoded(self, tokens: np.ndarray, steps: list[float]) -> list[np.ndarray]:
        """Merged tokens float32 [T,C] -> what the edge decodes at each step, float32 [T,C] (docs/bitstream.md:
        y = rint((token - mean) / step), decoded y * step + mean, the mean of the integer hyper-synthesis)."""
        expert, z = self.analysis.run(["expert", "z"], {"tokens": tokens})
        z = np.clip(np.rint(z), -127, 127).astype(np.int64)
        mean = (hyper.run(self.layers, expert, z)[0] * 2.0 ** -hyper.MEAN_BITS).astype(np.float32)
        return [np.rint((tokens - mean) / s) * s + mean for s in map(np.float32, steps)]
