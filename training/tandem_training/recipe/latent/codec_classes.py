"""`codec-classes`: what a backbone answers to picture files, the peer of `bottleneck` and `squeeze`, on kept-out photographs.

    codec-classes --work W --classes IMAGENETTE --photos COCO webp-50 webp-20-112 avif-20-112 jpeg-20
    codec-classes ... --backbone vit --vit W/vit.pt webp-50      the transformer in place of Lite2
    codec-classes ... --on bicubic-2-0.pt webp-30 avif-40        files of the small picture, for a backbone trained on such

A file is CODEC-QUALITY, with -SIDE where the picture is shrunk first and enlarged again. With --on it is of the bicubic small
picture, not enlarged, and the run's own networks answer, their latent not rounded: nothing but the file is between.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from ...bottleneck import backbones
from ...common import codecs
from . import bottleneck_data
from ..loop import pixels
from .squeeze import BACKBONES, adopted, network

OTHERS = "others"


def wanted(text: str) -> tuple[str, int, int]:
    """(codec, quality, side or 0)."""
    parts = text.split("-")
    if len(parts) not in (2, 3) or parts[0] not in codecs.NAMES or not all(p.isdigit() for p in parts[1:]):
        raise argparse.ArgumentTypeError(f"file [{text}], needed CODEC-QUALITY or CODEC-QUALITY-SIDE, a codec of {codecs.NAMES}")
    return parts[0], int(parts[1]), int(parts[2]) if len(parts) == 3 else 0


def arguments():
    p = argparse.ArgumentParser(prog="tandem-training codec-classes", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--work", type=Path, required=True)
    p.add_argument("--classes", type=Path, required=True, help="val/<wnid>/* of ten classes are asked")
    p.add_argument("--backbone", choices=(*BACKBONES, "vit"), default="lite2")
    p.add_argument("--photos", type=Path, help="test/* of it are asked too, whether their class stays the same")
    for name in ("lite2", "lite0"):
        p.add_argument(f"--{name}", type=Path, default=Path(name))
    p.add_argument("--mobilenet", type=Path)
    p.add_argument("--vit", type=Path, help="a checkpoint of `together` or of `bottleneck-from-pack --classifier`")
    p.add_argument("--on", type=Path, help="a finished run of `squeeze --variant bicubic` in W")
    p.add_argument("--json", type=Path, help="the rows, for `bottleneck-plot`")
    p.add_argument("--checked", type=int, default=800)
    p.add_argument("--speed", type=int, default=4, help="AVIF's, 0 the slowest and best")
    p.add_argument("--bf16", action="store_true")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--limit", type=int, help="at most this many photographs are read (smoke)")
    p.add_argument("files", nargs="+", type=wanted)
    return p


class Asked:
    """A backbone that is asked about whole pictures, or the networks of a run about small ones."""

    def __init__(self, a):
        if a.backbone == "vit" and not a.vit:
            raise SystemExit("asking the transformer about files: found no --vit, needed its checkpoint")
        whole = backbones.load("vit", a.vit, a.work, a.bf16) if a.backbone == "vit" else None
        self.whole, self.on = (lambda rgb: whole.tail(whole.front(rgb))) if whole else network(a, a.backbone, a.bf16), None
        if a.on:
            state = torch.load(a.work / a.on, "cpu")
            self.on = [n.eval() for n in adopted(a, state)]
            self.scale = state["scale"]

    @torch.no_grad()
    def plain(self, rgb) -> np.ndarray:
        """Classes of uint8 [N,3,224,224]; of a run's own small pictures where there is one."""
        return self.small(self.on[0](rgb.float())) if self.on else self.whole(rgb.float()).argmax(1).numpy()

    @torch.no_grad()
    def small(self, small) -> np.ndarray:
        return self.on[1].tail(self.on[1](small)).argmax(1).numpy()

    @torch.no_grad()
    def file(self, picture: np.ndarray, codec: str, quality: int, side: int, speed: int) -> tuple[int, int]:
        """(bytes, class) of one picture uint8 [224,224,3]."""
        image = Image.fromarray(picture)
        image = codecs.shrunk(image, len(picture) // self.scale if self.on else side)
        data = codecs.encode(image, codec, quality, speed)
        back = codecs.decoded(data, image.size if self.on else (picture.shape[1], picture.shape[0]))
        rgb = pixels(np.array(back)[None]).float()
        return len(data), int((self.small(rgb / 255) if self.on else self.whole(rgb).argmax(1).numpy())[0])


def away(right: np.ndarray, plain: np.ndarray) -> str:
    """The difference from the plain photograph in points, with its paired 95 % interval."""
    found = 100.0 * (right.astype(float) - plain)
    half = 1.96 * found.std(ddof=1) / np.sqrt(len(found)) if len(found) > 1 else float("nan")
    return f"{found.mean():+.1f} ({found.mean() - half:+.1f} to {found.mean() + half:+.1f})"


def main(argv=None):
    a = arguments().parse_args(argv)
    torch.set_num_threads(a.threads)
    asked, sets = Asked(a), bottleneck_data.Kept(a.classes, a.photos, a.work / "pictures", a.limit).sets()
    some = {name: (pictures, label, np.sort(order[:a.checked])) for name, (pictures, label, order) in sets.items()}
    own = {name: np.concatenate([asked.plain(pixels(pictures[rows[i:i + 25]])) for i in range(0, len(rows), 25)]) for name, (pictures, _, rows) in some.items()}
    _, label, rows = some["labelled"]
    plain = own["labelled"] == label[rows]
    print(f"{len(rows)} photographs{f', {len(own[OTHERS])} others' if OTHERS in own else ''}\n\n| file | bytes | top-1 | minus the "
          f"{'small picture' if a.on else 'plain photograph'} | the same class | bytes, others | the same class |\n|---|---|---|---|---|---|---|")
    print(f"| none | | {100 * plain.mean():.1f} | | | | |", flush=True)
    said = []
    for codec, quality, side in a.files:
        sizes, found = zip(*(np.array([asked.file(pictures[i], codec, quality, side, a.speed) for i in rows]).T for pictures, _, rows in some.values()))
        same = [f"{s.mean():,.0f} | {100 * (f == o).mean():.1f}" for s, f, o in zip(sizes, found, own.values())]
        right = found[0] == label[rows]
        print(f"| {codec} {quality}{f', {side} px' if side else ''} | {sizes[0].mean():,.0f} | {100 * right.mean():.1f} | {away(right, plain)} | "
              f"{100 * (found[0] == own['labelled']).mean():.1f} | {same[1] if len(same) > 1 else ' | '} |", flush=True)
        said.append({"codec": codec, "quality": quality, "side": side} | {
            name: {"bytes": float(s.mean()), "agree": 100 * float((f == o).mean()), "photographs": len(f)} for name, s, f, o in zip(some, sizes, found, own.values())})
        if a.json:  # after each file: what was measured stays when it is stopped
            a.json.write_text(json.dumps({"backbone": a.backbone, "files": said}, indent=1))


if __name__ == "__main__":
    main()
