"""PyTorch's DPC-KNN, as the papers' code does it, on the tokens that cluster_bench wrote: same centres first, then time.

    cluster_bench --out FOLDER && python cluster_peer.py FOLDER

One thread. `cdist` is the published way; `gram` takes distances from one matrix product, with the norms added.
"""

import pathlib
import re
import statistics
import sys
import time

import numpy as np
import torch


def distances_cdist(x):
    return torch.cdist(x, x) / x.shape[-1] ** 0.5


def distances_gram(x):
    norms = (x * x).sum(-1)
    squared = norms[..., :, None] + norms[..., None, :] - 2 * x @ x.transpose(-1, -2)
    return (squared.clamp_min(0) / x.shape[-1]).sqrt()


def dpc_knn(x, clusters, neighbours, distances):
    """x [1, n, width]: centres, assignment, merged tokens."""
    n = x.shape[1]
    d = distances(x)
    nearest, _ = torch.topk(d, neighbours, dim=-1, largest=False)
    density = (-(nearest**2).mean(dim=-1)).exp()
    density = density + torch.rand_like(density) * 1e-6
    denser = (density[:, None, :] > density[:, :, None]).type(x.dtype)
    greatest = d.flatten(1).max(dim=-1)[0][:, None, None]
    separation, _ = (d * denser + greatest * (1 - denser)).min(dim=-1)
    _, centres = torch.topk(separation * density, clusters, dim=-1)
    to_centres = torch.gather(d, 1, centres[:, :, None].expand(-1, -1, n))
    assignment = to_centres.argmin(dim=1)
    assignment.scatter_(1, centres, torch.arange(clusters).expand(1, -1))
    merged = torch.zeros(1, clusters, x.shape[-1], dtype=x.dtype)
    merged[0].index_add_(0, assignment[0], x[0])
    counts = torch.bincount(assignment[0], minlength=clusters)
    return centres[0], assignment[0], merged / counts[None, :, None]


def main(folder):
    torch.set_num_threads(1)
    torch.manual_seed(0)
    print(f"torch {torch.__version__}, {torch.get_num_threads()} thread")
    for file in sorted(folder.glob("*.tokens"), key=lambda f: int(f.name.split("x")[0])):
        n, width, clusters = map(int, re.fullmatch(r"(\d+)x(\d+)to(\d+)", file.stem).groups())
        x = torch.from_numpy(np.fromfile(file, dtype=np.float32).reshape(1, n, width))
        centres = np.fromfile(file.with_suffix(".centres"), dtype=np.int32)
        assignment = np.fromfile(file.with_suffix(".assignment"), dtype=np.int32)
        ours = float(file.with_suffix(".ms").read_text())
        for name, distances in (("cdist", distances_cdist), ("gram", distances_gram)):
            with torch.inference_mode():
                found, joined, _ = dpc_knn(x, clusters, 5, distances)
                shared = len(set(found.tolist()) & set(centres.tolist())) / clusters
                alike = float((found.numpy()[joined.numpy()] == centres[assignment]).mean())
                times = []
                for _ in range(31):
                    start = time.perf_counter()
                    dpc_knn(x, clusters, 5, distances)
                    times.append((time.perf_counter() - start) * 1e3)
            median = statistics.median(times)
            print(f"{n}x{width} to {clusters}  {name:5}  centres alike {shared:.3f}, assignments {alike:.3f}"
                  f"  torch {median:.2f} ms ({min(times):.2f}-{max(times):.2f}), ours {ours:.2f} ms: {median / ours:.2f}x")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
