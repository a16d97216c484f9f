"""The plot of rungs beside picture files."""

import json
import xml.etree.ElementTree as ET

import pytest

from tandem_training.recipe.latent import bottleneck_plot


def test_an_interval_is_wilsons():
    low, high = bottleneck_plot.interval(80, 100)
    assert (low, high) == (pytest.approx(0.7111, abs=1e-3), pytest.approx(0.8666, abs=1e-3))
    assert bottleneck_plot.interval(100, 50)[1] <= 1 + 1e-9


def test_every_measured_point_is_drawn(tmp_path):
    def run(name, backbone, size, agree):
        (tmp_path / f"{name}.json").write_text(json.dumps({"labelled": {"bytes": size, f"{backbone} agree": agree}, "others": {"bytes": size, f"{backbone} agree": agree / 2}}))
    run("hd-0.5", "lite2", 6000.0, 88.0)
    run("hd-2", "lite2", 3000.0, 70.0)
    run("hd-2+vit", "vit", 3000.0, 85.0)
    run("es-0.5", "lite2", 5000.0, 20.0)
    row = {"codec": "webp", "quality": 5, "side": 0, "labelled": {"bytes": 2000.0, "agree": 75.0, "photographs": 400}, "others": {"bytes": 1900.0, "agree": 40.0, "photographs": 400}}
    (tmp_path / "files.json").write_text(json.dumps({"files": [row, row | {"quality": 9, "side": 112}]}))
    bottleneck_plot.main(["--work", str(tmp_path), "--rungs", "hd-0.5,hd-2", "--control", "es-0.5", "--out", str(tmp_path / "out"),
                          "--files", f"lite2={tmp_path / 'files.json'}", f"vit={tmp_path / 'files.json'}"])
    for name, dots in (("lite2-labelled", 5), ("lite2-others", 5), ("vit-labelled", 3), ("vit-others", 3)):  # the control has no transformer here
        svg = ET.fromstring((tmp_path / "out" / f"{name}.svg").read_text())
        assert len(svg.findall("{http://www.w3.org/2000/svg}circle")) == dots, name
        texts = [t.text for t in svg.iter("{http://www.w3.org/2000/svg}text")]
        assert "webp, shrunk" in texts and "bottleneck" in texts and ("Entropic Student's" in texts) == name.startswith("lite2")
    points = bottleneck_plot.measured(tmp_path, ["hd-0.5", "hd-2"], "lite2", "labelled", {"labelled": 1991})
    assert [p[:2] for p in points] == [(3000.0, 0.7), (6000.0, 0.88)]
