"""`squeeze-export`: trained rungs of squeeze as a pack (docs/pack.md, 3.6), every graph measured by ONNX Runtime on kept-out photographs.

    squeeze-export --work W --classes IMAGENETTE --photos COCO --out ../models/nette-squeeze --synthetic \\
        --rung fine=squeeze-2-0.5.pt,squeeze-2-0.5+picture.pt --rung coarse=squeeze-4-1.pt,squeeze-4-1+picture.pt

A rung is the file of its training and, where there is one, of its restorer. Its encoder ships in 8 bits where that costs less
than 0.3 points of the answers, and in fp32 otherwise. With restorers the frozen backbone goes along, to say of a restored
picture what it shows (drift).
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from ...bottleneck import factorised
from ...common import coding, drawn, sections, wheels
from ...common.graph import DataFile, Shared, Written
from ...common.packfile import PackWriter
from ...encoder import teacher as teachers
from ...squeeze import graphs, restorer as restorers
from . import bottleneck_data, bottleneck_measure as measure
from .squeeze import adopted, network

NETWORKS = {"lite2": "EfficientNet-Lite2", "lite0": "EfficientNet-Lite0", "mobilenet": "MobileNetV2"}
CALIBRATION, TOLERANCE = 96, 0.02


class Rung:
    """A rung's networks from the file of its training and that of its restorer."""

    def __init__(self, a, name: str, files: list[Path]):
        state, self.name = torch.load(files[0], "cpu"), name
        self.weight, self.scale, self.backbone = state["lambda"], state["scale"], state["backbone"]
        self.squeezing, self.split = (n.eval() for n in adopted(a, state))
        prior = factorised.FactorisedPrior(len(self.split.rise))
        prior.load_state_dict(state["prior"])
        prior.settle()
        numbers = prior.numbers()
        self.medians, self.rows, self.restorer = numbers.medians.astype(np.float32), numbers.rows(), None
        if len(files) > 1:
            picture = torch.load(files[1], "cpu")
            if any(not torch.equal(v, state["split"][k]) for k, v in picture["of"]["split"].items()):
                raise SystemExit(f"exporting the rung [{name}]: [{files[1]}] restores another rung than [{files[0]}]; give the one that "
                                 "was trained with --on that file")
            with torch.no_grad():
                cell = 224 // self.split(self.squeezing(torch.zeros(1, 3, 224, 224))).shape[2]
            self.restorer = restorers.Restorer(cell, len(self.split.rise)).eval()
            self.restorer.load_state_dict(picture["restorer"])


def arguments():
    p = argparse.ArgumentParser(prog="tandem-training squeeze-export", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--work", type=Path, required=True)
    p.add_argument("--rung", action="append", required=True, help="NAME=FILE[,RESTORER], files of W, from the finest")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--name", default="nette-squeeze")
    p.add_argument("--version", default="1")
    p.add_argument("--default", help="the point of that rung (default: the first)")
    p.add_argument("--synthetic", action="store_true", help="restored pictures are marked as made up, the restorers having met a judge")
    p.add_argument("--classes", type=Path, required=True)
    p.add_argument("--photos", type=Path, nargs="*", default=[])
    for name in ("lite2", "lite0"):
        p.add_argument(f"--{name}", type=Path, default=Path(name))
    p.add_argument("--mobilenet", type=Path)
    p.add_argument("--share", type=Path, help="a pack of `bottleneck-export` beside --out: its head of the same backbone may hold the drift's weights already")
    p.add_argument("--labels", type=Path, help="names of the classes, a line each (default: fetched)")
    p.add_argument("--checked", type=int, default=800, help="at most this many kept photographs of each set")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--limit", type=int, help="at most this many photographs of each source (smoke)")
    return p


class Export:
    """The pack while it is written."""

    def __init__(self, a):
        self.a, self.pack, self.golden = a, PackWriter(a.out), []
        self.rungs = [Rung(a, name, [a.work / f for f in files.split(",")]) for name, files in (r.split("=", 1) for r in a.rung)]
        first = self.rungs[0]
        for r in self.rungs:
            if r.scale == 1:
                raise SystemExit(f"exporting [{a.out}]: found scale [1] in [{r.name}], a control that has no small picture; needed 2 or 4")
            if r.backbone != first.backbone or (r.restorer is None) != (first.restorer is None):
                raise SystemExit(f"exporting [{a.out}]: found the backbone [{r.backbone}] and {'no' if r.restorer is None else 'a'} restorer in "
                                 f"[{r.name}], needed as in [{first.name}]")
        self.head, self.picture, self.teacher = first.backbone, first.restorer is not None, network(a, first.backbone, False)
        self.written = self.shared(a.share) if a.share and self.picture else None
        self.sets = bottleneck_data.Kept(a.classes, a.photos[0] if a.photos else None, a.work / "pictures", a.limit).sets()

    def shared(self, folder: Path) -> Written:
        """Weights of the same backbone in another pack."""
        heads = {h["name"]: h["settings"]["graph"] for h in json.loads((folder / "pack.json").read_text("utf-8"))["heads"] if h["kind"] == "latent-labels"}
        if self.head not in heads:
            raise SystemExit(f"sharing weights of [{folder}]: found heads of the backbones {sorted(heads)}, needed [{self.head}]")
        return Written(folder, f"{heads[self.head]}.onnx", f"{self.head}.bin")

    def borrowed(self) -> bool:
        return bool(self.written) and self.written.name in self.pack.graphs["drift"]["data"]

    def finish(self) -> int:
        """Writes the manifest; returns the pack's bytes."""
        lent = None
        if self.picture and self.borrowed():
            (self.pack.folder / self.written.name).unlink()
            lent = {self.written.name: (self.a.share.name, self.written.data)}
        return self.pack.finish(lent, **self.manifest())

    def graphs(self):
        """All graphs and tables, encoders in fp32."""
        pack = self.pack
        for r in self.rungs:
            own, exact, gain = DataFile(f"{r.name}.bin"), DataFile(f"encoder-{r.name}.bin"), r.split.gain().detach().numpy()
            pack.graph(graphs.encoder(r.squeezing, r.split, r.medians, exact, f"encoder-{r.name}"), [exact])
            pack.graph(graphs.labels(f"{self.head}-{r.name}", r.split, r.medians, own), [own])
            if self.picture:
                pack.graph(graphs.picture(f"picture-{r.name}", r.restorer, r.medians, gain, own), [own])
            pack.data(own, exact)
            pack.write(f"codec/{r.name}.bin", coding.file_bytes(r.rows))
        if self.picture:
            whole = Shared("drift.bin", self.written) if self.written else DataFile("drift.bin")
            pack.graph(graphs.drift("drift", self.teacher, whole), [f for f in (whole, self.written) if f])
            pack.data(*[whole] if whole.parts else [])
            if self.borrowed():  # ONNX Runtime reads external data beside the graph; gone again before the manifest is written
                (pack.folder / self.written.name).write_bytes(self.written.data)

    def measure(self, calibration: np.ndarray):
        """Encoders in fp32 or 8 bits; golden vectors of what is taken."""
        pack, a = self.pack, self.a
        own = {(name, self.head): found for name, found in measure.own_answers(self.teacher, self.sets, a.checked).items()}
        for number, r in enumerate(self.rungs, 1):
            head = pack.session(f"{self.head}-{r.name}", 1)
            measure.choose(pack, r.name, r.rows, {self.head: head}, self.sets, own, a.checked, calibration)
            latent, entry = measure.golden(pack, number, r.name, r.rows)
            self.golden.append(entry)
            feed = {"latent": np.rint(latent)[None].astype(np.float32)}
            pack.golden_graph(f"{self.head}-{r.name}", feed, {"logits": head.run(None, feed)[0]}, TOLERANCE)
        if self.picture:
            feed = {"picture": drawn.picture(7)[0].transpose(2, 0, 1)[None].astype(np.float32) / 255}
            pack.golden_graph("drift", feed, {"logits": pack.session("drift", 1).run(None, feed)[0]}, TOLERANCE)

    def manifest(self) -> dict:
        a, first, rest = self.a, self.rungs[0].name, [r.name for r in self.rungs[1:]]
        rungs = {r.name: {"lambda": r.weight, "scale": r.scale, "encoder": f"encoder-{r.name}", "tables": f"codec/{r.name}.bin"} for r in self.rungs}

        def reads(name):
            return {"graph": f"{name}-{first}"} | ({"rungs": {r: f"{name}-{r}" for r in rest}} if rest else {})
        heads = [{"name": self.head, "kind": "latent-labels", "settings": {**reads(self.head), "labels": "labels.txt", "backbone": NETWORKS[self.head]}}]
        if self.picture:
            heads.append({"name": "picture", "kind": "latent-picture", "settings": {
                **reads("picture"), "synthetic": a.synthetic, "drift": "drift", "labels": "labels.txt", "against": self.head}})
        return {"name": a.name, "version": a.version, "licence": "Apache-2.0", "provenance": self.provenance(), "preprocessing": sections.SQUASH,
                "methods": {"squeeze": {"rungs": rungs, "golden": self.golden}},
                "points": [{"id": i, "name": r.name, "method": "squeeze", "knobs": {"rung": r.name}} for i, r in enumerate(self.rungs, 1)],
                "defaultPoint": a.default or first, "heads": heads}

    def provenance(self) -> list[dict]:
        wheel = wheels.WHEELS.get(self.head)
        return [{"what": "squeezing modules, split backbones, tables and restorers, trained by `squeeze` on photographs without labels",
                 "source": "training/", "licence": "Apache-2.0", "sha256": ""},
                {"what": f"backbone {NETWORKS[self.head]}", "source": wheel.requirement if wheel else "ONNX file of the user",
                 "licence": "Apache-2.0", "sha256": wheel.sha256 if wheel else ""}]


def main(argv=None):
    a = arguments().parse_args(argv)
    torch.set_num_threads(a.threads)
    out = Export(a)
    out.graphs()
    labels, classes = a.labels.read_text("utf-8").splitlines() if a.labels else teachers.class_names(a.work), out.rungs[0].split.classes
    if len(labels) != classes:
        raise SystemExit(f"exporting [{a.out}]: found [{len(labels)}] labels, the backbone [{out.head}] has {classes} classes")
    out.pack.write("labels.txt", "".join(f"{n}\n" for n in labels).encode())
    some = bottleneck_data.Photographs([a.classes, *a.photos], a.work / "pictures", a.limit).some(CALIBRATION)
    out.measure(np.concatenate([drawn.pixel_values(p) for p in some.permute(0, 2, 3, 1).numpy()]))
    print(f"{a.out}: {out.finish()} bytes")


if __name__ == "__main__":
    main()
