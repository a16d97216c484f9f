"""`features`: run the mended encoder once over every training picture and keep its tokens on disk.

For each picture: all 256 tokens and the tokens merged to 8, 16, 32 and 64 clusters, float16. Resumes: a finished set
is skipped, an interrupted one starts where it stopped.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from ..common import photos
from ..encoder import cluster, vit
from ..questions import scenes

COUNTS = (8, 16, 32, 64)
START = {8: 0, 16: 8, 32: 24, 64: 56}
MERGED = sum(COUNTS)


class Features:
    """One set on disk: `tokens` [N,256,C], `merged` [N,120,C] float16 and `names` [N]."""

    def __init__(self, folder: Path, name: str):
        self.names = json.loads((folder / f"{name}.json").read_text())
        self.tokens = np.load(folder / f"{name}-tokens.npy", mmap_mode="r")
        self.merged = np.load(folder / f"{name}-merged.npy", mmap_mode="r")

    def get(self, rows, count: int) -> torch.Tensor:
        """[len(rows), count, C] float32 at 8, 16, 32, 64 clusters, or all 256."""
        if count not in START:
            return torch.from_numpy(self.tokens[rows].astype(np.float32))
        at = START[count]
        return torch.from_numpy(self.merged[rows, at:at + count].astype(np.float32))


@torch.no_grad()
def extract(net, pictures, names, folder: Path, name: str, batch: int = 16, half: bool = False):
    """Writes one set; `pictures` is anything indexable by a slice giving uint8 [n,224,224,3]. `half`: products in bf16."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / f"{name}.json").exists():
        return
    n, width, done = len(names), net.norm.weight.shape[0], 0
    marker, shapes = folder / f"{name}.progress", {"tokens": (n, 256, width), "merged": (n, MERGED, width)}
    mode = "r+" if marker.exists() else "w+"
    done = int(marker.read_text()) if marker.exists() else 0
    out = {k: np.lib.format.open_memmap(folder / f"{name}-{k}.npy", mode, np.float16 if mode == "w+" else None,
                                        s if mode == "w+" else None) for k, s in shapes.items()}
    positions = net.positions(16, 16)
    for i in tqdm(range(done, n, batch), desc=f"features {name}", mininterval=10, unit_scale=batch):
        rgb = torch.from_numpy(np.ascontiguousarray(pictures[i:i + batch])).permute(0, 3, 1, 2)
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            tokens, _ = net(vit.normalise(rgb), positions)
        tokens = tokens.float()
        out["tokens"][i:i + batch] = tokens.half().numpy()
        out["merged"][i:i + batch] = torch.cat([cluster.dpc_knn(tokens, c) for c in COUNTS], 1).half().numpy()
        if i % (20 * batch) == 0:
            marker.write_text(str(i))
    for o in out.values():
        o.flush()
    (folder / f"{name}.json").write_text(json.dumps(names))
    marker.unlink(missing_ok=True)


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training features", description=__doc__)
    p.add_argument("--work", type=Path, required=True)
    p.add_argument("--set", action="append", default=[], metavar="NAME=ZIP:PREFIX[:LIMIT][@TSV][+mirrored]",
                   help="photographs as they are; with @TSV only those that its image column names; with +mirrored each "
                   "once more, left and right exchanged")
    p.add_argument("--scenes", metavar="ZIP:N:SEED", help="canvases from a ZIP's train/<class> photographs")
    p.add_argument("--encoder", default="encoder-mended.pt", help="or a checkpoint of `together`")
    p.add_argument("--bf16", action="store_true", help="products in bf16, several times as fast where the CPU has AMX")
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args(argv)
    torch.set_num_threads(a.threads)
    net = vit.Vit()
    net.load_state_dict(torch.load(a.work / a.encoder)["encoder"])
    net.eval()
    folder, cache = a.work / "features", a.work / "pictures"
    for item in a.set:
        name, rest = item.split("=", 1)
        mirrored = rest.endswith("+mirrored")
        rest, _, table = rest.removesuffix("+mirrored").partition("@")
        path, prefix, *limit = rest.split(":")
        source = photos.Source(Path(path))
        names, pictures = photos.load(source, prefix, cache)
        if table:
            wanted = {photos.base_name(r["image"]) for r in source.table(table)}
            pick = np.array([i for i, n in enumerate(names) if photos.base_name(n) in wanted])
            names, pictures = [names[i] for i in pick], pictures[pick]
        if limit and int(limit[0]) < len(names):
            pick = np.sort(np.random.default_rng(3).permutation(len(names))[:int(limit[0])])
            names, pictures = [names[i] for i in pick], pictures[pick]
        if mirrored:
            names, pictures = names * 2, np.concatenate([pictures, pictures[:, :, ::-1]])
        extract(net, pictures, names, folder, name, half=a.bf16)
    if a.scenes:
        path, n, seed = a.scenes.rsplit(":", 2)
        pictures, labels = scenes.classes(photos.Source(Path(path)), "train/", cache)
        canvases, rows = zip(*scenes.generate(pictures, labels, int(n), int(seed)))
        extract(net, np.stack(canvases), [str(i) for i in range(len(rows))], folder, "scenes", half=a.bf16)
        (folder / "scenes-questions.json").write_text(json.dumps(rows))


if __name__ == "__main__":
    main()
