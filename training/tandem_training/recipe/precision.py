"""`precision`: what the pack's 8-bit encoder and its decoder's 8-bit activations cost in answers.

The same questions three times: all in float32; the pack's encoder before the float language model; the pack's encoder
and decoder. Exact match of each, and the differences paired by question with 95 % intervals. A step is accepted where it
loses at most half a point.
"""

import argparse
import json
import math
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from ..common import packfile, photos
from ..common.drawn import pixel_values
from ..encoder import cluster
from ..language import answers, llama
from . import export


def pictures(source, rows):
    """[(RGB uint8, [(question, answer)...])...] of a question table, in its order."""
    at = {photos.base_name(n): n for n in source.pictures()}
    by_image: dict[str, list] = {}
    for r in rows:
        by_image.setdefault(photos.base_name(r["image"]), []).append((r["question"], r["answer"]))
    return [(photos.decode(source.read(at[name])), questions) for name, questions in by_image.items()]


def paired(name: str, before: np.ndarray, after: np.ndarray) -> dict:
    gap = after.astype(float) - before
    out = {"step": name, "points": round(100 * gap.mean(), 2), "changed": int(np.abs(gap).sum()),
           "interval": round(196 * gap.std() / math.sqrt(len(gap)), 2)}
    print(f"{name}: {out['points']:+.2f} points +- {out['interval']:.2f}, {out['changed']} of {len(gap)} answers changed")
    return out


@torch.no_grad()
def main(argv=None):
    a = argparse.ArgumentParser(prog="tandem-training precision", description=__doc__)
    a.add_argument("--work", type=Path, required=True)
    a.add_argument("--pack", type=Path, required=True)
    a.add_argument("--data", type=Path, required=True, help="ZIP or folder with pictures and the table")
    a.add_argument("--tsv", default="test.tsv")
    a.add_argument("--questions", type=int, default=600, help="at most, a seeded subset of whole pictures")
    a.add_argument("--clusters", type=int, default=16)
    a.add_argument("--encoder", default="encoder-mended.pt")
    a.add_argument("--lmm", default="lmm.pt")
    a.add_argument("--codec", default="codec.pt")
    a.add_argument("--out", type=Path, help="JSON to write")
    a.add_argument("--threads", type=int, default=2)
    a = a.parse_args(argv)
    torch.set_num_threads(a.threads)
    parts = export.Parts(a.work, {"encoder": a.encoder, "lmm": a.lmm, "codec": a.codec})
    prompter, encoder, embed, decoder = answers.Prompter(parts.words), *(
        packfile.session(a.pack / f"{n}.onnx", a.threads) for n in ("encoder", "embed_tokens", "decoder"))
    rows = photos.Source(a.data).table(a.tsv)
    names = sorted({r["image"] for r in rows})
    order = np.random.default_rng(7).permutation(len(names))
    chosen, count = set(), 0
    for i in order:
        chosen.add(names[i])
        count = sum(r["image"] in chosen for r in rows)
        if count >= a.questions:
            break
    hits: dict[str, list] = {"float": [], "encoder": [], "both": []}
    asked = pictures(photos.Source(a.data), [r for r in rows if r["image"] in chosen])
    for rgb, questions in tqdm(asked, desc="precision", mininterval=10):
        pixels = pixel_values(rgb)
        exact = parts.net(torch.from_numpy(pixels))[0]
        rounded = torch.from_numpy(encoder.run(["last_hidden_state"], {"pixel_values": pixels})[0])
        for name, tokens in (("float", exact), ("encoder", rounded)):
            image = parts.projector(cluster.dpc_knn(tokens, a.clusters))
            hits[name] += answers.answer_loss(parts.llama, prompter, image, [questions])[1].tolist()
        start = embed.run(None, {"input_ids": np.array([prompter.prefix], np.int64)})[0]
        for question, answer in questions:
            ids, wanted = prompter.segment(question, answer)
            found = packfile.generate(embed, decoder, prompter.separator + ids, llama.STOP, len(wanted),
                                      np.concatenate([start, image.numpy()], 1))
            hits["both"].append(found == wanted)
    hits = {k: np.array(v) for k, v in hits.items()}
    for name, right in hits.items():
        print(f"{name}: {100 * right.mean():.2f} % of {len(right)}")
    table = [paired("encoder in 8 bits", hits["float"], hits["encoder"]),
             paired("decoder's activations in 8 bits", hits["encoder"], hits["both"])]
    if a.out:
        a.out.write_text(json.dumps({"questions": len(hits["float"]), "clusters": a.clusters, "table": table,
                                     "exact": {k: round(100 * float(v.mean()), 2) for k, v in hits.items()}}, indent=1))


if __name__ == "__main__":
    main()
