// Distances by a blocked Gram matrix, for any vector type V (vector_*.hpp). Included by every tier's file.
//
// Tokens less centre are packed a run of `depth` values at a time into panels [k][panel], which serve both sides of the
// product: one panel is read as vectors, the other by broadcast, Rows tokens at a time. A run of all panels stays in the L2
// cache, two panels in L1. An element's product is one chain of multiply-adds a run, the runs are added up in the
// half matrix, and norms go the same way, so equal tokens have a distance of exactly 0 and no order of tokens matters.
#pragma once

#include "cluster/difference.hpp"
#include "cluster/kernels.hpp"

#include <cstring>
#include <limits>

namespace tandem::cluster {
namespace {

template <class V, std::size_t Rows, std::size_t Vectors>
struct Gram {
    static constexpr std::size_t lanes = V::lanes;
    static constexpr std::size_t panel = lanes * Vectors;
    static constexpr std::size_t depth = 128;
    static constexpr float infinity = std::numeric_limits<float>::infinity();
    static_assert(panel % Rows == 0 && panel % V::block == 0);

    struct Run {
        const GramTask &task;
        std::size_t from; // first k
        std::size_t length;
        bool first;
        bool last;
    };

    static void run(const GramTask &task) noexcept {
        auto *packed = static_cast<float *>(task.packed);
        const std::size_t panels = task.out.stride / panel;
        for (std::size_t from = 0; from < task.width; from += depth) {
            const std::size_t length = task.width - from < depth ? task.width - from : depth;
            const Run run{task, from, length, from == 0, from + length == task.width};
            for (std::size_t p = 0; p < panels; ++p)
                pack(run, p, packed + p * panel * length);
            for (std::size_t column = 0; column < panels; ++column)
                for (std::size_t row = 0; row <= column; ++row)
                    block(run, row, column, packed + row * panel * length, packed + column * panel * length);
        }
    }

private:
    static void pack(const Run &run, std::size_t p, float *to) noexcept {
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
        V sum[Vectors];
        for (V &s : sum)
            s = V::set(0);
        for (std::size_t k = 0; k < run.length; ++k)
            for (std::size_t v = 0; v < Vectors; ++v) {
                const V x = V::load(packed + k * panel + v * lanes);
                sum[v] = V::fma(x, x, sum[v]);
            }
        float *to = task.norms + p * panel;
        for (std::size_t v = 0; v < Vectors; ++v)
            V::store(to + v * lanes, run.first ? sum[v] : V::load(to + v * lanes) + sum[v]);
        if (run.last)
            for (std::size_t r = 0; r < panel; ++r) {
                const bool token = p * panel + r < task.n;
                to[r] = token ? to[r] : infinity;
                task.floors[p * panel + r] = token ? to[r] * near_bound : -infinity;
            }
    }

    // On the diagonal, columns left of the rows are not needed; nor are vectors past the last token.
    static void block(const Run &run, std::size_t row, std::size_t column, const float *a, const float *b) noexcept {
        const std::size_t n = run.task.n;
        const std::size_t columns = n - column * panel < panel ? n - column * panel : panel;
        const std::size_t end = (columns + lanes - 1) / lanes;
        for (std::size_t r = 0; r < panel && row * panel + r < n; r += Rows) {
            const std::size_t begin = row == column ? r / lanes : 0;
            tiles<Vectors>(run, row * panel + r, column * panel + begin * lanes, a + r, b + begin * lanes, end - begin);
        }
    }

    template <std::size_t Wide>
    static void tiles(const Run &run, std::size_t i, std::size_t j, const float *a, const float *b,
                      std::size_t vectors) noexcept {
        if (vectors == Wide)
            tile<Wide>(run, i, j, a, b);
        else if constexpr (Wide > 1)
            tiles<Wide - 1>(run, i, j, a, b, vectors);
    }

    template <std::size_t Wide>
    static void tile(const Run &run, std::size_t i, std::size_t j, const float *a, const float *b) noexcept {
        float *to = run.task.out.row(i) + j;
        const std::size_t pitch = run.task.out.pitch(i);
        for (std::size_t r = 0; r < Rows; ++r) { // needed when the products are done
            __builtin_prefetch(to + r * pitch, 1);
            __builtin_prefetch(to + r * pitch + Wide * lanes - 1, 1);
        }
        V sum[Rows][Wide];
        for (auto &row : sum)
            for (V &s : row)
                s = V::set(0);
        for (std::size_t k = 0; k < run.length; ++k, a += panel, b += panel) {
            V x[Wide];
            for (std::size_t v = 0; v < Wide; ++v)
                x[v] = V::load(b + v * lanes);
            for (std::size_t r = 0; r < Rows; ++r) {
                const V y = V::set(a[r]);
                for (std::size_t v = 0; v < Wide; ++v)
                    sum[r][v] = V::fma(y, x[v], sum[r][v]);
            }
        }
        for (std::size_t r = 0; r < Rows; ++r, to += pitch)
            for (std::size_t v = 0; v < Wide; ++v) {
                float *at = to + v * lanes;
                const V dot = run.first ? sum[r][v] : V::load(at) + sum[r][v];
                if (run.last)
                    finish<V>(run.task, i + r, j + v * lanes, dot, at);
                else
                    V::store(at, dot);
            }
    }

public:
    template <class W>
    static void finish(const GramTask &task, std::size_t i, std::size_t j, W dot, float *at) noexcept {
        const W squared = W::set(task.norms[i]) + W::load(task.norms + j) - (dot + dot);
        const unsigned far = W::greater(squared, W::set(task.floors[i]) + W::load(task.floors + j));
        W::store(at, squared * W::set(1.0F / static_cast<float>(task.width)));
        if (far != W::all)
            mend_near(task.tokens, task.n, task.width, i, j, W::lanes, far, at);
    }
};

} // namespace
} // namespace tandem::cluster
