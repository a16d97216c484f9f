// Packing for the Gram kernel, for any vector type V. Included by every tier's file.
#pragma once

#include "cluster/kernel.hpp"

#include <cstring>
#include <limits>

namespace tandem::cluster {
namespace {

// One run of values of all tokens.
struct Run {
    const GramTask &task;
    std::size_t from; // first k
    std::size_t length;
    bool first;
    bool last;
};

// A panel is [k][panel] for the k of a run: tokens less centre, zeros past the last token.
template <class V, std::size_t panel>
struct Pack {
    static constexpr std::size_t lanes = V::lanes;
    static constexpr std::size_t vectors = panel / lanes;
    static constexpr float infinity = std::numeric_limits<float>::infinity();
    static_assert(panel % V::block == 0);

    static void panel_of(const Run &run, std::size_t p, float *to) noexcept {
        const GramTask &task = run.task;
        for (std::size_t r = 0; r < panel; r += V::block) {
            const std::size_t i = p * panel + r;
            std::size_t k = 0;
            if (i + V::block <= task.n)
                for (; k + V::block <= run.length; k += V::block) {
                    const float *from = task.tokens + i * task.width + run.from + k;
                    if (i + 2 * V::block <= task.n) // rows are far apart and read for a short run only
                        for (std::size_t s = 0; s < V::block; ++s)
                            __builtin_prefetch(from + (V::block + s) * task.width);
                    V::transpose(from, task.width, task.centre + run.from + k, to + k * panel + r, panel);
                }
            for (; k < run.length; ++k)
                for (std::size_t s = 0; s < V::block; ++s)
                    to[k * panel + r + s] = i + s < task.n ? task.tokens[(i + s) * task.width + run.from + k]
                                                                 - task.centre[run.from + k]
                                                           : 0.0F;
        }
        if (task.bf16)
            for (std::size_t at = 0; at < panel * run.length; ++at)
                to[at] = rounded_to_bf16(to[at]);
        norms(run, p, to);
    }

    // To nearest, ties to even; what would round past the greatest becomes infinite and is mended by differences.
    static float rounded_to_bf16(float value) noexcept {
        std::uint32_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        bits = (bits + 0x7FFFU + ((bits >> 16) & 1U)) & 0xFFFF0000U;
        std::memcpy(&value, &bits, sizeof bits);
        return value;
    }

    // Rows past the last token get an infinite norm, so that nothing is near them.
    static void norms(const Run &run, std::size_t p, const float *packed) noexcept {
        const GramTask &task = run.task;
        V sum[vectors];
        for (V &s : sum)
            s = V::set(0);
        for (std::size_t k = 0; k < run.length; ++k)
            for (std::size_t v = 0; v < vectors; ++v) {
                const V x = V::load(packed + k * panel + v * lanes);
                sum[v] = V::fma(x, x, sum[v]);
            }
        float *to = task.norms + p * panel;
        for (std::size_t v = 0; v < vectors; ++v)
            V::store(to + v * lanes, run.first ? sum[v] : V::load(to + v * lanes) + sum[v]);
        if (run.last)
            for (std::size_t r = 0; r < panel; ++r) {
                const bool token = p * panel + r < task.n;
                to[r] = token ? to[r] : infinity;
                task.floors[p * panel + r] = token ? to[r] * near_bound : -infinity;
            }
    }
};

} // namespace
} // namespace tandem::cluster
