"""The method bottleneck: encoder, prior, bands, the tiny pack, and CompressAI's own tables and strings."""

import struct
from pathlib import Path

import numpy as np
import pytest
import torch

from tandem_training.bottleneck import bands, encoder, import_compressai, latent_graph, tiny
from tandem_training.bottleneck.prior import Prior
from tandem_training.common.coding import Row, operations, rans
from tandem_training.common.graph import DataFile
from tandem_training.common.packfile import session

MADE = Path(__file__).parent / "from_compressai"
SHIPPED = Path(__file__).parents[2] / "models" / "tiny-bottleneck"


def test_the_encoder_has_the_parameters_and_shapes_of_the_source():
    net = encoder.Encoder()
    assert [sum(p.numel() for p in block.parameters()) for block in net] == [22_320, 67_776, 51_600]
    assert net(torch.zeros(1, 3, 224, 224)).shape == (1, 48, 28, 28)
    assert net(torch.zeros(2, 3, 8, 40)).shape == (2, 48, 1, 5)


@pytest.mark.parametrize("gain", [1.0, 0.3])
def test_the_graph_is_the_network_with_medians_taken_off(tmp_path, gain):
    net, _ = tiny.network(5)
    net = encoder.scaled(net, torch.linspace(gain, 2 * gain, 48))
    medians, data = np.linspace(-3, 3, 48), DataFile("encoder.bin")
    graph = latent_graph.encoder(net, medians, data, "encoder", tiny.HEIGHT, tiny.WIDTH)
    graph.save(tmp_path, "encoder.onnx")
    data.save(tmp_path)
    x = tiny.pixels(9)
    found = session(tmp_path / "encoder.onnx", 1).run(None, {"pixel_values": x})[0]
    with torch.no_grad():
        want = net(torch.from_numpy(x)).numpy() - medians[:, None, None].astype(np.float32)
    assert np.abs(found - want).max() < 0.05 * np.abs(want).max(), "weights are 8 bits here"


def test_the_priors_row_of_the_start():
    prior = Prior.logistic(np.zeros(1), np.array([10.0]))
    prior.quantiles = np.array([[-10.0, 0, 10]])
    row = prior.rows()[0]
    assert row.offset == -10 and row.cdf.tolist() == [
        0, 1287, 2633, 4034, 5486, 6984, 8523, 10096, 11697, 13318, 14951, 16588, 18221, 19842, 21443, 23016, 24555, 26053,
        27505, 28906, 30252, 31539, 65536]


def test_a_logistic_channel_spends_its_entropy():
    rng, scales = np.random.default_rng(1), np.array([0.3, 1.0, 6.0])
    medians = np.array([0.2, -3.1, 12.0])
    for c, row in enumerate(Prior.logistic(medians, scales).rows()):
        u = rng.uniform(1e-6, 1 - 1e-6, 4000)
        symbols = np.rint(scales[c] * np.log(u / (1 - u))).astype(int)
        spent = len(rans([o for s in symbols for o in operations(row, s)])) * 8 / len(symbols)
        counts = np.unique(symbols, return_counts=True)[1] / len(symbols)
        assert spent < 1.03 * -(counts * np.log2(counts)).sum() + 0.05


def test_bands_part_the_map():
    for height, width in ((1, 1), (3, 4), (7, 2), (28, 28)):
        latent, wanted = np.arange(2 * height * width).reshape(2, height, width), 1
        while True:
            n = bands.at_least(wanted, height, width)
            parts = np.concatenate([bands.values(latent, b, n).ravel() for b in range(n)])
            assert sorted(parts) == list(latent.ravel()) and all(bands.values(latent, b, n).size for b in range(n))
            if n < wanted:
                break
            wanted = n + 1
        assert n == height * width


def test_the_shipped_pack_is_the_one_that_is_written(tmp_path):
    """Not its float graphs and vectors, which another machine may round otherwise: names, tables' form, sizes."""
    assert tiny.write(tmp_path) < 400_000
    names = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file() and "golden" not in str(p)}
    shipped = {p.relative_to(SHIPPED).as_posix() for p in SHIPPED.rglob("*") if p.is_file() and "golden" not in str(p)}
    assert names == shipped
    weights = sum(p.numel() for p in encoder.Encoder().parameters() if p.dim() > 1)
    assert -256 <= (SHIPPED / "encoder.bin").stat().st_size - weights <= 64 * 9, "all but the smallest, and padding"


def read(name: str) -> np.ndarray:
    return np.fromfile(MADE / name, "<f4").reshape(6, 7, 9)


def test_compressais_tables_give_its_string_byte_for_byte(tmp_path):
    assert import_compressai.write(MADE / "state.pt", tmp_path, "entropy_bottleneck") == 6
    state = import_compressai.load(MADE / "state.pt")
    rows, medians = import_compressai.tables(state, "entropy_bottleneck.")
    assert np.array_equal(np.fromfile(tmp_path / "medians.bin", "<f4"), medians)
    for name in ("tables.bin", "medians.bin"):
        assert (tmp_path / name).read_bytes() == (MADE / name).read_bytes(), "what Java's test reads"
    assert (tmp_path / "tables.bin").read_bytes()[:16] == struct.pack("<4sIII", b"TDTB", 1, 6, sum(len(r.cdf) for r in rows))
    symbols = np.rint(read("latent.bin") - medians[:, None, None]).astype(int)
    string = (MADE / "string.bin").read_bytes()
    assert bands.band_bytes(rows, 3, symbols, 0, 1)[6:-4] == string
    assert np.array_equal(symbols.astype(np.float32) + medians[:, None, None], read("decoded.bin"))


def test_our_rows_of_its_network_are_its_rows():
    """Another library's exp may move a count; here every entry is within two of 65,536."""
    compressai = pytest.importorskip("compressai", reason="compressai is not installed")
    from compressai.entropy_models import EntropyBottleneck
    assert compressai
    torch.manual_seed(4)
    model = EntropyBottleneck(5)
    model.update(force=True)
    state = {k: v.detach().double().numpy() for k, v in model.state_dict().items()}
    prior = Prior(*([state[f"{part}.{k}"] for k in range(n)] for part, n in (("matrices", 5), ("biases", 5), ("factors", 4))),
                  state["quantiles"][:, 0])
    for c, (row, want) in enumerate(zip(prior.rows(), import_compressai.tables(model.state_dict(), "")[0], strict=True)):
        assert row.offset == want.offset and np.abs(row.cdf - want.cdf).max() <= 2, c


def test_what_is_coded_here_is_read_by_compressai():
    pytest.importorskip("compressai", reason="compressai is not installed")
    from compressai.entropy_models import EntropyBottleneck
    state = import_compressai.load(MADE / "state.pt")
    rows, medians = import_compressai.tables(state, "entropy_bottleneck.")
    model = EntropyBottleneck(6)
    prefix = "entropy_bottleneck."
    for name in ("_quantized_cdf", "_cdf_length", "_offset"):
        setattr(model, name, state[prefix + name])
    model.quantiles.data = state[prefix + "quantiles"]
    rng = np.random.default_rng(5)
    symbols = np.rint(rng.normal(0, 1, (6, 5, 4)) * np.logspace(-0.5, 2, 6)[:, None, None]).astype(int)
    string = bands.band_bytes(rows, 3, symbols, 0, 1)[6:-4]
    found = model.decompress([string], (5, 4)).detach().numpy()[0]
    assert np.array_equal(found, symbols.astype(np.float32) + medians[:, None, None])
    assert model.compress(torch.from_numpy(found)[None].float())[0] == string


@pytest.mark.parametrize("change, words", [
    (lambda s: s.clear(), "needed one with _quantized_cdf"),
    (lambda s: s.pop("side._offset") is None, None),
    (lambda s: s.update({"side._quantized_cdf": torch.zeros(0, dtype=torch.int32)}), "update"),
    (lambda s: s.update({"side._cdf_length": torch.tensor([2, 2], dtype=torch.int32)}), "update"),
    (lambda s: s["side._quantized_cdf"][1].fill_(7), "row [1]"),
    (lambda s: s["side._offset"].fill_(1 << 25), "row [0]")])
def test_a_state_that_cannot_be_is_refused(tmp_path, change, words):
    state = dict(import_compressai.load(MADE / "state.pt"))
    change(state)
    torch.save(state, tmp_path / "changed.pt")
    if words is None:
        assert import_compressai.write(tmp_path / "changed.pt", tmp_path) == 6, "only one is whole"
        return
    with pytest.raises(SystemExit) as refused:
        import_compressai.write(tmp_path / "changed.pt", tmp_path, "side")
    assert words in str(refused.value)


def test_several_bottlenecks_have_to_be_told_apart(tmp_path):
    with pytest.raises(SystemExit, match="side.*--module"):
        import_compressai.write(MADE / "state.pt", tmp_path)
    assert import_compressai.write(MADE / "state.pt", tmp_path, "side") == 2
