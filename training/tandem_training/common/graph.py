"""Writing ONNX graphs by hand: nodes, small constants inside, large ones in external data files.

A graph never holds weights of its own; they lie in files beside it, so that two graphs can read one file and a
better part later replaces only its own file.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET, MICROSOFT, IR = 20, 1, 10
INSIDE = 256
ALIGN = 64


class DataFile:
    """One external data file, filled tensor by tensor; equal names are written once."""

    def __init__(self, name: str):
        self.name, self.parts, self.size, self.places = name, [], 0, {}

    def put(self, key: str, array: np.ndarray) -> tuple[int, int]:
        if key not in self.places:
            pad = -self.size % ALIGN
            data = np.ascontiguousarray(array).tobytes()
            self.parts += [b"\0" * pad, data]
            self.places[key] = (self.size + pad, len(data))
            self.size += pad + len(data)
        return self.places[key]

    def holder(self, key: str, array: np.ndarray) -> "DataFile":
        """The file that the tensor goes to."""
        return self

    def save(self, folder: Path):
        (folder / self.name).write_bytes(b"".join(self.parts))


class Written(DataFile):
    """The external data that a saved graph reads from one file, or from one of its files (`only`), to be read by another graph
    too; nothing is written."""

    def __init__(self, folder: Path, graph: str, only: str | None = None):
        tensors = [t for t in onnx.load(folder / graph, load_external_data=False).graph.initializer if t.external_data]
        entries = {t.name: {e.key: e.value for e in t.external_data} for t in tensors}
        entries = {k: e for k, e in entries.items() if only in (None, e["location"])}
        names = {e["location"] for e in entries.values()}
        if len(names) != 1:
            raise SystemExit(f"sharing the weights of [{folder / graph}]: found the files {sorted(names)}, needed one")
        super().__init__(names.pop())
        self.data = (folder / self.name).read_bytes()
        self.places = {k: (int(e["offset"]), int(e["length"])) for k, e in entries.items()}

    def holds(self, key: str, array: np.ndarray) -> bool:
        """Whether the tensor lies here under its name, equal to the last bits of a float."""
        offset, length = self.places.get(key, (0, -1))
        if length != array.nbytes:
            return False
        here = np.frombuffer(self.data, array.dtype, array.size, offset)
        if array.dtype.kind != "f":
            return bool((here == array.ravel()).all())
        return bool(np.allclose(here.astype(np.float64), array.ravel().astype(np.float64), rtol=2e-6 if array.itemsize > 2 else 1e-3, atol=1e-7))


class Shared(DataFile):
    """Tensors that a `Written` file holds already are read from there; the others lie in a file of their own."""

    def __init__(self, name: str, written: Written):
        super().__init__(name)
        self.written = written

    def holder(self, key: str, array: np.ndarray) -> DataFile:
        return self.written if self.written.holds(key, array) else self


class Graph:
    """Builder of one graph. Methods return the name of the value they make."""

    def __init__(self, name: str):
        self.name, self.nodes, self.constants = name, [], []
        self.inputs, self.outputs, self.made, self.count = [], [], set(), 0

    def input(self, name, dtype, shape):
        self.inputs.append(helper.make_tensor_value_info(name, dtype, shape))
        return name

    def output(self, name, dtype, shape, first=False):
        self.outputs.insert(0 if first else len(self.outputs), helper.make_tensor_value_info(name, dtype, shape))

    def op(self, kind, inputs, outputs=None, domain="", many=1, **attributes):
        """One node; gives the name of its first output, or all names where `many` > 1."""
        self.count += 1
        outs = [outputs] if isinstance(outputs, str) else outputs
        outs = outs or [f"{kind}_{self.count}_{i}" if i else f"{kind}_{self.count}" for i in range(many)]
        self.nodes.append(helper.make_node(kind, inputs, outs, name=f"{kind}_{self.count}", domain=domain, **attributes))
        return outs[0] if len(outs) == 1 else outs

    def contrib(self, kind, inputs, outputs=None, **attributes):
        return self.op(kind, inputs, outputs, domain="com.microsoft", **attributes)

    def constant(self, name, array, file: DataFile | None = None, key: str | None = None, shape=None):
        """An initialiser; arrays over a few hundred bytes go to `file`. `shape` is another view of the same bytes."""
        if name in self.made:
            return name
        self.made.add(name)
        array = np.asarray(array)
        if file is None or array.nbytes <= INSIDE:
            self.constants.append(numpy_helper.from_array(array.reshape(shape or array.shape), name))
            return name
        file = file.holder(key or name, array)
        offset, length = file.put(key or name, array)
        tensor = TensorProto(name=name, data_type=helper.np_dtype_to_tensor_dtype(array.dtype),
                             dims=shape or array.shape, data_location=TensorProto.EXTERNAL)
        for k, v in (("location", file.name), ("offset", offset), ("length", length)):
            tensor.external_data.add(key=k, value=str(v))
        self.constants.append(tensor)
        return name

    def half(self, name, array, file):
        """A weight kept in fp16 and cast to fp32; ONNX Runtime folds the cast when it loads the graph."""
        stored = self.constant(name, np.asarray(array, np.float16), file)
        return self.op("Cast", [stored], to=TensorProto.FLOAT)

    def ints(self, *values):
        return self.constant("i" + "_".join(str(v).replace("-", "m") for v in values), np.array(values, np.int64))

    def save(self, folder: Path, file: str):
        graph = helper.make_graph(self.nodes, self.name, self.inputs, self.outputs, self.constants)
        model = helper.make_model(graph, ir_version=IR, producer_name="tandem-training", opset_imports=[
            helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", MICROSOFT)])
        onnx.save(model, folder / file)
