"""`smoke`: the whole recipe on drawn pictures and random models, end to end; or a tiny random pack alone.

Nothing is downloaded. Every stage runs by its own command line, for seconds instead of hours.
"""

import argparse
import json
import shutil
import time
from pathlib import Path

import numpy as np
import torch

from ..common import drawn, packfile
from ..encoder import cluster
from ..language import llama
from ..tofc import codec
from . import classify, distill, export, features, from_pack, language_export, lmm, precision, stand_in, tiny, together
from .latent import bottleneck, bottleneck_export, bottleneck_from_pack, codec_classes, squeeze, squeeze_export, squeeze_figures, squeeze_restore
from .patches import curves as patches_curves, device as patches_device, edge as patches_edge, export as patches_export, transform as patches_transform


def recipe(work: Path, threads: int):
    """Stages in order: (name, function)."""
    photos, asked = work / "photographs", work / "asked"
    common = ["--work", str(work), "--threads", str(threads)]
    sets = "coco=.5,scenes=.3,classes=.2"
    pack = [*common, "--out", str(work / "pack"), "--name", "smoke-vqa", "--sets", sets, "--table-pictures", "40", "--default", "c8-coarse",
            "--lmm", "joint.pt", "--codec", "joint-codec.pt"]
    return [
        ("stand-ins", lambda: [stand_in.encoder(work), stand_in.language(work), stand_in.teacher(work),
                               stand_in.photographs(photos), stand_in.questions(asked)]),
        ("distill", lambda: distill.main([*common, "--classes", str(photos), "--teacher", str(work / "teacher.onnx"),
                                          "--photos", str(asked), "--minutes", ".08", "--batch", "4", "--probe", "10", "10"])),
        ("features", lambda: features.main([*common, "--set", f"coco={asked}:train/", "--set",
                                            f"classes={photos}:train/:12", "--scenes", f"{photos}:8:3"])),
        ("codec", lambda: codec.main([*common, "--sets", sets, "--minutes", ".12", "--pictures", "8", "--experts", "4"])),
        ("lmm", lambda: lmm.main([*common, "--coco", str(asked), "--shares", sets + ",captions=.1", "--minutes", ".12",
                                  "--pictures", "3", "--per-picture", "2", "--codec", str(work / "codec.pt")])),
        ("joint", lambda: lmm.main([*common, "--coco", str(asked), "--shares", sets, "--minutes", ".06", "--pictures", "2",
                                    "--codec", str(work / "codec.pt"), "--joint", "--start", str(work / "lmm.pt"),
                                    "--out", "joint.pt"])),
        ("export", lambda: export.main(pack)),
        ("precision", lambda: precision.main([*common, "--pack", str(work / "pack"), "--data", str(asked), "--tsv",
                                              "train.tsv", "--questions", "4", "--lmm", "joint.pt",
                                              "--codec", "joint-codec.pt", "--out", str(work / "precision.json")])),
        ("classify", lambda: classify.main([
            *common[2:], "--work", str(work / "classify"), "--pack", str(work / "pack"), "--classes", str(photos),
            "--photos", str(asked), "--teachers", str(work / "teacher.onnx"), "--labels", str(stand_in.names(work)),
            "--points", "c8-coarse,c16", "--labelled", "12", "--pools", "mean,query", "--temperatures", "1", "--steps", "5", "--bf16"])),
        ("with labels", lambda: labelled(work, pack)),
        ("from-pack", lambda: from_pack.main(["--pack", str(work / "pack"), "--work", str(work)])),
        ("together", lambda: together.main([*common, "--coco", str(asked), "--classes", str(photos), "--teacher", str(work / "teacher.onnx"),
                                            "--shares", "coco=.6,classes=.2,canvases=.2", "--minutes", ".15", "--pictures", "3",
                                            "--per-picture", "2", "--warm", "1", "--checked", "3"])),
        ("again", lambda: again(work, asked, common)),
        ("still", lambda: still(work, asked, common)),
        ("patches", lambda: patches(work, photos, asked, common)),
        ("bottleneck", lambda: bottlenecks(work, photos, asked, common)),
        ("squeeze", lambda: squeezes(work, photos, asked, common)),
        ("ask", lambda: ask(work / "pack", "How many shapes are there?")),
    ]


def labelled(work: Path, pack: list[str]):
    """The pack written again, with its head of classes, is the one that `classify` put the head into."""
    before = (work / "pack" / "pack.json").read_bytes()
    export.main([*pack, "--classify", str(work / "classify")])
    if (work / "pack" / "pack.json").read_bytes() != before:
        raise SystemExit(f"writing [{work / 'pack'}] with the head of [{work / 'classify'}]: found another pack.json than `classify` left")


def again(work: Path, asked: Path, common: list[str]):
    """A pack from the one loop's checkpoint, its tables counted on tokens of its own encoder."""
    shutil.rmtree(work / "features")
    features.main([*common, "--encoder", "together.pt", "--set", f"coco={asked}:train/:8"])
    three = [part for name in ("encoder", "lmm", "codec") for part in (f"--{name}", "together.pt")]
    export.main([*common, "--out", str(work / "pack-again"), *three, "--sets", "coco=1", "--table-pictures", "40",
                 "--default", "c8-coarse"])


def still(work: Path, asked: Path, common: list[str]):
    """Projector and adapter into that pack: the same ones change nothing, another run's change theirs alone; another encoder is refused."""
    pack, to = work / "pack-again" / "pack.json", [*common, "--pack", str(work / "pack-again"), "--lmm"]
    before = pack.read_bytes()
    language_export.main([*to, "together.pt"])
    if pack.read_bytes() != before:
        raise SystemExit(f"writing the same projector and adapter into [{pack.parent}]: found another pack.json")
    changed = language_export.write(export.Parts(work, {"encoder": "together.pt", "lmm": "joint.pt", "codec": "together.pt"}), pack.parent, "2", 2)
    needed = language_export.CHANGED | {"golden/projector-image_features.bin"}
    if changed != needed:
        raise SystemExit(f"writing another projector and adapter: found [{sorted(changed)}] changed, needed {sorted(needed)}")
    before = pack.read_bytes()
    try:
        language_export.main([*to, "joint.pt", "--encoder", "encoder-mended.pt"])
    except SystemExit as refused:
        if "encoder.bin" in str(refused) and pack.read_bytes() == before:
            return
        raise
    raise SystemExit("writing another encoder's projector and adapter was not refused")


def patches(work: Path, photos: Path, asked: Path, common: list[str]):
    """Both classifiers of the method patches and its codec, put into the pack of the one loop's checkpoint, twice alike."""
    data = ["--classes", str(photos), "--photos", str(asked)]
    taught = [*common, *data, "--teacher", str(work / "teacher.onnx"), "--encoder", "together.pt", "--batch", "2", "--checked", "2", "--limit", "12"]
    device, edge = ["--layers", "0,11", "--neurons", "64", "--sample", "2"], ["--layers", "1", "--guide", str(work / "patches-device.pt")]
    for _ in range(2):  # the second start goes on from the first one's checkpoint
        patches_device.main([*taught, *device, "--minutes", ".03"])
    patches_edge.main([*taught, *edge, "--minutes", ".03"])
    files = ["--edge", str(work / "patches-edge.pt"), "--device", str(work / "patches-device.pt")]
    patches_transform.main([*common, *data, *files[:2], "--guide", files[3], "--patches", "600", "--experts", "2", "--coefficients", "8",
                            "--rounds", "2", "--checked", "2", "--qualities", "30", "--steps", "24", "--limit", "12"])
    for _ in range(2):
        patches_export.main(["--pack", str(work / "pack-again"), *files, "--transform", str(work / "patches-transform.bin"),
                             "--labels", str(work / "names.txt")])
    patches_curves.main(["--pack", str(work / "pack-again"), "--classes", str(photos), "--work", str(work / "curves-kept"), "--out", str(work / "curves"),
                         "--limit", "4", "--counts", "32", "--work-counts", "32", "--runs", "1", "--draws", "20", "--torch", files[1]])


def bottlenecks(work: Path, photos: Path, asked: Path, common: list[str]):
    """A guided rung and two blueprints on it, the control, the pack of the rung, and a run from what that pack holds."""
    given = [*common, "--classes", str(photos), "--photos", str(asked), "--mobilenet", str(stand_in.mobilenet(work)), "--vit", str(work / "together.pt")]
    train = [*given, "--batch", "4", "--guide", "mobilenet"]
    bottleneck.main([*train, "--variant", "sg", "--backbone", "mobilenet", "--lambda", "0.1", "--minutes", ".08", "--bf16"])
    for more in ("vit", "picture"):
        bottleneck.main([*train, "--on", str(work / "sg-0.1.pt"), "--backbone", more, "--minutes", ".03"])
    bottleneck.main([*train, "--variant", "es", "--backbone", "mobilenet", "--minutes", ".05"])
    bottleneck_export.main([*given, "--out", str(work / "pack-bottleneck"), "--labels", str(stand_in.names(work)), "--checked", "3",
                            "--rung", "only=sg-0.1.pt,sg-0.1+vit.pt,sg-0.1+picture.pt"])
    again_from_pack(work, train)


def again_from_pack(work: Path, train: list[str]):
    """A run from what that pack holds; where its encoder came out in 8 bits, which on so few photographs is chance, it is refused."""
    pack = work / "pack-bottleneck"
    try:
        bottleneck_from_pack.main(["--work", str(work), "--pack", str(pack)])
    except SystemExit as refused:
        if "in fp32" in str(refused) and b"weight_quantized" in (pack / "encoder-only.onnx").read_bytes():
            return
        raise
    bottleneck.main([*train, "--on", str(work / "only.pt"), "--backbone", "vit", "--minutes", ".02", "--out", "taken"])


def squeezes(work: Path, photos: Path, asked: Path, common: list[str]):
    """A rung, the next one from it, the control, a restorer, figures of all and the pack of a rung."""
    given = [*common, "--classes", str(photos), "--photos", str(asked), "--mobilenet", str(work / "mobilenet.onnx")]
    train = [*given, "--batch", "2", "--checked", "2", "--limit", "12", "--minutes", ".02", "--bf16"]
    squeeze.main([*train, "--backbone", "mobilenet", "--scale", "4", "--lambda", "0.5"])
    squeeze.main([*train, "--backbone", "mobilenet", "--scale", "4", "--lambda", "1", "--start", str(work / "squeeze-4-0.5.pt")])
    squeeze.main([*train, "--backbone", "mobilenet", "--scale", "4", "--variant", "bicubic", "--lambda", "0.5", "--seen", "4"])
    squeeze_restore.main([*train, "--on", str(work / "squeeze-4-1.pt"), "--seen", "6"])
    codec_classes.main(["--work", str(work), "--classes", str(photos), "--mobilenet", str(work / "mobilenet.onnx"), "--backbone", "mobilenet", "--checked", "2",
                        "--on", "bicubic-4-0.5.pt", "webp-20"])
    squeeze_figures.main([*given, "--checked", "3", "squeeze-4-0.5.pt", "squeeze-4-1.pt", "bicubic-4-0.5.pt"])
    squeeze_export.main([*given, "--out", str(work / "pack-squeeze"), "--labels", str(stand_in.names(work)), "--checked", "3", "--synthetic",
                         "--rung", "only=squeeze-4-1.pt,squeeze-4-1+picture.pt"])


def ask(folder: Path, question: str) -> str:
    """One question through the pack's graphs and its golden texts again, from the files alone."""
    from tokenizers import Tokenizer
    manifest = json.loads((folder / "pack.json").read_text())
    words = Tokenizer.from_file(str(folder / "tokenizer.json"))
    run = {n: packfile.session(folder / g["file"], 2) for n, g in manifest["graphs"].items()}
    for head in manifest["heads"]:
        for golden in head["settings"].get("golden", []):
            ids = words.encode(llama.PREFIX + golden["prompt"] + llama.SUFFIX).ids
            found = packfile.generate(run["embed_tokens"], run["decoder"], ids, llama.STOP, len(golden["ids"]))
            if found != golden["ids"]:
                raise SystemExit(f"replaying [{golden['prompt']}]: found ids {found}, needed {golden['ids']}")
    tokens = run["encoder"].run(["last_hidden_state"], {"pixel_values": drawn.pixel_values(drawn.picture(3)[0])})[0]
    merged = cluster.dpc_knn(torch.from_numpy(tokens), 16).numpy()
    image = run["projector"].run(None, {"tokens": merged})[0]
    lead, tail = (words.encode(t).ids for t in (llama.PREFIX, llama.SEPARATOR + question + llama.SUFFIX))
    start = run["embed_tokens"].run(None, {"input_ids": np.array([lead], np.int64)})[0]
    ids = packfile.generate(run["embed_tokens"], run["decoder"], tail, llama.STOP, 8,
                            np.concatenate([start, image], 1))
    print(f"{question} -> {words.decode(ids)!r} (random weights: any text will do)")


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training smoke", description=__doc__)
    p.add_argument("--out", type=Path, required=True, help="folder to write to; the whole recipe empties it first")
    p.add_argument("--pack-only", action="store_true", help="write a tiny random pack and stop")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args(argv)
    if a.pack_only:
        a.out.mkdir(parents=True, exist_ok=True)
        print(f"{a.out}: {tiny.write(a.out, a.seed)} bytes")
        return
    if a.out.exists() and any(a.out.iterdir()) and not (a.out / "smoke.log").exists():
        raise SystemExit(f"emptying [{a.out}]: found files of something else there; name a new folder")
    shutil.rmtree(a.out, ignore_errors=True)
    a.out.mkdir(parents=True)
    torch.manual_seed(a.seed)
    took = {}
    for name, stage in recipe(a.out, a.threads):
        begun = time.time()
        (a.out / "smoke.log").write_text(f"in {name}\n")
        print(f"--- {name}", flush=True)
        stage()
        took[name] = time.time() - begun
    print("seconds: " + ", ".join(f"{k} {v:.0f}" for k, v in took.items()) + f"; {sum(took.values()):.0f} in all")


if __name__ == "__main__":
    main()
