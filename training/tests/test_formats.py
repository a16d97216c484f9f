"""Tables, streams, slices and the integer network against the vectors of docs/bitstream.md and docs/methods.md."""

import numpy as np
import pytest

from tandem_training.tofc import hyper, slices, tables
from tandem_training.tofc.tables import Row

A = Row(np.array([0, 6554, 19661, 45875, 58982, 65536]), -2)
B = Row(np.array([0, 3277, 62259, 64880, 65536]), -1)


@pytest.mark.parametrize("pmf, cdf", [
    ([.1, .2, .4, .2, .1], [0, 6554, 19661, 45875, 58982, 65536]),
    ([.25, .5, .24, .01, 0], [0, 16384, 49152, 64881, 65535, 65536]),
    ([1e-9, 1e-9, .999, 1e-9, 1e-9], [0, 1, 2, 65534, 65535, 65536]),
    ([.5, 0, 0, 0, .5], [0, 32765, 32766, 32767, 32768, 65536]),
    ([.3, .3], [0, 32768, 65536]),
    ([1 / 3] * 3, [0, 21845, 43690, 65536])])
def test_cumulative(pmf, cdf):
    assert tables.cumulative(pmf).tolist() == cdf


def test_laplace_of_scale_one():
    row = tables.laplace(1.0)
    assert (row.offset, len(row.cdf)) == (-21, 45)
    assert row.cdf[18:26].tolist() == [985, 2685, 7307, 19870, 45656, 58219, 62841, 64541]


@pytest.mark.parametrize("values, rows, stream", [
    ([0] * 8, [A] * 8, "d259b708fb020000"),
    ([-2, -1, 0, 1, 0, -1, 1, 0], [A] * 8, "b4021883bebe0000"),
    ([0, 2, 3, -3, 100, -100, 0, 1], [A] * 8, "ff7c5f7d0100000090b53ed7428cf50f"),
    ([0, 0, -1, 5, 1, 0, -2, -1], [A, B] * 4, "d08ed15ecbf3c20b"),
    ([0, 134217722, -134217726, 1], [A] * 4, "3296bdf170020000ffffff7df7ffffdf"),
    ([0], [A], "6766014001000000"),
    ([], [], "0000008000000000")])
def test_streams(values, rows, stream):
    assert slices.rans([o for r, v in zip(rows, values) for o in slices.operations(r, v)]).hex() == stream


def test_what_was_coded_is_read_back():
    rng, row = np.random.default_rng(8), tables.laplace(2.0)
    values = [*rng.integers(-90, 90, 200), 5_000_000, -5_000_000]
    stream = slices.Stream(slices.rans([o for v in values for o in slices.operations(row, v)]))
    assert [stream.value(row) for _ in values] == values
    stream.end()
    rows = tables.read(tables.file_bytes([row, A, B]))
    assert all(r.offset == w.offset and r.cdf.tolist() == w.cdf.tolist() for r, w in zip(rows, [row, A, B], strict=True))


def example():
    rows = [Row(np.array([0, 40000, 65000, 65536]), 0), B, B]
    rows += [Row(np.array([0, 500, 65000, 65500, 65536]), -1)] * 3 + [A] * 61
    first = hyper.IntegerLayer(np.array([[[10], [-20]], [[-30], [40]]], np.int8), np.array([[5, 7], [0, 25]]),
                               np.array([[4, 2], [6, 3]]), 3)
    second = hyper.IntegerLayer(
        np.array([[[3, -1], [2, 2], [5, 0], [-6, 9]], [[-2, 4], [1, 1], [7, 3], [0, 5]]], np.int8),
        np.array([[-40, 12, 30, 0], [10, -90, 11, -20]]), np.array([[16, 8, 24, 16], [16, 16, 8, 4]]), 4)
    return rows, [first, second]


def test_example_slice():
    rows, layers = example()
    expert, z = np.array([1, 0]), np.array([[1], [-4]])
    mean, logit = hyper.run(layers, expert, z)
    assert mean.tolist() == [[106, -66], [-62, 28]] and logit.tolist() == [[42, 25], [45, 198]]
    index = hyper.scale_index(logit, -8)
    assert index.tolist() == [[2, 1], [2, 11]]
    y = np.rint((np.array([[6.4, -3.1], [.9, 9.0]], np.float32) - mean / np.float32(16)) / np.float32(.5)).astype(int)
    found = slices.slice_bytes(rows, 7, expert, z, y, index, 2)
    assert found.hex() == "0107000202" + "24ba55dda002000051747c8c02617e5e" + "a857c32e"


def test_integer_network_refuses_overflow():
    layer = hyper.IntegerLayer(np.full((1, 1, 1), 127, np.int8), np.array([[2 ** 31 - 1]]), np.array([[1]]), 1)
    with pytest.raises(ValueError, match="needed under 2"):
        layer.check(127)


def test_hyper_file_is_read_as_it_was_written():
    rng, layers = np.random.default_rng(4), []
    for n_in, n_out in ((6, 7), (7, 9), (9, 10)):
        layers.append(hyper.IntegerLayer(rng.integers(-127, 128, (3, n_out, n_in)).astype(np.int8), rng.integers(-9999, 9999, (3, n_out)),
                                         rng.integers(0, 1 << 30, (3, n_out)), 37))
    for found, want in zip(hyper.read(hyper.file_bytes(layers)), layers, strict=True):
        for part in ("weight", "bias", "multiplier", "shift"):
            np.testing.assert_array_equal(getattr(found, part), getattr(want, part))
    with pytest.raises(SystemExit, match="TDHX"):
        hyper.read(b"TDHX" + hyper.file_bytes(layers)[4:])


def test_integer_network_equals_int64():
    rng = np.random.default_rng(2)
    layers = []
    for n_in, n_out in ((6, 12), (12, 20), (20, 16)):
        layers.append(hyper.IntegerLayer(rng.integers(-127, 128, (3, n_out, n_in)).astype(np.int8),
                                         rng.integers(-9999, 9999, (3, n_out)),
                                         rng.integers(0, 1 << 30, (3, n_out)), 37))
    expert, z = rng.integers(0, 3, 50), rng.integers(-200, 200, (50, 6))
    mean, logit = hyper.run(layers, expert, z)
    for t in range(50):
        a = [max(-127, min(127, int(v))) for v in z[t]]
        for i, layer in enumerate(layers):
            w, b, m = layer.weight[expert[t]], layer.bias[expert[t]], layer.multiplier[expert[t]]
            acc = [int(b[o]) + sum(int(w[o, k]) * a[k] for k in range(len(a))) for o in range(len(b))]
            v = [(acc[o] * int(m[o]) + (1 << layer.shift - 1)) >> layer.shift for o in range(len(b))]
            a = [max(0, min(255, x)) for x in v] if i < 2 else [max(-32768, min(32767, x)) for x in v]
        assert a == [*mean[t], *logit[t]]
