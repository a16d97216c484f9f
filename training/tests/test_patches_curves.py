"""The command `patches-curves`: curves over thresholds, draws, calibration, work, parity, plots, and all of it on the tiny pack."""

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from PIL import Image
from torch.utils.flop_counter import FlopCounterMode

from tandem_training.common import drawn, photos
from tandem_training.common.graph import DataFile
from tandem_training.common.plot import Axis, lines
from tandem_training.patches import calibration, choice, curves, graphs, work
from tandem_training.patches.network import cut
from tandem_training.recipe.patches import answers as patches_curves_answers, curves as patches_curves, parity as patches_curves_parity, report as patches_curves_report, tiny as patches_tiny
from tandem_training.recipe.classify_fit import calibration_error
from test_patches import random_network, saved

TINY = Path(__file__).parents[2] / "models" / "tiny-patches"
INDEX = "3,1,4,1,5,9,2,6,5,8"


def two_ends(count: int = 60, seed: int = 1):
    """(p, label, whether the edge is right) of a device that is right more often where it is sure."""
    rng = np.random.default_rng(seed)
    p = choice.probabilities(rng.normal(0, 2.5, (count, 7)))
    label = np.where(rng.random(count) < 0.3, rng.integers(0, 7, count), [rng.choice(7, p=row) for row in p])
    return p, label, rng.random(count) < 0.8


@pytest.mark.parametrize("measure", curves.MEASURES)
def test_a_curve_has_what_every_threshold_of_the_definition_gives(measure):
    p, label, edge = two_ends()
    device = p.argmax(1) == label
    share, accuracy = curves.over_thresholds(curves.surety(p, measure), device, edge, curves.once(len(p)))
    wanted = []
    for eta in [*np.unique(choice.doubt(p, measure)), 99 if measure != "margin" else -1]:
        itself = choice.answers_itself(p, eta, measure)
        wanted.append((1 - itself.mean(), np.where(itself, device, edge).mean()))
    np.testing.assert_allclose(np.stack([share[0], accuracy[0]], 1), sorted(wanted), atol=1e-12)
    assert share[0, 0] == 0 and accuracy[0, 0] == device.mean() and share[0, -1] == 1 and accuracy[0, -1] == pytest.approx(edge.mean())


def test_pictures_of_equal_doubt_go_together():
    sure, device, edge = np.array([2.0, 1, 1, 0]), np.array([1, 1, 0, 0], bool), np.array([1, 0, 1, 1], bool)
    share, accuracy = curves.over_thresholds(sure, device, edge, curves.once(4))
    assert share.tolist() == [[0, 0.25, 0.75, 1]] and accuracy.tolist() == [[0.5, 0.75, 0.75, 0.75]]


def test_a_draw_is_the_curve_of_the_pictures_that_it_has():
    p, label, edge = two_ends()
    device, weight = p.argmax(1) == label, curves.draws(60, 5, 3)
    assert (weight.sum(1) == 60).all() and len({tuple(w) for w in weight}) == 5
    sure = curves.surety(p, "margin")
    areas, needs = (f(*curves.over_thresholds(sure, device, edge, weight)) for f in (curves.area, curves.needed))
    for w, found, least in zip(weight, areas, needs):
        some = np.repeat(np.arange(60), w)
        again = curves.over_thresholds(sure[some], device[some], edge[some], curves.once(60))
        assert curves.area(*again)[0] == pytest.approx(found) and curves.needed(*again)[0] == pytest.approx(least)


def test_area_and_share_needed():
    share, accuracy = np.array([[0, 0.25, 0.5, 1]]), np.array([[0.6, 0.7, 0.895, 0.9]])
    assert curves.area(share, accuracy)[0] == pytest.approx(0.25 * 0.65 + 0.25 * 0.7975 + 0.5 * 0.8975)
    assert curves.needed(share, accuracy, 0.01)[0] == 0.5 and curves.needed(share, accuracy, 0.001)[0] == 1 and curves.needed(share, accuracy, 0.3)[0] == 0


def test_intervals_hold_what_they_should_about_as_often_as_they_say():
    rng, held = np.random.default_rng(2), 0
    for seed in range(200):
        _, low, high = curves.mean_and_interval(rng.random(150) < 0.3, curves.draws(150, 300, seed))
        held += low <= 0.3 <= high
    assert 180 <= held <= 200
    assert curves.mean_and_interval(np.zeros(9), curves.draws(9, 50, 1)) == [0, 0, 0]


@pytest.mark.parametrize("rule", ("sum", "sum-over", "threshold"))
def test_the_amount_found_keeps_as_many_patches_as_were_asked_for(rule):
    rng = np.random.default_rng(5)
    rows = [choice.scores(rng.gamma(0.5, size=64)) for _ in range(40)]
    for count in (3, 16, 40, 60):
        amount = choice.amount_for(rows, rule, count)
        assert np.mean([len(choice.chosen(a, rule, amount)) for a in rows]) == pytest.approx(count, abs=0.1)
    assert choice.amount_for(rows, "top", 16) == 16
    assert choice.amount_for(rows, "sum", 16) > choice.amount_for(rows, "sum-over", 16), "the one that crosses is worth its score"


def test_calibration_by_bins_and_by_draws():
    rng = np.random.default_rng(4)
    logits = rng.normal(0, 2, (500, 9)).astype(np.float32)
    p = choice.probabilities(logits)
    label = np.array([rng.choice(9, p=row) for row in p])
    found = [calibration.measured(logits, label, t) for t in (1.0, 0.3)]
    for one in found:
        wanted = calibration_error(torch.from_numpy(logits / one["temperature"]), torch.from_numpy(label))
        assert 100 * one["error"] == pytest.approx(wanted, abs=0.01)
        assert sum(n for n, _, _ in one["bins"]) == 500
        assert sum(n * abs(says - right) for n, says, right in one["bins"]) / 500 == pytest.approx(one["error"])
    assert found[0]["error"] < 0.06 < 0.2 < found[1]["error"] and found[0]["surprise"] < found[1]["surprise"] and found[0]["right"] == found[1]["right"]
    assert calibration.fitting(logits, label) == pytest.approx(1, abs=0.1) and calibration.fitting(logits * 3, label) == pytest.approx(3, abs=0.3)
    w = curves.draws(500, 3, 1)
    some = np.repeat(np.arange(500), w[2])
    assert calibration.errors(p, label, w)[2] == pytest.approx(calibration.errors(p[some], label[some], curves.once(500))[0])


@pytest.mark.parametrize("pooled", (1, 2))
@pytest.mark.parametrize("weights", ("int8", "half"))
def test_multiplications_are_those_that_pytorch_counts(tmp_path, pooled, weights):
    net, file = random_network(pooled), DataFile("patches-edge.bin")
    saved(graphs.edge(net, file, weights=weights), file, tmp_path)
    shape = work.of_graph(tmp_path / "patches-edge.onnx")
    assert shape._replace(heads=3, head=8) == net.shape and shape.heads * shape.head == 24
    for count in (1, 40, 256):
        with FlopCounterMode(display=False) as counter, torch.no_grad():
            net(torch.zeros(1, count, 588), torch.arange(count)[None])
        assert work.macs(shape, count) == work.macs(net.shape, count)
        assert counter.get_total_flops() / 2 == work.macs(shape, count)


def test_a_plot_is_well_formed_and_inside_itself():
    svg = lines("a < b & c", Axis("x", 0, 1, 0.25), Axis("y", 0.5, 1, 0.1), {'"one"': [(0, 0.5, 0.4, 0.6), (1, 1.2, 1, 1.3)], "two": [(0, 1), (1, 0.5)]}, ["two"])
    root = ElementTree.fromstring(svg)
    ns = "{http://www.w3.org/2000/svg}"
    words = [t.text for t in root.iter(f"{ns}text")]
    assert words[0] == "a < b & c" and {"0%", "25%", "100%", "50%", '"one"', "two"} <= set(words)
    points = [[tuple(map(float, p.split(","))) for p in line.get("points").split()] for line in root.iter(f"{ns}polyline")]
    assert points == [[(60, 390), (570, 40)], [(60, 40), (570, 390)]]
    assert [bool(line.get("stroke-dasharray")) for line in root.iter(f"{ns}polyline")] == [False, True]


def test_an_axis_has_a_length_whatever_the_values_are():
    for values, wanted in (([0, 0], (0, 0.1)), ([1, 1], (0.9, 1)), ([0.3, 0.3], (0.3, 0.4)), ([0.55, 0.72], (0.5, 0.8)), ([0.58], (0.5, 0.6)), ([0, 1], (0, 1))):
        assert patches_curves_report.tens(values) == pytest.approx(wanted)


def test_labels_go_by_sorted_folders_and_wrong_ones_are_refused(photographs):
    source = photos.Source(photographs)
    names, label = patches_curves_answers.labelled(source, "val", list(range(10, 20)), 20)
    assert [n.split("/")[1] for n in names] == [f"n{i - 10:08d}" for i in label]
    for split, index, classes in (("val", list(range(9)), 20), ("val", list(range(10)), 9), ("test", list(range(10)), 20)):
        with pytest.raises(SystemExit, match="reading labels.*--wnid-index"):
            patches_curves_answers.labelled(source, split, index, classes)


def test_pictures_are_squashed_or_cut_as_the_pack_says():
    image = Image.fromarray(np.arange(300 * 500 * 3, dtype=np.uint32).reshape(300, 500, 3).astype(np.uint8))
    squash = {"width": 224, "height": 224, "fit": "squash", "resize": 0}
    assert patches_curves_answers.fitted(image, squash).shape == (224, 224, 3)
    same = Image.fromarray(drawn.picture(1)[0])
    assert (patches_curves_answers.fitted(same, squash) == np.asarray(same)).all()
    crop = {"width": 200, "height": 100, "fit": "crop", "resize": 300}
    assert (patches_curves_answers.fitted(image, crop) == np.asarray(image)[100:200, 150:350]).all()
    assert patches_curves_answers.fitted(image, crop | {"resize": 256}).shape == (100, 200, 3)


def asked(photographs, folder=None, **given):
    return patches_curves_answers.Answers(TINY, photos.Source(photographs), "val", patches_curves.numbers(INDEX), work=folder, **given)


def test_answers_are_the_networks_own_and_asked_once(photographs, tmp_path):
    of = asked(photographs, tmp_path)
    assert of.temperature == patches_tiny.TEMPERATURE
    rgb = np.asarray(photos.opened(of.source.read(of.names[3])))
    np.testing.assert_allclose(of.patches(3), cut(torch.from_numpy(drawn.pixel_values(rgb)), 14).numpy(), atol=1e-6)
    said, whole, few = of.device(), of.whole(), of.some("rollout", "top", 9)
    assert (few[1] == 9).all() and (of.some("rollout", "top", 256)[0] == whole.argmax(1)).all()
    for row, a in enumerate(of.scores()["rollout"]):
        assert few[0][row] == of.read(row, choice.chosen(a, "top", 9)).argmax()
        for rule, amount in (("sum", 0.3), ("threshold", 0.006)):
            found, counts = of.some("rollout", rule, amount)
            assert counts[row] == len(choice.chosen(a, rule, amount)) and found[row] == of.read(row, choice.chosen(a, rule, amount)).argmax()
    again = asked(photographs, tmp_path, limit=4)
    again.looker = again.reader = None  # nobody is asked
    rows = [0, 3, 6, 9]
    assert again.rows.tolist() == rows and (again.label == of.label[rows]).all()
    for name, values in again.device().items():
        assert (values == said[name][rows]).all()
    assert (again.whole() == whole[rows]).all() and (again.some("rollout", "top", 9)[0] == few[0][rows]).all()
    with pytest.raises(AttributeError):
        again.some("random", "top", 9)


def checkpoint(file: Path, change=None) -> Path:
    """The tiny pack's edge, as `patches-edge` keeps one."""
    torch.manual_seed(1)
    patches_tiny.network(patches_tiny.DEVICE, 2.2)
    net = patches_tiny.network(patches_tiny.EDGE, 2.2)
    with torch.no_grad():
        if change:
            change(net)
    torch.save({"net": net.state_dict(), "shape": net.shape._asdict()}, file)
    return file


def test_parity_counts_the_classes_that_differ(photographs, tmp_path):
    of = asked(photographs)
    found = patches_curves_parity.parity(of, checkpoint(tmp_path / "edge.pt"), 128)
    assert found["photographs"] == 10 and found["rounded"]["differ"] == [] and found["rounded"]["worst"] < 1e-4 < found["checkpoint"]["worst"]
    assert found["right"]["rounded"] == found["right"]["pack"]
    other = patches_curves_parity.parity(of, checkpoint(tmp_path / "other.pt", lambda net: net.head.weight.neg_()), 128)
    assert len(other["rounded"]["differ"]) > 5 and all(d["gap"] > 0 and d["gap in the pack"] > 0 for d in other["rounded"]["differ"])
    with pytest.raises(SystemExit, match="exported from"):
        patches_curves_parity.parity(of, checkpoint(tmp_path / "third.pt", lambda net: net.pos.mul_(2)), 128)


def test_the_command_writes_numbers_words_and_plots(photographs, tmp_path, capsys):
    given = ["--pack", str(TINY), "--classes", str(photographs), "--wnid-index", INDEX, "--work", str(tmp_path / "w"), "--draws", "50", "--counts", "8,64",
             "--runs", "2", "--torch", str(checkpoint(tmp_path / "edge.pt"))]
    seen = []
    for out in ("one", "two"):
        patches_curves.main([*given, "--out", str(tmp_path / out)])
        seen.append(json.loads((tmp_path / out / "curves.json").read_text()))
    one, two = ({k: v for k, v in s.items() if k != "work"} for s in seen)
    assert one == two and set(seen[0]) == {"pack", "photographs", "temperature", *patches_curves.PARTS}
    assert [r["count"] for r in one["choice"]["rows"]] == [8] * 7 + [64] * 7 and one["choice"]["rows"][0]["minus the first"] == [0, 0, 0]
    for group in (one["choice"]["rows"][:7], one["choice"]["rows"][7:]):
        for r in group:
            assert r["minus the first"][0] == pytest.approx(r["right"][0] - group[0]["right"][0]) and r["minus random"][0] == pytest.approx(r["right"][0] - group[2]["right"][0])
    assert one["doubt"]["temperature"] == patches_tiny.TEMPERATURE["device"]
    rules = one["doubt"]["rules"]
    best = rules.pop("no rule can be better")
    assert all(r["area"][0] <= best["area"][0] and r["curve"][0] == [0, pytest.approx(one["doubt"]["device"][0], abs=1e-5)] for r in rules.values())
    assert [r["patches"] for r in seen[0]["work"]] == [256, 171, 128, 64]
    text = (tmp_path / "one" / "curves.md").read_text()
    assert text in capsys.readouterr().out and text.count("## ") == 5 and "nan" not in text
    for name in ("doubt", "choice", "calibration"):
        ElementTree.fromstring((tmp_path / "one" / f"{name}.svg").read_text())


def test_without_a_checkpoint_parity_is_left_out(photographs, tmp_path, capsys):
    patches_curves.main(["--pack", str(TINY), "--classes", str(photographs), "--wnid-index", INDEX, "--parts", "parity", "--out", str(tmp_path)])
    assert "needs --torch" in capsys.readouterr().out and "parity" not in json.loads((tmp_path / "curves.json").read_text())
