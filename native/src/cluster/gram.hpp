// Distances by a blocked Gram matrix, for any vector type V (vector_*.hpp). Included by every tier's file.
//
// Tokens less centre are packed a run of `depth` values at a time into panels [k][panel], which serve both sides of the
// product: one panel is read as vectors, the other by broadcast, Rows tokens at a time. A run of all panels stays in the L2
// cache, two panels in L1. An element's product is one chain of multiply-adds a run, the runs are added up in the
// half matrix, and norms go the same way, so equal tokens have a distance of exactly 0 and no order of tokens matters.
#pragma once

#include "cluster/difference.hpp"
#include "cluster/pack.hpp"

namespace tandem::cluster {
namespace {

template <class V, std::size_t Rows, std::size_t Vectors>
struct Gram {
    static constexpr std::size_t lanes = V::lanes;
    static constexpr std::size_t panel = lanes * Vectors;
    static constexpr std::size_t depth = 128;
    static_assert(panel % Rows == 0);

    static void run(const GramTask &task) noexcept {
        auto *packed = static_cast<float *>(task.packed);
        const std::size_t panels = task.out.stride / panel;
        for (std::size_t from = 0; from < task.width; from += depth) {
            const std::size_t length = task.width - from < depth ? task.width - from : depth;
            const Run run{task, from, length, from == 0, from + length == task.width};
            for (std::size_t p = 0; p < panels; ++p)
                Pack<V, panel>::panel_of(run, p, packed + p * panel * length);
            for (std::size_t column = 0; column < panels; ++column)
                for (std::size_t row = 0; row <= column; ++row)
                    block(run, row, column, packed + row * panel * length, packed + column * panel * length);
        }
    }

private:
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
