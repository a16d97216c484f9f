"""Writing a pack: graphs, codec files, golden vectors and the manifest with every file's size and SHA-256."""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime as ort
from onnx import TensorProto

from .graph import DataFile, Graph

TYPES = {TensorProto.FLOAT: "float32", TensorProto.INT64: "int64", TensorProto.INT32: "int32"}
LARGEST_FILE, LARGEST_PACK = 90 << 20, 150 << 20


class PackWriter:
    """Collects a pack in `folder`; `finish` writes pack.json last."""

    def __init__(self, folder: Path):
        self.folder, self.graphs = Path(folder), {}
        self.golden, self.codec_golden, self.texts, self.written = [], [], [], set()
        (self.folder / "golden").mkdir(parents=True, exist_ok=True)
        (self.folder / "codec").mkdir(exist_ok=True)

    def graph(self, graph: Graph, files: list[DataFile]):
        used = {e.value for c in graph.constants for e in c.external_data if e.key == "location"}
        graph.save(self.folder, f"{graph.name}.onnx")
        self.written.add(f"{graph.name}.onnx")
        self.graphs[graph.name] = {"file": f"{graph.name}.onnx", "data": [f.name for f in files if f.name in used],
                                   "inputs": [info(v) for v in graph.inputs], "outputs": [info(v) for v in graph.outputs]}

    def data(self, *files: DataFile):
        for f in files:
            f.save(self.folder)
            self.written.add(f.name)

    def session(self, name: str, threads: int = 0) -> ort.InferenceSession:
        return session(self.folder / f"{name}.onnx", threads)

    def write(self, path: str, data: bytes) -> str:
        (self.folder / path).write_bytes(data)
        self.written.add(path)
        return path

    def golden_graph(self, name: str, inputs: dict, outputs: dict, tolerance: float, places: dict[str, str] | None = None):
        """Raw little-endian tensors of one run of a graph. `outputs` are the ones to compare; `places` names files that hold
        a tensor already."""
        entry = {"graph": name, "inputs": {}, "outputs": {}, "shapes": {}, "tolerance": tolerance}
        for part, tensors in (("inputs", inputs), ("outputs", outputs)):
            for key, value in tensors.items():
                entry[part][key] = (places or {}).get(key) or self.write(f"golden/{name}-{key}.bin", np.ascontiguousarray(value).tobytes())
                entry["shapes"][key] = list(value.shape)
        self.golden.append(entry)

    def golden_codec(self, point: str, tokens, expert, z, slices=()):
        """Merged tokens float32 [n,C]; the expert int64 [n] and z float32 [n,hyper width] they give; their slices."""
        entry = {"point": point}
        for key, value, dtype in (("tokens", tokens, "<f4"), ("expert", expert, "<i8"), ("z", z, "<f4")):
            entry[key] = self.write(f"golden/codec-{key}.bin", np.asarray(value, dtype).tobytes())
        entry["slices"] = [self.write(f"golden/slice-{i}.bin", s) for i, s in enumerate(slices)]
        self.codec_golden.append(entry)

    def golden_patches(self, point: str, patches, payload: bytes, decoded) -> dict:
        """Patches uint8 [n,D], their payload by the patch codec and what it decodes to, as an entry of the section's `golden`."""
        entry = {"point": point}
        for key, value in (("patches", patches.tobytes()), ("payload", payload), ("decoded", decoded.tobytes())):
            entry[key] = self.write(f"golden/transform-{key}.bin", value)
        return entry

    def golden_text(self, prompt: str, ids: list[int], text: str):
        """A greedy answer; the stop token, where one ended it, is the last id and not in the text."""
        self.texts.append({"prompt": prompt, "ids": [int(i) for i in ids], "text": text})

    def finish(self, shared: dict[str, tuple[str, bytes]] | None = None, **fields):
        """Writes the manifest of all that is in the folder, and of files `shared` with packs beside it (path: the pack's
        folder and the file's bytes); returns the pack's bytes."""
        names = [p.relative_to(self.folder).as_posix() for p in sorted(self.folder.rglob("*")) if p.is_file()]
        files = {name: file_entry(self.folder, name) for name in names if name != "pack.json"}
        for name, (beside, data) in (shared or {}).items():
            files[name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(), "pack": beside}
        return self.manifest({"schema": 2, **fields, "files": files, "graphs": self.graphs, "golden": self.golden})

    def manifest(self, manifest: dict) -> int:
        """Checks the pack's size, writes pack.json and returns the pack's bytes."""
        size = sum(f["bytes"] for f in manifest["files"].values() if "pack" not in f)
        if size > LARGEST_PACK:
            raise SystemExit(f"writing pack [{self.folder}]: found [{size}] bytes, needed at most {LARGEST_PACK}")
        (self.folder / "pack.json").write_bytes((json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode())
        return size


def file_entry(folder: Path, name: str) -> dict:
    """What a manifest says of a file of the pack: size and SHA-256."""
    data = (folder / name).read_bytes()
    if len(data) > LARGEST_FILE:
        raise SystemExit(f"writing pack [{folder}]: file [{name}] has [{len(data)}] bytes, needed at most {LARGEST_FILE}")
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def session(file: Path, threads: int = 0) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    return ort.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def opened(folder: Path, manifest: dict, graph: str, threads: int = 0) -> ort.InferenceSession:
    """A graph of a finished pack. Where weights of it lie in packs beside this one all of its weights are handed to ONNX Runtime,
    which looks for them either beside the graph or in what it is given."""
    spec, options = manifest["graphs"][graph], ort.SessionOptions()
    options.intra_op_num_threads = threads
    beside = {path: manifest["files"][path].get("pack") for path in spec["data"]}
    if any(beside.values()):
        lent = {Path(path).name: (folder.parent / (pack or folder.name) / path).read_bytes() for path, pack in beside.items()}
        options.add_external_initializers_from_files_in_memory(list(lent), list(lent.values()), [len(b) for b in lent.values()])
    return ort.InferenceSession(str(folder / spec["file"]), options, providers=["CPUExecutionProvider"])


def info(value) -> dict:
    tensor = value.type.tensor_type
    shape = [d.dim_value if d.HasField("dim_value") else -1 for d in tensor.shape.dim]
    return {"name": value.name, "dtype": TYPES[tensor.elem_type], "shape": shape}


def generate(embed, decoder, ids: list[int], stop: list[int], most: int, prefix=None) -> list[int]:
    """Greedy answer by the pack's own graphs. `prefix`: float32 [1,n,H] put before the ids' embeddings."""
    past = {i.name: np.zeros((1, i.shape[1], 0, i.shape[3]), np.float32) for i in decoder.get_inputs()
            if i.name.startswith("past")}
    names, out, length = [o.name for o in decoder.get_outputs()], [], 0
    x = embed.run(None, {"input_ids": np.array([ids], np.int64)})[0]
    if prefix is not None:
        x = np.concatenate([prefix, x], 1)
    while len(out) < most:
        length += x.shape[1]
        got = dict(zip(names, decoder.run(None, {
            "inputs_embeds": x, "attention_mask": np.ones((1, length), np.int64), **past})))
        out.append(int(got["logits"][0, -1].argmax()))
        if out[-1] in stop:
            break
        past = {k: got[k.replace("past_key_values", "present")] for k in past}
        x = embed.run(None, {"input_ids": np.array([out[-1:]], np.int64)})[0]
    return out
