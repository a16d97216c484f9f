// DPC-KNN once more, as plain as can be: a full matrix of distances by differences, sorts where they say what is meant.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

namespace tandem::test {

struct Clustering {
    std::vector<std::int32_t> centres;
    std::vector<std::int32_t> assignment;
    std::vector<float> merged;
    std::vector<float> importance;
};

inline Clustering plain_dpc_knn(const std::vector<float> &x, std::size_t n, std::size_t width, std::size_t clusters,
                                std::size_t neighbours) {
    std::vector<double> d(n * n);
    double greatest = 0;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            double sum = 0;
            for (std::size_t k = 0; k < width; ++k) {
                const double e = static_cast<double>(x[i * width + k]) - static_cast<double>(x[j * width + k]);
                sum += e * e;
            }
            d[i * n + j] = sum / static_cast<double>(width);
            greatest = std::max(greatest, d[i * n + j]);
        }
    std::vector<double> density(n);
    const std::size_t k = std::min(neighbours, n);
    for (std::size_t i = 0; i < n; ++i) {
        const auto row = d.begin() + static_cast<std::ptrdiff_t>(i * n);
        std::vector<double> nearest(row, row + static_cast<std::ptrdiff_t>(n));
        std::sort(nearest.begin(), nearest.end());
        density[i] = -std::accumulate(nearest.begin(), nearest.begin() + static_cast<std::ptrdiff_t>(k), 0.0)
                     / static_cast<double>(k);
    }
    std::vector<double> importance(n);
    for (std::size_t i = 0; i < n; ++i) {
        double separation = std::numeric_limits<double>::infinity();
        for (std::size_t j = 0; j < n; ++j)
            if (density[j] > density[i] || (density[j] == density[i] && j < i))
                separation = std::min(separation, d[i * n + j]);
        importance[i] = density[i] + 0.5 * std::log(std::isinf(separation) ? greatest : separation);
    }
    std::vector<std::int32_t> order(n);
    std::iota(order.begin(), order.end(), 0);
    const auto at = [](std::int32_t i) { return static_cast<std::size_t>(i); };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::int32_t a, std::int32_t b) { return importance[at(a)] > importance[at(b)]; });

    Clustering result;
    result.centres.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(clusters));
    result.assignment.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t best = 0;
        for (std::size_t c = 1; c < clusters; ++c)
            if (d[i * n + at(result.centres[c])] < d[i * n + at(result.centres[best])])
                best = c;
        result.assignment[i] = static_cast<std::int32_t>(best);
    }
    for (std::size_t c = 0; c < clusters; ++c)
        result.assignment[at(result.centres[c])] = static_cast<std::int32_t>(c);
    for (std::size_t c = 0; c < clusters; ++c) {
        std::vector<double> sums(width);
        double count = 0;
        for (std::size_t i = 0; i < n; ++i)
            if (at(result.assignment[i]) == c) {
                ++count;
                for (std::size_t e = 0; e < width; ++e)
                    sums[e] += static_cast<double>(x[i * width + e]);
            }
        for (double s : sums)
            result.merged.push_back(static_cast<float>(s / count));
        result.importance.push_back(static_cast<float>(importance[at(result.centres[c])]));
    }
    return result;
}

inline std::vector<float> normal_tokens(std::size_t n, std::size_t width, std::uint64_t seed, float offset = 0) {
    std::mt19937_64 random(seed);
    std::normal_distribution<float> normal;
    std::vector<float> x(n * width);
    for (float &v : x)
        v = offset + normal(random);
    return x;
}

// Tokens in groups: heads far apart, members about `spread` from them, each group of a size and spread of its own, so that
// no two importances are near one another.
inline std::vector<float> separated_tokens(std::size_t n, std::size_t width, std::size_t groups, float spread,
                                           std::uint64_t seed) {
    const std::vector<float> heads = normal_tokens(groups, width, seed);
    std::vector<float> x = normal_tokens(n, width, seed + 1);
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t g = i % groups;
        const float scale = spread * (1 + static_cast<float>(g) / static_cast<float>(groups));
        for (std::size_t k = 0; k < width; ++k)
            x[i * width + k] = 10 * heads[g * width + k] * (1 + static_cast<float>(g)) + scale * x[i * width + k];
    }
    return x;
}

} // namespace tandem::test
