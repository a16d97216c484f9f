"""The codec: its gradients, its start, a short fit, and that what is exported computes what was trained."""

import math

import numpy as np
import pytest
import torch

from tandem_training.encoder import cluster
from tandem_training.tofc import codec, codec_export, hyper, quantiser
from tandem_training.tofc.codec_model import Codec, LaplaceRate
from tandem_training.tofc.tables import ROW_RATIO, SCALE_MIN

STEP = 0.5


def bits(r, b):
    a = r.abs()
    outside = (a - 0.5).clamp_min(0) / b - torch.log1p(-torch.exp(-1 / b)) + math.log(2)
    inside = -(1 - 0.5 * (torch.exp(-(0.5 - a).clamp_min(0) / b) + torch.exp(-(0.5 + a) / b))).clamp_min(1e-12).log()
    return torch.where(a < 0.5, inside, outside) / math.log(2)


def test_rate_and_its_gradients_are_those_of_the_formulas():
    torch.manual_seed(0)
    mean = torch.randn(6, 5, dtype=torch.double, requires_grad=True)
    row = (torch.rand(6, 5, dtype=torch.double) * 50).requires_grad_()
    x, noise = torch.randn(6, 5, dtype=torch.double) * 2, torch.rand(6, 5, dtype=torch.double) - 0.5
    found = LaplaceRate.apply(mean, row, x, STEP, noise)
    by_mean, by_row = torch.autograd.grad(found.sum(), (mean, row))
    b = SCALE_MIN * torch.exp(ROW_RATIO * row)
    true = bits(((x - mean) / STEP).round().detach(), b).sum(1)
    torch.testing.assert_close(found, true)
    torch.testing.assert_close(by_row, torch.autograd.grad(true.sum(), row)[0])
    noisy = bits((x - mean) / STEP + noise, b.detach()).sum()
    torch.testing.assert_close(by_mean, torch.autograd.grad(noisy, mean)[0])


def synthetic(rng, n=600, width=48, kinds=4):
    """Tokens around four centres, each with its own few strong directions."""
    g = torch.Generator().manual_seed(9)
    centres, axes = torch.randn(kinds, width, generator=g), torch.randn(kinds, 5, width, generator=g) * 0.5
    kind = torch.from_numpy(rng.integers(0, kinds, n))
    along = torch.from_numpy(rng.normal(size=(n, 1, 5))).float()
    left = torch.from_numpy(rng.laplace(0, 0.05, (n, width))).float()
    return centres[kind] + (along @ axes[kind])[:, 0] + left


@pytest.fixture(scope="module")
def fitted():
    torch.manual_seed(1)
    torch.set_num_threads(1)
    net = Codec(48, 4, 6, (32, 16), STEP)
    trainer = codec.Trainer(net, synthetic, seed=1)
    first = None
    for i in range(60):
        trainer.advance(i / 60)
        first = first or dict(trainer.note)
    x = synthetic(np.random.default_rng(77), 1600)
    rows = codec_export.all_rows(net.eval(), [(x, STEP), (x, 2 * STEP)])
    return net, x, rows, first, trainer


def test_fit_uses_every_expert_and_saves_bits(fitted):
    net, x, rows, _, trainer = fitted
    assert net.share.min() > 0.05
    got = codec_export.measure(net, rows, x.view(100, 16, 48), STEP)
    alone = codec_export.Lengths(rows)
    wide = alone.of(np.full(x.shape, len(rows) - 20), np.rint(x.numpy() / STEP).astype(int)).sum() / 8 / 100
    assert got["bytes"] < 0.6 * wide
    assert got["mse"] < STEP ** 2 / 12


def test_coarser_steps_cost_less(fitted):
    net, x, rows, *_ = fitted
    sizes = [codec_export.measure(net, rows, x.view(100, 16, 48), s)["bytes"] for s in (0.25, 0.5, 1.0)]
    assert sizes[0] > sizes[1] > sizes[2]


def test_fine_steps_leave_uniform_noise(fitted):
    net, x, rows, *_ = fitted
    got = codec_export.measure(net, rows, x.view(100, 16, 48), 0.02)
    assert got["mse"] == pytest.approx(0.02 ** 2 / 12, rel=0.02)


def test_integer_network_follows_the_trained_one(fitted):
    net, x, *_ = fitted
    exact = codec_export.Exact(net)
    for i, layer in enumerate(exact.layers):
        layer.check(127 if i == 0 else 255)
    assert len(hyper.file_bytes(exact.layers)) % 4 == 0
    expert, z, y, index, decoded = exact.symbols(x, STEP)
    with torch.no_grad():
        floats, *_ = net.code(x, torch.from_numpy(expert), STEP)
    off = np.abs(decoded - floats.numpy())
    assert np.median(off) < 0.01 and (off > STEP / 2).mean() < 0.02
    assert index.min() >= 0 and index.max() <= 63


def test_training_form_gives_bits_that_learn(fitted):
    net, x, *_ = fitted
    net.train()
    decoded, cost = net(x[:64].view(4, 16, 48), STEP, top=2, temperature=0.5)
    assert decoded.shape == (4, 16, 48) and cost.shape == (4,)
    (cost.mean() + (decoded - x[:64].view(4, 16, 48)).square().sum()).backward()
    assert all(p.grad is not None and p.grad.isfinite().all() for p in net.analysis.parameters())
    net.eval()


def test_trainer_resumes(fitted, tmp_path):
    net, *_, trainer = fitted
    torch.save(trainer.state(), tmp_path / "codec.pt")
    again = codec.Trainer(Codec(48, 4, 6, (32, 16), STEP), synthetic, seed=3)
    again.load(torch.load(tmp_path / "codec.pt"))
    assert again.step == trainer.step
    loaded = quantiser.load(tmp_path / "codec.pt")
    quantise = quantiser.Quantiser(quantiser.load(tmp_path / "codec.pt"), [STEP])
    tokens = synthetic(np.random.default_rng(5), 32).view(2, 16, 48)
    torch.testing.assert_close(quantise(tokens), quantise(tokens, np.random.default_rng(1)))
    assert loaded.step == STEP


def plain_dpc_knn(x, clusters, k):
    """Clustering of docs/methods.md, step by step, in float64."""
    n = len(x)
    d2 = ((x[:, None] - x[None]) ** 2).sum(2) / x.shape[1]
    log_rho = -np.sort(d2, 1)[:, :k].sum(1) / k
    delta = [min((d2[i, j] for j in range(n) if log_rho[j] > log_rho[i]), default=d2.max()) ** 0.5 for i in range(n)]
    centres = np.argsort(-(log_rho + np.log(delta)), kind="stable")[:clusters]
    member = d2[:, centres].argmin(1)
    return np.stack([x[member == c].mean(0) for c in range(clusters)])


def test_merge_is_dpc_knn():
    x = np.random.default_rng(4).normal(size=(3, 40, 6))
    found = cluster.dpc_knn(torch.tensor(x, dtype=torch.float32), 7, 5)
    for one, tokens in zip(found, x):
        np.testing.assert_allclose(one, plain_dpc_knn(tokens, 7, 5), atol=1e-5)
