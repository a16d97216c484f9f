"""`classify`: fit a head of ImageNet's 1,000 classes on what the edge has of a picture, and put it into a pack.

Photographs are seen as device and edge see them (seen.py, cached in the work folder), pooling and the teachers'
temperature are chosen on photographs kept out of the fit, the head is fitted, calibrated on the photographs kept out,
put into the pack and its pack.json in place (classify_head.py, amend.py), and measured from there. classify.pt in the
work folder is for `export --classify`. The teachers, and so the head, have seen ImageNet, of which Imagenette's
pictures are a part.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from ..common import amend, drawn, packfile, photos, sections, wheels
from ..encoder import classify_head, cluster, teacher
from ..encoder.classify_head import POOLS, Head, Shipped
from ..tofc.pack_ends import Pack
from . import classify_fit as fitting, seen
from .batches import CLASS_INDEX

NAME = "imagenet"  # of the head in pack.json
KEPT = 0.1  # share of the training photographs kept out for choices and calibration


def labels_of(names: list[str], index) -> np.ndarray:
    """int64 [N]: the class of pictures `split/<wnid>/file`, folders sorted."""
    folders = sorted({n.split("/")[1] for n in names})
    return np.array([index[folders.index(n.split("/")[1])] for n in names])


def choose(sets, train, kept, views, pools, temperatures, steps, known):
    """Pooling (at the first temperature), then the teachers' temperature: (pool, temperature, table), by the mean
    agreement with the teachers over the views, on the photographs kept out."""
    table, best = [], None
    if len(pools) == len(temperatures) == 1:
        return pools[0], temperatures[0], table
    for turn in ("pool", "temperature"):
        for pool, temperature in [(p, temperatures[0]) for p in pools] if turn == "pool" else [(best[1], t) for t in temperatures[1:]]:
            head = fitted(sets, train, views, pool, temperature, steps, known)
            agree = np.mean([fitting.top(fitting.logits_of(head, sets, kept, v), sets.target[kept].argmax(1), 1).mean() for v in views])
            table.append({"pool": pool, "temperature": temperature, "agreement": round(100 * float(agree), 2)})
            print(table[-1], flush=True)
            best = max(best or (0, "", 0), (agree, pool, temperature))
    return best[1], best[2], table


def fitted(sets, train, views, pool, temperature, steps, known):
    head = Head(sets.get(train[:1], "all").shape[2], sets.target.shape[1], pool)
    fitting.fit(head, sets, train, views, steps, temperature=temperature, known=known)
    return head


def calibrated(head, sets, kept, views) -> float:
    """Folds the temperature fitted on the photographs kept out into the head."""
    wanted, weight = fitting.truth(sets, kept)
    with torch.no_grad():
        x = torch.cat([head.classes(sets.pooled(head, kept, v)) for v in views])
    temperature = fitting.calibrate(x, wanted.repeat(len(views), 1), weight.repeat(len(views)))
    head.cool(temperature)
    return temperature


def measure(model, sets, views, labelled: bool, temperature: float):
    """A line for each view: top-1 and top-5 against the labels, or against the teachers' best class; the calibration
    error after and, by undoing the temperature, before; the mean probability of the best class."""
    rows = np.arange(len(sets.row))
    truth, out = sets.label if labelled else sets.target.argmax(1), []
    for view in views:
        x = fitting.logits_of(model, sets, rows, view)
        error = [round(fitting.calibration_error(y, truth), 1) for y in (x * temperature, x)]
        out.append({"view": view, "n": len(rows), **{f"top{k}": fitting.share(fitting.top(x, truth, k)) for k in (1, 5)},
                    "error": error, "confidence": round(100 * float(x.softmax(1).amax(1).mean()), 1)})
        print(out[-1], flush=True)
    return out


def see(a, pack, teachers, path: Path, prefix: str, limit: int | None = None) -> seen.Seen:
    """One set; with --bf16 what is learned from is seen in bf16, what is measured never is."""
    source = photos.Source(path)
    return seen.extract(pack, teachers, source, seen.drawn_names(source, prefix, limit), a.work,
                        f"{source.path.stem}-{prefix.strip('/')}", a.threads, a.bf16 and prefix == "train/")


def provenance(a, classes: int) -> list[dict]:
    """What pack.json says of where the head and the names come from."""
    pinned = {w.file: w for w in wheels.WHEELS.values()} | wheels.WHEELS
    wheel = next((pinned[t.name] for t in a.teachers if t.name in pinned), None)
    names = [f"PyPI {pinned[t.name].requirement}" if t.name in pinned else t.name for t in a.teachers]
    sets = " and ".join(f"{p.stem} train" for p in (a.classes, *a.photos))
    kinds = wheels.WHEELS["names"]
    return [{"what": f"head of {classes:,} classes, fitted to the mean of the teachers' logits and to labels",
             "source": "; ".join([*names, f"photographs of {sets}"]), "licence": a.licence, "sha256": wheel.sha256 if wheel else ""},
            {"what": f"names of the {classes:,} classes", "source": a.labels.name if a.labels else f"PyPI {kinds.requirement}, _meta.py",
             "licence": "not stated" if a.labels else "BSD-3-Clause", "sha256": "" if a.labels else kinds.sha256}]


def put(a, pack: Pack, head: Head, names: list[str]):
    """The head into the pack, with a golden run on a drawn picture's merged tokens, and into classify.pt."""
    out, said = packfile.PackWriter(a.pack), provenance(a, len(names))
    classify_head.write(out, head, names)
    tokens = pack.tokens(drawn.picture(7)[0][None])
    classify_head.golden(out, cluster.dpc_knn(torch.from_numpy(tokens), 16)[0].numpy())
    size = amend.add_head(out, sections.labels_head(NAME), said, a.version)
    classify_head.save(a.work / "classify.pt", head, names, said, pack.encoder_hash)
    print(f"{a.pack}: classify.onnx {(a.pack / 'classify.onnx').stat().st_size} bytes, the pack {size / 1e6:.1f} MB")


def arguments():
    p = argparse.ArgumentParser(prog="tandem-training classify", description=__doc__)
    p.add_argument("--pack", type=Path, required=True, help="pack whose encoder and codec it is for; the head goes there")
    p.add_argument("--work", type=Path, required=True, help="folder for wheels and cached tokens, 350 KB a photograph")
    p.add_argument("--classes", type=Path, required=True, help="ZIP or folder, train/<wnid>/* and val/<wnid>/*")
    p.add_argument("--photos", type=Path, nargs="*", default=[], help="more photographs: train/*, and test/* to measure on")
    p.add_argument("--teachers", type=Path, nargs="+", default=[Path("lite2")], help="as --teacher of `distill`")
    p.add_argument("--points", default="c16,c16-coarse,c8-coarse", help="operating points to learn and to measure at")
    p.add_argument("--wnid-index", default=",".join(map(str, CLASS_INDEX)), help="as in `distill`")
    p.add_argument("--labels", type=Path, help="a file of 1,000 names, a line each (default: torchvision's, fetched)")
    p.add_argument("--labelled", type=int, default=6000, help="photographs of --classes to use, at most")
    p.add_argument("--pools", default=",".join(POOLS), help="poolings to choose from")
    p.add_argument("--temperatures", default="1,2", help="of the teachers, to choose from")
    p.add_argument("--known", type=float, default=0.3, help="weight of the labels")
    p.add_argument("--steps", type=int, default=700, help="of the fit, and of each choice")
    p.add_argument("--bf16", action="store_true", help="see the photographs to learn from with products in bf16 (seen.py)")
    p.add_argument("--version", help="new version of the pack (default: it keeps its own)")
    p.add_argument("--licence", default="Apache-2.0 (teachers); ImageNet and COCO terms, research use (photographs)",
                   help="of what the head learned from, for pack.json")
    p.add_argument("--threads", type=int, default=2)
    return p


def main(argv=None):
    a = arguments().parse_args(argv)
    torch.set_num_threads(1)
    torch.manual_seed(1)
    a.work.mkdir(parents=True, exist_ok=True)
    names = a.labels.read_text("utf-8").splitlines() if a.labels else teacher.class_names(a.work)
    points, index = a.points.split(","), [int(i) for i in a.wnid_index.split(",")]
    pack, teachers = Pack(a.pack, points), {t.stem.replace("_", "-"): teacher.one(t, a.work, 1) for t in a.teachers}
    learned = [see(a, pack, teachers, a.classes, "train/", a.labelled), *(see(a, pack, teachers, s, "train/") for s in a.photos)]
    val = see(a, pack, teachers, a.classes, "val/")
    test = [see(a, pack, teachers, s, "test/") for s in a.photos if photos.Source(s).pictures("test/")]

    torch.set_num_threads(a.threads)
    labels = [labels_of(learned[0].names, index), *[None] * len(a.photos)]
    own = fitting.teachers_temperature(fitting.Photographs(learned[:1], labels[:1]))
    sets = fitting.Photographs(learned, labels, own)
    kept = np.concatenate([np.flatnonzero(sets.set == i)[:max(1, int(KEPT * len(s.names)))] for i, s in enumerate(learned)])
    train, views = np.setdiff1d(np.arange(len(sets.row)), kept), list(learned[0].places)
    pool, soft, choice = choose(sets, train, kept, views, a.pools.split(","), [float(t) for t in a.temperatures.split(",")],
                                a.steps, a.known)
    head = fitted(sets, train, views, pool, soft, a.steps, a.known)
    report = {"photographs": {s.name: len(s.names) for s in learned}, "kept": len(kept), "pool": pool,
              "teachers": {"temperature": own, "softened": soft}, "choice": choice}
    report["temperature"] = calibrated(head, sets, kept, points)
    put(a, pack, head, names)

    shipped, shown = Shipped(a.pack, a.threads), ["all", "m16", *points]
    report["labels"] = measure(shipped, fitting.Photographs([val], [labels_of(val.names, index)]), shown, True, report["temperature"])
    if test:
        report["agreement"] = measure(shipped, fitting.Photographs(test, [None] * len(test)), shown, False, report["temperature"])
    (a.work / "classify.json").write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
