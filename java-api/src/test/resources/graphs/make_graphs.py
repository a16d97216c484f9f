"""Writes the small graphs beside this file: python make_graphs.py (needs the package onnx).

tiny      sum = a + b                                  float32 [4]
types     same_<t> = a_<t>, one pair an element type   [2, 3]
product   y = tanh(x @ w)                              [64, 768] x [768, 768], about a millisecond
external  y = x + weight, the weight in external.bin   [8]
cache     present.i = concat(past.i, new, axis 2), 60 of them, as a decoder's KV cache has
"""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper

HERE = pathlib.Path(__file__).parent
OPSET = [h.make_opsetid("", 17)]


def save(name, nodes, inputs, outputs, initializers=()):
    graph = h.make_graph(nodes, name, inputs, outputs, list(initializers))
    model = h.make_model(graph, opset_imports=OPSET, ir_version=8, producer_name="tandem")
    if initializers:
        for tensor in model.graph.initializer:
            onnx.external_data_helper.set_external_data(tensor, name + ".bin")
            (HERE / (name + ".bin")).write_bytes(tensor.raw_data)
            tensor.ClearField("raw_data")
    else:
        onnx.checker.check_model(model, full_check=True)
    (HERE / (name + ".onnx")).write_bytes(model.SerializeToString())


def value(name, kind, *shape):
    return h.make_tensor_value_info(name, kind, shape)


save("tiny", [h.make_node("Add", ["a", "b"], ["sum"])],
     [value("a", T.FLOAT, 4), value("b", T.FLOAT, 4)], [value("sum", T.FLOAT, 4)])

kinds = {"float32": T.FLOAT, "float16": T.FLOAT16, "int64": T.INT64, "int32": T.INT32, "int8": T.INT8,
         "uint8": T.UINT8, "bool": T.BOOL}
save("types", [h.make_node("Identity", ["a_" + k], ["same_" + k]) for k in kinds],
     [value("a_" + k, v, 2, 3) for k, v in kinds.items()],
     [value("same_" + k, v, 2, 3) for k, v in kinds.items()])

save("product", [h.make_node("MatMul", ["x", "w"], ["p"]), h.make_node("Tanh", ["p"], ["y"])],
     [value("x", T.FLOAT, 64, 768), value("w", T.FLOAT, 768, 768)], [value("y", T.FLOAT, 64, 768)])

save("external", [h.make_node("Add", ["x", "weight"], ["y"])], [value("x", T.FLOAT, 8)], [value("y", T.FLOAT, 8)],
     [numpy_helper.from_array(np.arange(8, dtype=np.float32) * 0.5, "weight")])

LAYERS = 30
parts = [f"{i}.{part}" for i in range(LAYERS) for part in ("key", "value")]
save("cache", [h.make_node("Concat", ["past_key_values." + p, "new"], ["present." + p], axis=2) for p in parts],
     [value("new", T.FLOAT, 1, 3, "n", 64)]
     + [value("past_key_values." + p, T.FLOAT, 1, 3, "past", 64) for p in parts],
     [value("present." + p, T.FLOAT, 1, 3, "all", 64) for p in parts])

save("string", [h.make_node("Identity", ["s"], ["t"])], [value("s", T.STRING, 1)], [value("t", T.STRING, 1)])
