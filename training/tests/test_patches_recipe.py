"""Method patches, the recipes: cutting, what is learned from, runs that go on, packs, classifiers of transformers, the code jpeg."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from tandem_training.common import drawn, packfile
from tandem_training.patches import from_transformers, jpeg, narrow, transform
from tandem_training.patches.network import PatchVit, Shape, cut
from tandem_training.recipe.patches import data as patches_data, deit as patches_deit, device as patches_device, export as patches_export, run as patches_run, tiny as patches_tiny, transform as patches_transform
from test_patches import drawn_patches, random_network

MODELS = Path(__file__).parents[2] / "models"


def test_a_cut_that_keeps_everything_changes_nothing():
    net, patches = random_network(1), drawn_patches(range(3))
    same = narrow.narrowed(net, [0, 1, 2], 3, 40, 1, patches)
    with torch.no_grad():
        torch.testing.assert_close(same(patches), net(patches))


def test_what_does_nothing_is_what_is_cut_off():
    net, patches = random_network(2), drawn_patches(range(3))
    with torch.no_grad():
        for block in net.blocks:
            block.fc2.weight[:, 7:29] = 0
            block.proj.weight[:, 8:16] = 0  # the second head
            small = narrow.narrowed(net, [0, 1, 2], 2, 18, 2, patches)
        torch.testing.assert_close(small(patches), net(patches), atol=1e-4, rtol=1e-4)
        constant = random_network(2)
        for block in constant.blocks:
            block.fc1.weight[:20] = 0
            block.fc1.bias[:20] = torch.linspace(-1, 2, 20)
        small = narrow.narrowed(constant, [0, 1, 2], 3, 20, 2, patches)
        torch.testing.assert_close(small(patches), constant(patches), atol=1e-4, rtol=1e-4, msg="neurons that always say the same go into the bias")


def test_layers_and_sizes_of_a_cut():
    net = random_network(1)
    small = narrow.narrowed(net, [0, 2], 2, 10, 1, drawn_patches([1]))
    assert small.shape == net.shape._replace(layers=2, heads=2, inner=10)
    for wrong in ([0, 3], [0, 0], []):
        with pytest.raises(SystemExit, match="cutting a network"):
            narrow.narrowed(net, wrong, 2, 10, 1, drawn_patches([1]))


def test_the_default_cut_has_at_most_six_million_parameters():
    a = patches_device.arguments().parse_args(["--work", ".", "--classes", ".", "--teacher", "."])
    net = PatchVit(Shape(layers=len(a.layers.split(",")), heads=a.heads, inner=a.neurons, pooled=a.pooled))
    assert 5_000_000 < narrow.parameters(net) <= patches_device.MOST


def test_what_teachers_said_is_kept_and_asked_once(tmp_path, photographs, asked):
    found, calls = patches_data.Photographs(photographs, [asked], tmp_path), []
    assert all(len(s.kept) and not set(s.kept) & set(s.learned) for s in found.sets)

    def teacher(rgb):
        calls.append(len(rgb))
        return (rgb.mean((2, 3)) @ torch.linspace(-0.02, 0.02, 3000).view(3, 1000)).log_softmax(1)

    items, views = found.draw(np.random.default_rng(1), 6, 0.5), [0, 1, 2, 3, 2, 0]
    said = []
    for _ in range(2):  # the second from the disk
        taught = patches_data.Taught(found, tmp_path / "taught", teacher)
        said.append(taught.logits(items, views, found.rgb(items, views)))
    assert sum(calls) == 6 and (said[0] == said[1]).all()
    assert (patches_data.Photographs(photographs, [asked], tmp_path).rgb(items, views) == found.rgb(items, views)).all()
    flipped, whole = found.rgb(items[:1], [1]), found.rgb(items[:1], [0])
    assert (flipped.flip(3) == whole).all()


def test_cells_are_means_of_squares_of_tokens():
    tokens = torch.arange(256.0).view(1, 256, 1).expand(-1, -1, 2)
    found = patches_data.cells(tokens, torch.full((1, 2), -1.0))
    assert found.shape == (1, 17, 2) and found[0, 0, 0] == -1
    assert found[0, 1, 0] == torch.tensor([16.0 * r + c for r in range(4) for c in range(4)]).mean()
    assert found[0, 16, 0] == torch.tensor([16.0 * r + c for r in range(12, 16) for c in range(12, 16)]).mean()


@pytest.fixture(scope="module")
def parts():
    torch.manual_seed(2)
    labels = [f"thing {i}" for i in range(12)]
    device, edge = (random_network(p, classes=12) for p in (1, 2))
    return patches_export.Parts(device, 1.3, edge, 0.8, labels, patches_tiny.codec())


def listed(folder: Path) -> dict:
    manifest = json.loads((folder / "pack.json").read_text())
    for name, entry in manifest["files"].items():
        assert packfile.file_entry(folder, name) == entry
    named = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {"pack.json"}
    assert named == set(manifest["files"])
    return manifest


def test_a_pack_of_its_own_has_all_that_it_names(tmp_path, parts):
    patches_export.alone(tmp_path / "p", parts, patches_export.POINTS, [], "p")
    manifest = listed(tmp_path / "p")
    section = manifest["methods"]["patches"]
    assert section["temperature"] == 1.3 and manifest["heads"][0]["settings"]["temperature"] == 0.8
    assert [p["knobs"]["code"] for p in manifest["points"]][-1] == "transform" and len(section["golden"]) == 1
    assert {v["graph"] for v in manifest["golden"]} == {"patches-device", "patches-edge"}


def test_put_into_a_pack_twice_is_put_once_and_leaves_the_rest(tmp_path, parts):
    folder = tmp_path / "tiny"
    shutil.copytree(MODELS / "tiny-vqa", folder)
    before, seen = json.loads((folder / "pack.json").read_text()), []
    for _ in range(2):
        patches_export.into(folder, parts, patches_export.POINTS, [{"what": "a, b", "source": "", "licence": "", "sha256": ""}], "9")
        seen.append((folder / "pack.json").read_bytes())
    after = listed(folder)
    assert seen[0] == seen[1] and after["version"] == "9"
    assert after["methods"] | before["methods"] == after["methods"] and after["files"] | before["files"] == after["files"]
    assert after["points"][:len(before["points"])] == before["points"]
    ids = [p["id"] for p in after["points"]]
    assert len(set(ids)) == len(ids) and [h["name"] for h in after["heads"]] == ["words", "shapes", "patches"]
    assert after["methods"]["patches"]["labels"] == "patches-labels.txt", "the pack's own labels stay"
    assert next(g for g in after["golden"] if g["graph"] == "patches-device")["inputs"] == {"pixel_values": "golden/encoder-pixel_values.bin"}


def test_another_number_of_labels_is_refused(tmp_path, parts):
    with pytest.raises(SystemExit, match="labels"):
        patches_export.alone(tmp_path / "p", parts._replace(labels=["one"]), patches_export.POINTS, [], "p")


@pytest.mark.parametrize("quality", (10, 50, 95))
def test_the_code_jpeg_is_a_baseline_scan_with_the_tables_of_annex_k(quality):
    patches = transform.patches_of(drawn.picture(3)[0][None], 14)[0][40:60]
    file = jpeg.whole(patches, 14, quality)
    markers, at = [], 2
    while file[at + 1] != 0xDA:
        markers.append((file[at + 1], file[at + 4:at + 2 + int.from_bytes(file[at + 2:at + 4], "big")]))
        at += 2 + int.from_bytes(file[at + 2:at + 4], "big")
    assert {m for m, _ in markers} == {0xE0, 0xDB, 0xC0, 0xC4}
    size = next(body for m, body in markers if m == 0xC0)
    assert size[1:5] == bytes([0, 16, 320 >> 8, 320 & 255]) and size[7] == 0x22
    luminance = next(body for m, body in markers if m == 0xDB)
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    assert luminance[1] == min(255, max(1, (16 * scale + 50) // 100)), "the first value of K.1 is 16"
    counts = [body for m, body in markers if m == 0xC4]
    assert sum(len(b) for b in counts) == 4 * 17 + 12 + 162 + 12 + 162, "tables that no picture changed"
    scan = jpeg.scan(file)
    assert all(scan[i + 1] == 0 for i in range(len(scan) - 1) if scan[i] == 0xFF) and file.endswith(scan + b"\xff\xd9")
    assert np.abs(jpeg.decoded(file, 14).astype(int) - patches).mean() < 60 / quality + 3


def test_bytes_at_equal_quality_are_interpolated():
    rows = [{"code": f"transform s{i}", "bytes a patch": 10.0 * 2 ** i, "psnr": 20.0 + 5 * i} for i in range(4)]
    rows += [{"code": "jpeg q1", "bytes a patch": 40.0, "psnr": 25.0}, {"code": "jpeg q2", "bytes a patch": 40.0, "psnr": 99.0}]
    (name, gain), = patches_transform.gains(rows, "psnr")
    assert name == "jpeg q1" and gain == pytest.approx(0.5)


def classifier(folder: Path | None = None, **sizes):
    transformers = pytest.importorskip("transformers", reason="classifiers of transformers: the package transformers isn't here")
    torch.manual_seed(4)
    config = transformers.ViTConfig(**{"hidden_size": 48, "num_hidden_layers": 3, "num_attention_heads": 3, "intermediate_size": 96,
                                       "num_labels": 9, "image_size": 64, "initializer_range": 0.15} | sizes)
    model = transformers.ViTForImageClassification(config).eval()
    model.set_attn_implementation("eager")
    if folder:
        model.save_pretrained(folder)
    return model


def same_as_theirs(model, picture: int = 1):
    """Logits, attention and rollout beside the model's own; and any of its patches, as hooks on its own embeddings see them."""
    net, side = from_transformers.network(model), model.config.patch_size
    pixels = torch.from_numpy(drawn.pixel_values(drawn.picture(picture, size=model.config.image_size)[0]))
    patches = cut(pixels, side)
    at = torch.randperm(patches.shape[1])[:patches.shape[1] // 3].sort().values[None]

    def keep(module, args, output):
        return output[:, torch.cat([torch.zeros(1, dtype=torch.long), 1 + at[0]])]

    with torch.no_grad():
        theirs = model(pixels, output_attentions=True)
        handle = model.vit.embeddings.register_forward_hook(keep)
        some = model(pixels).logits
        handle.remove()
        logits, attention, rollout = net.look(patches)
        ours = net(patches[:, at[0]], at)
    product = torch.eye(1 + patches.shape[1])[None, None]
    for a in theirs.attentions:
        product = (a + torch.eye(a.shape[-1])) @ product
    for found, wanted in ((logits, theirs.logits), (attention, theirs.attentions[-1][:, :, 0, 1:]), (rollout, product.mean(1)[:, 0, 1:]),
                          (ours, some), (net(patches), theirs.logits)):
        torch.testing.assert_close(found, wanted, atol=2e-5 * float(wanted.abs().max()) + 1e-6, rtol=1e-3)
    assert ours.argmax() == some.argmax()
    return net


def test_classifiers_of_transformers_come_over_number_by_number():
    same_as_theirs(classifier())
    same_as_theirs(classifier(qkv_bias=False, patch_size=8, layer_norm_eps=1e-6))


def test_a_distillation_token_is_refused_in_words():
    transformers = pytest.importorskip("transformers", reason="classifiers of transformers: the package transformers isn't here")
    config = transformers.DeiTConfig(hidden_size=48, num_hidden_layers=1, num_attention_heads=3, intermediate_size=96, image_size=64)
    with pytest.raises(SystemExit, match="no distillation token"):
        from_transformers.network(transformers.DeiTForImageClassification(config))


def test_two_classifiers_of_transformers_become_a_pack(tmp_path):
    classifier(tmp_path / "small")
    classifier(tmp_path / "big", hidden_size=64, num_hidden_layers=4, num_attention_heads=4)
    patches_deit.main(["--device", str(tmp_path / "small"), "--edge", str(tmp_path / "big"), "--out", str(tmp_path / "pack"), "--weights", "half"])
    manifest = listed(tmp_path / "pack")
    assert manifest["preprocessing"]["fit"] == "crop" and manifest["preprocessing"]["resize"] == 256
    assert manifest["graphs"]["patches-device"]["outputs"][1]["shape"] == [1, 3, 16]
    classifier(tmp_path / "other", num_labels=5)
    with pytest.raises(SystemExit, match="labels"):
        patches_deit.main(["--device", str(tmp_path / "small"), "--edge", str(tmp_path / "other"), "--out", str(tmp_path / "q")])


@pytest.mark.slow
def test_deit_tiny_and_base_of_their_real_sizes_come_over_number_by_number(tmp_path):
    """Random weights: 196 patches of 16 x 16, 12 layers, widths 192 and 768; the graphs beside the models too."""
    parts = []
    for width, heads in ((192, 3), (768, 12)):
        sizes = {"hidden_size": width, "num_hidden_layers": 12, "num_attention_heads": heads, "intermediate_size": 4 * width,
                 "num_labels": 1000, "image_size": 224, "initializer_range": 0.05}
        parts.append(same_as_theirs(classifier(None, **sizes)))
    assert [narrow.parameters(p) + p.shape.width for p in parts] == [5_717_416, 86_567_656], "class token and its position are one"
    labels = [f"thing {i}" for i in range(1000)]
    pack = patches_export.PackWriter(tmp_path)
    for weights, most in (("half", 2e-2), ("int8", 2e-1)):
        p = patches_export.Parts(parts[0], 1, parts[1], 1, labels, weights=weights)
        patches_export.write_graphs(pack, p)
        for name, (inputs, outputs) in patches_export.parity(pack, p, 2).items():
            for key, found in outputs.items():
                if key == "logits":
                    with torch.no_grad():
                        wanted = p.device(cut(torch.from_numpy(inputs["pixel_values"]), 16)) if "pixel_values" in inputs else \
                            p.edge(torch.from_numpy(inputs["patches"]), torch.from_numpy(inputs["positions"]))
                    assert np.abs(found - wanted.numpy()).max() < most * wanted.abs().max(), (name, weights)
    assert (tmp_path / "patches-edge.bin").stat().st_size < packfile.LARGEST_FILE
