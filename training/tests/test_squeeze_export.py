"""Squeeze's graphs beside PyTorch, and a pack made of trained rungs."""

import hashlib
import json

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from tandem_training.bottleneck import bands, factorised, int8
from tandem_training.common import coding, drawn, packfile
from tandem_training.common.graph import DataFile
from tandem_training.encoder import teacher
from tandem_training.recipe import stand_in
from tandem_training.recipe.latent import squeeze, squeeze_export, squeeze_figures, squeeze_restore
from tandem_training.squeeze import graphs, restorer, split, squeezing

from test_bottleneck_export import close, session
from test_bottleneck_run import keep_out
from test_teacher import Net, net  # noqa: F401, a fixture


def picture(height=224, width=224):
    return drawn.picture(5, size=224)[0][:height, :width]


def networks(net, scale, variant):  # noqa: F811
    """A module that does something and a backbone with scales of its own."""
    torch.manual_seed(6)
    module, back = squeezing.Squeezing(scale, variant), split.Split(teacher.EfficientNetLite(net.state_dict()), scale, 7)
    if module.net is not None:
        torch.nn.init.normal_(module.net[-1].weight, std=0.03)
    with torch.no_grad():
        small = module(torch.from_numpy(picture()).permute(2, 0, 1)[None].float())
        back.start(back.map(small), factorised.FactorisedPrior(7))
        back.rise.add_(torch.linspace(-1, 1, 7))
    return module.eval(), back.eval()


@torch.no_grad()
@pytest.mark.parametrize("scale, variant, height, width", ((2, "squeeze", 224, 224), (4, "squeeze", 224, 224), (2, "bicubic", 224, 192),
                                                           (4, "bicubic", 160, 224), (1, "none", 224, 224)))
def test_an_encoders_graph_gives_latent_and_small_picture(net, tmp_path, scale, variant, height, width):  # noqa: F811
    module, back = networks(net, scale, variant)
    medians, own = np.linspace(-3, 2, 7).astype(np.float32), DataFile("e.bin")
    run = session(packfile.PackWriter(tmp_path), graphs.encoder(module, back, medians, own, "encoder", height, width), own)
    assert [o.name for o in run.get_outputs()] == ["latent", "squeezed"]
    assert run.get_outputs()[1].shape == [1, 3, height // scale, width // scale]
    rgb = picture(height, width)
    latent, small = run.run(None, {"pixel_values": drawn.pixel_values(rgb)})
    x = torch.from_numpy(rgb).permute(2, 0, 1)[None].float()
    torch.testing.assert_close(torch.from_numpy(small), module(x), rtol=0, atol=2e-5)
    close(latent, back(module(x)) - torch.from_numpy(medians).view(1, -1, 1, 1), 2e-3)
    if variant == "bicubic":
        want = F.interpolate(x / 255, scale_factor=1 / scale, mode="bicubic", antialias=True).clamp(0, 1)
        torch.testing.assert_close(torch.from_numpy(small), want, rtol=0, atol=2e-5)
    assert list(latent.shape) == run.get_outputs()[0].shape


@torch.no_grad()
def test_heads_and_drift_are_the_networks(net, tmp_path):  # noqa: F811
    module, back = networks(net, 2, "squeeze")
    pack, medians, gain = packfile.PackWriter(tmp_path), np.linspace(-3, 2, 7).astype(np.float32), back.gain().numpy()
    s = torch.randn(1, 7, 14, 14).mul(3).round()
    there = s + torch.from_numpy(medians).view(1, -1, 1, 1)
    run = session(pack, graphs.labels("labels", back, medians, own := DataFile("l.bin")), own)
    close(run.run(None, {"latent": s.numpy()})[0], back.tail(there), 0.05)
    assert run.get_inputs()[0].shape == [1, 7, "rows", "columns"]
    made = restorer.Restorer(16, 7).eval()
    run = session(pack, graphs.picture("picture", made, medians, gain, own := DataFile("p.bin")), own)
    found = run.run(None, {"latent": s.numpy()})[0]
    close(found, made(back.feature(there)), 0.02)
    assert found.shape == (1, 3, 224, 224) and run.run(None, {"latent": s[:, :, :4, :6].numpy()})[0].shape == (1, 3, 64, 96)
    whole = teacher.EfficientNetLite(net.state_dict())
    run = session(pack, graphs.drift("drift", whole, own := DataFile("d.bin")), own)
    x = torch.from_numpy(picture()).permute(2, 0, 1)[None].float()
    close(run.run(None, {"picture": x.numpy() / 255})[0], whole(x), 0.05)


def test_the_kernel_is_even_and_whole():
    for scale in (2, 4):
        k = graphs.kernel(scale)
        assert len(k) == 4 * scale and k.sum() == pytest.approx(1) and np.allclose(k, k[::-1]) and k.min() < 0
        inside = graphs.inside(10 * scale, scale)
        assert len(inside) == 10 and np.allclose(inside[2:-2], 1) and inside[0] != pytest.approx(1) and np.allclose(inside, inside[::-1])


@torch.no_grad()
def test_eight_bits_leave_what_is_seen_and_what_is_sent(net, tmp_path):  # noqa: F811
    module, back = networks(net, 4, "squeeze")
    pack, x = packfile.PackWriter(tmp_path), np.concatenate([drawn.pixel_values(drawn.picture(i)[0]) for i in range(8)])
    run = session(pack, graphs.encoder(module, back, np.zeros(7, np.float32), own := DataFile("e.bin"), "encoder"), own)
    int8.quantise(tmp_path / "encoder.onnx", x, tmp_path / "small.onnx")
    small = packfile.session(tmp_path / "small.onnx", 1)
    assert [o.name for o in small.get_outputs()] == ["latent", "squeezed"]
    a, b = (s.run(None, {"pixel_values": x[:1]}) for s in (run, small))
    assert np.abs(a[1] - b[1]).max() < 0.1 and 0 < np.square(a[0] - b[0]).mean() < 0.3 * a[0].var()
    assert len(int8.closing(tmp_path / "encoder.onnx")) >= 5


# --- a pack


@pytest.fixture(scope="module")
def trained(photographs, asked, tmp_path_factory):
    """Two rungs of unlike scale with restorers, of seconds each."""
    folder = tmp_path_factory.mktemp("squeeze")
    keep_out(asked)
    common = ["--work", str(folder), "--classes", str(photographs), "--photos", str(asked), "--mobilenet", str(stand_in.mobilenet(folder))]
    short = ["--batch", "2", "--checked", "2", "--seen", "4", "--bf16"]
    for scale, weight in ((2, 0.5), (4, 1.0)):
        squeeze.main([*common, *short, "--backbone", "mobilenet", "--scale", str(scale), "--lambda", str(weight)])
        squeeze_restore.main([*common, *short, "--on", str(folder / f"squeeze-{scale}-{weight:g}.pt")])
    return folder, common


def export(trained, out, *rungs, more=()):
    folder, common = trained
    squeeze_export.main([*common, "--out", str(out), "--labels", str(stand_in.names(folder)), "--checked", "3", *more,
                         *(p for r in rungs for p in ("--rung", r))])
    return json.loads((out / "pack.json").read_text("utf-8"))


def test_a_pack_of_two_scales(trained, tmp_path, capsys):
    folder, common = trained
    said = export(trained, tmp_path, "fine=squeeze-2-0.5.pt,squeeze-2-0.5+picture.pt", "coarse=squeeze-4-1.pt,squeeze-4-1+picture.pt",
                  more=("--default", "coarse", "--synthetic"))
    assert "coarse: 8 bits cost" in capsys.readouterr().out
    section = said["methods"]["squeeze"]
    assert {n: (r["lambda"], r["scale"], r["encoder"], r["tables"]) for n, r in section["rungs"].items()} == {
        "fine": (0.5, 2, "encoder-fine", "codec/fine.bin"), "coarse": (1.0, 4, "encoder-coarse", "codec/coarse.bin")}
    assert said["points"] == [{"id": 1, "name": "fine", "method": "squeeze", "knobs": {"rung": "fine"}},
                              {"id": 2, "name": "coarse", "method": "squeeze", "knobs": {"rung": "coarse"}}] and said["defaultPoint"] == "coarse"
    assert [h["name"] for h in said["heads"]] == ["mobilenet", "picture"]
    assert said["heads"][1]["settings"] == {"graph": "picture-fine", "rungs": {"coarse": "picture-coarse"}, "synthetic": True, "drift": "drift",
                                            "labels": "labels.txt", "against": "mobilenet"}
    for name, entry in said["files"].items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == entry["sha256"]
    for graph in said["graphs"].values():
        run = packfile.session(tmp_path / graph["file"], 1)
        assert [i.name for i in run.get_inputs()] == [i["name"] for i in graph["inputs"]] and set(graph["data"]) <= set(said["files"])
        assert [o.name for o in run.get_outputs()] == [o["name"] for o in graph["outputs"]]
    assert said["graphs"]["encoder-coarse"]["outputs"] == [{"name": "latent", "dtype": "float32", "shape": [1, 14, 7, 7]},
                                                           {"name": "squeezed", "dtype": "float32", "shape": [1, 3, 56, 56]}]
    a = squeeze_export.arguments().parse_args([*common, "--out", "x", "--rung", "x"])
    rung = squeeze_export.Rung(a, "coarse", [folder / "squeeze-4-1.pt"])
    assert (tmp_path / "codec/coarse.bin").read_bytes() == coding.file_bytes(rung.rows)
    golden = section["golden"][1]
    latent = np.fromfile(tmp_path / golden["latent"], "<f4").reshape(14, 7, 7)
    assert golden["point"] == "coarse" and [(tmp_path / s).read_bytes() for s in golden["slices"]] == bands.slices(rung.rows, 2, latent)
    assert {g["graph"] for g in said["golden"]} == {"mobilenet-fine", "mobilenet-coarse", "drift"}


def test_the_drifts_weights_may_lie_in_the_pack_beside(trained, tmp_path):
    folder, common = trained
    beside, out = tmp_path / "beside", tmp_path / "mine"
    other, held = packfile.PackWriter(beside), DataFile("mobilenet.bin")
    whole = squeeze.network(squeeze_export.arguments().parse_args([*common, "--out", "x", "--rung", "x"]), "mobilenet", False)
    other.graph(graphs.drift("mobilenet-fine", whole, held), [held])
    other.data(held)
    other.manifest({"heads": [{"name": "mobilenet", "kind": "latent-labels", "settings": {"graph": "mobilenet-fine"}}], "files": {}})
    said = export(trained, out, "only=squeeze-4-1.pt,squeeze-4-1+picture.pt", more=("--share", str(beside)))
    assert said["graphs"]["drift"]["data"] == ["mobilenet.bin"] and said["files"]["mobilenet.bin"]["pack"] == "beside"
    assert not (out / "mobilenet.bin").exists() and not (out / "drift.bin").exists()
    x = drawn.picture(7)[0].transpose(2, 0, 1)[None].astype(np.float32) / 255
    close(packfile.opened(out, said, "drift", 1).run(None, {"picture": x})[0], torch.from_numpy(other.session("mobilenet-fine", 1).run(None, {"picture": x})[0]), 1e-4)
    with pytest.raises(SystemExit, match="needed .mobilenet"):
        other.manifest({"heads": [], "files": {}})
        export(trained, tmp_path / "none", "only=squeeze-4-1.pt,squeeze-4-1+picture.pt", more=("--share", str(beside)))


def test_a_pack_without_restorers_has_no_drift(trained, tmp_path):
    said = export(trained, tmp_path, "only=squeeze-4-1.pt")
    assert [h["name"] for h in said["heads"]] == ["mobilenet"] and "drift" not in said["graphs"] and not (tmp_path / "drift.bin").exists()


def test_rungs_that_do_not_fit_together_are_refused(trained, tmp_path):
    with pytest.raises(SystemExit, match="restores another rung than"):
        export(trained, tmp_path, "fine=squeeze-2-0.5.pt,squeeze-4-1+picture.pt")
    with pytest.raises(SystemExit, match="no restorer in .coarse"):
        export(trained, tmp_path, "fine=squeeze-2-0.5.pt,squeeze-2-0.5+picture.pt", "coarse=squeeze-4-1.pt")


def test_figures_of_rungs_are_a_table(trained, capsys):
    folder, common = trained
    squeeze_figures.main([*common, "--checked", "3", "squeeze-2-0.5.pt", "squeeze-4-1.pt"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "6 photographs" and lines[4].startswith("| squeeze-2-0.5 | 2,744 |") and lines[5].startswith("| squeeze-4-1 | 686 |")
