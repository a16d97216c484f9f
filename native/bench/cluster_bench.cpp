// DPC-KNN: every tier against the multiply-adds that this core can do, and files for cluster_peer.py to time PyTorch on the
// same tokens. Usage: cluster_bench [--out FOLDER] [--tokens FILE N WIDTH CLUSTERS] [--repeats R] [--only TIER]
// --only leaves the caches to one tier, as a device that clusters picture after picture does.
// Without --tokens, the shapes of docs/results/kernels.md on normal noise.
#include "cluster/dpc_knn.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#include <tandem/cluster.h>

namespace {

using namespace tandem;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// Twelve or sixteen independent chains of multiply-adds in registers; returns flops a second. `sink` keeps the result.
volatile float sink;

#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) void chains_avx2(long rounds) {
    __m256 s[12];
    for (auto &x : s)
        x = _mm256_set1_ps(1);
    const __m256 a = _mm256_set1_ps(0.999F), b = _mm256_set1_ps(1e-3F);
    for (long r = 0; r < rounds; ++r)
        for (auto &x : s)
            x = _mm256_fmadd_ps(x, a, b);
    __m256 sum = s[0];
    for (auto &x : s)
        sum = _mm256_add_ps(sum, x);
    sink = _mm256_cvtss_f32(sum);
}
__attribute__((target("avx512f"))) void chains_avx512(long rounds) {
    __m512 s[16];
    for (auto &x : s)
        x = _mm512_set1_ps(1);
    const __m512 a = _mm512_set1_ps(0.999F), b = _mm512_set1_ps(1e-3F);
    for (long r = 0; r < rounds; ++r)
        for (auto &x : s)
            x = _mm512_mask_fmadd_ps(x, 0xFFFF, a, b);
    __m512 sum = s[0];
    for (auto &x : s)
        sum = _mm512_mask_add_ps(sum, 0xFFFF, sum, x);
    float each[16];
    _mm512_storeu_ps(each, sum);
    sink = each[0];
}
#elif defined(__aarch64__)
void chains_neon(long rounds) {
    float32x4_t s[16];
    for (auto &x : s)
        x = vdupq_n_f32(1);
    const float32x4_t a = vdupq_n_f32(0.999F), b = vdupq_n_f32(1e-3F);
    for (long r = 0; r < rounds; ++r)
        for (auto &x : s)
            x = vfmaq_f32(b, x, a);
    float sum = 0;
    for (auto &x : s)
        sum += vaddvq_f32(x);
    sink = sum;
}
#endif

double timed(void (*chains)(long), double flops_a_round) {
    constexpr long rounds = 4'000'000;
    double most = 0;
    for (int turn = 0; turn < 5; ++turn) {
        const auto start = Clock::now();
        chains(rounds);
        most = std::max(most, static_cast<double>(rounds) * flops_a_round / seconds_since(start));
    }
    return most;
}

double peak_flops() {
#if defined(__x86_64__)
    const std::int32_t level = capability().usable;
    return level >= TD_CAPABILITY_AVX512 ? timed(chains_avx512, 16 * 32)
           : level >= TD_CAPABILITY_AVX2 ? timed(chains_avx2, 12 * 16)
                                         : 0;
#elif defined(__aarch64__)
    return timed(chains_neon, 16 * 8);
#else
    return 0;
#endif
}

struct Shape {
    std::size_t n, width, clusters;
};

struct Spread {
    double median, least, most;
};

Spread spread_of(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times.front(), times.back()};
}

struct Out {
    std::vector<std::int32_t> centres, assignment;
    std::vector<float> merged, importance;
    explicit Out(const Shape &s) : centres(s.clusters), assignment(s.n), merged(s.clusters * s.width), importance(s.clusters) {}
};

// Every tier takes its turn in every round, so that a noisy moment meets them all.
void measure(const Shape &shape, const std::vector<float> &tokens, const std::string &folder, const std::string &only,
             int repeats, double peak) {
    struct Run {
        std::string name;
        const cluster::Kernel *kernel;
        bool bf16;
        std::vector<unsigned char> workspace;
        Out out;
        std::vector<double> times;
    };
    std::vector<Run> runs;
    for (const cluster::Kernel *kernel : usable(cluster::kernels(), capability().usable)) {
        runs.push_back({tier_name(kernel->tier), kernel, false, {}, Out(shape), {}});
        if (kernel->gram_bf16 != nullptr)
            runs.push_back({std::string(tier_name(kernel->tier)) + "-bf16", kernel, true, {}, Out(shape), {}});
    }
    if (!only.empty())
        std::erase_if(runs, [&](const Run &run) { return run.name != only; });
    if (runs.empty()) {
        std::fprintf(stderr, "measuring the tier [%s]: this machine has none of that name\n", only.c_str());
        std::exit(2);
    }
    for (int turn = 0; turn <= repeats; ++turn)
        for (Run &run : runs) {
            const cluster::Problem problem{tokens.data(), shape.n, shape.width, shape.clusters,
                                           std::min<std::size_t>(5, shape.n), run.bf16};
            run.workspace.resize(workspace_bytes(*run.kernel, problem));
            cluster::Result result{run.out.centres.data(), run.out.assignment.data(), run.out.merged.data(),
                                   run.out.importance.data(), 0};
            const auto start = Clock::now();
            if (dpc_knn(*run.kernel, problem, run.workspace.data(), result) != TD_STATUS_OK)
                std::exit(1);
            if (turn > 0) // the first one warms up
                run.times.push_back(seconds_since(start) * 1e3);
        }
    const double half = static_cast<double>(shape.n) * static_cast<double>(shape.n + 1) * static_cast<double>(shape.width);
    for (const Run &run : runs) {
        const Spread s = spread_of(run.times);
        std::printf("%zux%zu to %zu  %-12s %9.4f ms (%.4f-%.4f)  %5.1f GFLOP/s of the half, %4.1f %% of peak\n", shape.n,
                    shape.width, shape.clusters, run.name.c_str(), s.median, s.least, s.most, half / s.median / 1e6,
                    peak == 0 ? 0 : 100 * half / (s.median * 1e-3) / peak);
    }
    if (folder.empty())
        return;
    const std::string base = folder + "/" + std::to_string(shape.n) + "x" + std::to_string(shape.width) + "to"
                             + std::to_string(shape.clusters);
    const auto write = [&](const std::string &name, const auto &values) {
        std::ofstream(base + name, std::ios::binary)
            .write(reinterpret_cast<const char *>(values.data()),
                   static_cast<std::streamsize>(values.size() * sizeof values[0]));
    };
    write(".tokens", tokens);
    write(".centres", runs.back().out.centres);
    write(".assignment", runs.back().out.assignment);
    std::ofstream(base + ".ms") << spread_of(runs.back().times).median << "\n";
}

} // namespace

int main(int count, char **arguments) {
    std::string folder, file, only;
    std::vector<Shape> shapes{{8, 4, 2}, {196, 768, 64}, {256, 384, 16}, {576, 1024, 64}, {729, 1152, 16}, {1369, 1024, 64}};
    int repeats = 31;
    for (int a = 1; a < count; ++a) {
        const std::string name = arguments[a];
        const auto next = [&] { return ++a < count ? std::string(arguments[a]) : std::string("0"); };
        if (name == "--out") {
            folder = next();
        } else if (name == "--only") {
            only = next();
        } else if (name == "--repeats") {
            repeats = std::max(1, std::stoi(next()));
        } else if (name == "--tokens") {
            file = next();
            const std::size_t n = std::stoul(next()), width = std::stoul(next()), clusters = std::stoul(next());
            shapes = {{n, width, clusters}};
        }
    }
    const double peak = peak_flops();
    std::printf("peak of one core, float32 multiply-adds in registers: %.1f GFLOP/s\n", peak / 1e9);
    for (const Shape &shape : shapes) {
        std::vector<float> tokens(shape.n * shape.width);
        if (file.empty()) {
            std::mt19937_64 random(shape.n * 31 + shape.width);
            std::normal_distribution<float> normal;
            for (float &v : tokens)
                v = normal(random);
        } else {
            std::ifstream(file, std::ios::binary)
                .read(reinterpret_cast<char *>(tokens.data()), static_cast<std::streamsize>(tokens.size() * sizeof(float)));
        }
        measure(shape, tokens, folder, only, repeats, peak);
    }
    return 0;
}
