"""What a backbone answers to picture files."""

import argparse
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from tandem_training.encoder import vit
from tandem_training.recipe import stand_in
from tandem_training.recipe.latent import codec_classes, squeeze

from test_bottleneck_run import keep_out


@pytest.fixture(scope="module")
def command(photographs, asked, tmp_path_factory):
    keep_out(asked)
    work = tmp_path_factory.mktemp("codec-classes")
    return ["--work", str(work), "--classes", str(photographs), "--photos", str(asked), "--mobilenet", str(stand_in.mobilenet(work)), "--backbone", "mobilenet"]


def test_files_are_named_by_codec_quality_and_side():
    assert codec_classes.wanted("webp-20") == ("webp", 20, 0)
    assert codec_classes.wanted("avif-5-112") == ("avif", 5, 112)
    for wrong in ("webp", "gif-20", "webp-x", "webp-20-1-1", "webp--20"):
        with pytest.raises(argparse.ArgumentTypeError, match="needed CODEC-QUALITY"):
            codec_classes.wanted(wrong)


def test_a_difference_has_the_interval_of_pairs():
    plain = np.array([True] * 50 + [False] * 50)
    assert codec_classes.away(plain, plain) == "+0.0 (+0.0 to +0.0)"
    worse = plain.copy()
    worse[:10] = False
    assert codec_classes.away(worse, plain) == "-10.0 (-15.9 to -4.1)"


def test_more_bytes_show_the_backbone_what_it_saw_before(command, capsys, tmp_path):
    a = codec_classes.arguments().parse_args([*command, "webp-5", "webp-95"])
    asked = codec_classes.Asked(a)
    pictures = codec_classes.bottleneck_data.Kept(a.classes, None, a.work / "pictures").sets()["labelled"][0]
    small, large = (asked.file(pictures[0], "webp", quality, 0, 4) for quality in (5, 95))
    assert small[0] < large[0]
    codec_classes.main([*command, "--checked", "3", "--json", str(tmp_path / "rows.json"), "webp-95", "jpeg-60-64"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith(", 3 others") and lines[4].startswith("| none |") and [line.split(" |")[0] for line in lines[5:]] == ["| webp 95", "| jpeg 60, 64 px"]
    rows = json.loads((tmp_path / "rows.json").read_text())["files"]
    assert [(r["codec"], r["quality"], r["side"], r["labelled"]["photographs"]) for r in rows] == [("webp", 95, 0, 3), ("jpeg", 60, 64, 3)]
    assert f"| {rows[0]['labelled']['bytes']:,.0f} |" in lines[5] and f"{rows[0]['others']['agree']:.1f} |" in lines[5]


def test_the_transformer_is_asked_too(command, tmp_path):
    torch.manual_seed(2)
    net = vit.Vit(layers=5)
    torch.save({"encoder": net.state_dict(), "classes": {"weight": torch.randn(1000, 2 * vit.WIDTH), "bias": torch.zeros(1000)}}, tmp_path / "vit.pt")
    named = [*command[:-2], "--backbone", "vit", "webp-95"]
    with pytest.raises(SystemExit, match="found no --vit"):
        codec_classes.Asked(codec_classes.arguments().parse_args(named))
    asked = codec_classes.Asked(codec_classes.arguments().parse_args([*named, "--vit", str(tmp_path / "vit.pt")]))
    pictures = codec_classes.bottleneck_data.Kept(asked_classes(command), None, tmp_path / "pictures").sets()["labelled"][0]
    plain = asked.plain(codec_classes.pixels(pictures[:6]))
    assert len(set(plain.tolist())) > 1 and asked.file(pictures[0], "webp", 5, 0, 4)[0] < asked.file(pictures[0], "webp", 95, 0, 4)[0]


def asked_classes(command: list[str]) -> Path:
    return Path(command[command.index("--classes") + 1])


def test_a_control_is_asked_about_its_own_small_picture(command):
    run = squeeze.build(squeeze.arguments().parse_args([*command, "--variant", "bicubic", "--scale", "2", "--out", "plain"]))
    torch.save(run.state(), run.a.work / "plain.pt")
    a = codec_classes.arguments().parse_args([*command, "--on", "plain.pt", "webp-95"])
    asked = codec_classes.Asked(a)
    pictures = codec_classes.bottleneck_data.Kept(a.classes, None, a.work / "pictures").sets()["labelled"][0]
    rgb = codec_classes.pixels(pictures[:1]).float()
    with torch.no_grad():
        wanted = run.split.eval().tail(run.split(run.squeezing(rgb))).argmax(1).numpy()
    assert (asked.plain(codec_classes.pixels(pictures[:1])) == wanted).all()
    size, _ = asked.file(pictures[0], "webp", 95, 0, 4)
    assert size < codec_classes.Asked(codec_classes.arguments().parse_args([*command, "webp-95"])).file(pictures[0], "webp", 95, 0, 4)[0]
