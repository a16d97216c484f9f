// The integer hyper-synthesis against the machine: reading the weights of the used experts once from memory, and the rate
// of the multiply-and-add that its kernel uses. Both limits are measured in the same run.
//   hyper_bench --benchmark_counters_tabular=true
// Ratios: time of the larger limit over time of the run, as counter "of_limit".
#include "hyper_limits.hpp"
#include "hyper/run.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <tandem/hyper.h>
#include <tandem/quantise.h>

namespace {

using namespace tandem;

struct Released {
    void operator()(void *memory) const { std::free(memory); }
};
using Memory = std::unique_ptr<void, Released>;

Memory aligned(std::size_t bytes) {
    return Memory(std::aligned_alloc(64, (bytes + 63) / 64 * 64));
}

// A network whose activations use their range, all experts alike in shape and different in weights.
std::vector<unsigned char> network_file(const std::vector<int> &widths, int experts) {
    std::mt19937_64 random(7);
    std::vector<unsigned char> out;
    const auto put = [&](std::int64_t value) {
        for (int i = 0; i < 4; ++i)
            out.push_back(static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> (8 * i)));
    };
    put(0x53484454), put(1), put(experts), put(static_cast<int>(widths.size()) - 1), put(8);
    for (int width : widths)
        put(width);
    for (std::size_t l = 0; l + 1 < widths.size(); ++l)
        out.push_back(30);
    out.resize((out.size() + 3) / 4 * 4);
    for (int k = 1; k <= 63; ++k)
        put(16 * k);
    for (int e = 0; e < experts; ++e)
        for (std::size_t l = 0; l + 1 < widths.size(); ++l) {
            const std::int64_t weights = std::int64_t{widths[l]} * widths[l + 1];
            for (std::int64_t i = 0; i < weights; ++i)
                out.push_back(static_cast<unsigned char>(random()));
            out.resize((out.size() + 3) / 4 * 4);
            for (int o = 0; o < widths[l + 1]; ++o)
                put(static_cast<int>(random() % 4000) - 1000);
            for (int o = 0; o < widths[l + 1]; ++o)
                put(static_cast<std::int64_t>(60.0 / (73.0 * 90.0 * widths[l]) * 4.0 * (1 << 30)));
        }
    return out;
}

struct Network {
    std::vector<int> widths;
    int experts;
    std::vector<unsigned char> file;
    std::map<std::int32_t, Memory> images;

    Network(std::vector<int> w, int e) : widths(std::move(w)), experts(e), file(network_file(widths, e)) {}

    const void *image(std::int32_t tier) {
        Memory &made = images[tier];
        std::size_t bytes = 0;
        if (made == nullptr && td_hyper_image_bytes(file.data(), file.size(), tier, &bytes) == TD_STATUS_OK) {
            made = aligned(bytes);
            if (td_hyper_prepare(file.data(), file.size(), tier, made.get(), bytes) != TD_STATUS_OK)
                std::abort();
        }
        return made.get();
    }
    double weights() const {
        double sum = 0;
        for (std::size_t l = 0; l + 1 < widths.size(); ++l)
            sum += static_cast<double>(widths[l]) * widths[l + 1];
        return sum;
    }
};

struct Tokens {
    std::vector<std::int32_t> experts;
    std::vector<std::int32_t> z;
    std::vector<std::int16_t> out;

    Tokens(const Network &network, int count, int used) : out(static_cast<std::size_t>(count * network.widths.back())) {
        std::mt19937_64 random(8);
        for (int t = 0; t < count; ++t)
            experts.push_back(t % used);
        for (int i = 0; i < count * network.widths.front(); ++i)
            z.push_back(static_cast<std::int32_t>(random() % 13) - 6);
    }
};

void compute(const void *image, Tokens &tokens, std::size_t width, void *work, std::size_t bytes) {
    if (td_hyper_run_picture(image, static_cast<std::int32_t>(tokens.experts.size()), tokens.experts.data(),
                             tokens.z.data(), 4, tokens.out.data(), tokens.out.data() + width, 2 * width, work, bytes)
        != TD_STATUS_OK)
        std::abort();
}

void run(benchmark::State &state, Network &network, std::int32_t tier, int count, int used) {
    const void *image = network.image(tier);
    Tokens tokens(network, count, used);
    const auto width = static_cast<std::size_t>(network.widths.back() / 2);
    std::size_t bytes = 0;
    if (td_hyper_workspace_bytes(image, count, &bytes) != TD_STATUS_OK)
        std::abort();
    const Memory work = aligned(bytes);
    Tokens expected(network, count, used);
    std::size_t plain_bytes = 0;
    const void *plain = network.image(TD_CAPABILITY_SCALAR);
    if (td_hyper_workspace_bytes(plain, count, &plain_bytes) != TD_STATUS_OK)
        std::abort();
    compute(plain, expected, width, aligned(plain_bytes).get(), plain_bytes);
    compute(image, tokens, width, work.get(), bytes);
    if (tokens.out != expected.out)
        state.SkipWithError("results differ from the scalar tier's");
    const bench::Timed timed;
    for (auto _ : state) {
        compute(image, tokens, width, work.get(), bytes);
        benchmark::ClobberMemory();
    }
    const double seconds = timed.seconds() / static_cast<double>(state.iterations());
    const double arithmetic = network.weights() * count / bench::products_per_second(tier);
    const double weights = network.weights() * used;
    const double read = weights / bench::bytes_per_second(static_cast<std::size_t>(weights));
    state.counters["GOP/s"] = 2e-9 * network.weights() * count / seconds;
    state.counters["GB/s"] = 1e-9 * network.weights() * used / seconds;
    state.counters["arithmetic_us"] = 1e6 * arithmetic;
    state.counters["read_us"] = 1e6 * read;
    state.counters["of_limit"] = (arithmetic > read ? arithmetic : read) / seconds;
}

void scale_rows(benchmark::State &state, std::int32_t step) {
    std::mt19937_64 random(9);
    std::vector<std::int32_t> thresholds;
    for (std::int32_t k = 1; k <= TD_SCALE_THRESHOLDS; ++k)
        thresholds.push_back(step * k);
    std::vector<std::int16_t> logit(static_cast<std::size_t>(state.range(0)));
    for (auto &v : logit)
        v = static_cast<std::int16_t>(random() % 1100);
    std::vector<std::uint16_t> rows(logit.size());
    for (auto _ : state) {
        td_scale_rows(thresholds.data(), logit.data(), logit.size(), 3, 385, rows.data());
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}

void quantise(benchmark::State &state) {
    std::mt19937_64 random(10);
    std::vector<float> y(static_cast<std::size_t>(state.range(0)));
    std::vector<std::int16_t> mean(y.size());
    std::vector<std::int32_t> symbols(y.size());
    for (std::size_t i = 0; i < y.size(); ++i) {
        y[i] = static_cast<float>(static_cast<int>(random() % 2000) - 1000) * 0.01F;
        mean[i] = static_cast<std::int16_t>(random() % 2000);
    }
    std::size_t bad = 0;
    for (auto _ : state) {
        td_quantise(y.data(), mean.data(), y.size(), 8, 0.35F, symbols.data(), &bad);
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}

void register_all(Network &network, const std::string &name, int count, std::initializer_list<int> used) {
    for (const hyper::Kernel *kernel : usable(hyper::kernels(), capability().usable))
        for (int experts : used)
            benchmark::RegisterBenchmark(
                (name + "/" + std::to_string(count) + "_tokens/" + std::to_string(experts) + "_experts/"
                 + tier_name(kernel->tier)).c_str(),
                [&network, tier = kernel->tier, count, experts](benchmark::State &state) {
                    run(state, network, tier, count, experts);
                })->Unit(benchmark::kMicrosecond);
}

} // namespace

int main(int argc, char **argv) {
    static Network large({72, 288, 1152, 2304}, 16);
    static Network small({24, 96, 384, 768}, 16);
    register_all(large, "72-288-1152-2304", 112, {16, 1});
    register_all(large, "72-288-1152-2304", 1, {1});
    register_all(small, "24-96-384-768", 16, {16, 4, 1});
    benchmark::RegisterBenchmark("scale_rows/ladder", [](benchmark::State &s) { scale_rows(s, 16); })->Arg(6144)->Arg(129024);
    benchmark::RegisterBenchmark("scale_rows/any", [](benchmark::State &s) { scale_rows(s, 17); })->Arg(6144);
    benchmark::RegisterBenchmark("quantise", quantise)->Arg(6144)->Arg(129024);
    benchmark::Initialize(&argc, argv);
    bench::report_limits({static_cast<std::size_t>(large.weights()) * 16, static_cast<std::size_t>(large.weights()),
                          static_cast<std::size_t>(small.weights()) * 16, static_cast<std::size_t>(small.weights())});
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
