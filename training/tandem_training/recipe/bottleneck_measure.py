"""What a pack's graphs of a bottleneck make of kept-out photographs, by ONNX Runtime alone: bytes, answers, time."""

import time

import numpy as np

from ..bottleneck import bands
from ..common import drawn
from ..tofc.codec_export import Lengths


def symbols(session, picture: np.ndarray) -> np.ndarray:
    """RGB uint8 [224,224,3] -> symbols int64 [C,H,W]."""
    latent = session.run(None, {"pixel_values": drawn.pixel_values(picture)})[0][0]
    return np.clip(np.rint(latent), -32768, 32767).astype(np.int64)


def milliseconds(session, side: int = 224, runs: int = 15) -> float:
    """Median time of one picture through an encoder, of the processor of this thread where the session has one thread."""
    x, took = np.random.default_rng(1).normal(size=(1, 3, side, side)).astype(np.float32), []
    for _ in range(runs):
        begun = time.thread_time()
        session.run(None, {"pixel_values": x})
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


def golden_slices(rows, point: int, latent: np.ndarray, least: int = 1) -> list[bytes]:
    return bands.slices(rows, point, latent, least)
