// Times libtandem_cuda on the current device beside the device's own ceilings, as one Markdown table. Results are
// checked by unit_cuda; here only states are. Times are medians over launches on one stream, by events.
#include "ceilings.hpp"

#include "cuda/hyper_fixture.hpp"

#include <bit>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

#include <cuda_runtime_api.h>
#include <tandem/cuda.h>

namespace {

void need(bool holds, const char *what) {
    if (!holds) {
        std::fprintf(stderr, "cuda_bench: %s failed: [%s]\n", what, cudaGetErrorString(cudaGetLastError()));
        std::exit(1);
    }
}

void *device(std::size_t bytes) {
    void *memory = nullptr;
    need(cudaMalloc(&memory, bytes) == cudaSuccess, "cudaMalloc");
    return memory;
}

template <class Element>
Element *device(const std::vector<Element> &from) {
    auto *to = static_cast<Element *>(device(from.size() * sizeof(Element)));
    need(cudaMemcpy(to, from.data(), from.size() * sizeof(Element), cudaMemcpyHostToDevice) == cudaSuccess, "copy");
    return to;
}

struct Times {
    double median, least; // seconds
};

// 20 launches to warm up, then 200 timed one by one.
Times time(cudaStream_t stream, const std::function<void()> &launch) {
    cudaEvent_t begin{}, end{};
    need(cudaEventCreate(&begin) == cudaSuccess && cudaEventCreate(&end) == cudaSuccess, "cudaEventCreate");
    std::vector<float> taken;
    for (int i = 0; i < 220; ++i) {
        cudaEventRecord(begin, stream);
        launch();
        cudaEventRecord(end, stream);
        need(cudaEventSynchronize(end) == cudaSuccess, "a kernel");
        float ms = 0;
        cudaEventElapsedTime(&ms, begin, end);
        if (i >= 20)
            taken.push_back(ms * 1e-3F);
    }
    std::sort(taken.begin(), taken.end());
    return {static_cast<double>(taken[taken.size() / 2]), static_cast<double>(taken.front())};
}

struct Ceilings {
    double flops, int8_ops, bandwidth;
};

void row(const char *what, Times t, double operations, double peak, double bytes, const Ceilings &c) {
    const double arithmetic = operations / peak;
    const double memory = bytes / c.bandwidth;
    std::printf("| %s | %.1f | %.1f | %.1f | %.1f | %.0f %% |\n", what, t.median * 1e6, t.least * 1e6, arithmetic * 1e6,
                memory * 1e6, 100 * std::max(arithmetic, memory) / t.median);
}

void cluster(cudaStream_t stream, const Ceilings &c, int tiles, int n, int width, int clusters) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<float> values(static_cast<std::size_t>(tiles) * n * width);
    for (float &v : values)
        v = normal(random);
    std::vector<std::uint16_t> halves;
    for (const float v : values)
        halves.push_back(static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(v) >> 16));
    const void *inputs[] = {device(values), device(values), device(halves)};
    const char *names[] = {"fp32", "tf32", "bf16"};
    for (int way = 0; way < 3; ++way) {
        const td_cuda_cluster_shape shape{tiles, n, width, clusters, 5, way == 2 ? TD_CUDA_BFLOAT16 : TD_CUDA_FLOAT32,
                                          way == 0 ? TD_CUDA_GRAM_FP32 : TD_CUDA_GRAM_TENSOR, 0};
        std::uint64_t bytes = 0;
        need(td_cuda_cluster_workspace(&shape, &bytes) == TD_STATUS_OK, "td_cuda_cluster_workspace");
        td_cuda_launch launch{stream, device(bytes), bytes, 0, 0};
        auto *ids = static_cast<std::int32_t *>(device(4UL * tiles * (n + clusters + 1)));
        auto *floats = static_cast<float *>(device(4UL * tiles * clusters * (width + 1)));
        const Times t = time(stream, [&] {
            need(td_cuda_cluster(&launch, &shape, inputs[way], ids, ids + tiles * clusters, floats,
                                 floats + tiles * clusters * width, ids + tiles * (clusters + n)) == TD_STATUS_OK,
                 "td_cuda_cluster");
        });
        // Half of the products are needed; tokens are read twice, distances written once and read once.
        const double products = static_cast<double>(tiles) * n * n * width;
        const double traffic = static_cast<double>(tiles) * n * (2.0 * width * (way == 2 ? 2 : 4) + 8.0 * n);
        const std::string what = "clusters of " + std::to_string(tiles) + " x " + std::to_string(n) + " x "
                                 + std::to_string(width) + " to " + std::to_string(clusters) + ", " + names[way];
        row(what.c_str(), t, way == 0 ? products : 0, c.flops, traffic, c);
        cudaFree(launch.workspace);
        cudaFree(ids);
        cudaFree(floats);
    }
}

void codec(cudaStream_t stream, const Ceilings &c, int tokens, int used_experts) {
    const tandem::test::Network net = tandem::test::random_network(3, 16, {72, 288, 1152, 2304}, false);
    const auto file = net.file();
    td_cuda_hyper_model model{};
    need(td_cuda_hyper_open(file.data(), file.size(), &model) == TD_STATUS_OK, "td_cuda_hyper_open");
    std::vector<unsigned char> packed(model.packed_bytes);
    need(td_cuda_hyper_pack(file.data(), file.size(), packed.data(), packed.size()) == TD_STATUS_OK, "pack");
    std::uint64_t bytes = 0;
    need(td_cuda_hyper_workspace(&model, tokens, &bytes) == TD_STATUS_OK, "td_cuda_hyper_workspace");
    std::vector<std::int32_t> experts, z;
    for (int t = 0; t < tokens; ++t) {
        experts.push_back(t % used_experts);
        for (int i = 0; i < 72; ++i)
            z.push_back((t * 31 + i * 7) % 41 - 20);
    }
    const std::size_t count = static_cast<std::size_t>(tokens) * 1152;
    auto *means = static_cast<std::int16_t *>(device(2 * count));
    auto *logits = static_cast<std::int16_t *>(device(2 * count));
    auto *symbols = static_cast<std::int16_t *>(device(2 * count));
    auto *scales = static_cast<std::uint8_t *>(device(count));
    auto *state = static_cast<std::int32_t *>(device(4));
    const float *values = device(std::vector<float>(count, 1.25F));
    const unsigned char *weights = device(packed);
    const std::int32_t *device_experts = device(experts), *device_z = device(z);
    td_cuda_launch launch{stream, device(bytes), bytes, 0, 0};
    const std::string shape = std::to_string(tokens) + " tokens, " + std::to_string(used_experts) + " experts";
    const double products = 72.0 * 288 + 288.0 * 1152 + 1152.0 * 2304;
    row(("hyper-synthesis 72-288-1152-2304, " + shape).c_str(), time(stream, [&] {
            need(td_cuda_hyper(&launch, &model, weights, tokens, device_experts, device_z, means, logits, state)
                     == TD_STATUS_OK, "td_cuda_hyper");
        }), 2 * products * tokens, c.int8_ops, products * used_experts + 4.0 * static_cast<double>(count), c);
    row(("quantise " + shape).c_str(), time(stream, [&] {
            need(td_cuda_quantise(&launch, &model, weights, static_cast<std::int64_t>(count), values, means, logits, 0.5F,
                                  0, symbols, scales, state) == TD_STATUS_OK, "td_cuda_quantise");
        }), 0, 1, 11.0 * static_cast<double>(count), c);
}

} // namespace

int main() {
    cudaDeviceProp properties{};
    need(cudaGetDeviceProperties(&properties, 0) == cudaSuccess, "cudaGetDeviceProperties");
    cudaStream_t stream{};
    need(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking) == cudaSuccess, "cudaStreamCreate");
    need(td_cuda_prepare(nullptr) == TD_STATUS_OK, "td_cuda_prepare");
    const int processors = properties.multiProcessorCount;
    constexpr std::size_t large = 1UL << 30;
    void *a = device(large), *b = device(large);
    double work = 0;
    const auto rate = [&](const std::function<void()> &launch) { return work / time(stream, launch).least; };
    Ceilings c{};
    c.flops = rate([&] { work = tandem::bench::run_multiply_add(processors, a, stream); });
    c.int8_ops = rate([&] { work = tandem::bench::run_dot_products(processors, a, stream); });
    c.bandwidth = rate([&] { work = tandem::bench::run_copy(processors, a, b, large, stream); });
    cudaFree(a);
    cudaFree(b);
    std::printf("%s, sm_%d%d, %d processors. Measured ceilings: float32 %.1f TFLOP/s, int8 (dp4a) %.1f TOP/s, memory %.0f "
                "GB/s.\n\n", properties.name, properties.major, properties.minor, processors, c.flops * 1e-12,
                c.int8_ops * 1e-12, c.bandwidth * 1e-9);
    std::printf("| work | median us | least us | arithmetic ceiling us | memory ceiling us | of the higher |\n"
                "|---|---|---|---|---|---|\n");
    cluster(stream, c, 7, 729, 1152, 16);
    cluster(stream, c, 1, 729, 1152, 16);
    cluster(stream, c, 1, 576, 1024, 64);
    codec(stream, c, 112, 16);
    codec(stream, c, 112, 1);
}
