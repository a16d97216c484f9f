"""What a pack's graphs around a latent map make of kept-out photographs, by ONNX Runtime alone: bytes, answers, time; whether
8 bits will do."""

import time

import numpy as np
import torch

from ...bottleneck import bands, int8
from ...common import drawn
from ...common.packfile import PackWriter
from ...tofc.codec_export import Lengths
from ..loop import pixels

MOST_LOST = 0.3  # points


def symbols(session, picture: np.ndarray) -> np.ndarray:
    """RGB uint8 [224,224,3] -> symbols int64 [C,H,W]."""
    latent = session.run(["latent"], {"pixel_values": drawn.pixel_values(picture)})[0][0]
    return np.clip(np.rint(latent), -32768, 32767).astype(np.int64)


def milliseconds(session, side: int = 224, runs: int = 15) -> float:
    """Median time of one picture through an encoder, of the processor of this thread where the session has one thread."""
    x, took = np.random.default_rng(1).normal(size=(1, 3, side, side)).astype(np.float32), []
    for _ in range(runs):
        begun = time.thread_time()
        session.run(["latent"], {"pixel_values": x})
        took.append(time.thread_time() - begun)
    return 1000 * float(np.median(took))


def answers(encoder, rows, heads: dict, sets: dict, own: dict, most: int) -> dict:
    """{measure: array over pictures}: ideal bytes, and for each head whether it answers as its backbone does (`own`: {(set,
    head): class of each picture in the set's order}) and whether it is right, in percent.

    `sets`: {name: (pictures, label or None, order)}; encoder and heads are sessions.
    """
    lengths, out = Lengths(rows), {}
    channel = np.arange(len(rows))[:, None, None]
    for name, (pictures, label, order) in sets.items():
        for at, row in enumerate(order[:most]):
            s = symbols(encoder, pictures[row])
            out.setdefault("bytes", []).append(lengths.of(channel, s).sum() / 8)
            for head, session in heads.items():
                best = int(session.run(None, {"latent": s[None].astype(np.float32)})[0].argmax())
                out.setdefault(f"{head} agree", []).append(100.0 * (best == own[name, head][at]))
                if label is not None:
                    out.setdefault(f"{head} top-1", []).append(100.0 * (best == label[row]))
    return {k: np.array(v) for k, v in out.items()}


def lost(exact: dict, quick: dict) -> float:
    """Points that the quick encoder loses, mean over top-1 and agreement of all heads; bytes that it adds count not."""
    return float(np.mean([exact[k].mean() - quick[k].mean() for k in exact if k != "bytes"]))


@torch.no_grad()
def own_answers(answer, sets: dict, most: int) -> dict:
    """{set: class of each picture in the set's order} by a function of rgb [B,3,224,224] 0..255 -> logits."""
    out = {}
    for name, (pictures, _, order) in sets.items():
        out[name] = []
        for i in range(0, min(most, len(order)), 25):
            out[name] += answer(pixels(pictures[order[i:min(i + 25, most)]]).float()).argmax(1).tolist()
    return out


def choose(pack: PackWriter, name: str, rows, heads: dict, sets: dict, own: dict, most: int, calibration: np.ndarray):
    """The encoder `name` of a pack in fp32, as it was written, or in 8 bits, where these cost less than MOST_LOST; prints both."""
    graph = f"encoder-{name}"
    small, found = pack.folder / f"{graph}-int8.onnx", {}
    int8.quantise(pack.folder / f"{graph}.onnx", calibration, small)
    for kind, session in (("fp32", pack.session(graph, 1)), ("int8", pack.session(f"{graph}-int8", 1))):
        found[kind] = answers(session, rows, heads, sets, own, most)
        print(f"{name} {kind}: {milliseconds(session):.1f} ms, " + ", ".join(f"{k} {v.mean():.1f}" for k, v in found[kind].items()), flush=True)
    points = lost(found["fp32"], found["int8"])
    print(f"{name}: 8 bits cost {points:.2f} points, {'taken' if points < MOST_LOST else 'not taken'}", flush=True)
    if points < MOST_LOST:
        small.replace(pack.folder / f"{graph}.onnx")
        (pack.folder / f"{graph}.bin").unlink()
        pack.graphs[graph]["data"] = []
    else:
        small.unlink()


def golden(pack: PackWriter, number: int, name: str, rows) -> tuple[np.ndarray, dict]:
    """(latent of a drawn picture, golden vector of the point `name` with its slices), by the encoder in the pack."""
    latent = pack.session(f"encoder-{name}", 1).run(["latent"], {"pixel_values": drawn.pixel_values(drawn.picture(7)[0])})[0][0]
    made = bands.slices(rows, number, latent)
    return latent, {"point": name, "latent": pack.write(f"golden/{name}-latent.bin", latent.astype("<f4").tobytes()),
                    "slices": [pack.write(f"golden/{name}-{i}.bin", s) for i, s in enumerate(made)]}
