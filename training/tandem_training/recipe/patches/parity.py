"""Does the pack's graph name the class that the network in PyTorch names from the same patches? With the weights of the checkpoint,
and with those weights as the pack stores them: the second says what the graph does, the first what rounding costs."""

from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from ...common.quant import per_channel
from ...encoder.vision_graph import array
from ...patches import choice
from ...patches.network import PatchVit
from . import run as patches_run
from ..from_pack import constants
from .answers import Answers


def rounded(net: PatchVit) -> PatchVit:
    """A copy whose linears are 8 bits per output channel and whose patch embedding is 16 bits, as graphs.edge stores them."""
    out = PatchVit(net.shape).eval()
    out.load_state_dict(net.state_dict())
    with torch.no_grad():
        for name, part in out.named_modules():
            if isinstance(part, torch.nn.Linear) and name != "patch":
                q, scale = per_channel(array(part.weight))
                part.weight.copy_(torch.from_numpy((q * scale).T))
        out.patch.weight.copy_(out.patch.weight.half())
    return out


def same_weights(of: Answers, net: PatchVit) -> bool:
    """Whether the pack's graph was made of this network."""
    stored = constants(of.pack, of.graph, lambda n: n in ("positions.table", "head.bias"))
    return np.array_equal(stored["positions.table"], array(net.pos)) and np.array_equal(stored["head.bias"], array(net.head.bias))


def gap(logits) -> float:
    """Between the two best."""
    best = np.sort(logits)[-2:]
    return float(best[1] - best[0])


@torch.no_grad()
def parity(of: Answers, file: Path, count: int) -> dict:
    """On every photograph, from its top `count` patches by the pack's own scores: how many get another class, and how near those were."""
    net = patches_run.load(file)[0].eval()
    if not same_weights(of, net):
        raise SystemExit(f"comparing [{of.pack}] with [{file}]: found other positions or another head in the graph [{of.graph}], "
                         f"needed the checkpoint that it was exported from")
    nets, scores = {"checkpoint": net, "rounded": rounded(net)}, next(iter(of.scores().values()))
    out = {"photographs": len(of.rows), "patches": min(count, of.count)} | {name: {"differ": [], "worst": 0.0} for name in nets}
    gaps, right = [], {name: 0 for name in ("pack", *nets)}
    for row, a, label in zip(tqdm(of.rows, desc="parity"), scores, of.label):
        at = np.sort(choice.chosen(a, "top", count))
        found, patches = of.read(row, at), torch.from_numpy(of.patches(row)[:, at])
        gaps.append(gap(found))
        right["pack"] += int(found.argmax() == label)
        for name, one in nets.items():
            wanted = one(patches, torch.from_numpy(at)[None])[0].numpy()
            out[name]["worst"] = max(out[name]["worst"], float(np.abs(found - wanted).max()))
            right[name] += int(wanted.argmax() == label)
            if found.argmax() != wanted.argmax():
                out[name]["differ"].append({"name": of.names[row], "gap": gap(wanted), "gap in the pack": gap(found)})
    return out | {"gap, median": float(np.median(gaps)), "gap, a tenth": float(np.percentile(gaps, 10)), "right": right}
