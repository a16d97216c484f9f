"""`previews`: pictures restored from a latent map beside JPEG, WebP and AVIF of the same bytes, in numbers and as a sheet.

    previews --pack ../models/nette-squeeze --data KODAK.zip IMAGENETTE.zip:val/ --limit 100 --mobilenet ONNX \\
        --sheet ../docs/results/squeeze-sheet.webp --shown kodim15,kodim22

For each operating point with a head that restores pictures: PSNR (dB), SSIM, and the distance in the maps of two frozen
networks, EfficientNet-Lite2 (with which restorers learn) and MobileNetV2 (which no restorer has met). The codecs may have as many
bytes as the point's slices of the same picture, at any quality, shrunk first where that has less squared error
(common/codecs.py); a picture for which even their worst file is larger is counted. Pictures that are not square give two
crops, the first and the last square of the longer side, in the pack's size.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from pytorch_msssim import ssim

from ...bottleneck import bands
from ...common import codecs, coding, drawn, packfile, photos
from ...encoder import mobilenet, teacher
from ...squeeze import losses
from .preview_sheet import Sheet


class Point:
    """An operating point's graphs by ONNX Runtime: picture RGB uint8 [h,w,3] -> slices, what is restored of them, the small picture."""

    def __init__(self, folder: Path, manifest: dict, point: dict, threads: int):
        rung = point["knobs"]["rung"]
        method = manifest["methods"][point["method"]]["rungs"][rung]
        head = next((h["settings"] for h in manifest["heads"] if h["kind"] == "latent-picture"), None)
        if head is None:
            raise SystemExit(f"restoring pictures by [{folder}]: found the heads {[h['kind'] for h in manifest['heads']]}, needed a latent-picture")
        graphs = manifest["graphs"]
        self.name, self.id = point["name"], point["id"]
        self.encoder = packfile.opened(folder, manifest, method["encoder"], threads)
        self.restorer = packfile.opened(folder, manifest, head.get("rungs", {}).get(rung, head["graph"]), threads)
        self.rows = coding.read((folder / method["tables"]).read_bytes())
        self.outputs = [o["name"] for o in graphs[method["encoder"]]["outputs"]]

    def __call__(self, rgb: np.ndarray):
        """(bytes of all slices, restored uint8, small picture uint8 or None)."""
        found = dict(zip(self.outputs, self.encoder.run(self.outputs, {"pixel_values": drawn.pixel_values(rgb)})))
        size = sum(map(len, bands.slices(self.rows, self.id, found["latent"][0])))
        picture = self.restorer.run(None, {"latent": np.rint(found["latent"])})[0]
        return size, shown(picture), shown(found["squeezed"]) if "squeezed" in found else None


def shown(picture: np.ndarray) -> np.ndarray:
    """RGB 0..1 [1,3,h,w] -> uint8 [h,w,3]."""
    return np.rint(255 * picture[0].transpose(1, 2, 0).clip(0, 1)).astype(np.uint8)


def squares(picture: Image.Image, size: tuple[int, int]) -> list[np.ndarray]:
    """One of a square picture, else the first and the last square of it, RGB uint8 as the pack has its pictures."""
    w, h = picture.size
    s = min(w, h)
    places = [(0, 0)] if w == h else [(0, 0), (w - s, h - s)]
    return [np.asarray(picture.crop((x, y, x + s, y + s)).resize(size, Image.BILINEAR)) for x, y in places]


def pictures(where: str, limit: int | None, size: tuple[int, int], seed: int = 5) -> list[tuple[str, np.ndarray]]:
    """(name, RGB) of a ZIP or folder, PATH or PATH:PREFIX; where there is a limit a drawn part of it."""
    path, _, prefix = where.partition(":")
    source = photos.Source(Path(path))
    names = source.pictures(prefix)
    if limit and len(names) > limit:
        names = sorted(np.random.default_rng(seed).choice(names, limit, replace=False))
    out = []
    for name in names:
        for i, rgb in enumerate(squares(photos.opened(source.read(name)), size)):
            out.append((f"{Path(name).stem}{'' if i == 0 else '-last'}", rgb))
    return out


class Measures:
    """What two pictures have in common; means over the pictures of a row."""

    def __init__(self, networks: dict):
        self.networks, self.rows = networks, {}

    @torch.no_grad()
    def add(self, row: tuple, size: int, found: np.ndarray, wanted: np.ndarray):
        a, b = (torch.from_numpy(np.array(x)).permute(2, 0, 1)[None].float() for x in (found, wanted))
        values = {"bytes": size, "PSNR": float(-10 * torch.log10(((a - b) / 255).square().mean().clamp_min(1e-10))),
                  "SSIM": float(ssim(a, b, data_range=255))}
        values |= {name: float(losses.perceptual(net, a / 255, b, cuts)) for name, (net, cuts) in self.networks.items()}
        for key, value in values.items():
            self.rows.setdefault(row, {}).setdefault(key, []).append(value)

    def table(self) -> str:
        keys = list(next(iter(self.rows.values())))
        lines = ["| set | point | picture | n | " + " | ".join(keys) + " |", "|---" * (4 + len(keys)) + "|"]
        for row, values in self.rows.items():
            digits = [f"{np.mean(values[k]):.{0 if k == 'bytes' else 1 if k == 'PSNR' else 3}f}" for k in keys]
            lines.append("| " + " | ".join([*row, str(len(values["bytes"])), *digits]) + " |")
        return "\n".join(lines)


def arguments():
    p = argparse.ArgumentParser(prog="tandem-training previews", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pack", type=Path, required=True, help="a pack with a head that restores pictures")
    p.add_argument("--data", nargs="+", required=True, metavar="ZIP|DIR[:PREFIX]")
    p.add_argument("--limit", type=int, default=100, help="at most this many pictures of each, drawn")
    p.add_argument("--points", help="some of the pack's, with a comma between (default: all that can)")
    p.add_argument("--work", type=Path, default=Path(), help="where the wheel of lite2 is kept")
    p.add_argument("--lite2", type=Path, default=Path("lite2"))
    p.add_argument("--mobilenet", type=Path, help="its ONNX file: a network that no restorer has met")
    p.add_argument("--sheet", type=Path, help="writes a contact sheet")
    p.add_argument("--shown", help="names of pictures on it, with a comma between (default: the first six)")
    p.add_argument("--threads", type=int, default=1)
    return p


def networks(a) -> dict:
    """{name: (network, in front of which blocks its maps are compared)}, those of 112, 56 and 28 or 14 pixels."""
    out = {"Lite2": (teacher.EfficientNetLite(teacher.wheel_weights(a.lite2, a.work)), losses.CUTS)}
    if a.mobilenet:
        out["MobileNetV2"] = (mobilenet.MobileNetV2(a.mobilenet), (1, 3, 6))
    return out


def main(argv=None):
    a = arguments().parse_args(argv)
    torch.set_num_threads(a.threads)
    manifest = json.loads((a.pack / "pack.json").read_text("utf-8"))
    wanted = a.points.split(",") if a.points else [p["name"] for p in manifest["points"] if "rung" in p["knobs"]]
    points = [Point(a.pack, manifest, p, a.threads) for p in manifest["points"] if p["name"] in wanted]
    size = manifest["preprocessing"]["width"], manifest["preprocessing"]["height"]
    measures, sheet, too_large = Measures(networks(a)), Sheet(a.shown.split(",") if a.shown else None), {}
    for where in a.data:
        name = Path(where.partition(":")[0]).stem
        for number, (stem, rgb) in enumerate(pictures(where, a.limit, size), 1):
            for point in points:
                most, restored, small = point(rgb)
                measures.add((name, point.name, "restored"), most, restored, rgb)
                row = [("original", rgb), *([(f"small, {small.shape[1]} px", small)] if small is not None else []), (f"{point.name}, {most} bytes", restored)]
                for codec in codecs.NAMES:
                    fit = codecs.best(Image.fromarray(rgb), codec, most)
                    if fit is None:
                        too_large[name, point.name, codec] = too_large.get((name, point.name, codec), 0) + 1
                        continue
                    measures.add((name, point.name, codec), len(fit[0]), fit[1], rgb)
                    row.append((f"{codec}, {len(fit[0])} bytes", fit[1]))
                sheet.add(stem, row)
            if number % 20 == 0:
                print(f"{name}: {number} pictures", flush=True)
    print(measures.table())
    for (name, point, codec), count in too_large.items():
        print(f"{name}, {point}: {codec} has no file so small for {count} pictures")
    if a.sheet:
        sheet.save(a.sheet)


if __name__ == "__main__":
    main()
