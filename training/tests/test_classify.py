"""The head of classes: its graph, its fit and calibration, what it sees, and its place in a pack."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from tandem_training.common import amend, drawn, packfile
from tandem_training.encoder import classify_head
from tandem_training.recipe import classify, classify_fit, export, seen, stand_in, tiny
from tandem_training.tofc import pack_ends

WIDTH, CLASSES = 24, 12
MODELS = Path(__file__).parents[2] / "models"


def random_head(pool: str, seed: int = 0) -> classify_head.Head:
    torch.manual_seed(seed)
    head = classify_head.Head(WIDTH, CLASSES, pool)
    for t in (head.query, head.shift, head.linear.weight, head.linear.bias):
        torch.nn.init.normal_(t)
    torch.nn.init.uniform_(head.gain, 0.5, 2)
    return head


@pytest.mark.parametrize("pool", classify_head.POOLS)
def test_graph_is_the_head_at_any_number_of_tokens(pool, tmp_path):
    head, pack = random_head(pool), packfile.PackWriter(tmp_path)
    classify_head.write(pack, head, [str(i) for i in range(CLASSES)])
    run = pack.session("classify")
    assert [run.get_inputs()[0].shape[i] for i in (0, 2)] == [1, WIDTH] and run.get_outputs()[0].shape == [1, CLASSES]
    for n in (1, 2, 8, 256):
        tokens = torch.randn(1, n, WIDTH)
        with torch.no_grad():
            want = head(tokens).numpy()
        assert np.abs(run.run(None, {"tokens": tokens.numpy()})[0] - want).max() < 0.02 * np.abs(want).max()
    assert (tmp_path / "labels.txt").read_text("utf-8").splitlines() == [str(i) for i in range(CLASSES)]


def test_cooling_divides_logits():
    head, tokens = random_head("mean+dev"), torch.randn(2, 5, WIDTH)
    with torch.no_grad():
        want = head(tokens) / 2.5
        head.cool(2.5)
        torch.testing.assert_close(head(tokens), want)


def test_labels_of_another_number_are_refused(tmp_path):
    with pytest.raises(SystemExit, match="found \\[3\\] labels, needed 12"):
        classify_head.write(packfile.PackWriter(tmp_path), random_head("mean"), list("abc"))


class Drawn:
    """A set of photographs as seen.Seen has it: random tokens around a point that says what the teacher sees."""

    def __init__(self, n: int, seed: int):
        rng = np.random.default_rng(seed)
        self.names, points = [str(i) for i in range(n)], np.random.default_rng(9).normal(size=(CLASSES, WIDTH))
        self.best = rng.integers(0, CLASSES, n)
        tokens = points[self.best][:, None] * 0.5 + rng.normal(size=(n, 20, WIDTH))
        self.places = {"all": (tokens, 0, 20), "m4": (tokens, 3, 4)}
        self.logits = {"t": np.eye(CLASSES)[self.best] * 4, "other": np.eye(CLASSES)[self.best] * 2}

    get = seen.Seen.get


def test_fit_follows_the_teachers_at_every_view():
    sets = [Drawn(300, 1), Drawn(200, 2)]
    photographs = classify_fit.Photographs(sets, [sets[0].best, None])
    assert photographs.target[7].max() == 3 and photographs.label[299] == sets[0].best[299] and photographs.label[300] == -1
    some = np.array([499, 3, 301])
    np.testing.assert_array_equal(photographs.get(some, "m4")[0], sets[1].get([199], "m4")[0])
    np.testing.assert_array_equal(photographs.get(some, "m4")[1], sets[0].get([3], "m4")[0])
    kept = np.arange(400, 500)
    for pool in ("mean", "query"):
        head = classify_head.Head(WIDTH, CLASSES, pool)
        classify_fit.fit(head, photographs, np.arange(400), ["all", "m4"], steps=150, batch=64, rate=1e-2)
        for view in ("all", "m4"):
            logits = classify_fit.logits_of(head, photographs, kept, view, batch=33)
            assert classify_fit.top(logits, photographs.target[kept].argmax(1), 1).mean() > 0.8


def test_calibration_finds_the_temperature_and_lowers_the_error():
    torch.manual_seed(3)
    true = torch.randn(4000, CLASSES) * 1.5
    label = torch.multinomial(F.softmax(true, 1), 1)[:, 0]
    sharp = 3 * true
    found = classify_fit.calibrate(sharp, F.one_hot(label, CLASSES).float())
    assert found == pytest.approx(3, rel=0.1)
    assert classify_fit.calibration_error(sharp, label) > 10 > 3 > classify_fit.calibration_error(sharp / found, label)


def test_labels_and_teachers_count_alike_in_what_is_wanted():
    sets = [Drawn(30, 1), Drawn(60, 2)]
    photographs = classify_fit.Photographs(sets, [sets[0].best, None], temperature=0.5)
    wanted, weight = classify_fit.truth(photographs, np.arange(90))
    assert wanted[5].tolist() == np.eye(CLASSES)[sets[0].best[5]].tolist()
    torch.testing.assert_close(wanted[40], F.softmax(torch.tensor(sets[1].logits["t"][10] * 1.5).float(), 0))
    assert weight[:30].sum().item() == pytest.approx(45) and weight[30:].sum().item() == pytest.approx(45)
    assert classify_fit.teachers_temperature(photographs) < 1  # the drawn teachers are always right


def test_share_has_wilsons_interval():
    assert classify_fit.share(np.array([True] * 80 + [False] * 20)) == "80.0 (71.1 to 86.7)"


def test_a_picture_is_seen_as_the_pack_decodes_it(tmp_path):
    (tmp_path / "pack").mkdir()
    tiny.write(tmp_path / "pack")
    pack = pack_ends.Pack(tmp_path / "pack", ["c8", "c16-fine"])
    tokens = pack.tokens(np.random.default_rng(1).integers(0, 256, (1, 224, 224, 3), np.uint8))
    (merged,), (coded,) = seen.views(pack, tokens)
    assert tokens.shape == (1, 256, tiny.TOKEN) and merged.shape == (120, tiny.TOKEN) and coded.shape == (24, tiny.TOKEN)
    assert np.abs(coded[:8] - merged[:8]).max() <= 0.2501 and np.abs(coded[8:] - merged[8:24]).max() <= 0.1251


def test_products_in_bf16_hardly_change_the_encoder():
    pack, rgb = pack_ends.Pack(MODELS / "smol-vqa", ["c16"]), drawn.picture(7)[0][None]
    exact, quick = pack.tokens(rgb), seen.HalfEncoder(MODELS / "smol-vqa")(rgb)
    assert np.sqrt(np.square(quick - exact).mean()) < 0.01 * exact.std()


@pytest.mark.parametrize("name, classes", [("smol-vqa", 1000), ("tiny-vqa", 10)])
def test_shipped_classifier_gives_its_golden_logits(name, classes):
    tokens, want = (torch.from_numpy(np.fromfile(MODELS / name / f"golden/classify-{k}.bin", "<f4")) for k in ("tokens", "logits"))
    found = classify_head.Shipped(MODELS / name, 1)(tokens.view(1, 16, 384))
    assert (found[0] - want).abs().max() < classify_head.TOLERANCE * max(1, want.abs().max())
    assert len(set((MODELS / name / "labels.txt").read_text("utf-8").splitlines())) == classes == len(want)


def run_classify(work, photographs, asked, pack, out, *more):
    classify.main(["--work", str(out), "--pack", str(pack), "--classes", str(photographs), "--photos", str(asked), "--teachers",
                   str(work / "teacher.onnx"), "--labels", str(stand_in.names(out)), "--points", "c8,c16-fine", "--pools", "mean+max",
                   "--temperatures", "1", "--steps", "15", "--threads", "1", *more])
    return (pack / "pack.json").read_bytes()


def test_classify_puts_its_head_into_a_pack_and_twice_is_once(work, photographs, asked, tmp_path):
    pack, out = tmp_path / "pack", tmp_path / "out"
    out.mkdir()
    tiny.write(pack)
    before = json.loads((pack / "pack.json").read_text("utf-8"))
    once = run_classify(work, photographs, asked, pack, out, "--version", "2")
    assert run_classify(work, photographs, asked, pack, out) == once
    found = json.loads(once)
    assert found["version"] == "2" and [h["name"] for h in found["heads"]] == ["words", "imagenet"]  # what read its graph gave way
    assert list(found["files"]) == list(before["files"]) and list(found["graphs"]) == list(before["graphs"])
    assert [g["graph"] for g in found["golden"]] == [g["graph"] for g in before["golden"]]
    assert found["graphs"]["classify"]["outputs"][0]["shape"] == [1, 1000]
    for name, entry in found["files"].items():
        assert entry == packfile.file_entry(pack, name)
    for key in ("methods", "points", "defaultPoint", "preprocessing"):
        assert found[key] == before[key]
    assert [p["what"].split(", ")[0] for p in found["provenance"]] == [
        "random weights for tests", "head of 1,000 classes", "names of the 1,000 classes"]

    head, kept = classify_head.load(out / "classify.pt")
    tokens = torch.from_numpy(np.fromfile(pack / "golden/classify-tokens.bin", "<f4")).view(1, 16, tiny.TOKEN)
    with torch.no_grad():
        want = head(tokens)[0].numpy()
    assert np.abs(np.fromfile(pack / "golden/classify-logits.bin", "<f4") - want).max() < 0.02 * np.abs(want).max()
    assert kept["encoder"] == pack_ends.Pack(pack, []).encoder_hash and kept["provenance"] == found["provenance"][1:]
    writer = packfile.PackWriter(pack)
    writer.graphs["encoder"] = found["graphs"]["encoder"]
    export.write_labels(writer, head, kept)
    assert packfile.file_entry(pack, "classify.onnx") == found["files"]["classify.onnx"]
    with pytest.raises(SystemExit, match="run `classify` again"):
        export.write_labels(writer, head, {**kept, "encoder": "of another pack"})
    classify_head.drop(pack)
    assert not (pack / "classify.onnx").exists() and not (pack / "labels.txt").exists()


def test_a_point_that_a_pack_lacks_is_refused():
    with pytest.raises(SystemExit, match="needed some of .'c8', 'c16', 'c32', 'c16-fine'"):
        pack_ends.Pack(MODELS / "tiny-vqa", ["c64"])


def test_entries_take_the_place_of_those_with_their_key():
    old = [{"k": 1, "v": 0}, {"k": 2, "v": 0}, {"k": 1, "v": 1}, {"k": 3, "v": 0}]
    new = [{"k": 1, "v": 9}, {"k": 4, "v": 9}]
    once = amend.placed(old, new, lambda e: e["k"])
    assert [(e["k"], e["v"]) for e in once] == [(1, 9), (2, 0), (3, 0), (4, 9)]
    assert amend.placed(once, new, lambda e: e["k"]) == once
