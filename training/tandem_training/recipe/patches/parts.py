"""The measurements of `patches-curves`, each from a pack's answers (patches_curves_answers) to plain numbers. Shares are 0 to 1; [value, low, high]
is with its 95 % interval by the paired bootstrap over photographs."""

import itertools
import time

import numpy as np

from ...patches import calibration, choice, curves, work
from .answers import Answers

SHARES = (0.1, 0.2, 0.36, 0.5, 0.6, 0.7, 0.8)
PAPERS = (0.36, 0.5)  # shares at which the paper's plot holds min-entropy beside Shannon's
WAYS = (("rollout", "top"), ("attention", "top"), ("random", "top"), ("rollout", "sum"), ("rollout", "sum-over"), ("rollout", "threshold"),
        ("attention", "sum"))


def doubt(of: Answers, weight, temperature: float | None = None, within: float = 0.01) -> dict:
    """Rules of doubt: the device answers where it is sure, the edge the whole picture otherwise; every threshold of each rule.
    At the pack's temperature where none is named."""
    temperature = temperature or of.temperature["device"]
    p = choice.probabilities(of.device()["logits"], temperature)
    device, edge = p.argmax(1) == of.label, of.whole().argmax(1) == of.label
    sure = {m: curves.surety(p, m) for m in curves.MEASURES}
    sure["no rule can be better"] = device.astype(float) - edge
    out = {"temperature": temperature, "device": curves.mean_and_interval(device, weight), "edge": curves.mean_and_interval(edge, weight),
           "within": within, "rules": {}, "pairs": {}}
    drawn = {}
    for name, values in sure.items():
        share, accuracy = (v[0] for v in curves.over_thresholds(values, device, edge, curves.once(len(device))))
        again = curves.over_thresholds(values, device, edge, weight)
        own = share[None], accuracy[None]
        drawn[name] = {"area": curves.area(*again), "needed": curves.needed(*again, within)}
        drawn[name] |= {f"at {s}": np.array([np.interp(s, *pair) for pair in zip(*again)]) for s in PAPERS}
        one = {"area": curves.area(*own), "needed": curves.needed(*own, within)} | {f"at {s}": [np.interp(s, share, accuracy)] for s in PAPERS}
        out["rules"][name] = {k: [float(one[k][0]), *curves.interval(drawn[name][k])] for k in one} | {
            "at": {str(s): float(np.interp(s, share, accuracy)) for s in SHARES}, "curve": np.stack([share, accuracy], 1).round(5).tolist()}
    for a, b in itertools.combinations(curves.MEASURES, 2):
        out["pairs"][f"{a} minus {b}"] = {k: [out["rules"][a][k][0] - out["rules"][b][k][0], *curves.interval(drawn[a][k] - drawn[b][k])]
                                          for k in drawn[a]}
    return out


def chosen(of: Answers, weight, counts: list[int]) -> dict:
    """Rules of choice: every picture is sent, the edge answers from so many patches; each beside the top ones of the first score
    and beside random ones at that number."""
    scores, whole, rows = of.scores(), of.whole().argmax(1) == of.label, []
    ways = [way for way in WAYS if way[0] in scores or way[0] == "random"]
    for count in (c for c in counts if c < of.count):
        found = []
        for by, rule in ways:
            amount = choice.amount_for(scores[by], rule, count) if by in scores else count
            said, kept = of.some(by, rule, amount)
            found.append((said == of.label).astype(int))
            rows.append({"count": count, "by": by, "rule": rule, "amount": amount, "patches": float(kept.mean()), "spread": float(kept.std()),
                         "right": curves.mean_and_interval(found[-1], weight)})
            print(f"{count} patches, {by} {rule} {amount:g}: {100 * found[-1].mean():.1f} %", flush=True)
        for row, right in zip(rows[-len(ways):], found):
            for name, other in (("minus the first", 0), ("minus random", ways.index(("random", "top")))):
                row[name] = curves.mean_and_interval(right - found[other], weight)
    return {"whole": curves.mean_and_interval(whole, weight), "rows": rows}


def calibrated(of: Answers, weight) -> dict:
    """Calibration of both ends, at temperature 1, at the one that the pack has and, as a yardstick, at the one that fits these photographs best."""
    out = {}
    for end, logits in (("device", of.device()["logits"]), ("edge", of.whole())):
        stored = of.temperature[end]
        out[end] = [calibration.measured(logits, of.label, t) for t in (1.0, stored, calibration.fitting(logits, of.label))]
        before, after = (calibration.errors(choice.probabilities(logits, t), of.label, weight) for t in (1.0, stored))
        out[f"{end}, after minus before"] = [out[end][1]["error"] - out[end][0]["error"], *curves.interval(after - before)]
    return out


def worked(of: Answers, counts: list[int], runs: int = 50) -> list[dict]:
    """The edge's work for so many patches: tokens, multiplications, milliseconds on one core (median, of one photograph)."""
    shape, patches, out = work.of_graph(of.pack / f"{of.graph}.onnx"), of.patches(of.rows[0]), []
    for count in sorted({min(c, of.count) for c in counts}, reverse=True):
        at, took = np.linspace(0, of.count - 1, count).astype(np.int64)[None], []
        feed = {"patches": patches[:, at[0]], "positions": at}
        for _ in range(runs + 1):  # the first one is not counted
            begun = time.perf_counter()
            of.reader.run(None, feed)
            took.append(time.perf_counter() - begun)
        middle, low, high = np.percentile(took[1:], (50, 10, 90)) * 1000
        out.append({"patches": count, "tokens": count + 1, "macs": work.macs(shape, count), "ms": float(middle), "tenth": float(low), "nine tenths": float(high)})
    return out
