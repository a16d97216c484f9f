"""How often td_dpc_knn and the plain reference agree: share of centres (rank by rank, and as sets) and of assignments.

    python cluster_agreement.py LIBTANDEM.so [--tokens FILE.npy] [--pictures 300] [--clusters 16]

Without --tokens, normal noise in several shapes. The reference restates dev.tandem.cluster.DpcKnn operation by operation.
TANDEM_TIER chooses the tier.
"""

import argparse
import ctypes

import numpy as np


class Library:
    def __init__(self, path):
        self.c = ctypes.CDLL(path)
        text = ctypes.create_string_buffer(64)
        self.c.td_dpc_knn_describe(text, ctypes.c_size_t(64))
        self.tier = text.value.decode()

    def cluster(self, x, clusters, neighbours, bf16):
        n, width = x.shape
        size = ctypes.c_size_t()
        sizes = [ctypes.c_int32(v) for v in (n, width, clusters, neighbours)] + [ctypes.c_uint32(bf16)]
        assert self.c.td_dpc_knn_workspace(*sizes, ctypes.byref(size)) == 0
        workspace = np.empty(size.value, np.uint8)
        centres, assignment = np.empty(clusters, np.int32), np.empty(n, np.int32)
        merged, importance = np.empty((clusters, width), np.float32), np.empty(clusters, np.float32)
        pointers = [ctypes.c_void_p(a.ctypes.data) for a in (centres, assignment, merged, importance)]
        assert self.c.td_dpc_knn(ctypes.c_void_p(x.ctypes.data), *sizes, ctypes.c_void_p(workspace.ctypes.data), size,
                                 *pointers, None) == 0
        return centres, assignment


def reference(x, clusters, neighbours):
    n, width = x.shape
    sums = np.zeros((n, n, 8), np.float32)
    whole = width // 8 * 8
    for k in range(0, whole, 8):
        d = x[:, None, k:k + 8] - x[None, :, k:k + 8]
        sums += d * d
    for k in range(whole, width):
        d = x[:, None, k] - x[None, :, k]
        sums[..., 0] += d * d
    s = np.moveaxis(sums, -1, 0)
    d = (((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]))) / np.float32(width)
    k = min(neighbours, n)
    density = -np.cumsum(np.sort(d, axis=1)[:, :k].astype(np.float64), axis=1)[:, -1] / k
    order = np.argsort(-density, kind="stable")
    separation = np.empty(n, np.float32)
    separation[order[0]] = d.max()
    for p in range(1, n):
        separation[order[p]] = d[order[p], order[:p]].min()
    with np.errstate(divide="ignore"):
        importance = density + 0.5 * np.log(separation.astype(np.float64))
    centres = np.argsort(-importance, kind="stable")[:clusters]
    assignment = np.argmin(d[:, centres], axis=1)
    assignment[centres] = np.arange(clusters)
    return centres, assignment


def compare(library, pictures, clusters, neighbours):
    references = [reference(x, clusters, neighbours) for x in pictures]
    for bf16 in (0, 1):
        ranks, sets, joined, whole = [], [], [], []
        for x, (wanted, wanted_joined) in zip(pictures, references):
            found, found_joined = library.cluster(x, clusters, neighbours, bf16)
            ranks.append((wanted == found).mean())
            sets.append(len(set(wanted) & set(found)) / clusters)
            joined.append((wanted[wanted_joined] == found[found_joined]).mean())
            whole.append((wanted == found).all() and (wanted_joined == found_joined).all())
        print(f"{len(pictures)} x [{x.shape[0]}x{x.shape[1]} to {clusters}] {library.tier} {'bf16' if bf16 else 'fp32'}: "
              f"centres {np.mean(sets):.5f}, rank by rank {np.mean(ranks):.5f}, assignments {np.mean(joined):.5f}, "
              f"pictures alike in all {np.mean(whole):.3f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("--tokens")
    parser.add_argument("--pictures", type=int, default=300)
    parser.add_argument("--clusters", type=int, default=16)
    args = parser.parse_args()
    library = Library(args.library)
    if args.tokens:
        tokens = np.load(args.tokens, mmap_mode="r")
        chosen = np.linspace(0, len(tokens) - 1, min(args.pictures, len(tokens))).astype(int)
        compare(library, [np.ascontiguousarray(tokens[i], np.float32) for i in chosen], args.clusters, 5)
        return
    random = np.random.default_rng(1)
    for n, width, clusters, count in ((256, 384, 16, args.pictures), (576, 1024, 64, args.pictures // 20 + 1),
                                      (729, 1152, 16, args.pictures // 20 + 1)):
        compare(library, [random.standard_normal((n, width), np.float32) for _ in range(count)], clusters, 5)


if __name__ == "__main__":
    main()
