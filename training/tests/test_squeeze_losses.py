"""What squeeze is trained for, and the figures of redundancy on maps that are known."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from tandem_training.encoder import teacher
from tandem_training.squeeze import figures, losses

from test_teacher import Net, net  # noqa: F401, a fixture


def test_the_answer_is_the_divergence_from_the_teachers():
    torch.manual_seed(1)
    a, b = torch.randn(3, 10), torch.randn(3, 10)
    assert losses.answer(a, a + 5).abs().max() < 1e-5
    p, q = (F.softmax(t / 2, 1) for t in (b, a))
    torch.testing.assert_close(losses.answer(a, b), 4 * (p * (p / q).log()).sum(1))


def test_variation_counts_differences_of_neighbours():
    y = torch.zeros(2, 2, 3, 3)
    y[0, 1, 1, 1] = -2
    assert losses.variation(y).tolist() == [8, 0]
    assert losses.variation(y + 7).tolist() == [8, 0]


def test_a_judges_loss_is_a_hinge():
    assert losses.discriminator(torch.tensor([2.0, 0.5]), torch.tensor([-3.0, 0.0])).item() == pytest.approx(0.25 + 0.5)


@torch.no_grad()
def test_the_perceptual_distance_grows_with_the_damage(net):  # noqa: F811
    torch.manual_seed(2)
    rgb = F.interpolate(torch.rand(3, 3, 28, 28) * 255, size=(224, 224), mode="bicubic").clamp(0, 255)
    whole = teacher.EfficientNetLite(net.state_dict())
    worse = [F.interpolate(F.avg_pool2d(rgb / 255, k), size=(224, 224)) for k in (1, 8, 32)]
    found = [losses.perceptual(whole, x, rgb) for x in worse]
    assert found[0].abs().max() < 1e-6 and (found[1] > 1e-4).all() and (found[2] > found[1]).all()
    alone = losses.perceptual(whole, worse[1][:1], rgb[:1])
    torch.testing.assert_close(alone, found[1][:1], rtol=1e-3, atol=1e-5)


# --- figures


def field(rng, rho, shape=(60, 3, 20, 20), scale=3.0):
    """Symbols of a normal field whose neighbours have the correlation rho along both axes."""
    x = rng.normal(size=shape)
    for axis in (2, 3):
        x = np.moveaxis(x, axis, 0)
        for i in range(1, len(x)):
            x[i] = rho * x[i - 1] + (1 - rho ** 2) ** 0.5 * x[i]
        x = np.moveaxis(x, 0, axis)
    return np.rint(scale * x + np.array([0, 5, -2])[:, None, None]).astype(int)


@pytest.mark.parametrize("rho", (0.0, 0.5, 0.9))
def test_neighbours_correlate_as_they_were_made(rho):
    s = field(np.random.default_rng(1), rho)
    for axis in (2, 3):
        assert figures.correlation(s, axis) == pytest.approx(rho, abs=0.03)
    alone, known = figures.entropies(s)
    assert alone == pytest.approx(0.5 * np.log2(2 * np.pi * np.e * 9), abs=0.1)  # of a normal one, rounded
    assert abs(alone - known) < 0.05 if rho == 0 else known < alone - (0.05 if rho == 0.5 else 0.5)


def test_what_neighbours_tell_is_not_counted_twice():
    rng = np.random.default_rng(2)
    rows = np.repeat(rng.integers(-1, 2, (200, 1, 12, 1)), 12, 3)  # the left neighbour says it all
    alone, known = figures.entropies(rows)
    assert alone == pytest.approx(np.log2(3), abs=0.01) and known == pytest.approx(np.log2(3) / 12, abs=0.02)
    assert figures.correlation(rows, 3) == pytest.approx(1) and figures.correlation(rows, 2) == pytest.approx(0, abs=0.1)
    still = np.full((4, 2, 3, 3), 7)
    assert figures.entropies(still) == (0, 0) and figures.correlation(still, 2) == 0


def test_all_figures_and_their_table():
    s = np.zeros((2, 3, 4, 4), int)
    s[:, 0, :, 2:] = 2
    found = figures.of(s, np.full(s.shape, 0.5))
    assert found["elements"] == 48 and found["other than the median"] == 8 and found["bytes"] == 3 and found["bits an element"] == 0.5
    lines = figures.table({"a": found, "b": found}).splitlines()
    assert len(lines) == 4 and lines[2].startswith("| a | 48 | 8.000 |") and all(line.count("|") == len(found) + 2 for line in lines)
