"""Method patches: networks and graphs, choice, the patch codec, the tiny pack."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from tandem_training.common import drawn, packfile
from tandem_training.common.graph import DataFile, Shared, Written
from tandem_training.encoder import heads, vision_graph, vit
from tandem_training.patches import choice, graphs, transform, transform_fit
from tandem_training.patches.network import PatchVit, Shape, cut, from_vit
from tandem_training.recipe.patches import tiny as patches_tiny
from tandem_training.common import coding
from tandem_training.tofc import tables


def drawn_patches(seeds, side: int = 14) -> torch.Tensor:
    return cut(torch.from_numpy(np.concatenate([drawn.pixel_values(drawn.picture(s)[0]) for s in seeds])), side)


def saved(graph, file, folder):
    graph.save(folder, f"{graph.name}.onnx")
    file.save(folder)
    return packfile.session(folder / f"{graph.name}.onnx", 1)


def random_network(pooled: int, **sizes) -> PatchVit:
    torch.manual_seed(3)
    net = patches_tiny.network(Shape(**{"width": 24, "heads": 3, "head": 8, "inner": 40, "layers": 3, "classes": 12, "pooled": pooled} | sizes), 2)
    with torch.no_grad():
        for block in net.blocks:
            block.qkv.weight.mul_(0.5)  # attention less peaked than the tiny pack's, so that rounded weights change it less
    return net


@pytest.mark.parametrize("pooled", (1, 2))
@pytest.mark.parametrize("weights,tolerance", (("half", 3e-3), ("int8", 6e-2)))
def test_the_devices_graph_gives_logits_attention_and_rollout_of_the_definition(tmp_path, pooled, weights, tolerance):
    net, file = random_network(pooled), DataFile("device.bin")
    run = saved(graphs.device(net, file, weights=weights), file, tmp_path)
    assert [o.name for o in run.get_outputs()] == ["logits", "attention", "rollout"]
    for seed in range(4):
        pixels = drawn.pixel_values(drawn.picture(seed)[0])
        with torch.no_grad():
            wanted = net.look(cut(torch.from_numpy(pixels), 14))
        found = run.run(None, {"pixel_values": pixels})
        assert found[0].argmax() == wanted[0].argmax()
        for f, w in zip(found, wanted):
            assert f.shape == tuple(w.shape) and np.abs(f - w.numpy()).max() < tolerance * w.abs().max()


def test_no_matrix_of_attention_leaves_the_devices_graph():
    graph = graphs.device(random_network(1), DataFile("device.bin"), rollout=False)
    assert [o.name for o in graph.outputs] == ["logits", "attention"]


@pytest.mark.parametrize("pooled", (1, 2))
def test_the_edges_graph_answers_any_patches_of_a_batch_as_the_network(tmp_path, pooled):
    net, file, rng = random_network(pooled), DataFile("edge.bin"), np.random.default_rng(1)
    run, patches = saved(graphs.edge(net, file), file, tmp_path), drawn_patches(range(3))
    for count in (1, 9, 100, 256):
        at = torch.from_numpy(np.stack([rng.permutation(256)[:count] for _ in range(3)]))
        some = patches.gather(1, at[..., None].expand(-1, -1, 588))
        with torch.no_grad():
            wanted = net(some, at)
        found = run.run(None, {"patches": some.numpy(), "positions": at.numpy()})[0]
        assert (found.argmax(1) == wanted.argmax(1).numpy()).all()
        assert np.abs(found - wanted.numpy()).max() < 0.06 * wanted.abs().max()
        order = torch.from_numpy(rng.permutation(count))
        again = run.run(None, {"patches": some[:, order].numpy(), "positions": at[:, order].numpy()})[0]
        np.testing.assert_allclose(again, found, atol=1e-4)


def test_all_patches_in_order_are_the_whole_picture_for_the_base_encoder():
    torch.manual_seed(1)
    base, head = vit.Vit(48, 3, 3), heads.ClassHead(48, 20)
    for p in base.parameters():
        torch.nn.init.normal_(p, std=0.1)
    pixels = torch.from_numpy(drawn.pixel_values(drawn.picture(1)[0]))
    with torch.no_grad():
        torch.testing.assert_close(from_vit(base, head)(cut(pixels, 14)), head(*base(pixels)), atol=1e-4, rtol=1e-4)


def test_weights_that_are_the_encoders_are_read_from_its_file(tmp_path):
    torch.manual_seed(1)
    base, file = vit.Vit(64, 3, 2), DataFile("encoder.bin")
    for p in base.parameters():
        torch.nn.init.normal_(p, std=0.1)
    saved(vision_graph.encoder(base, file), file, tmp_path)
    net = from_vit(base, heads.ClassHead(64, 20))
    shared = Shared("patches-edge.bin", Written(tmp_path, "encoder.onnx"))
    saved(graphs.edge(net, shared), shared, tmp_path)
    assert (tmp_path / "patches-edge.bin").stat().st_size == 0
    with torch.no_grad():
        net.blocks[2].fc1.weight.mul_(1.5)
    changed = Shared("patches-edge.bin", Written(tmp_path, "encoder.onnx"))
    run, patches, at = saved(graphs.edge(net, changed), changed, tmp_path), drawn_patches([2]), torch.arange(256)[None]
    assert set(changed.places) == {"2.fc1.scale"}, "a scaled matrix has other scales, the same 8-bit values"
    with torch.no_grad():
        wanted = net(patches, at)
    found = run.run(None, {"patches": patches.numpy(), "positions": at.numpy()})[0]
    assert np.abs(found - wanted.numpy()).max() < 0.05 * wanted.abs().max()


def test_eta_is_a_bound_on_the_best_probability():
    p = np.random.default_rng(1).dirichlet(np.full(9, 0.4), 500)
    for eta in (0.0, 0.3, 0.8, 1.0):
        assert (choice.answers_itself(p, eta) == (p.max(1) > 2.0 ** -eta)).all() or eta == 0
    assert not choice.answers_itself(np.eye(3), 0).any(), "eta 0 always sends"
    assert choice.doubt(np.eye(3), "shannon").tolist() == [0, 0, 0], "0 log 0 is 0"
    assert np.allclose(choice.doubt([[0.5, 0.3, 0.2]], "margin"), 0.2)


def test_rules_keep_what_they_say():
    a = choice.scores(np.array([[0.3, 0.1, 0.2, 0.1, 0.3], [0.3, 0.1, 0.2, 0.1, 0.3]]))
    assert choice.chosen(a, "top", 3).tolist() == [0, 4, 2]
    assert choice.chosen(a, "sum", 0.7).tolist() == [0, 4] and choice.chosen(a, "sum-over", 0.7).tolist() == [0, 4, 2]
    assert choice.chosen(a, "sum", 0.1).tolist() == [0], "one at least"
    assert choice.chosen(a, "threshold", 0.15).tolist() == [0, 4, 2]
    wide = choice.scores(np.random.default_rng(2).random(256))
    assert len(choice.chosen(wide, "sum", 1)) == 256


@pytest.fixture(scope="module")
def codec():
    return patches_tiny.codec()


def test_the_codecs_file_comes_back(codec):
    found = transform.read(codec.file_bytes())
    assert (found.side, found.step) == (codec.side, codec.step)
    for name in ("mean", "bases", "scale"):
        assert (getattr(found, name) == getattr(codec, name)).all()
    assert all((a.cdf == b.cdf).all() and a.offset == b.offset for a, b in zip(found.rows, codec.rows))


@pytest.mark.parametrize("step", (3.0, 12.0, 60.0))
def test_a_payload_gives_the_symbols_and_the_patches_near_their_projection(codec, step):
    patches = transform.patches_of(np.stack([drawn.picture(7)[0]]), 14)[0][::7]
    shift = codec.shift(step)
    classes, symbols = codec.choose(patches, step, shift)
    payload = codec.code(classes, symbols, shift)
    found = codec.read_code(payload, len(patches), shift)
    assert (found[0] == classes).all() and (found[1] == symbols).all()
    assert abs(8 * len(payload) - codec.costs(patches, step, shift)[1][np.arange(len(patches)), classes].sum()) < 8 * 8 + len(patches)
    decoded, bases = codec.decoded(classes, symbols, step), codec.bases[classes].astype(np.float64)
    missed = np.einsum("nkd,nd->nk", bases, decoded - patches.astype(np.float64))
    assert np.percentile(np.abs(missed), 95) <= step / 2 + 4
    for damaged in (payload[:-4], payload + b"\0\0\0\0", payload[:-3]):
        with pytest.raises(ValueError):
            codec.read_code(damaged, len(patches), shift)


def test_a_stream_gives_values_and_escapes_back():
    rng, rows = np.random.default_rng(5), [tables.laplace(b) for b in (0.05, 0.6, 4)]
    for _ in range(20):
        at = rng.integers(0, 3, 60)
        values = np.where(rng.random(60) < 0.2, rng.integers(-40000, 40000, 60), rng.integers(-3, 4, 60))
        stream = coding.Stream(coding.rans([o for k, v in zip(at, values) for o in coding.operations(rows[k], v)]))
        assert [stream.value(rows[k]) for k in at] == values.tolist()
        stream.end()


@pytest.mark.parametrize("basis", ("cosines", "components"))
def test_rounds_of_the_fit_lower_the_cost(basis):
    rgb, told = np.stack([drawn.picture(40 + i)[0] for i in range(12)]), []
    found = transform_fit.fit(transform.patches_of(rgb, 14).reshape(-1, 588), 14, 3, 10, 12.0, 5, basis=basis, say=told.append)
    cost = [float(line.split("cost ")[1].split(" ")[0]) for line in told]
    assert cost[-1] < cost[0]
    for rows in found.bases.astype(np.float64):
        np.testing.assert_allclose(rows @ rows.T, np.eye(10), atol=1e-5)
    assert (np.ptp(found.bases, 0).max() == 0) == (basis == "cosines")


def test_a_class_that_loses_the_patch_is_not_chosen_for_its_few_bits():
    """Two classes, of which one sees nothing of what the patches have: no bits, all error."""
    rng, rows = np.random.default_rng(6), np.linalg.qr(np.random.default_rng(7).normal(size=(48, 48)))[0].T
    patches = np.clip(np.rint(128 + rng.laplace(0, 40, (30, 4)) @ rows[:4]), 0, 255).astype(np.uint8)
    bases = np.float32([rows[40:44], rows[:4]])
    two = transform.Transform(4, 8.0, np.full((2, 48), 128, np.float32), bases, np.full((2, 4), 700, np.int16),
                              [tables.histogram(np.ones(2), 0), *tables.laplace_rows()])
    symbols, bits, _ = two.costs(patches, 8.0, 0)
    classes, chosen = two.choose(patches, 8.0, 0)
    assert (bits[:, 0] < bits[:, 1]).mean() > 0.8 and (classes == 1).mean() > 0.9
    error = np.square(two.decoded(classes, chosen, 8.0).astype(float) - patches).mean()
    assert error < 8 ** 2 / 12


def test_patches_of_a_picture_go_back_to_their_places():
    rgb = np.stack([drawn.picture(i)[0] for i in range(2)])
    patches = transform.patches_of(rgb, 16)
    assert (transform.pictures_of(patches, 16) == rgb).all()
    assert (patches[1, 15].reshape(16, 16, 3) == rgb[1, 16:32, 16:32]).all()


def test_the_tiny_pack_is_complete_repeats_and_is_the_one_that_is_shipped(tmp_path):
    sizes = [patches_tiny.write(tmp_path / n, 1) for n in "ab"]
    manifests = [json.loads((tmp_path / n / "pack.json").read_text()) for n in "ab"]
    assert manifests[0] == manifests[1] and sizes[0] < 450_000
    found = {p.relative_to(tmp_path / "a").as_posix() for p in (tmp_path / "a").rglob("*") if p.is_file()}
    assert found == {k for k, v in manifests[0]["files"].items() if "pack" not in v} | {"pack.json"}
    models = Path(__file__).parents[2] / "models"
    shipped = json.loads((models / "tiny-patches/pack.json").read_text("utf-8"))
    for key in ("methods", "points", "graphs", "provenance", "preprocessing", "heads"):
        assert shipped[key] == manifests[0][key], "models/tiny-patches is not what `patches-tiny` writes"
    assert {k: v["bytes"] for k, v in shipped["files"].items()} == {k: v["bytes"] for k, v in manifests[0]["files"].items()}
    for name, entry in shipped["files"].items():
        assert packfile.file_entry(models / entry.get("pack", "tiny-patches"), name)["sha256"] == entry["sha256"]


def test_the_tiny_packs_golden_payload_decodes_and_is_coded_again():
    folder = Path(__file__).parents[2] / "models/tiny-patches"
    manifest = json.loads((folder / "pack.json").read_text("utf-8"))
    section = manifest["methods"]["patches"]
    codec, (golden,) = transform.read((folder / section["transform"]).read_bytes()), section["golden"]
    knobs = next(p["knobs"] for p in manifest["points"] if p["name"] == golden["point"])
    patches, decoded = (np.frombuffer((folder / golden[k]).read_bytes(), np.uint8).reshape(-1, 588) for k in ("patches", "decoded"))
    classes, symbols = codec.choose(patches, knobs["step"], knobs["scaleShift"])
    payload = (folder / golden["payload"]).read_bytes()
    assert codec.code(classes, symbols, knobs["scaleShift"]) == payload
    again = codec.decoded(*codec.read_code(payload, len(patches), knobs["scaleShift"]), knobs["step"])
    assert np.abs(again.astype(int) - decoded).max() <= 1
