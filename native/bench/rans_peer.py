"""CompressAI's coder as its users meet it: called from Python, its tables and symbols given as lists.

python rans_peer.py FOLDER, where pip install --no-deps --target FOLDER compressai==1.2.8 put it. Prints millions of
symbols a second of CPU time; inputs as in rans_workload.hpp.
"""

import importlib.util
import math
import pathlib
import random
import sys
import time


def module(folder, name):
    path = next(pathlib.Path(folder, "compressai").glob(name + ".cpython-*.so"))
    spec = importlib.util.spec_from_file_location(name, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def scale(i):
    return math.exp(math.log(0.11) + (math.log(256) - math.log(0.11)) * i / 63)


def tables(cxx):
    def below(t):
        return math.erfc(-t / math.sqrt(2)) / 2

    cdf, lengths, offsets = [], [], []
    for s in map(scale, range(64)):
        centre = math.ceil(s * 6.109410204869)
        pmf = [below((0.5 - abs(j)) / s) - below((-0.5 - abs(j)) / s) for j in range(-centre, centre + 1)]
        pmf.append(2 * below((-0.5 - centre) / s))
        cdf.append(list(cxx.pmf_to_quantized_cdf(pmf, 16)))
        lengths.append(len(cdf[-1]))
        offsets.append(-centre)
    return [row + [0] * (max(lengths) - len(row)) for row in cdf], lengths, offsets


def median_seconds(work):
    times = []
    for _ in range(31):
        start = time.thread_time()
        work()
        times.append(time.thread_time() - start)
    return sorted(times)[15]


def main(folder):
    ans = module(folder, "ans")
    model = tables(module(folder, "_CXX"))
    draw = random.Random(17)
    for load, least, most in ("low", 0.11, 2), ("mid", 0.5, 16):
        for count in 4096, 16384, 65536:
            sigmas = [math.exp(draw.uniform(math.log(least), math.log(most))) for _ in range(count)]
            rows = [next(i for i in range(64) if i == 63 or scale(i) >= s) for s in sigmas]
            values = [round(draw.gauss(0, s)) for s in sigmas]
            stream = ans.RansEncoder().encode_with_indexes(values, rows, *model)
            if ans.RansDecoder().decode_with_indexes(stream, rows, *model) != values:
                sys.exit("the coder did not give its own values back")
            encode = median_seconds(lambda: ans.RansEncoder().encode_with_indexes(values, rows, *model))
            decode = median_seconds(lambda: ans.RansDecoder().decode_with_indexes(stream, rows, *model))
            print(f"{load} {count}: encode {count / encode / 1e6:.2f}, decode {count / decode / 1e6:.2f}")


if __name__ == "__main__":
    main(sys.argv[1])
