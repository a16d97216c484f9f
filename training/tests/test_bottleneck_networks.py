"""The bottleneck's networks: sizes and shapes of the sources, cuts of the backbones, the prior and its rows."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from tandem_training.bottleneck import backbones, blueprints, encoder, factorised, start, student, swin, swin_backbone
from tandem_training.common import coding
from tandem_training.encoder import mobilenet, teacher, vit
from tandem_training.recipe import stand_in

from test_teacher import Net, net  # noqa: F401, a fixture


def count(module) -> int:
    return sum(p.numel() for p in module.parameters())


def test_encoder_has_the_sources_parameters_and_any_multiple_of_8():
    net = encoder.Encoder()
    assert [count(block) for block in net] == [22320, 67776, 51600] and count(net) == 141696
    for h, w in ((224, 224), (64, 104)):
        assert net(torch.zeros(1, 3, h, w)).shape == (1, 48, h // 8, w // 8)


def test_swin_blueprint_has_the_sources_parameters_by_stage():
    net = swin.SwinBlueprint()
    merge = count(net.merge_norm) + count(net.merge) + count(net.norm)
    assert [count(p) for p in (net.first, net.stage1, net.second, net.stage2)] + [merge] == [129312, 224694, 516672, 891080, 297216]
    assert count(net) == 2058974
    assert net(torch.zeros(2, 48, 28, 28)).shape == (2, 196, 384) and net(torch.zeros(1, 48, 14, 42)).shape == (1, 147, 384)


@torch.no_grad()
def test_a_shifted_window_sees_its_true_neighbours_only():
    block = swin.SwinBlock(12, 3, 3).eval()
    x = torch.randn(1, 14, 14, 12)
    moved = x.clone()
    moved[0, 0, 0] += 1
    seen = (block.attend(moved) - block.attend(x)).abs().sum(3)[0] > 1e-6
    assert seen[:3, :3].all() and not seen[3:].any() and not seen[:, 3:].any()  # the corner's window is cut off by the shift
    moved = x.clone()
    moved[0, 6, 6] += 1
    seen = (block.attend(moved) - block.attend(x)).abs().sum(3)[0] > 1e-6
    assert seen[3:10, 3:10].all() and seen.sum() == 49


@torch.no_grad()
def test_swin_windows_come_back():
    x = torch.randn(2, 14, 21, 5)
    torch.testing.assert_close(swin.whole(swin.windows(x), 14, 21), x)
    assert swin.windows(x)[1, 8, 0] == x[0, 1, 8, 0]


def test_the_control_is_the_sources():
    net = student.StudentEncoder()
    assert count(net) == 138672 and net(torch.zeros(1, 3, 224, 224)).shape == (1, 24, 55, 55)
    assert student.StudentBlueprint(24)(torch.zeros(1, 24, 55, 55)).shape == (1, 24, 56, 56)


@torch.no_grad()
def test_gdn1_is_its_formula_and_its_inverse_multiplies():
    gdn, back, x = student.Gdn1(3), student.Gdn1(3, True), torch.randn(1, 3, 4, 4)
    gdn.gamma.copy_(torch.rand(3, 3))
    back.gamma.copy_(gdn.gamma)
    norm = 1 + torch.einsum("ij,bjhw->bihw", gdn.gamma ** 2, x.abs())
    torch.testing.assert_close(gdn(x), x / norm, rtol=1e-5, atol=1e-6)
    torch.testing.assert_close(back(x), x * norm, rtol=1e-5, atol=1e-6)


def test_a_bound_lets_gradients_up_and_not_down():
    for start, slope, passes in ((0.5, 1.0, False), (0.5, -1.0, True), (2.0, 1.0, True)):
        x = torch.tensor(start, requires_grad=True)
        (slope * student.Bound.apply(x, 1.0)).backward()
        assert (x.grad != 0) == passes


def test_a_blueprint_gives_a_front_rgb_and_a_person_a_picture():
    y = torch.randn(2, 48, 28, 28)
    net = blueprints.PixelBlueprint(lambda rgb: rgb)
    assert count(net) < 600_000 and net(y).shape == (2, 3, 224, 224)
    torch.testing.assert_close(vit.normalise(net(y)), net.pixel_values(y), rtol=1e-4, atol=1e-4)
    shown = blueprints.PixelBlueprint()
    shown.load_state_dict(net.state_dict())
    torch.testing.assert_close(255 * shown(y), net(y))
    assert blueprints.PixelBlueprint(None, 24, 4, 2)(torch.randn(1, 24, 55, 55)).shape == (1, 3, 224, 224)


@torch.no_grad()
def test_a_blueprint_keeps_places():
    net, y = blueprints.PixelBlueprint(), torch.zeros(1, 48, 28, 28)
    y[0, :, 7, 21] = 9.0
    moved = (net(y) - net(torch.zeros(1, 48, 28, 28))).abs().sum((0, 1))
    row, column = divmod(int(moved.argmax()), 224)
    assert 48 <= row < 72 and 160 <= column < 184  # the cell's 8 pixels and its neighbours'


def smooth(n, side=64):
    """Pixel values of drawn pictures that are mostly low frequencies."""
    torch.manual_seed(4)
    coarse = torch.nn.functional.interpolate(torch.rand(n, 3, 6, 6), size=(side, side), mode="bicubic")
    return vit.normalise(255 * (coarse + 0.03 * torch.rand(n, 3, side, side)).clamp(0, 1))


@torch.no_grad()
def test_an_encoder_begins_as_principal_components():
    x = smooth(6)
    c, net = start.Components(x, 48), encoder.Encoder()
    start.encoder(net, c)
    y = net(x)
    cells = torch.nn.functional.pixel_unshuffle(x, 8).permute(0, 2, 3, 1)
    want = ((cells - c.mean) @ c.axes / start.STEP).permute(0, 3, 1, 2)
    torch.testing.assert_close(y, want, rtol=1e-3, atol=2e-3)
    blueprint = blueprints.PixelBlueprint()
    start.blueprint(blueprint, c)
    kept = ((cells - c.mean) @ c.axes).square().sum() / (cells - c.mean).square().sum()
    lost = (blueprint.pixel_values(y) - x).square().sum() / (cells - c.mean).square().sum()
    assert kept > 0.9 and lost == pytest.approx(1 - float(kept), rel=0.02)
    prior = factorised.FactorisedPrior(48)
    wide = prior(y)[1].mean()
    start.prior(prior, y)
    assert prior(y)[1].mean() < wide and (y.amax((0, 2, 3)) > start.REACH * -c.spread / start.STEP).all()


def test_an_encoder_learns_from_there_in_all_its_channels():
    x = smooth(2)
    net = encoder.Encoder()
    start.encoder(net, start.Components(x, 48))
    net(x).square().sum().backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in net.parameters())
    spare = net[2].first.weight.grad[:, 48:]
    assert spare.abs().sum() > 0  # nobody reads the drawn channels yet, but that can be learned


# --- backbones


def checkpoint(width=vit.WIDTH, layers=6):
    """A small transformer as `together` keeps one."""
    torch.manual_seed(3)
    net = vit.Vit(width, layers)
    for block in net.blocks:
        torch.nn.init.normal_(block.qkv.weight, std=0.05)
    return {"encoder": net.state_dict(), "heads": {"classes.linear.weight": torch.randn(10, 2 * width), "classes.linear.bias": torch.randn(10)}}


@torch.no_grad()
def test_front_and_tail_are_the_whole(net):  # noqa: F811
    rgb = torch.rand(2, 3, 224, 224) * 255
    whole = teacher.EfficientNetLite(net.state_dict())
    for shallow, shape in ((False, (2, 24, 14, 14)), (True, (2, 12, 56, 56))):
        cut = backbones.Convolutional(whole, shallow)
        h = cut.front(rgb)
        assert h.shape[2:] == shape[2:] and h.shape[1] == cut.width
        torch.testing.assert_close(cut.tail(h), whole(rgb), rtol=1e-5, atol=1e-5)
    assert [m.shape[2] for m in cut.maps(h)] == [56, 28, 14]
    state = checkpoint()
    cut, full = backbones.Transformer(state), vit.Vit(layers=6)
    full.load_state_dict(state["encoder"])
    tokens, cls = full(vit.normalise(rgb))
    want = torch.cat([cls, tokens.mean(1)], 1) @ state["heads"]["classes.linear.weight"].T + state["heads"]["classes.linear.bias"]
    assert cut.front(rgb).shape == (2, 257, 384)
    torch.testing.assert_close(cut.tail(cut.front(rgb)), want, rtol=1e-4, atol=1e-4)


def test_gradients_pass_a_tail_and_a_loosened_one_learns(net):  # noqa: F811
    cut = backbones.Convolutional(teacher.EfficientNetLite(net.state_dict(), half=True), True)
    h = cut.front(torch.rand(1, 3, 224, 224) * 255).float().requires_grad_()
    cut.tail(h).sum().backward()
    assert h.grad.abs().sum() > 0
    before = cut.tail(h).detach()
    own = cut.loosen()
    assert cut.net.kind == torch.float32 and (cut.tail(h) - before).abs().max() < 0.05 * before.abs().max()
    cut.tail(h).sum().backward()
    assert all(t.grad is not None and t.dtype == torch.float32 for t in own)
    assert len(own) == 2 * sum(3 if block[0] else 2 for block in cut.net.blocks[cut.cut:]) + 4


def test_features_have_mean_and_variance_of_the_channels(net):  # noqa: F811
    cut, rgb = backbones.Convolutional(teacher.EfficientNetLite(net.state_dict())), torch.randint(0, 256, (5, 3, 224, 224), dtype=torch.uint8)
    found, = backbones.features(cut, rgb, 2)
    h = cut.front(rgb.float()).transpose(0, 1).flatten(1)
    torch.testing.assert_close(found.mean, h.mean(1), rtol=1e-4, atol=1e-5)
    assert found.variance == pytest.approx(float(h.var(1).mean()), rel=1e-3)
    h = cut.front(rgb.float())
    constant = found.distortion(found.mean.view(1, -1, 1, 1).expand_as(h), h)
    assert constant.shape == (5,) and constant.mean().item() == pytest.approx(backbones.SCALE, rel=0.01)


@torch.no_grad()
def test_mobilenet_out_of_its_file_is_the_file(tmp_path):
    file = stand_in.mobilenet(tmp_path)
    rgb = torch.rand(2, 3, 224, 224) * 255
    net = mobilenet.MobileNetV2(file)  # noqa: F811
    torch.testing.assert_close(net(rgb), teacher.OnnxTeacher(file, 1)(rgb), rtol=1e-4, atol=1e-4)
    cut = backbones.Convolutional(net)
    assert cut.front(rgb).shape == (2, 14, 14, 14)
    torch.testing.assert_close(cut.tail(cut.front(rgb)), net(rgb), rtol=1e-5, atol=1e-5)


# --- the prior


def test_a_new_prior_is_compressais():
    torch.manual_seed(4)
    prior = factorised.FactorisedPrior(2)
    for k, width in enumerate((3, 3, 3, 3, 1)):
        torch.testing.assert_close(F.softplus(prior.matrices[k]), torch.full_like(prior.matrices[k], 1 / (10 ** 0.2 * width)))
        assert prior.biases[k].abs().max() <= 0.5 and prior.biases[k].std() > 0.05
    assert all(not f.any() for f in prior.factors) and prior.quantiles[:, 0].tolist() == [[-10, 0, 10]] * 2
    with torch.no_grad():
        for b in prior.biases:
            b.zero_()
        x = torch.linspace(-30, 30, 13).expand(2, 1, -1)
        torch.testing.assert_close(prior.logit(x), x / 10)
    row = prior.numbers().rows()[0]
    assert row.offset == -10 and len(row.cdf) == 23
    assert row.cdf.tolist() == [0, 1287, 2633, 4034, 5486, 6984, 8523, 10096, 11697, 13318, 14951, 16588, 18221, 19842, 21443, 23016, 24555,
                                26053, 27505, 28906, 30252, 31539, 65536]


def fitted(seed=5, steps=400):
    """A prior fitted to channels of spreads 0.4, 2 and 9, the second around 3.3."""
    torch.manual_seed(seed)
    prior, y = factorised.FactorisedPrior(3), torch.randn(8, 3, 18, 18) * torch.tensor([0.4, 2, 9]).view(1, 3, 1, 1)
    y[:, 1] += 3.3
    optimiser = torch.optim.Adam(prior.networks(), lr=1e-2)
    for _ in range(steps):
        _, bits = prior(y)
        optimiser.zero_grad()
        bits.sum().backward()
        optimiser.step()
    return prior, y


def test_fitted_prior_its_quantiles_and_its_tables_agree():
    prior, y = fitted()
    prior.settle()
    prior.eval()
    low, median, high = prior.quantiles[1, 0].tolist()
    assert abs(median - 3.3) < 0.3 and low < -3 and high > 9
    assert prior.quantile_loss() < 0.05
    decoded, bits = prior(y)
    symbols = prior.symbols(y)
    torch.testing.assert_close(decoded, symbols + prior.medians())
    assert symbols[:, 1].mean().abs() < 0.3 and (decoded - y).abs().max() <= 0.5001
    ideal = sum(coding_bits(row, symbols[:, c]) for c, row in enumerate(prior.numbers().rows()))
    assert ideal == pytest.approx(bits.sum().item(), rel=0.01)


def coding_bits(row, symbols) -> float:
    return sum(16 - np.log2(f) if b == 16 else b for v in symbols.flatten().int().tolist() for _, f, b in coding.operations(row, v))


def test_drawn_lines_cost_thousandths_and_keep_gradients():
    prior, y = fitted(steps=150)
    y = y.repeat(1, 1, 2, 2)
    grads, sums = [], []
    for training in (True, False):
        prior.train(training)
        x = y.clone().requires_grad_()
        prior.zero_grad()
        prior.bits(x).sum().backward()
        sums.append(prior.bits(x).sum().item())
        grads.append((x.grad, prior.matrices[0].grad.clone()))
    assert sums[0] == pytest.approx(sums[1], rel=1e-3)
    for a, b in zip(*grads):
        assert (a - b).norm() < 0.03 * b.norm()


def test_quantiles_learn_alone():
    prior = factorised.FactorisedPrior(2)
    prior.quantile_loss().backward()
    assert prior.quantiles.grad.abs().sum() > 0 and all(p.grad is None for p in prior.networks())
    prior.zero_grad()
    prior(torch.randn(2, 2, 4, 4))[1].sum().backward()
    assert prior.quantiles.grad is None


# --- a Swin of transformers


def swin_model(classes=7):
    from transformers import SwinConfig, SwinForImageClassification
    torch.manual_seed(5)
    config = SwinConfig(image_size=224, embed_dim=96, depths=[2, 2, 2, 1], num_heads=[3, 6, 12, 24], num_labels=classes, initializer_range=0.06)
    return SwinForImageClassification(config).eval()


@torch.no_grad()
def test_a_swin_of_transformers_is_cut_behind_its_second_stage():
    model, rgb = swin_model(), 255 * torch.rand(2, 3, 224, 224)
    target = swin_backbone.Swin(swin_backbone.network(model))
    h = target.front(rgb)
    torch.testing.assert_close(h, model.swin.encoder(*embedded(model, rgb), output_hidden_states=True).hidden_states[2], rtol=1e-3, atol=1e-3)
    torch.testing.assert_close(target.tail(h), model(vit.normalise(rgb)).logits, rtol=1e-3, atol=1e-3)
    assert h.shape == (2, 196, 384) and target.classes == 7 and target.blueprint()(torch.zeros(1, 48, 28, 28)).shape == (1, 196, 384)
    assert target.weight(torch.ones(2, 28, 28)).shape == (2, 196, 1)


def embedded(model, rgb):
    return model.swin.embeddings(vit.normalise(rgb))


def test_another_swin_is_refused():
    from transformers import SwinConfig, SwinForImageClassification
    other = SwinForImageClassification(SwinConfig(image_size=224, embed_dim=24, depths=[1, 1, 1, 1], num_heads=[1, 2, 4, 8], num_labels=3))
    with pytest.raises(SystemExit, match="embed_dim.*24"):
        swin_backbone.network(other)
