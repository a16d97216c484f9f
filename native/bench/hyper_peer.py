"""What PyTorch does with the same network in int8 on one core: three quantised linear layers an expert.

The peer of native/bench/hyper_bench.cpp. Its layers requantise in float32, so it cannot serve as an entropy model (two
machines may differ); it shows what an optimised int8 GEMM of the field takes.
    OMP_NUM_THREADS=1 python native/bench/hyper_peer.py
"""
import statistics
import sys
import time
import warnings

import torch

warnings.filterwarnings("ignore", message=".*deprecated.*")
torch.set_num_threads(1)


def expert(widths):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layer = torch.ao.nn.quantized.Linear(inputs, outputs)
        weight = torch.quantize_per_tensor(torch.randn(outputs, inputs) * 0.05, 0.002, 0, torch.qint8)
        layer.set_weight_bias(weight, torch.randn(outputs))
        layer.scale, layer.zero_point = 0.1, 0
        layers.append(layer)
    return layers


def run(layers, z):
    a = torch.quantize_per_tensor(z, 0.1, 64, torch.quint8)
    for layer in layers:
        a = layer(a)
    return a


def measure(widths, tokens, experts):
    torch.manual_seed(1)
    networks = [expert(widths) for _ in range(experts)]
    parts = [torch.randn(len(range(e, tokens, experts)), widths[0]) for e in range(experts)]
    times = []
    with torch.inference_mode():
        for _ in range(40):
            start = time.thread_time()
            for layers, z in zip(networks, parts):
                run(layers, z)
            times.append(time.thread_time() - start)
    products = tokens * sum(i * o for i, o in zip(widths, widths[1:]))
    best = statistics.median(times[10:])
    print(f"{'-'.join(map(str, widths))}, {tokens} tokens, {experts} experts: {1e6 * best:.0f} us, "
          f"{2e-9 * products / best:.1f} GOP/s")


print(f"torch {torch.__version__}, engine {torch.backends.quantized.engine}, Python {sys.version.split()[0]}")
for shape in [([72, 288, 1152, 2304], 112, 16), ([72, 288, 1152, 2304], 112, 1), ([24, 96, 384, 768], 16, 16),
              ([24, 96, 384, 768], 16, 1)]:
    measure(*shape)
