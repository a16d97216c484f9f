"""The bottleneck's graphs beside PyTorch, 8 bits, and a pack made of trained rungs."""

import hashlib
import json

import numpy as np
import pytest
import torch

from tandem_training.bottleneck import backbones, bands, blueprints, encoder, graphs, int8, student, swin_backbone
from tandem_training.common import coding, packfile
from tandem_training.common.graph import DataFile, Shared, Written
from tandem_training.encoder import mobilenet, vision_graph
from tandem_training.recipe import stand_in
from tandem_training.recipe.latent import bottleneck, bottleneck_export, latent_bands

from test_bottleneck_networks import checkpoint, swin_model
from test_bottleneck_run import keep_out


def session(pack, graph, *files):
    pack.graph(graph, list(files))
    pack.data(*files)
    return pack.session(graph.name, 1)


def close(found, wanted, part):
    assert np.abs(found - wanted.numpy()).max() < part * max(1, wanted.abs().max().item())


@torch.no_grad()
@pytest.mark.parametrize("kind", (encoder.Encoder, student.StudentEncoder))
def test_an_encoders_graph_takes_medians_off_at_the_borders_too(kind, tmp_path):
    torch.manual_seed(1)
    net = kind()
    x = torch.randn(1, 3, 64, 64)
    want = net(x)
    medians = np.random.default_rng(1).normal(0, 3, want.shape[1]).astype(np.float32)
    run = session(packfile.PackWriter(tmp_path), graphs.encoder(net, medians, own := DataFile("e.bin"), "encoder", 64), own)
    close(run.run(None, {"pixel_values": x.numpy()})[0], want - torch.from_numpy(medians)[:, None, None], 1e-4)
    torch.testing.assert_close(net(x), want)  # the network itself is left alone
    assert run.get_outputs()[0].shape == [1, *want.shape[1:]]


@torch.no_grad()
def test_a_heads_graph_is_blueprint_and_tail(tmp_path):
    pack, file = packfile.PackWriter(tmp_path), stand_in.mobilenet(tmp_path)
    medians = np.random.default_rng(1).normal(0, 1, 48).astype(np.float32)
    y = torch.randn(1, 48, 28, 28).round()
    there = y + torch.from_numpy(medians)[:, None, None]
    for name, target in (("mobilenet", backbones.Convolutional(mobilenet.MobileNetV2(file))), ("vit", backbones.Transformer(checkpoint()))):
        torch.manual_seed(2)
        blueprint, own, shared = target.blueprint(), DataFile(f"{name}-own.bin"), DataFile(f"{name}.bin")
        run = session(pack, graphs.classes(name, medians, blueprint, target, own, shared), own, shared)
        close(run.run(None, {"latent": y.numpy()})[0], target.tail(blueprint(there)), 0.05)
        assert run.get_inputs()[0].shape == [1, 48, "rows", "columns"]
        before = shared.size
        graphs.classes("again", medians, blueprint, target, DataFile("x"), shared)
        assert shared.size == before  # another rung reads the same tail
    blueprint, own = blueprints.PixelBlueprint(), DataFile("p.bin")
    run = session(pack, graphs.picture("picture", medians, blueprint, own), own)
    close(run.run(None, {"latent": y.numpy()})[0], blueprint(there), 0.02)
    assert run.run(None, {"latent": y[:, :, :8, :10].numpy()})[0].shape == (1, 3, 64, 80)


@torch.no_grad()
def test_a_swins_graph_is_the_sources_blueprint_and_its_tail(tmp_path):
    target, pack = swin_backbone.Swin(swin_backbone.network(swin_model())), packfile.PackWriter(tmp_path)
    torch.manual_seed(2)
    blueprint, own, shared, y = target.blueprint().eval(), DataFile("own.bin"), DataFile("swin.bin"), torch.randn(1, 48, 28, 28).round()
    run = session(pack, graphs.classes("swin", np.zeros(48, np.float32), blueprint, target, own, shared), own, shared)
    close(run.run(None, {"latent": y.numpy()})[0], target.tail(blueprint(y)), 0.05)


@torch.no_grad()
def test_a_transformers_weights_are_read_where_they_lie_already(tmp_path):
    target, file, pack = backbones.Transformer(checkpoint()), DataFile("encoder.bin"), packfile.PackWriter(tmp_path)
    vision_graph.encoder(target.net, file).save(tmp_path, "encoder.onnx")
    file.save(tmp_path)
    written, own, y = Written(tmp_path, "encoder.onnx"), DataFile("own.bin"), torch.randn(1, 48, 28, 28)
    torch.manual_seed(2)
    shared, blueprint = Shared("vit.bin", written), target.blueprint()
    run = session(pack, graphs.classes("vit", np.zeros(48, np.float32), blueprint, target, own, shared), own, shared)
    close(run.run(None, {"latent": y.numpy()})[0], target.tail(blueprint(y)), 0.05)
    assert all(k.startswith("classes.") for k in shared.places) and shared.size < 20_000
    # The same from a pack of its own, with the other pack beside it.
    mine = packfile.PackWriter(tmp_path / "mine")
    mine.graph(graphs.classes("vit", np.zeros(48, np.float32), blueprint, target, own, shared), [own, shared, written])
    mine.data(own, shared)
    mine.finish({"encoder.bin": (tmp_path.name, written.data)})
    beside = tmp_path.parent / "mine"
    (tmp_path / "mine").rename(beside)
    manifest = json.loads((beside / "pack.json").read_text("utf-8"))
    close(packfile.opened(beside, manifest, "vit", 1).run(None, {"latent": y.numpy()})[0], target.tail(blueprint(y)), 0.05)


@torch.no_grad()
def test_the_controls_graph_has_its_normalisation(tmp_path):
    pack, target = packfile.PackWriter(tmp_path), backbones.Convolutional(mobilenet.MobileNetV2(stand_in.mobilenet(tmp_path)), True)
    torch.manual_seed(3)
    blueprint, y, files = target.blueprint(), torch.randn(1, 24, 55, 55), (DataFile("a.bin"), DataFile("b.bin"))
    run = session(pack, graphs.classes("es", np.zeros(24, np.float32), blueprint, target, *files), *files)
    close(run.run(None, {"latent": y.numpy()})[0], target.tail(blueprint(y)), 0.05)


@torch.no_grad()
def test_eight_bits_leave_the_closing_convolutions(tmp_path):
    torch.manual_seed(4)
    net, pack = encoder.Encoder(), packfile.PackWriter(tmp_path)
    for p in net.parameters():
        if p.dim() > 1:
            torch.nn.init.kaiming_normal_(p)
    x = torch.randn(12, 3, 64, 64)
    run = session(pack, graphs.encoder(net, np.zeros(48, np.float32), own := DataFile("e.bin"), "encoder", 64), own)
    int8.quantise(tmp_path / "encoder.onnx", x.numpy(), tmp_path / "small.onnx")
    small = packfile.session(tmp_path / "small.onnx", 1)
    a, b = (np.concatenate([s.run(None, {"pixel_values": p[None].numpy()})[0] for p in x]) for s in (run, small))
    assert 0 < np.square(a - b).mean() < 3e-3 * a.var()
    assert (tmp_path / "small.onnx").stat().st_size < 300_000
    assert [i.shape for i in small.get_inputs()] == [[1, 3, 64, 64]] and small.get_outputs()[0].name == "latent"
    assert len(int8.closing(tmp_path / "encoder.onnx")) >= 3


# --- a run and its pack


@pytest.fixture(scope="module")
def trained(work, photographs, asked, tmp_path_factory):
    """A rung, the next one from it, and two more blueprints on each, of seconds each."""
    folder = tmp_path_factory.mktemp("bottleneck")
    keep_out(asked)
    state = checkpoint()
    state["heads"] = {"classes.linear.weight": torch.randn(1000, 768), "classes.linear.bias": torch.randn(1000)}
    torch.save(state, folder / "vit.pt")
    common = ["--work", str(folder), "--classes", str(photographs), "--photos", str(asked), "--mobilenet", str(stand_in.mobilenet(folder)),
              "--vit", str(folder / "vit.pt")]
    short = ["--batch", "2", "--checked", "4", "--guide", "mobilenet", "--minutes", "0.02"]
    train = lambda *more: bottleneck.main([*common, *short, *more])  # noqa: E731
    train("--backbone", "mobilenet", "--lambda", "0.05")
    train("--backbone", "mobilenet", "--lambda", "0.2", "--start", str(folder / "hd-0.05.pt"))
    for rung in ("hd-0.05", "hd-0.2"):
        train("--backbone", "vit", "--on", str(folder / f"{rung}.pt"))
        train("--backbone", "picture", "--on", str(folder / f"{rung}.pt"))
    return folder, common


def test_a_blueprint_on_a_rung_leaves_its_encoder(trained):
    folder, _ = trained
    base, vit = (torch.load(folder / f"hd-0.05{n}.pt") for n in ("", "+vit"))
    assert all(torch.equal(v, vit["encoder"][k]) for k, v in base["encoder"].items())
    assert all(torch.equal(v, vit["prior"][k]) for k, v in base["prior"].items() if "quantiles" not in k)
    assert [*vit["blueprints"]] == ["vit"] and [*base["blueprints"]] == ["mobilenet"] and vit["lambda"] == 0.05 and vit["step"] > 0
    said = json.loads((folder / "hd-0.05+vit.json").read_text())
    assert {"bytes", "vit agree", "vit top-1", "vit itself", "vit error"} <= set(said["labelled"]) and "vit agree" in said["others"]
    assert "picture PSNR" in json.loads((folder / "hd-0.05+picture.json").read_text())["others"]


def test_a_lost_band_lies_between_its_neighbours():
    s = np.square(np.arange(1, 1 + 2 * 28 * 3)).reshape(2, 28, 3)
    found = latent_bands.without(s, [0, 1, 4], 14)
    assert set(np.flatnonzero((found != s).any((0, 2)))) == {0, 1, 14, 15, 4, 18}
    assert (found[:, [0, 1]] == s[:, [2, 2]]).all()  # a border
    np.testing.assert_allclose(found[:, 4], (s[:, 3] + s[:, 5]) / 2)
    np.testing.assert_allclose(found[:, 14], (2 * s[:, 13] + s[:, 16]) / 3)
    whole = latent_bands.without(np.arange(10).reshape(1, 2, 5), [2, 3], 4)  # every second column
    np.testing.assert_allclose(whole, np.arange(10).reshape(1, 2, 5))


def export(trained, out, *rungs, more=()):
    folder, common = trained
    bottleneck_export.main([*common, "--out", str(out), "--labels", str(stand_in.names(folder)), "--checked", "4", *more,
                            *(p for r in rungs for p in ("--rung", r))])
    return json.loads((out / "pack.json").read_text("utf-8"))


def test_a_pack_of_two_rungs_three_heads(trained, tmp_path, capsys):
    said = export(trained, tmp_path, *(f"{n}=hd-{v}.pt,hd-{v}+vit.pt,hd-{v}+picture.pt" for n, v in (("fine", "0.05"), ("coarse", "0.2"))),
                  more=("--default", "coarse"))
    printed = capsys.readouterr().out
    assert "fine fp32:" in printed and "fine int8:" in printed and "coarse: 8 bits cost" in printed
    section = said["methods"]["bottleneck"]
    assert {n: r["lambda"] for n, r in section["rungs"].items()} == {"fine": 0.05, "coarse": 0.2} and said["defaultPoint"] == "coarse"
    assert [h["name"] for h in said["heads"]] == ["mobilenet", "vit", "picture"]
    assert said["heads"][1]["settings"] == {"graph": "vit-fine", "rungs": {"coarse": "vit-coarse"}, "labels": "labels.txt",
                                            "backbone": bottleneck_export.NETWORKS["vit"]}
    for name, entry in said["files"].items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == entry["sha256"]
    assert not list(tmp_path.glob("*-int8.onnx"))
    for rung in ("fine", "coarse"):  # weights of an encoder that 8 bits replaced are gone
        assert (tmp_path / f"encoder-{rung}.bin").exists() == bool(said["graphs"][f"encoder-{rung}"]["data"])
    for graph in said["graphs"].values():
        run = packfile.session(tmp_path / graph["file"], 1)
        assert [i.name for i in run.get_inputs()] == [i["name"] for i in graph["inputs"]] and set(graph["data"]) <= set(said["files"])
    assert said["graphs"]["encoder-fine"]["outputs"] == [{"name": "latent", "dtype": "float32", "shape": [1, 48, 28, 28]}]
    assert set(said["graphs"]["mobilenet-fine"]["data"]) == {"fine.bin", "mobilenet.bin"}
    folder, common = trained
    rung = bottleneck_export.Rung("fine", [folder / "hd-0.05.pt"])
    assert (tmp_path / "codec/fine.bin").read_bytes() == coding.file_bytes(rung.rows)
    latent = np.fromfile(tmp_path / section["golden"][0]["latent"], "<f4").reshape(48, 28, 28)
    assert [(tmp_path / s).read_bytes() for s in section["golden"][0]["slices"]] == bands.slices(rung.rows, 1, latent)
    latent_bands.main(["--pack", str(tmp_path), *common[:4], "--head", "vit", "--checked", "4", "--points", "coarse"])
    printed = capsys.readouterr().out
    assert printed.startswith("coarse: 4 photographs, ") and printed.count("by what they are worth") == len(latent_bands.SHARES)
    assert {g["graph"] for g in said["golden"]} == {f"{n}-{r}" for n in ("mobilenet", "vit") for r in ("fine", "coarse")}


def test_rungs_that_do_not_fit_together_are_refused(trained, tmp_path):
    with pytest.raises(SystemExit, match="has another encoder than"):
        export(trained, tmp_path, "fine=hd-0.05.pt,hd-0.2+vit.pt")
    with pytest.raises(SystemExit, match="needed the same"):
        export(trained, tmp_path, "fine=hd-0.05.pt,hd-0.05+vit.pt", "coarse=hd-0.2.pt")
