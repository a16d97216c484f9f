"""`bottleneck`: one rung of one variant of FrankenSplit's bottleneck, or another blueprint on a frozen encoder.

    bottleneck --work W --classes IMAGENETTE --photos COCO FLICKR --lambda 0.5 --minutes 200 --bf16
    bottleneck ... --lambda 2 --start W/hd-0.5.pt          the next rung, from the one before
    bottleneck ... --on W/hd-0.5.pt --backbone vit             a blueprint more, the encoder frozen
    bottleneck ... --on W/hd-0.5.pt --backbone picture         the same bits as a picture

No labels: a blueprint learns the frozen backbone's own features. W/NAME.pt holds all of a run: the same command goes on with
it after a kill.
"""

import argparse
from pathlib import Path

import torch

from ...bottleneck import backbones, blueprints, losses
from . import rungs
from .bottleneck_data import Kept, Photographs
from .bottleneck_run import Run

BACKBONES = ("lite2", "vit", "mobilenet", "swin")


def arguments(prog: str = "tandem-training bottleneck", text: str = __doc__):
    p = argparse.ArgumentParser(prog=prog, description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    rungs.arguments(p)
    p.add_argument("--variant", choices=losses.VARIANTS, default="hd")
    p.add_argument("--lambda", dest="weight", type=float, default=losses.LADDER[0], help=f"the ladder: {losses.LADDER}")
    p.add_argument("--backbone", default="lite2", help="some of lite2, vit, mobilenet, swin, with a comma between; or picture, with --on")
    p.add_argument("--vit", type=Path, help="a checkpoint of `together`, whose encoder and head of classes are the backbone")
    p.add_argument("--swin", type=Path, help="a folder of transformers' save_pretrained: SwinForImageClassification, Swin-T or Swin-S")
    p.add_argument("--guide", choices=("lite2", "mobilenet"), default="lite2", help="whose saliency guides sg, whose features the restored picture keeps")
    p.add_argument("--start", type=Path, help="a finished rung to begin from")
    p.add_argument("--on", type=Path, help="a finished rung whose encoder stands still; only blueprints learn")
    return p


class Picture:
    """The target `picture`."""

    def blueprint(self):
        return blueprints.PixelBlueprint()


def target(a, name: str, student: bool, half: bool | None = None):
    file = {"lite2": a.lite2, "mobilenet": a.mobilenet, "vit": a.vit, "swin": a.swin}.get(name)
    if name != "picture" and file is None:
        raise SystemExit(f"training a bottleneck: found no file for the backbone [{name}], needed one of {BACKBONES} "
                         "and its file by the option of that name, or `picture` with --on")
    return Picture() if name == "picture" else backbones.load(name, file, a.work, a.bf16 if half is None else half, student)


def refuse(a, names: list[str], es: bool):
    """What cannot be asked together."""
    reason = ("picture needs --on" if "picture" in names and not a.on else
              "the control (es) is taught by a convolutional backbone; vit on its frozen encoder: --on" if es and not a.on and "vit" in names else
              "the control's latent has no restorer" if es and "picture" in names else
              "the control's latent does not fit Swin's windows" if es and "swin" in names else
              "--start and --on are two different things" if a.start and a.on else None)
    if reason:
        raise SystemExit(f"training a bottleneck: found --backbone [{a.backbone}] --variant [{a.variant}]; {reason}")


def build(a) -> Run:
    rungs.prepare(a)
    names, old = a.backbone.split(","), torch.load(a.on or a.start, a.device) if a.on or a.start else None
    if a.on:
        a.variant, a.weight = old["variant"], old["lambda"]
    es = a.variant == "es"
    refuse(a, names, es)
    a.out = a.out or f"{a.variant}-{a.weight:g}" + (f"+{'+'.join(names)}" if a.on else "")
    photographs = Photographs([a.classes, *a.photos], a.work / "pictures", a.limit)
    kept = Kept(a.classes, a.photos[0] if a.photos else None, a.work / "pictures", a.limit).sets()
    targets = {n: target(a, n, es) for n in names}
    tails = {n: target(a, n, True, False) for n in names if es and n != "vit"}
    guide = target(a, a.guide, es).net if a.variant == "sg" or "picture" in names else None
    if a.variant == "sg" and names != ["picture"] and not a.check_only:
        photographs.guide(guide, a.work)
    run = Run(a, a.variant, targets, photographs, kept, guide, tails)
    begin(run, a, old)
    return run


def begin(run: Run, a, old: dict | None):
    """From the run's own checkpoint, from another rung, or anew; and the features' statistics."""
    file = a.work / f"{a.out}.pt"
    state = torch.load(file, a.device) if file.exists() else None
    for name, t in run.targets.items():
        known = next((s["features"][name] for s in (state, old) if s and name in s["features"]), None)
        if name != "picture":
            run.features[name] = [backbones.Features(*f) for f in known] if known else backbones.features(t, run.photographs.some(96))
    if state:
        run.resume(state)
    elif old:
        run.adopt(old)
    elif a.check_only:
        raise SystemExit(f"measuring [{file}]: it is not there")
    else:
        run.begin()
    if state and run.at() >= run.joint_end() or a.on:
        run.settle()


def main(argv=None):
    run = build(arguments().parse_args(argv))
    rungs.start(run, f"{', '.join(run.targets)}, {run.photographs.ends[-1]} photographs, "
                     f"{sum(p.numel() for p in run.blueprints.parameters())} parameters of blueprints")


if __name__ == "__main__":
    main()
