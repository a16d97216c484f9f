"""`bottleneck-plot`: how often a backbone's answer stays, against bytes: rungs, the control and picture files, in one SVG a backbone.

    bottleneck-plot --work W --rungs hd-0.12,hd-0.5,hd-2 --control es-0.5 --files lite2=files-lite2.json vit=files-vit.json --out DIR

Reads what the runs measured (W/NAME.json, and W/NAME+vit.json for another backbone) and what `codec-classes --json` did. One picture
of kept photographs with labels (Imagenette), one of others (COCO); bars are 95 % intervals of a share (Wilson's).
"""

import argparse
import json
from pathlib import Path

from ...common import plot

SETS = {"labelled": "Imagenette's test photographs", "others": "COCO's, of any kind"}
FIRST = "lite2"  # what a rung's own run measures
Z = 1.96


def interval(percent: float, n: int) -> tuple[float, float]:
    """Wilson's, as shares."""
    p, z = percent / 100, Z * Z / n
    middle, half = (p + z / 2) / (1 + z), Z * (p * (1 - p) / n + z / (4 * n)) ** 0.5 / (1 + z)
    return middle - half, middle + half


def point(bytes_: float, percent: float, n: int) -> tuple:
    return (bytes_, percent / 100, *interval(percent, n))


def measured(work: Path, names: list[str], backbone: str, part: str, counts: dict) -> list[tuple]:
    """Points of runs, the fewest bytes first."""
    out = []
    for name in names:
        file = work / f"{name if backbone == FIRST else f'{name}+{backbone}'}.json"
        if file.exists():
            found = json.loads(file.read_text())[part]
            out.append(point(found["bytes"], found[f"{backbone} agree"], counts[part]))
    return sorted(out)


def files(said: dict, part: str) -> dict[str, list[tuple]]:
    """{codec, shrunk or not: points}."""
    out = {}
    for row in said["files"]:
        found = row[part]
        out.setdefault(f"{row['codec']}{', shrunk' if row['side'] else ''}", []).append(point(found["bytes"], found["agree"], found["photographs"]))
    return {name: sorted(points) for name, points in out.items()}


def pictures(a) -> dict[str, str]:
    """{file name: SVG}."""
    out, counts = {}, dict(zip(SETS, a.photographs))
    for backbone, file in (f.split("=", 1) for f in a.files):
        said = json.loads(Path(file).read_text())
        for part, name in SETS.items():
            series = {"bottleneck": measured(a.work, a.rungs.split(","), backbone, part, counts)}
            series |= {"Entropic Student's": measured(a.work, [a.control], backbone, part, counts)} if a.control else {}
            series = {k: v for k, v in (series | files(said, part)).items() if v}
            most, least = max(p[0] for s in series.values() for p in s), min(p[2] for s in series.values() for p in s)
            out[f"{backbone}-{part}.svg"] = plot.lines(
                f"{backbone}: the same class as of the plain photograph, {name}",
                plot.Axis("bytes", 0, 1000 * -(-most // 1000), 1000, "{:,.0f}"), plot.Axis("the same class", 0.1 * (10 * least // 1), 1, 0.1),
                series, dashed=[s for s in series if s not in ("bottleneck", "Entropic Student's")])
    return out


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training bottleneck-plot", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--work", type=Path, required=True)
    p.add_argument("--rungs", required=True, help="names of finished runs, with a comma between")
    p.add_argument("--control", help="the name of another")
    p.add_argument("--files", nargs="+", required=True, metavar="BACKBONE=JSON")
    p.add_argument("--photographs", type=int, nargs=2, default=(1991, 800), help="how many the runs were measured on: labelled, others")
    p.add_argument("--out", type=Path, required=True, help="a folder")
    a = p.parse_args(argv)
    a.out.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures(a).items():
        (a.out / name).write_text(svg)
        print(a.out / name)


if __name__ == "__main__":
    main()
