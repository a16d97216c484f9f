// The passes over all distances and over all tokens, for any vector type V. Included by every tier's file.
#pragma once

#include "cluster/kernel.hpp"

#include <cstdint>
#include <limits>

namespace tandem::cluster {
namespace {

// Infinities, zeros, infinities, zeros, `lanes` of each. Adding the vector at bias + lanes - m takes out the first m lanes,
// adding the one at bias + 2 * lanes - m keeps only the first m.
template <std::size_t lanes>
struct Windows {
    alignas(64) float bias[4 * lanes];
    constexpr Windows() : bias{} {
        for (std::size_t l = 0; l < lanes; ++l)
            bias[l] = bias[2 * lanes + l] = std::numeric_limits<float>::infinity();
    }
};

template <class V>
struct Passes {
    static constexpr std::size_t lanes = V::lanes;
    static constexpr float infinity = std::numeric_limits<float>::infinity();

    static constexpr Windows<lanes> windows{};

    // Calls step(j, distances, bias) for the vectors that cover columns i + 1 to n - 1; bias is infinite elsewhere, or 0.
    template <class Step>
    static void along(const HalfMatrix &distances, std::size_t n, std::size_t i, Step &&step) noexcept {
        const float *row = distances.row(i);
        const std::size_t begin = (i + 1) / lanes * lanes;
        const std::size_t end = (n + lanes - 1) / lanes * lanes;
        for (std::size_t j = begin; j < end; j += lanes) {
            V bias = V::set(0);
            if (j <= i)
                bias = V::load(windows.bias + lanes - (i + 1 - j));
            if (j + lanes > n)
                bias = bias + V::load(windows.bias + 2 * lanes - (n - j));
            step(j, V::load(row + j), bias);
        }
    }

    static float neighbours(const HalfMatrix &distances, std::size_t n, std::size_t kept, float *near) noexcept {
        switch (kept) {
        case 2: // K = 3 and K = 5 are what the methods use
            return nearest<2>(distances, n, kept, near);
        case 4:
            return nearest<4>(distances, n, kept, near);
        default:
            return nearest<0>(distances, n, kept, near);
        }
    }

    // Known: kept, where the compiler knows it.
    template <std::size_t Known>
    static float nearest(const HalfMatrix &distances, std::size_t n, std::size_t asked, float *near) noexcept {
        const std::size_t kept = Known == 0 ? asked : Known;
        const std::size_t stride = distances.stride;
        V greatest = V::set(0);
        float own[most_kept + 1];
        for (std::size_t i = 0; i + 1 < n; ++i) {
            for (std::size_t k = 0; k < kept; ++k)
                own[k] = near[k * stride + i];
            float least_kept = kept == 0 ? -infinity : own[kept - 1];
            along(distances, n, i, [&](std::size_t j, V d, V bias) {
                greatest = V::max(d - bias, greatest); // the second where padding makes the first NaN
                V rest = d + bias;
                const unsigned closer = V::greater(V::set(least_kept), rest);
                if (closer != 0)
                    least_kept = insert(own, kept, distances.row(i) + j, closer);
                for (std::size_t k = 0; k < kept; ++k) {
                    const V held = V::load(near + k * stride + j);
                    V::store(near + k * stride + j, V::min(held, rest));
                    rest = V::max(held, rest);
                }
            });
            for (std::size_t k = 0; k < kept; ++k)
                near[k * stride + i] = own[k];
        }
        float each[lanes];
        V::store(each, greatest);
        float most = 0;
        for (float e : each)
            most = e > most ? e : most;
        return most;
    }

    static float insert(float *own, std::size_t kept, const float *d, unsigned closer) noexcept {
        for (std::size_t l = 0; l < lanes; ++l) {
            if (((closer >> l) & 1U) == 0 || d[l] >= own[kept - 1])
                continue;
            std::size_t at = kept - 1;
            for (; at > 0 && own[at - 1] > d[l]; --at)
                own[at] = own[at - 1];
            own[at] = d[l];
        }
        return own[kept - 1];
    }

    static void separation(const HalfMatrix &distances, std::size_t n, const float *rank, float *least) noexcept {
        const V none = V::set(infinity);
        for (std::size_t i = 0; i + 1 < n; ++i) {
            const V mine = V::set(rank[i]);
            V nearest = none;
            along(distances, n, i, [&](std::size_t j, V d, V bias) {
                const V theirs = V::load(rank + j);
                d = d + bias;
                nearest = V::min(nearest, V::where_less(theirs, mine, d, none));
                V::store(least + j, V::min(V::load(least + j), V::where_less(theirs, mine, none, d)));
            });
            float each[lanes];
            V::store(each, nearest);
            for (float e : each)
                least[i] = e < least[i] ? e : least[i];
        }
    }

    static void add_rows(const float *tokens, std::size_t width, const std::int32_t *rows, std::size_t count,
                         double *sums) noexcept {
        for (std::size_t r = 0; r < count; r += 4) {
            const std::size_t many = count - r < 4 ? count - r : 4;
            const float *x[4] = {};
            for (std::size_t s = 0; s < many; ++s)
                x[s] = tokens + static_cast<std::size_t>(rows[r + s]) * width;
            std::size_t k = 0;
            for (; k + lanes <= width; k += lanes) {
                typename V::Wide sum = V::Wide::load(sums + k);
                if (many == 4)
                    sum.add(V::load(x[0] + k)), sum.add(V::load(x[1] + k)), sum.add(V::load(x[2] + k)),
                        sum.add(V::load(x[3] + k));
                else
                    for (std::size_t s = 0; s < many; ++s)
                        sum.add(V::load(x[s] + k));
                sum.store(sums + k);
            }
            for (; k < width; ++k)
                for (std::size_t s = 0; s < many; ++s)
                    sums[k] += static_cast<double>(x[s][k]);
        }
    }
};

// All of one tier.
template <std::int32_t tier, class V, template <class> class Tiles>
constexpr Kernel kernel_of = {tier, Tiles<V>::panel, Tiles<V>::depth * sizeof(float), Tiles<V>::run, nullptr,
                              Passes<V>::neighbours, Passes<V>::separation, Passes<V>::add_rows};

} // namespace
} // namespace tandem::cluster
