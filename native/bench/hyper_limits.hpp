// What this core can do at most: products a second of a tier's instruction, in registers; bytes a second of a plain read
// over so many bytes.
#pragma once

#include "capability.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <vector>

#include <benchmark/benchmark.h>
#include <tandem/capability.h>

namespace tandem::bench {

inline double thread_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// CPU time of this thread: Google Benchmark shows its own only to reporters.
class Timed {
public:
    Timed() : start_(thread_seconds()) {}
    double seconds() const { return thread_seconds() - start_; }

private:
    double start_;
};

// The least CPU time of several repetitions.
template <class Body>
double least_seconds(Body &&body) {
    double least = 1e9;
    for (int i = 0; i < 12; ++i) {
        const Timed timed;
        body();
        least = std::min(least, timed.seconds());
    }
    return least;
}

constexpr int rounds = 1 << 18;

// In assembler, so that no compiler has a say: ten independent chains hide the latency.
#if defined(__x86_64__)
inline void avx2_rounds() {
    long left = rounds;
    __asm__ volatile("1: .irp n,0,1,2,3,4,5,6,7,8,9\n"
                     "vpmaddwd %%ymm10, %%ymm11, %%ymm12\n"
                     "vpaddd %%ymm12, %%ymm\\n, %%ymm\\n\n"
                     ".endr\n"
                     "dec %0\n"
                     "jnz 1b\n"
                     "vzeroupper"
                     : "+r"(left)
                     :
                     : "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
                       "xmm11", "xmm12");
}

inline void vnni_rounds() {
    long left = rounds;
    __asm__ volatile("1: .irp n,0,1,2,3,4,5,6,7,8,9\n"
                     "vpdpbusd %%zmm10, %%zmm11, %%zmm\\n\n"
                     ".endr\n"
                     "dec %0\n"
                     "jnz 1b\n"
                     "vzeroupper"
                     : "+r"(left)
                     :
                     : "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
                       "xmm11");
}

// Four tiles of sums, as the kernel has them; the tile state was granted before.
inline void amx_rounds() {
    alignas(64) unsigned char config[64] = {1};
    for (std::size_t tile = 0; tile < 8; ++tile) {
        config[16 + 2 * tile] = 64;
        config[48 + tile] = 16;
    }
    long left = rounds;
    __asm__ volatile("ldtilecfg (%1)\n"
                     "1: tdpbusd %%tmm6, %%tmm4, %%tmm0\n"
                     "tdpbusd %%tmm7, %%tmm4, %%tmm1\n"
                     "tdpbusd %%tmm6, %%tmm5, %%tmm2\n"
                     "tdpbusd %%tmm7, %%tmm5, %%tmm3\n"
                     "dec %0\n"
                     "jnz 1b\n"
                     "tilerelease"
                     : "+r"(left)
                     : "r"(config)
                     : "cc", "memory");
}
#endif

// 0 where the tier has no such loop: the limit is then left to the read.
inline double products_per_second(std::int32_t tier) {
    static std::map<std::int32_t, double> known;
    double &found = known[tier];
#if defined(__x86_64__)
    if (found == 0 && tier == TD_CAPABILITY_AMX)
        found = 4.0 * 16 * 16 * 64 * rounds / least_seconds(amx_rounds);
    else if (found == 0 && tier >= TD_CAPABILITY_AVX512_VNNI && tier < TD_CAPABILITY_AMX)
        found = 10.0 * 64 * rounds / least_seconds(vnni_rounds);
    else if (found == 0 && capability().usable >= TD_CAPABILITY_AVX2)
        found = 10.0 * 16 * rounds / least_seconds(avx2_rounds);
#endif
    return found == 0 ? 1e18 : found;
}

// The sum of all 64-bit words of a buffer, again and again; the buffer stays between calls of one size.
__attribute__((optimize("O3"))) inline std::uint64_t sum_of(const std::vector<std::uint64_t> &words) {
    std::uint64_t sums[8] = {};
    const std::uint64_t *at = words.data();
    const std::uint64_t *end = at + words.size() / 8 * 8;
    for (; at != end; at += 8) {
        __builtin_prefetch(at + 512);
        for (std::size_t i = 0; i < 8; ++i)
            sums[i] += at[i];
    }
    for (std::size_t i = 1; i < 8; ++i)
        sums[0] += sums[i];
    return sums[0];
}

inline double bytes_per_second(std::size_t bytes) {
    static std::map<std::size_t, double> known;
    double &found = known[bytes];
    if (found == 0) {
        const std::vector<std::uint64_t> words(bytes / 8, 3);
        const int times = static_cast<int>(20'000'000 / bytes) + 1;
        found = static_cast<double>(bytes) * times / least_seconds([&] {
            for (int i = 0; i < times; ++i)
                benchmark::DoNotOptimize(sum_of(words));
        });
    }
    return found;
}

inline void report_limits(const std::vector<std::size_t> &sizes) {
    std::printf("tier %s: %.0f GOP/s of its multiply-and-add in registers\n", tier_name(capability().usable),
                2e-9 * products_per_second(capability().usable));
    for (std::size_t bytes : sizes)
        std::printf("reading %.2f MB: %.1f GB/s\n", 1e-6 * static_cast<double>(bytes), 1e-9 * bytes_per_second(bytes));
}

} // namespace tandem::bench
