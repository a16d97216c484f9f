"""A pack's codec back in training: integers, tables and densities are the inverse of what export wrote."""

import math

import numpy as np
import pytest
import torch

from tandem_training.recipe import from_pack
from tandem_training.tofc import codec_export, codec_start, hyper, quantiser, tables
from tandem_training.tofc.codec_model import Codec


@pytest.fixture(scope="module")
def codec():
    torch.manual_seed(1)
    out = Codec(48, 4, 6, (32, 16), 0.6)
    codec_start.start(out, torch.randn(400, 48), torch.randn(4, 48))
    return out.eval()


def test_integers_come_back_as_the_numbers_that_made_them(codec):
    data = hyper.file_bytes(codec_export.integer_layers(codec))
    again = Codec(48, 4, 6, (32, 16), 0.6)
    with torch.no_grad():
        for i, (w, b) in enumerate(from_pack.synthesis(data)):
            again.synthesis.weights[i].copy_(torch.from_numpy(w))
            again.synthesis.biases[i].copy_(torch.from_numpy(b))
            assert torch.allclose(again.synthesis.weights[i], codec.synthesis.weights[i], atol=codec.synthesis.weights[i].abs().max() / 120)
    for one, two in zip(codec_export.integer_layers(codec), codec_export.integer_layers(again)):
        assert (one.weight == two.weight).all() and one.shift == two.shift
        assert np.abs(one.multiplier / two.multiplier.astype(float) - 1).max() < 1e-6
        assert np.abs(one.bias.astype(np.int64) - two.bias).max() <= 1 + np.abs(one.bias).max() * 1e-6


def test_tables_come_back_row_by_row():
    rows = [tables.laplace(0.7), tables.histogram(np.array([5, 1, 3]), 0), *tables.laplace_rows()[:5]]
    found = [(r.cdf, r.offset) for r in tables.read(tables.file_bytes(rows))]
    assert len(found) == len(rows)
    for (cdf, offset), row in zip(found, rows):
        assert offset == row.offset and (cdf == row.cdf).all()


@pytest.mark.parametrize("scale", (0.4, 1.0, 3.0))
def test_a_density_has_its_tables_deviation(scale):
    at = np.arange(-60, 62) - 0.5
    p = np.diff(0.5 + 0.5 * np.tanh(at / scale / 2))
    row = tables.Row(tables.cumulative([*p, 1e-9]), -60)
    parameter = from_pack.spread(row.cdf, row.offset)
    found = math.log1p(math.exp(parameter + 0.5)) + 0.05
    assert found == pytest.approx(scale, rel=0.15)  # whole numbers hide some of a narrow density


def test_a_checkpoint_of_the_one_loop_is_a_codec_too(codec, tmp_path):
    torch.save({"codec": codec.state_dict(), "codec_settings": codec.settings, "encoder": {}}, tmp_path / "together.pt")
    loaded = quantiser.load(tmp_path / "together.pt")
    assert torch.equal(loaded.synthesis.weights[0], codec.synthesis.weights[0])


def test_slope_is_six_decibels_a_bit():
    """Uniform noise of a step has d^2 / 12; halving the step costs one bit and a quarter of it."""
    d, h = 1.0, 1e-4
    change = ((d * 2 ** -h) ** 2 - d ** 2) / 12 / h
    assert -change == pytest.approx(quantiser.slope(d), rel=1e-3)
