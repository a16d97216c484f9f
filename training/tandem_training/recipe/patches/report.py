"""What `patches-curves` measured, as Markdown and as plots."""

import math

import numpy as np

from ...common.plot import Axis, lines
from ...patches import curves
from .parts import PAPERS, SHARES

POINTS = 240  # of a plotted curve


def percent(v, sign: str = "", digits: int = 1) -> str:
    """[value, low, high] of shares, in percent or points."""
    value, low, high = (f"{100 * part:{sign}.{digits}f}" for part in v)
    return f"{value} ({low} to {high})"


def table(head: list[str], rows) -> str:
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in [head, ["---"] * len(head), *rows]) + "\n"


def doubt(d: dict) -> str:
    within = f"share sent for {100 * d['within']:g} point less, %"
    rules = table(["rule of doubt", "mean accuracy over all shares, %", within, *(f"{100 * s:.0f} % sent" for s in SHARES)],
                  [[name, percent(r["area"]), percent(r["needed"]), *(f"{100 * r['at'][str(s)]:.1f}" for s in SHARES)] for name, r in d["rules"].items()])
    pairs = table(["paired difference, points", "mean accuracy", *(f"{100 * s:.0f} % sent" for s in PAPERS), "share sent"],
                  [[name, *(percent(p[k], "+", 2) for k in ("area", *(f"at {s}" for s in PAPERS))), percent(p["needed"], "+")] for name, p in d["pairs"].items()])
    return f"Device {percent(d['device'])}, edge {percent(d['edge'])} %; temperature {d['temperature']:g}.\n\n{rules}\n{pairs}"


def chosen(c: dict) -> str:
    rows = [[r["count"], r["by"] + ("" if r["by"] == "random" else f", {r['rule']}"), "" if r["amount"] == r["count"] else f"{r['amount']:g}",
             f"{r['patches']:.1f} +- {r['spread']:.1f}", percent(r["right"]), percent(r["minus the first"], "+"), percent(r["minus random"], "+")] for r in c["rows"]]
    return f"All patches {percent(c['whole'])} %.\n\n" + table(["patches", "rule of choice", "amount", "kept, mean and deviation", "right, %",
                                                                 "less the first of the group", "less random"], rows)


def calibrated(c: dict) -> str:
    rows = [[end, f"{m['temperature']:g}", f"{100 * m['right']:.1f}", f"{100 * m['says']:.1f}", f"{100 * m['error']:.1f}", f"{m['surprise']:.3f}"]
            for end in ("device", "edge") for m in c[end]]
    said = "; ".join(f"{end}: error after minus before {percent(c[f'{end}, after minus before'], '+')} points" for end in ("device", "edge"))
    return table(["end", "temperature", "right, %", "says, %", "calibration error, %", "-ln of the right class"], rows) + f"\n{said}.\n"


def parity(p: dict) -> str:
    rows = []
    for name, what in (("checkpoint", "the checkpoint's"), ("rounded", "rounded as the pack stores them")):
        near = sorted(d["gap"] for d in p[name]["differ"])
        rows.append([what, len(near), f"{np.median(near):.3f}, {near[-1]:.3f}" if near else "", f"{p[name]['worst']:.2g}", p["right"][name]])
    return (f"{p['photographs']} photographs, top {p['patches']} patches; {p['right']['pack']} right by the pack's graph; gap of its two best logits: "
            f"median {p['gap, median']:.2f}, a tenth below {p['gap, a tenth']:.2f}.\n\n"
            + table(["weights in PyTorch", "another class", "gap of its two best logits there: median, largest", "largest difference of a logit", "right"], rows))


def worked(rows: list[dict]) -> str:
    first = rows[0]
    return table(["patches", "tokens", "GMAC", "of the first", "ms, median", "of the first", "a tenth to nine tenths of the runs"],
                 [[r["patches"], r["tokens"], f"{r['macs'] / 1e9:.3f}", f"{100 * r['macs'] / first['macs']:.0f} %", f"{r['ms']:.1f}",
                   f"{100 * r['ms'] / first['ms']:.0f} %", f"{r['tenth']:.1f} to {r['nine tenths']:.1f}"] for r in rows])


WRITERS = {"doubt": doubt, "choice": chosen, "calibration": calibrated, "parity": parity, "work": worked}


def markdown(found: dict) -> str:
    head = f"# {found['pack']}: doubt, choice, calibration\n\n{found['photographs']} photographs.\n"
    return head + "".join(f"\n## {part}\n\n{write(found[part])}" for part, write in WRITERS.items() if part in found)


def tens(values) -> tuple[float, float]:
    """The tenths around all values, two different ones."""
    low, high = math.floor(10 * min(values)), math.ceil(10 * max(values))
    return (low / 10, high / 10) if low < high else (low / 10, low / 10 + 0.1) if low < 10 else (0.9, 1.0)


def plots(found: dict) -> dict[str, str]:
    """SVG by name, of those parts that have one."""
    out = {}
    if "doubt" in found:
        d = found["doubt"]
        series = {name: (r["curve"][::max(1, len(r["curve"]) // POINTS)] + r["curve"][-1:]) for name, r in d["rules"].items()}
        series["by chance"] = [(0, d["device"][0]), (1, d["edge"][0])]
        ys = [y for line in series.values() for _, y in line]
        out["doubt"] = lines("When the device answers itself", Axis("share of pictures sent", 0, 1, 0.1), Axis("share right", *tens(ys), 0.05),
                             series, dashed=[n for n in series if n not in curves.MEASURES])
    if "choice" in found and found["choice"]["rows"]:
        rows, series = found["choice"]["rows"], {}
        for r in rows:
            series.setdefault(r["by"] if r["by"] == "random" else f"{r['by']}, {r['rule']}", []).append((r["patches"], *r["right"]))
        ys, most = [y for line in series.values() for p in line for y in p[1:]], max(r["patches"] for r in rows)
        out["choice"] = lines("Which patches the edge is given", Axis("patches a picture, mean", 0, 32 * math.ceil(most / 32), 32, "{:.0f}"),
                              Axis("share right", *tens(ys), 0.1), series)
    if "calibration" in found:
        series = {f"{end}, T = {m['temperature']:g}": [(says, right) for _, says, right in m["bins"]]
                  for end in ("device", "edge") for m in found["calibration"][end][:2]}
        series["as it says"] = [(0, 0), (1, 1)]
        out["calibration"] = lines("How often right, by what it says", Axis("greatest probability", 0, 1, 0.1), Axis("share right", 0, 1, 0.1), series,
                                   dashed=["as it says"])
    return out
