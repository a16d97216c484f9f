"""Compares the cost of a bound run in Java with the same graph in the Python wheel of ONNX Runtime 1.24.1.

    python java-api/src/jmh/binding_overhead.py            from the project's root; needs onnxruntime, numpy, mvn

Order: Python, Java (JMH, a fresh JVM), Python; both with one thread, bound once, medians of many runs. The two Python
rounds show how much the machine itself moved. Allowed: 20 microseconds or 1 %, whichever is larger.
"""

import json
import pathlib
import subprocess
import sys
import time

import numpy as np
import onnxruntime as ort

MODULE = pathlib.Path(__file__).resolve().parents[2]
GRAPHS = MODULE / "src" / "test" / "resources" / "graphs"
RESULT = MODULE / "target" / "jmh.json"
SECONDS = 4.0


def python_median_us(name):
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    session = ort.InferenceSession(str(GRAPHS / f"{name}.onnx"), options, providers=["CPUExecutionProvider"])
    random = np.random.default_rng(1)
    binding = session.io_binding()
    values = [ort.OrtValue.ortvalue_from_numpy(random.random(i.shape, dtype=np.float32) - 0.5)
              for i in session.get_inputs()]
    for info, value in zip(session.get_inputs(), values):
        binding.bind_ortvalue_input(info.name, value)
    out = session.get_outputs()[0]
    binding.bind_ortvalue_output(out.name, ort.OrtValue.ortvalue_from_shape_and_type(out.shape, np.float32))
    samples = []
    start = time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        before = time.perf_counter_ns()
        session.run_with_iobinding(binding)
        samples.append(time.perf_counter_ns() - before)
    return float(np.median(samples[len(samples) // 4:])) / 1000


def java_results():
    subprocess.run(["mvn", "-q", "-B", "-Pbench", "verify", "-pl", "java-api", "-am", "-DskipTests"],
                   cwd=MODULE.parent, check=True)
    medians = {}
    for entry in json.loads(RESULT.read_text()):
        metric = entry["primaryMetric"]
        key = entry.get("params", {}).get("graph", "rebind")
        medians[key] = metric["scorePercentiles"]["50.0"] if entry["mode"] == "sample" else metric["score"]
    return medians


def main():
    print(f"onnxruntime {ort.__version__} in Python {sys.version.split()[0]}", flush=True)
    first = {name: python_median_us(name) for name in ("tiny", "product")}
    java = java_results()
    last = {name: python_median_us(name) for name in ("tiny", "product")}
    print("| graph | Python before, us | Java, us | Python after, us | Java - Python, us | ratio | allowed, us |")
    print("|---|---|---|---|---|---|---|")
    failed = False
    for name in ("tiny", "product"):
        python = (first[name] + last[name]) / 2
        allowed = max(20.0, 0.01 * python)
        failed |= java[name] - python > allowed
        print(f"| {name} | {first[name]:.2f} | {java[name]:.2f} | {last[name]:.2f} | {java[name] - python:+.2f} "
              f"| {java[name] / python:.3f} | {allowed:.1f} |")
    print(f"\nattach one tensor: {java['rebind']:.3f} us")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
