"""The tables of a CompressAI state dict as tables.bin, with the medians that its graphs subtract and add."""

import argparse
from pathlib import Path

import numpy as np
import torch

from ..common.coding import TOTAL, Row, file_bytes

BUFFERS = ("_quantized_cdf", "_cdf_length", "_offset", "quantiles")


def modules(state: dict) -> list[str]:
    """Prefixes of the entropy bottlenecks in a state dict: "" or "entropy_bottleneck."."""
    return sorted(key[:-len("quantiles")] for key in state
                  if key.endswith("quantiles") and all(key[:-len("quantiles")] + b in state for b in BUFFERS))


def chosen(state: dict, module: str) -> str:
    found = modules(state)
    wanted = [m for m in found if module in (None, m.rstrip("."))]
    if len(wanted) != 1:
        raise SystemExit(f"importing tables: found the entropy bottlenecks {[m.rstrip('.') or '(the whole)' for m in found]}, "
                         f"needed {'one of them by --module' if found else 'one with ' + ', '.join(BUFFERS)}")
    return wanted[0]


def tables(state: dict, prefix: str) -> tuple[list[Row], np.ndarray]:
    """Rows and medians [C]. Refuses what the coder could not use, so also a model whose `update` was never called."""
    cdf, length, offset = (state[prefix + b].detach().cpu().numpy() for b in BUFFERS[:3])
    quantiles = state[prefix + BUFFERS[3]].detach().cpu().float().numpy()
    length, offset = length.reshape(-1), offset.reshape(-1)
    if cdf.ndim != 2 or not len(cdf) or not len(cdf) == len(length) == len(offset) == len(quantiles):
        raise SystemExit(f"importing tables: found shapes {cdf.shape}, {length.shape}, {offset.shape}, {quantiles.shape}, "
                         "needed a row for each channel: call the model's update(force=True) and save it again")
    rows = []
    for c, (row, n, o) in enumerate(zip(cdf, length, offset)):
        row = row[:max(0, int(n))].astype(np.int64)
        if len(row) < 3 or row[0] != 0 or row[-1] != TOTAL or (np.diff(row) <= 0).any() or abs(int(o)) > 1 << 24:
            raise SystemExit(f"importing tables: found row [{c}] of [{n}] entries from [{row[:1]}] to [{row[-1:]}], needed "
                             f"a rise from 0 to {TOTAL}: call the model's update(force=True) and save it again")
        rows.append(Row(row, int(o)))
    return rows, quantiles[:, 0, 1].copy()


def load(file: Path) -> dict:
    """Tensors by name; a checkpoint that keeps them under state_dict is one too. Runs no code of the file's."""
    state = torch.load(file, map_location="cpu", weights_only=True)
    return state.get("state_dict", state)


def write(file: Path, out: Path, module: str | None = None) -> int:
    """tables.bin and medians.bin (float32 [C]) in a folder; returns the number of channels."""
    state = load(file)
    rows, medians = tables(state, chosen(state, module))
    out.mkdir(parents=True, exist_ok=True)
    (out / "tables.bin").write_bytes(file_bytes(rows))
    (out / "medians.bin").write_bytes(medians.astype("<f4").tobytes())
    return len(rows)


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="tandem-training import-compressai", description=__doc__)
    parser.add_argument("state", type=Path, help="state dict, as torch.save writes it")
    parser.add_argument("out", type=Path, help="folder for tables.bin and medians.bin")
    parser.add_argument("--module", help="which entropy bottleneck, where there are several: entropy_bottleneck")
    a = parser.parse_args(arguments)
    print(f"{write(a.state, a.out, a.module)} channels: {a.out / 'tables.bin'}, {a.out / 'medians.bin'}")
