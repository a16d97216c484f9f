"""Compares the cost of a bound run in Java with the same graph in the Python wheel of ONNX Runtime 1.24.1.

    mvn -Pbench test-compile -pl java-api -am
    mvn -Pbench dependency:build-classpath -Dmdep.outputFile=target/bench.classpath -pl java-api
    python java-api/src/jmh/binding_overhead.py          (needs onnxruntime and numpy; Java 25 by JAVA_HOME or PATH)

Both processes live at once and take turns, one thread each, bound once: what else the machine does then weighs on both
alike. The median over the rounds of each round's median decides: Java may be slower by 20 microseconds or 1 %, whichever
is larger. tiny does next to nothing, product is about a millisecond of work.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import time

import numpy as np
import onnxruntime as ort

MODULE = pathlib.Path(__file__).resolve().parents[2]
GRAPHS = MODULE / "src" / "test" / "resources" / "graphs"
MAIN = "dev.tandem.engine.onnx.BoundRuns"
COUNTS = {"tiny": 20000, "product": 300}
ROUNDS = 14
WARM_UP = 2


def default_classpath():
    listed = MODULE / "target" / "bench.classpath"
    if not listed.exists():
        sys.exit(f"no [{listed}]: run the two Maven commands that stand at the top of this file")
    return f"{MODULE}/target/test-classes:{MODULE}/target/classes:{listed.read_text().strip()}"


def bound(name):
    """Session, binding, and the values whose memory the binding points at: hold them as long as it runs."""
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
    values.append(ort.OrtValue.ortvalue_from_shape_and_type(out.shape, np.float32))
    binding.bind_ortvalue_output(out.name, values[-1])
    return session, binding, values


def python_round(session, binding, count):
    """Median and least microseconds of a run."""
    nanos = []
    for _ in range(count):
        before = time.perf_counter_ns()
        session.run_with_iobinding(binding)
        nanos.append(time.perf_counter_ns() - before)
    nanos.sort()
    return nanos[count // 2] / 1e3, nanos[0] / 1e3


def compare(name, java):
    session, binding, values = bound(name)
    rounds = {"Python": [], "Java": []}
    with subprocess.Popen([*java, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as child:
        for _ in range(ROUNDS + WARM_UP):
            rounds["Python"].append(python_round(session, binding, COUNTS[name]))
            child.stdin.write(f"{COUNTS[name]}\n")
            child.stdin.flush()
            rounds["Java"].append(tuple(map(float, child.stdout.readline().split())))
        child.stdin.close()
    del values
    return {who: (np.median([r[0] for r in found[WARM_UP:]]), min(r[1] for r in found)) for who, found in rounds.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--classpath", help="instead of the one that Maven wrote")
    classpath = parser.parse_args().classpath or default_classpath()
    home = os.environ.get("JAVA_HOME")
    java = [f"{home}/bin/java" if home else "java", "--enable-native-access=ALL-UNNAMED", "-cp", classpath, MAIN]
    print(f"onnxruntime {ort.__version__} in Python {sys.version.split()[0]}; {ROUNDS} rounds in turns\n")
    print("| graph | Python median, us | Java median, us | Java - Python, us | ratio | least: Python, us | Java, us |")
    print("|---|---|---|---|---|---|---|")
    failed = False
    for name in COUNTS:
        found = compare(name, java)
        (python, python_least), (ours, ours_least) = found["Python"], found["Java"]
        failed |= ours - python > max(20.0, 0.01 * python)
        print(f"| {name} | {python:.2f} | {ours:.2f} | {ours - python:+.2f} | {ours / python:.3f} "
              f"| {python_least:.2f} | {ours_least:.2f} |", flush=True)
    print("\nFAILED: more than 20 us or 1 % over Python" if failed else "\nwithin 20 us or 1 % of Python")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
