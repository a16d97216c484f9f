"""Vision graphs against PyTorch, int8 weights folded at load, GGUF read back, questions behind a shared prefix."""

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from torch import nn

from tandem_training.common import drawn, packfile
from tandem_training.common.graph import DataFile
from tandem_training.common.quant import Q4, Q8
from tandem_training.encoder import vision_graph
from tandem_training.language import gguf_file, llama
from tandem_training.recipe import stand_in, tiny


def saved(graph, file, folder):
    graph.save(folder, f"{graph.name}.onnx")
    file.save(folder)
    return packfile.session(folder / f"{graph.name}.onnx", 1)


def test_encoder_is_the_networks_and_its_weights_are_folded(tmp_path):
    torch.manual_seed(0)
    net, file = tiny.TinyVit(), DataFile("encoder.bin")
    run = saved(vision_graph.encoder(net, file), file, tmp_path)
    pixels = drawn.pixel_values(drawn.picture(1)[0])
    tokens, cls = run.run(None, {"pixel_values": pixels})
    with torch.no_grad():
        want, want_cls = net(torch.from_numpy(pixels))
    assert np.abs(tokens - want.numpy()).max() < 0.06 * want.std()
    assert np.abs(cls - want_cls.numpy()).max() < 0.06 * want.std()
    options = ort.SessionOptions()
    options.optimized_model_filepath = str(tmp_path / "optimised.onnx")
    ort.InferenceSession(str(tmp_path / "encoder.onnx"), options)
    kinds = {n.op_type for n in onnx.load(tmp_path / "optimised.onnx").graph.node}
    assert "Cast" not in kinds and "MatMul" in kinds | {"Gemm"}


def test_hyper_analysis_gathers_the_best_expert(tmp_path):
    torch.manual_seed(0)
    router = nn.Sequential(nn.Linear(12, 12), nn.ReLU(), nn.Linear(12, 5))
    layers = [(torch.randn(5, o, i), torch.randn(5, o)) for i, o in ((12, 9), (9, 3))]
    median, file = torch.randn(5, 3), DataFile("h.bin")
    run = saved(vision_graph.hyper_analysis(router, layers, 2.0, median, file), file, tmp_path)
    x = torch.randn(7, 12)
    expert, z = run.run(None, {"tokens": x.numpy()})
    with torch.no_grad():
        want = router(2 * x).argmax(1)
        for t, e in enumerate(want):
            y = torch.relu(layers[0][0][e] @ (2 * x[t]) + layers[0][1][e])
            torch.testing.assert_close(torch.tensor(z[t]), layers[1][0][e] @ y + layers[1][1][e] - median[e],
                                       atol=0.05, rtol=0.01)
    assert expert.tolist() == want.tolist()


def test_gguf_blocks_are_read_as_they_are(tmp_path):
    stand_in.language(tmp_path, layers=1)
    w = gguf_file.read(tmp_path / "language.gguf")
    from gguf import GGUFReader, dequantize
    tensors = {t.name: dequantize(t.data, t.tensor_type) for t in GGUFReader(tmp_path / "language.gguf").tensors}
    np.testing.assert_array_equal(w.layers[0].linear["down"].floats(), tensors["blk.0.ffn_down.weight"])
    np.testing.assert_array_equal(w.embedding.floats(), tensors["token_embd.weight"])
    q = tensors["blk.0.attn_q.weight"].reshape(9, 32, 2, 576).swapaxes(1, 2).reshape(576, 576)
    np.testing.assert_array_equal(w.layers[0].linear["qkv"].floats()[:576], q)


def test_quantisers_round_trip():
    w = np.random.default_rng(0).normal(size=(8, 64)).astype(np.float32)
    assert np.abs(Q4.of(w).floats() - w).max() < 0.2 and np.abs(Q8.of(w).floats() - w).max() < 0.02


def test_questions_see_the_prefix_and_themselves_only():
    net = llama.Llama(tiny.llama(np.random.default_rng(2), 100), 0)
    ids = torch.arange(12)[None] * 7 % 100
    x = net.embed(ids)
    with torch.no_grad():
        both = net(x, llama.Groups([(5, [3, 4])]))
        torch.testing.assert_close(both[:, :8], net(x[:, :8]))
        torch.testing.assert_close(both[:, 8:], net(torch.cat([x[:, :5], x[:, 8:]], 1))[:, 5:])
        row = net(torch.cat([x, x[:, :7]], 1), llama.Groups([(5, [3, 4]), (2, [5])]))
        torch.testing.assert_close(row[:, :12], both)
        torch.testing.assert_close(row[:, 12:], net(x[:, :7]))


def test_tiny_pack_is_complete_and_repeats(tmp_path):
    sizes = [tiny.write(tmp_path / n, 1) for n in "ab"]
    manifests = [json.loads((tmp_path / n / "pack.json").read_text()) for n in "ab"]
    assert manifests[0] == manifests[1] and sizes[0] < 1_600_000
    found = {p.relative_to(tmp_path / "a").as_posix() for p in (tmp_path / "a").rglob("*") if p.is_file()}
    assert found == set(manifests[0]["files"]) | {"pack.json"}
    assert manifests[0]["golden"] and manifests[0]["methods"]["tofc"]["golden"] and manifests[0]["heads"][0]["settings"]["golden"]

    shipped = json.loads((Path(__file__).parents[2] / "models/tiny-vqa/pack.json").read_text("utf-8"))
    for key in ("methods", "points", "graphs", "provenance", "preprocessing"):
        assert shipped[key] == manifests[0][key], "models/tiny-vqa is not what `smoke --pack-only` writes"
    assert {k: v["bytes"] for k, v in shipped["files"].items()} == {k: v["bytes"] for k, v in manifests[0]["files"].items()}
