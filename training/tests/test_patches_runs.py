"""Method patches, the training runs: steps, checkpoints, temperature, which patches the edge learns from."""

import numpy as np
import pytest
import torch
from torch import nn

from tandem_training.encoder import vit
from tandem_training.recipe.patches import data as patches_data, device as patches_device, edge as patches_edge, run as patches_run
from tandem_training.recipe.classify_fit import calibration_error
from tandem_training.recipe.pace import keep
from test_patches import drawn_patches, random_network


def said(rgb):
    """Teachers that name a class by the mean colour."""
    return (rgb.mean((2, 3)) @ torch.linspace(-0.02, 0.02, 3000).view(3, 1000)).log_softmax(1)


def whole(rgb):
    tokens = rgb.unfold(2, 14, 14).unfold(3, 14, 14).mean((4, 5)).flatten(2).transpose(1, 2) / 255
    return tokens.repeat(1, 1, vit.WIDTH // 3), tokens.mean(1).repeat(1, vit.WIDTH // 3)


@pytest.fixture
def given(tmp_path, photographs, asked):
    """(arguments, photographs, what teachers say) of a run on drawn pictures."""
    a = patches_device.arguments().parse_args(["--work", str(tmp_path), "--classes", str(photographs), "--teacher", "none", "--batch", "3",
                                               "--minutes", "1", "--checked", "4"])
    found = patches_data.Photographs(photographs, [asked], tmp_path)
    return a, found, patches_data.Taught(found, tmp_path / "taught", said, whole)


def device(given, **sizes):
    a, found, taught = given
    net = random_network(1, classes=1000, **sizes)
    mimic = patches_device.Mimic(24)
    return patches_device.Device(a, net, mimic, [{"params": [*net.parameters(), *mimic.parameters()], "peak": 1e-3}], found, taught)


def test_a_run_goes_on_where_its_checkpoint_stopped(given):
    torch.manual_seed(0)
    run = device(given)
    for _ in range(3):
        run.advance()
    run.spent, run.temperature = 7.0, 1.5
    keep(run.state(), run.file)
    again = device(given)
    again.resume()
    assert (again.step, again.spent, again.temperature, again.cycle) == (3, 7.0, 1.5, (0.0, 60.0))
    for one, two in zip(run.net.parameters(), again.net.parameters()):
        assert (one == two).all()
    again.advance()
    net, state = patches_run.load(run.file)
    assert net.shape == run.net.shape and state["temperature"] == 1.5
    with pytest.raises(SystemExit, match="resuming"):
        device(given, layers=2).resume()


def test_a_larger_budget_after_the_end_is_a_warm_restart(given):
    run = device(given)
    run.spent = 60.0
    assert run.factor() == pytest.approx(0.01)
    keep(run.state(), run.file)
    given[0].minutes = 3
    again = device(given)
    again.resume()
    again.spent += 35
    assert again.cycle == (60.0, 180.0) and again.factor() > 0.7


def test_steps_learn_what_teachers_say(given):
    torch.manual_seed(0)
    run = device(given)
    run.spent, items, noted = 35.0, [(0, int(i)) for i in run.photographs.sets[0].learned[:6]], []
    for steps in (0, 30):
        for _ in range(steps):
            run.advance()
        run.note.clear()
        with torch.no_grad():
            run.loss(items, [0] * 6, run.photographs.rgb(items, [0] * 6))
        noted.append(dict(run.note))
    assert all(noted[1][k] < noted[0][k] for k in ("KL", "tokens")), noted


def test_the_temperature_mends_answers_that_are_too_sure(given, capsys):
    run = device(given)
    with torch.no_grad():
        run.net.head.weight.mul_(30)
    run.calibrated()
    assert run.temperature > 2 and "calibration error" in capsys.readouterr().out
    for items, said_of, found in run.kept_logits(("all",)):
        truth = said_of.argmax(1)
        assert calibration_error(found["all"] / run.temperature, truth) <= calibration_error(found["all"], truth) + 1e-3


def test_the_edge_is_shown_what_the_device_looks_at(given):
    a, found, taught = given
    guide, net, patches = random_network(1), random_network(2, classes=1000), drawn_patches(range(2))
    run = patches_edge.Edge(a, net, nn.Module(), [{"params": list(net.head.parameters()), "peak": 1e-3}], found, taught,
                            frozen=3, guide=guide, counts={48: 0.5, 256: 0.5})
    some, at = run.some(patches, 20, True)
    with torch.no_grad():
        row = guide.look(patches)[1].mean(1)
    for b in range(2):
        assert set(at[b].tolist()) == set(row[b].topk(20).indices.tolist()) and (np.diff(at[b]) > 0).all()
        assert (some[b] == patches[b, at[b]]).all()
    any_, places = run.some(patches, 20, False)
    assert all(len(set(p.tolist())) == 20 for p in places) and any_.shape == (2, 20, 588)
    before = [p.clone() for p in net.parameters()]
    run.advance()
    changed = [not torch.equal(p, q) for p, q in zip(net.parameters(), before)]
    assert sum(changed) == 2, "only the head learns"
    assert set(run.logits(found.rgb([(0, 0)], [0]), run.kinds)) == set(run.kinds)
