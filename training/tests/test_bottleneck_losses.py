"""What a bottleneck is trained for, and the saliency maps of its guided form."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from tandem_training.bottleneck import backbones, losses, saliency
from tandem_training.encoder import teacher

from test_bottleneck_networks import checkpoint
from test_teacher import Net, net  # noqa: F401, a fixture

SIDE = 224


@pytest.fixture(scope="module")
def cut(net):  # noqa: F811
    return backbones.Convolutional(teacher.EfficientNetLite(net.state_dict()))


@pytest.fixture(scope="module")
def rgb():
    torch.manual_seed(2)
    return F.interpolate(torch.rand(3, 3, 14, 14) * 255, size=(SIDE, SIDE), mode="bicubic").clamp(0, 255)


def test_head_distillation_is_squared_error_over_the_variance(cut, rgb):
    h, features = cut.front(rgb), [backbones.Features(torch.zeros(24), 2.5)]
    found = (h + torch.randn_like(h)).requires_grad_()
    loss, plain = losses.feature_loss("hd", cut, features, found, rgb)
    want = losses.SCALE * (found - h).square().flatten(1).mean(1) / 2.5
    torch.testing.assert_close(loss, want)
    assert plain.item() == pytest.approx(want.mean().item() / losses.SCALE, rel=1e-5)


def test_saliency_weighs_places_by_half_of_one_plus_s(cut, rgb):
    h, features = cut.front(rgb), [backbones.Features(torch.zeros(24), 1.0)]
    s = torch.zeros(3, 28, 28)
    s[1] = 1
    s[2, :14] = 1
    found = h + 1
    loss, plain = losses.feature_loss("sg", cut, features, found, rgb, s)
    assert (loss / losses.SCALE).tolist() == pytest.approx([0.5, 1, 0.75]) and plain.item() == pytest.approx(1)
    vit = backbones.Transformer(checkpoint())
    weight = vit.weight(s)
    assert weight.shape == (3, 257, 1) and (weight[:, 0] == 1).all()
    assert weight[:, 1:].mean((1, 2)).tolist() == pytest.approx([0.5, 1, 0.75])


def test_direct_training_is_told_the_answer_and_not_the_features(cut, rgb):
    h, features = cut.front(rgb), [backbones.Features(torch.zeros(24), 1.0)]
    best, _ = losses.feature_loss("direct", cut, features, h.clone(), rgb)
    p = F.softmax(cut.tail(h), 1)
    torch.testing.assert_close(best, -losses.DIRECT * (p * p.log()).sum(1), rtol=1e-3, atol=0.1)
    found = (h + torch.randn_like(h)).requires_grad_()
    worse, _ = losses.feature_loss("direct", cut, features, found, rgb)
    worse.sum().backward()
    assert (worse > best).all() and found.grad.abs().sum() > 0


def test_the_control_is_taught_by_later_maps_too(net, rgb):  # noqa: F811
    cut = backbones.Convolutional(teacher.EfficientNetLite(net.state_dict()), True)
    features = backbones.features(cut, rgb.to(torch.uint8))
    assert len(features) == 3
    h = cut.front(rgb)
    found = (h + torch.randn_like(h)).requires_grad_()
    loss, plain = losses.feature_loss("es", cut, features, found, rgb)
    parts = [f.distortion(a, b) for f, a, b in zip(features, cut.maps(found), cut.maps(h))]
    torch.testing.assert_close(loss, sum(parts) / 3)
    assert plain.item() == pytest.approx(parts[0].mean().item() / losses.SCALE, rel=1e-4)
    apart, _ = losses.answer_loss(cut, features, h, cut.tail(h), rgb)
    assert apart.abs().max() < 1e-4 and (losses.answer_loss(cut, features, h, cut.tail(h).flip(1), rgb)[0] > 0).all()


def test_a_restored_picture_is_compared_in_pixels_and_features(cut, rgb):
    same, plain = losses.picture_loss(cut.net, rgb / 255, rgb)
    assert plain == 0 and same.abs().max() < 1e-5
    blurred = F.interpolate(F.avg_pool2d(rgb / 255, 8), size=(SIDE, SIDE)).requires_grad_()
    loss, plain = losses.picture_loss(cut.net, blurred, rgb)
    loss.sum().backward()
    assert (loss > plain).any() and blurred.grad.abs().sum() > 0


# --- saliency


def test_lanczos_as_a_matrix_is_pillows():
    from PIL import Image
    for n in (7, 14, 28, 56):
        x = torch.rand(n, n)
        m = saliency.resampling(n)
        want = np.asarray(Image.fromarray(x.numpy()).resize((28, 28), Image.LANCZOS))
        torch.testing.assert_close(m @ x @ m.T, torch.from_numpy(want), rtol=1e-4, atol=1e-4)


def test_smoothing_is_the_first_singular_vector_with_the_sums_sign():
    torch.manual_seed(1)
    x = torch.randn(2, 6, 5, 5) + 4 * torch.randn(2, 1, 5, 5) * torch.rand(2, 6, 1, 1)
    got = saliency.smoothed(x).flatten(1)
    rows = x.flatten(2).transpose(1, 2)
    rows = rows - rows.mean(1, keepdim=True)
    for one, found in zip(rows, got):
        want = one @ torch.linalg.svd(one, full_matrices=False)[2][0]
        want = want * torch.sign((want * one.sum(1)).sum())
        torch.testing.assert_close(found, want, rtol=1e-2, atol=1e-2)
    assert torch.equal(saliency.unit(torch.ones(1, 3, 3)), torch.zeros(1, 3, 3))


def test_maps_are_xgradcam_of_the_networks_own_answer(net, rgb):  # noqa: F811
    whole = teacher.EfficientNetLite(net.state_dict())
    got = saliency.maps(whole, rgb)
    assert got.shape == (3, 28, 28) and got.amin((1, 2)).tolist() == [0] * 3 and got.amax((1, 2)).tolist() == pytest.approx([1] * 3)
    alone = saliency.maps(whole, rgb[1:2])
    torch.testing.assert_close(alone[0], got[1], rtol=1e-3, atol=1e-3)  # other pictures of a batch don't matter
    held = whole.front(rgb[:1], len(whole.blocks)).requires_grad_()  # the last layer by hand
    logits = whole.tail(held, len(whole.blocks))
    slope, = torch.autograd.grad(logits.max(), held)
    a = held.detach()
    weight = (slope * a).sum((2, 3), keepdim=True) / a.sum((2, 3), keepdim=True)
    parts = [saliency.unit(saliency.smoothed(weight * a).relu())]
    for cut in (7, 15):
        cut = [i for i, b in enumerate(whole.blocks) if b[3] == 2][2:][(cut == 15)]
        h = whole.front(rgb[:1], cut).requires_grad_()
        slope, = torch.autograd.grad(whole.tail(h, cut).max(), h)
        a = h.detach()
        weight = (slope * a).sum((2, 3), keepdim=True) / a.sum((2, 3), keepdim=True)
        parts.append(saliency.unit(saliency.smoothed(weight * a).relu()))
    big = [saliency.resampling(p.shape[1]) @ p @ saliency.resampling(p.shape[1]).T for p in parts]
    torch.testing.assert_close(saliency.unit(sum(big) / 3)[0], got[0], rtol=1e-2, atol=1e-2)


def test_maps_are_kept_and_an_interrupted_set_goes_on(net, rgb, tmp_path, monkeypatch):  # noqa: F811
    whole, pictures = teacher.EfficientNetLite(net.state_dict()), rgb.byte().permute(0, 2, 3, 1).numpy().repeat(3, 0)
    want = saliency.cached(whole, pictures, tmp_path / "a.npy", batch=2)
    assert want.dtype == np.uint8 and want.shape == (9, 28, 28)
    part = np.lib.format.open_memmap(tmp_path / "b.part.npy", "w+", np.uint8, (9, 28, 28))
    part[:4] = 7
    part.flush()
    (tmp_path / "b.progress").write_text("4")
    got = saliency.cached(whole, pictures, tmp_path / "b.npy", batch=2)
    assert (got[:4] == 7).all() and (got[4:] == want[4:]).all() and not list(tmp_path.glob("*.pro*"))
    monkeypatch.setattr(saliency, "maps", None)
    assert (saliency.cached(whole, pictures, tmp_path / "a.npy") == want).all()
