"""`export`: trained parts to a pack, with golden vectors, and PyTorch against ONNX Runtime for every graph.

Reads from the work folder: encoder-mended.pt, lmm.pt (projector and adapter), codec.pt, features/ (for the tables),
the language model's GGUF and tokenizer.json; the head of 1,000 classes where --classify names the work folder of a
`classify` with this very encoder. A checkpoint of `together` serves as all three (--encoder, --lmm, --codec);
its tables need `features --encoder` of the same file.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..common import amend, drawn, sections, wheels
from ..common.graph import DataFile
from ..common.packfile import PackWriter, generate, session
from ..common.shares import shares
from ..encoder import classify_head, cluster, vision_graph, vit
from ..language import answers, decoder_graph, llama
from ..tofc import codec_export, hyper, quantiser, slices, tables
from ..tofc.codec_model import Codec
from ..tofc.tokens import Tokens
from .classify import NAME

PROMPTS = ("What is the capital of France?", "Name three colours.")
NAMES = ("fine", "", "coarse")


def points(steps: list[float], counts: list[int], trained: Codec) -> list[dict]:
    """Every cluster count at every step; the middle step has the bare name."""
    out = []
    for count in counts:
        for step, name in zip(steps, NAMES):
            out.append(sections.tofc_point(len(out) + 1, f"c{count}" + (f"-{name}" if name else ""), count, step,
                                           codec_export.scale_shift(trained, step)))
    return out


class Parts:
    """The trained networks of a work folder."""

    def __init__(self, work: Path, files: dict):
        """`files`: names in the work folder of encoder, lmm and codec; classify, where there is one, is a folder."""
        self.work = work
        self.net = vit.Vit()
        self.net.load_state_dict(torch.load(work / files["encoder"])["encoder"])
        state = torch.load(work / files["lmm"])
        self.projector = answers.Projector()
        self.projector.load_state_dict(state["projector"])
        self.codec = quantiser.load(work / files["codec"])
        self.labels, self.labelled = classify_head.load(files["classify"] / "classify.pt") if files.get("classify") else (None, {})
        self.words = llama.tokenizer(work)
        self.weights = llama.with_adapter(llama.read(work), state["adapter"])
        rank = max(a.shape[0] for a in (pair[0] for pair in self.weights.layers[0].lora.values()))
        self.llama = llama.Llama(self.weights, rank)
        self.llama.load_adapter(state["adapter"])
        for n in (self.net, self.projector, self.codec, self.llama):
            n.eval()


def write_graphs(pack: PackWriter, p: Parts):
    data = {n: DataFile(f"{n}.bin") for n in ("encoder", "hyper_analysis", "projector")}
    files, stack = decoder_graph.Files(), p.codec.analysis
    no_median = torch.zeros(p.codec.count, p.codec.hyper)
    projector = nn.Sequential(p.projector.norm, p.projector.fc1, nn.GELU(), p.projector.fc2)
    for g in (vision_graph.encoder(p.net, data["encoder"]),
              vision_graph.hyper_analysis(p.codec.router, list(zip(stack.weights, stack.biases)), 1.0, no_median,
                                          data["hyper_analysis"]),
              vision_graph.projector(projector, data["projector"]),
              decoder_graph.embed_tokens(p.weights, files), decoder_graph.decoder(p.weights, files)):
        pack.graph(g, [*data.values(), *files.all()])
    pack.data(*data.values(), *files.all())
    classify_head.drop(pack.folder)
    if p.labels:
        write_labels(pack, p.labels, p.labelled)


def write_labels(pack: PackWriter, head: classify_head.Head, kept: dict):
    """The head of classes that `classify` kept, where the pack's encoder is still the one that it was fitted on."""
    found = amend.weights_hash(pack.folder, pack.graphs["encoder"])
    if found != kept["encoder"]:
        raise SystemExit(f"writing the head of classes to [{pack.folder}]: found an encoder of hash [{found}], needed "
                         f"[{kept['encoder']}], which the head was fitted on; run `classify` again")
    classify_head.write(pack, head, kept["labels"])


def write_codec(pack: PackWriter, p: Parts, batches):
    rows = codec_export.all_rows(p.codec, batches)
    layers = codec_export.integer_layers(p.codec)
    pack.write("codec/tables.bin", tables.file_bytes(rows))
    pack.write("codec/hyper.bin", hyper.file_bytes(layers))
    return rows


@torch.no_grad()
def parity(pack: PackWriter, p: Parts, threads: int) -> dict[str, dict]:
    """Runs every graph beside PyTorch on a drawn picture; prints the worst differences; gives what golden needs."""
    run = {n: pack.session(n, threads) for n in pack.graphs}
    pixels = drawn.pixel_values(drawn.picture(7)[0])
    tokens, cls = run["encoder"].run(None, {"pixel_values": pixels})
    want, want_cls = p.net(torch.from_numpy(pixels))
    say("encoder, int8 weights", tokens, want)
    say("encoder, class token", cls, want_cls)
    merged = cluster.dpc_knn(torch.from_numpy(tokens), 16)[0]
    expert, z = run["hyper_analysis"].run(None, {"tokens": merged.numpy()})
    want_expert, want_z = codec_export.Exact(p.codec).latents(merged)
    say("hyper_analysis", z, want_z)
    print(f"  experts equal {(expert == want_expert).mean():.2f}, symbols equal {(np.rint(z) == np.rint(want_z)).mean():.4f}")
    image = run["projector"].run(None, {"tokens": merged.numpy()[None]})[0]
    say("projector", image, p.projector(merged[None]))
    if p.labels:
        say("classify, int8 weights", run["classify"].run(None, {"tokens": merged.numpy()[None]})[0], p.labels(merged[None]))
    ids = p.words.encode(llama.PREFIX + PROMPTS[0] + llama.SUFFIX).ids
    embeds = run["embed_tokens"].run(None, {"input_ids": np.array([ids], np.int64)})[0]
    say("embed_tokens", embeds, p.llama.embed(torch.tensor([ids])))
    feed = {i.name: np.zeros((1, p.weights.kv_heads, 0, p.weights.head_width), np.float32)
            for i in run["decoder"].get_inputs() if i.name.startswith("past")}
    x = np.concatenate([image, embeds], 1)
    logits = run["decoder"].run(["logits"], {"inputs_embeds": x, "attention_mask": np.ones((1, x.shape[1]), np.int64),
                                             **feed})[0][0, -1]
    say("decoder, 8-bit activations", logits, p.llama.logits(p.llama(torch.from_numpy(x))[0, -1]))
    return {"run": run, "pixels": pixels, "tokens": tokens, "cls": cls, "merged": merged.numpy(), "expert": expert,
            "z": z, "image": image}


def say(what, found, wanted):
    found, wanted = np.asarray(found, np.float64), np.asarray(wanted, np.float64)
    error = found - wanted
    print(f"{what}: largest difference {np.abs(error).max():.2e}, "
          f"relative {np.sqrt((error ** 2).mean() / (wanted ** 2).mean()):.2e}", flush=True)


def write_golden(pack: PackWriter, p: Parts, rows, got: dict, point: dict):
    pack.golden_graph("encoder", {"pixel_values": got["pixels"]},
                      {"last_hidden_state": got["tokens"], "class_token": got["cls"]}, 2e-3)
    pack.golden_graph("projector", {"tokens": got["merged"][None]}, {"image_features": got["image"]}, 2e-3)
    latents = got["expert"], got["z"]
    pack.golden_graph("hyper_analysis", {"tokens": got["merged"]}, {"expert": latents[0], "z": latents[1]}, 2e-3)
    if p.labels:
        classify_head.golden(pack, got["merged"])
    expert, z, y, index, _ = codec_export.Exact(p.codec).symbols(got["merged"], point["knobs"]["step"], latents)
    data = slices.slice_bytes(rows, point["id"], expert, z, y, index, p.codec.count)
    print(f"golden slice: {len(data)} bytes at {point['name']}")
    pack.golden_codec(point["name"], got["merged"], *latents, [data] if len(data) <= 1100 else [])
    write_texts(pack, p, got["run"])


def write_texts(pack: PackWriter, p: Parts, run: dict):
    """What the language model answers to prompts without a picture, by the graphs."""
    for prompt in PROMPTS:
        ids = p.words.encode(llama.PREFIX + prompt + llama.SUFFIX).ids
        answer = generate(run["embed_tokens"], run["decoder"], ids, llama.STOP, 24)
        text = p.words.decode([i for i in answer if i not in llama.STOP])
        print(f"{prompt} -> {text}")
        pack.golden_text(prompt, answer, text)


def language_head(pack: PackWriter, p: Parts) -> dict:
    w = p.weights
    return sections.language_head(w, w.embedding.q.shape[0], (llama.PREFIX, llama.SEPARATOR, llama.SUFFIX), llama.STOP, pack.texts)


def speed(folder: Path, threads: int):
    """Tokens a second of the decoder, the cache fed by copy."""
    decoder = session(folder / "decoder.onnx", threads)
    inputs = [i for i in decoder.get_inputs() if i.name.startswith("past")]
    hidden = decoder.get_inputs()[0].shape[2]
    past = {i.name: np.zeros((1, i.shape[1], 0, i.shape[3]), np.float32) for i in inputs}
    names, total, times = [o.name for o in decoder.get_outputs()], 0, []
    for n in (64, *[1] * 24):
        x, total, begun = np.zeros((1, n, hidden), np.float32) + 0.01, total + n, time.time()
        out = dict(zip(names, decoder.run(None, {"inputs_embeds": x, "attention_mask": np.ones((1, total), np.int64),
                                                 **past})))
        times.append(time.time() - begun)
        past = {k: out[k.replace("past_key_values", "present")] for k in past}
    print(f"decoder, {threads or 'all'} threads: prefill {64 / times[0]:.0f} tokens/s, decode "
          f"{1 / np.median(times[1:]):.1f} (best {1 / min(times[1:]):.1f})")


def provenance(extra: list[str]) -> list[dict]:
    out = [{"what": "vision encoder the training started from", "source": f"PyPI {wheels.WHEELS['vision'][0]}",
            "licence": "MIT (package), Apache-2.0 (DINOv2)", "sha256": wheels.WHEELS["vision"][2]},
           {"what": "language model, frozen", "source": f"PyPI {wheels.WHEELS['language'][0]}", "licence": "Apache-2.0",
            "sha256": wheels.WHEELS["language"][2]}]
    for line in extra:
        what, source, licence, *digest = line.split("|")
        out.append({"what": what, "source": source, "licence": licence, "sha256": digest[0] if digest else ""})
    return out


def build(p: Parts, out: Path, name: str, version: str, batches, steps, counts, default: str, extra=(), threads=2) -> int:
    """Writes a whole pack and prints the parity of every graph; returns its bytes."""
    pack, point_list = PackWriter(out), points(steps, counts, p.codec)
    write_graphs(pack, p)
    rows = write_codec(pack, p, batches)
    tokenizer = json.loads((p.work / "tokenizer.json").read_text("utf-8"))  # without the spaces, half of it
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), "utf-8")
    got = parity(pack, p, threads)
    write_golden(pack, p, rows, got, next(o for o in point_list if o["name"] == default))
    c = p.codec
    return pack.finish(
        name=name, version=version, licence="Apache-2.0", provenance=provenance(list(extra)) + p.labelled.get("provenance", []),
        preprocessing=sections.SQUASH,
        methods=sections.token_methods(c.count, c.width, c.hyper, pack.codec_golden),
        points=point_list, defaultPoint=default,
        heads=[language_head(pack, p), *([sections.labels_head(NAME)] if p.labels else [])])


def main(argv=None):
    a = argparse.ArgumentParser(prog="tandem-training export", description=__doc__)
    a.add_argument("--work", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True, help="folder of the pack; files in it are replaced")
    a.add_argument("--name", default="smol-vqa")
    a.add_argument("--version", default="1")
    a.add_argument("--encoder", default="encoder-mended.pt")
    a.add_argument("--lmm", default="lmm.pt")
    a.add_argument("--codec", default="codec.pt")
    a.add_argument("--classify", type=Path, metavar="FOLDER", help="work folder of `classify`, whose head to write too")
    a.add_argument("--sets", default="coco=.5,scenes=.2,classes=.15,daquar=.15", help="feature sets for the tables")
    a.add_argument("--steps", default="0.6,0.96,1.5", help="three steps: fine, middle, coarse")
    a.add_argument("--counts", default="8,16,32", help="cluster counts")
    a.add_argument("--default", default="c16", help="default operating point")
    a.add_argument("--table-pictures", type=int, default=240, help="pictures a step that the tables are counted on")
    a.add_argument("--provenance", action="append", default=[], metavar="WHAT|SOURCE|LICENCE[|SHA256]",
                   help="more lines of provenance: data sets, teacher")
    a.add_argument("--threads", type=int, default=2)
    a = a.parse_args(argv)
    torch.set_num_threads(a.threads)
    p = Parts(a.work, {"encoder": a.encoder, "lmm": a.lmm, "codec": a.codec, "classify": a.classify})
    steps = [float(s) for s in a.steps.split(",")]
    tokens = Tokens(a.work / "features", shares(a.sets))
    batches = list(zip(tokens.for_tables(a.table_pictures, steps=len(steps)), steps))
    size = build(p, a.out, a.name, a.version, batches, steps, [int(c) for c in a.counts.split(",")], a.default,
                 a.provenance, a.threads)
    speed(a.out, a.threads)
    print(f"{a.out}: {size / 1e6:.1f} MB, {len(json.loads((a.out / 'pack.json').read_text())['files'])} files")


if __name__ == "__main__":
    main()
