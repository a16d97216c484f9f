"""The method squeeze's networks: sizes, what a fresh one is, gradients, the cut backbone's grids and start, restorer and judge."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from tandem_training.bottleneck import factorised, lost
from tandem_training.encoder import mobilenet, teacher
from tandem_training.recipe import stand_in
from tandem_training.squeeze import restorer, split, squeezing

from test_teacher import Net, net  # noqa: F401, a fixture


def count(module) -> int:
    return sum(p.numel() for p in module.parameters())


@pytest.fixture(scope="module")
def rgb():
    torch.manual_seed(2)
    return F.interpolate(torch.rand(2, 3, 14, 14) * 340 - 40, size=(224, 224), mode="bicubic").clamp(0, 255)


def cut(net, scale):  # noqa: F811
    return split.Split(teacher.EfficientNetLite(net.state_dict()), scale)


@torch.no_grad()
def test_a_fresh_module_has_its_parameters_and_is_bicubic(rgb):
    for scale, parameters in ((2, 304_131), (4, 324_867)):
        module = squeezing.Squeezing(scale)
        want = F.interpolate(rgb / 255, scale_factor=1 / scale, mode="bicubic", antialias=True).clamp(0, 1)
        assert count(module) == parameters and want.shape[2:] == (224 // scale, 224 // scale)
        torch.testing.assert_close(module(rgb), want)
        torch.testing.assert_close(squeezing.Squeezing(scale, "bicubic")(rgb), want)
        module.net[-1].bias.fill_(0.5)
        assert module(rgb).max() == 1 and not torch.equal(module(rgb), want)
    assert squeezing.Squeezing(2)(rgb[:, :, :64, :96]).shape == (2, 3, 32, 48)
    torch.testing.assert_close(squeezing.Squeezing(1, "none")(rgb), rgb / 255)


@pytest.mark.parametrize("scale, variant", ((1, "squeeze"), (2, "none"), (3, "squeeze"), (1, "bicubic"), (2, "sharp")))
def test_a_module_that_is_none_is_refused(scale, variant):
    with pytest.raises(SystemExit, match=rf"\[{variant}\] at scale \[{scale}\]"):
        squeezing.Squeezing(scale, variant)


def test_a_limit_lets_gradients_back_and_not_further_out():
    for start, slope, passes in ((0.5, 1.0, True), (0.5, -1.0, True), (-0.2, 1.0, False), (-0.2, -1.0, True), (1.3, 1.0, True), (1.3, -1.0, False)):
        x = torch.tensor(start, requires_grad=True)
        y = squeezing.Limit.apply(x)
        (slope * y).backward()
        assert y.item() == min(1, max(0, start)) and (x.grad.item() == slope) == passes


def test_gradients_pass_noise_and_limit_to_every_part(net, rgb):  # noqa: F811
    back, module, prior = cut(net, 2), squeezing.Squeezing(2), factorised.FactorisedPrior(24)
    torch.nn.init.normal_(module.net[-1].weight, std=0.01)
    with torch.no_grad():
        back.start(back.map(module(rgb)), prior)
    decoded, bits = prior(back(module(rgb)))
    (back.tail(decoded).square().sum() + bits.sum()).backward()
    for name, p in [*module.named_parameters(), *back.named_parameters()]:
        assert (p.grad is not None and p.grad.abs().sum() > 0) == p.requires_grad, name
    assert all(p.grad.abs().sum() > 0 for p in prior.networks())


# --- the backbone


def depthwise(net):  # noqa: F811
    return [block[1][0] for block in net.blocks]


@torch.no_grad()
@pytest.mark.parametrize("scale, side", ((1, 14), (2, 14), (4, 7)))
def test_the_last_map_stays_7_by_7(net, tmp_path, scale, side):  # noqa: F811
    small = torch.rand(1, 3, 224 // scale, 224 // scale)
    for make in (lambda: teacher.EfficientNetLite(net.state_dict()), lambda: mobilenet.MobileNetV2(stand_in.mobilenet(tmp_path))):
        back = split.Split(make(), scale)
        h = back.map(small)
        assert h.shape[2:] == (side, side) and back(small).shape == (1, len(back.rise), side, side)
        assert back.net.between(h, back.cut).shape[2:] == (7, 7)
        assert back.tail(back(small)).shape == (1, back.classes)
    whole = make()
    assert scale > 1 or torch.equal(split.Split(make(), 1).map(small), whole.front(255 * small, back.cut))


def test_all_weights_learn_but_large_depthwise_ones_and_biases_do(net):  # noqa: F811
    back = cut(net, 4)
    for p in back.weights:
        assert p.requires_grad != (p.dim() == 4 and p.shape[1] == 1 and p.shape[2] == 5)
    assert sum(not p.requires_grad for p in back.weights) == 3
    behind, front = {id(p) for p in back.behind()}, {id(p) for p in back.net.stem}
    assert not front & behind and {id(p) for p in back.net.fc} <= behind and behind <= {id(p) for p in back.parameters() if p.requires_grad}
    other = cut(net, 4)
    with torch.no_grad():
        for p in back.parameters():
            p.add_(1)
    other.load_state_dict(back.state_dict())
    assert all(torch.equal(a, b) for a, b in zip(depthwise(back.net), depthwise(other.net)))


@torch.no_grad()
def test_it_begins_as_principal_components_and_the_prior_with_them(net, rgb):  # noqa: F811
    back, small = cut(net, 2), squeezing.bicubic(rgb, 2).clamp(0, 1)
    prior, h = factorised.FactorisedPrior(24), back.map(small)
    back.start(h, prior)
    y = back(small)
    torch.testing.assert_close(back.tail(y), back.net.tail(h, back.cut), rtol=1e-3, atol=1e-3)  # as many channels as the map has
    rows = y.transpose(0, 1).flatten(1)
    assert torch.allclose(torch.corrcoef(rows[:12]), torch.eye(12), atol=0.01)
    assert (rows.var(1).diff() < 1e-3).all() and h.transpose(0, 1).flatten(1).var(1).mean().sqrt() * split.STEP * back.gain()[0] == pytest.approx(1, rel=1e-2)
    few = split.Split(teacher.EfficientNetLite(net.state_dict()), 2, 5)
    few.start(h, factorised.FactorisedPrior(5))
    torch.testing.assert_close(few(small), y[:, :5], rtol=1e-2, atol=1e-2)
    prior.eval()
    assert prior(y)[1].sum() < 0.3 * factorised.FactorisedPrior(24).eval()(y)[1].sum()


def test_a_new_priors_units_differ():
    prior = factorised.FactorisedPrior(2)
    prior.begin(torch.tensor([1.0, -3.0]), torch.tensor([0.5, 4.0]))
    assert prior.logit(torch.tensor([[[1.0]], [[-3.0]]])).abs().max() < 1e-4 and prior.medians().flatten().tolist() == [1, -3]
    prior(torch.randn(4, 2, 8, 8))[1].sum().backward()
    grad = prior.factors[1].grad[0].flatten()
    assert len({round(g, 6) for g in grad.tolist()}) == 3, "alike units would stay alike"


def test_what_is_done_for_speed_changes_no_value():
    torch.manual_seed(3)
    w, b, x = torch.randn(6, 1, 5, 5), torch.randn(6, requires_grad=True), torch.randn(2, 6, 9, 9, requires_grad=True)
    y = teacher.same(x, w, b, 1)
    torch.testing.assert_close(y, teacher.same(x, w, b.detach(), 1))
    y.sum().backward()
    assert b.grad.tolist() == pytest.approx([2 * 81] * 6)
    half = x.detach().bfloat16().requires_grad_()
    for data in (half, half.detach()):  # with a way back it is computed in float32
        torch.testing.assert_close(teacher.same(data, w.bfloat16(), b.detach().bfloat16(), 2).float(), teacher.same(x, w, b, 2), rtol=0.1, atol=0.3)
    assert teacher.same(half, w, b, 2).dtype == torch.bfloat16


# --- the restorer


def test_a_restorer_doubles_up_to_the_picture():
    for cell, side, most in ((16, 14, 4_500_000), (32, 7, 5_000_000)):
        made = restorer.Restorer(cell, 24)
        found = made(torch.randn(1, 24, side, side))
        assert found.shape == (1, 3, 224, 224) and 0 < found.min() and found.max() < 1 and count(made) < most
        assert made(torch.randn(1, 24, 2, 3)).shape == (1, 3, 2 * cell, 3 * cell)


def test_a_judges_score_is_of_70_by_70_pixels_and_its_norm_is_one():
    torch.manual_seed(4)
    judge = restorer.Judge(4)
    x = torch.rand(1, 3, 128, 128, requires_grad=True)
    scores, again = judge.scores([x, x])
    assert torch.equal(scores, again) and scores.shape == (1, 1, 14, 14)
    scores[0, 0, 7, 7].backward()
    rows = x.grad.abs().sum((0, 1, 3)).nonzero().flatten()
    assert rows.max() - rows.min() + 1 == 70
    for _ in range(30):
        judge.scores([x])
    judge.eval()
    assert torch.linalg.matrix_norm(judge[0].weight.flatten(1), 2).item() == pytest.approx(1, abs=0.02)
    assert judge.scores([x.detach()], half=True)[0].dtype == torch.float32


def test_lost_bands_hold_the_median():
    y, medians = torch.randn(40, 3, 14, 14), torch.tensor([1.0, 2, 3]).view(1, 3, 1, 1)
    found = lost.band_losses(y, medians, np.random.default_rng(1), 0.5)
    gone = (found == medians).all(1).all(2)
    assert (found[~gone[:, None, :, None].expand_as(y)] == y[~gone[:, None, :, None].expand_as(y)]).all()
    counts = gone.sum(1)
    assert 8 < (counts > 0).sum() < 32 and set(counts.tolist()) <= {0, 2, 3, 4, 6, 7}
    assert torch.equal(lost.band_losses(y, medians, np.random.default_rng(1), 0.0), y)
