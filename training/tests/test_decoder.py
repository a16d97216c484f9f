"""The exported decoder against PyTorch: exact blocks, adapter, cache, prefill in pieces."""

import copy

import numpy as np
import onnxruntime as ort
import pytest
import torch

from tandem_training.common.packfile import generate
from tandem_training.language import decoder_graph, llama
from tandem_training.recipe import tiny


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("decoder")
    weights, files = tiny.llama(np.random.default_rng(3), 300), decoder_graph.Files()
    for g in (decoder_graph.embed_tokens(weights, files), decoder_graph.decoder(weights, files, accuracy=1)):
        g.save(folder, f"{g.name}.onnx")
    for f in files.all():
        f.save(folder)
    net = llama.Llama(weights, 4)
    net.load_adapter({f"layers.{i}.{k}.{p}": torch.tensor(m, dtype=torch.float32)
                      for i, layer in enumerate(weights.layers)
                      for k, pair in layer.lora.items() for p, m in zip("ab", pair)})
    sessions = [ort.InferenceSession(str(folder / f"{n}.onnx")) for n in ("embed_tokens", "decoder")]
    return net, *sessions


def run(session, x, past=None):
    names = [i.name for i in session.get_inputs() if i.name.startswith("past")]
    past = past or {n: np.zeros((1, 3, 0, 16), np.float32) for n in names}
    total = x.shape[1] + past[names[0]].shape[2]
    out = dict(zip([o.name for o in session.get_outputs()], session.run(None, {
        "inputs_embeds": x, "attention_mask": np.ones((1, total), np.int64), **past})))
    return out["logits"][0, -1], {n: out[n.replace("past_key_values", "present")] for n in names}


@pytest.mark.parametrize("pieces", [(9,), (1,) * 9, (4, 5), (5, 1, 3), (1, 8)])
def test_pieces_equal_whole(made, pieces):
    net, embed, decoder = made
    ids = torch.arange(9)[None] * 31 % 300
    with torch.no_grad():
        x = net.embed(ids)
        want = net.logits(net(x))[0].numpy()
    np.testing.assert_allclose(embed.run(None, {"input_ids": ids.numpy()})[0], x.numpy(), atol=1e-6)
    whole, _ = run(decoder, x.numpy())
    np.testing.assert_allclose(whole, want[-1], atol=0.03 * np.abs(want).std())  # small factors are 8 bits
    past, at = None, 0
    for n in pieces:
        logits, past = run(decoder, x[:, at:at + n].numpy(), past)
        at += n
        np.testing.assert_allclose(logits, want[at - 1], atol=0.03 * np.abs(want).std())
    np.testing.assert_allclose(logits, whole, atol=2e-4)


def test_greedy_answers_are_equal(made):
    net, embed, decoder = made
    ids = [5, 17, 200, 33]
    assert generate(embed, decoder, ids, [], 8) == net.generate(net.embed(torch.tensor([ids])), 8, ())


def test_adapter_is_folded_into_constants(made, tmp_path):
    """Casts and concatenations of weights run when the graph is loaded, not when it runs."""
    weights, files = tiny.llama(np.random.default_rng(3), 300), decoder_graph.Files()
    decoder_graph.decoder(weights, files).save(tmp_path, "decoder.onnx")
    for f in files.all():
        f.save(tmp_path)
    options = ort.SessionOptions()
    options.optimized_model_filepath = str(tmp_path / "optimised.onnx")
    options.add_session_config_entry("session.disable_prepacking", "1")
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    ort.InferenceSession(str(tmp_path / "decoder.onnx"), options)
    import onnx
    graph = onnx.load(tmp_path / "optimised.onnx").graph
    constants = {i.name for i in graph.initializer}
    left = [n.op_type for n in graph.node if n.input and all(i in constants for i in n.input)]
    assert left == []


def test_base_without_adapter_is_exact_dequantisation(made):
    weights = copy.deepcopy(tiny.llama(np.random.default_rng(4), 64))
    q = weights.layers[0].linear["down"]
    n, k = q.q.shape
    again = (q.q.astype(np.float32).reshape(n, -1, 32) - 8) * q.scale.astype(np.float32)[..., None] + q.centres()[..., None]
    np.testing.assert_allclose(again.reshape(n, k), q.floats(), atol=1e-3)
