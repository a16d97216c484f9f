// The clustering of dev.tandem.cluster.DpcKnn again, plainly, on the host.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

namespace tandem::test {

struct Clusters {
    std::vector<std::int32_t> centres, assignment;
    std::vector<float> merged, importance;
};

inline float mean_square(const float *x, const float *y, int width) {
    double sum = 0;
    for (int k = 0; k < width; ++k)
        sum += (static_cast<double>(x[k]) - y[k]) * (static_cast<double>(x[k]) - y[k]);
    return static_cast<float>(sum) / static_cast<float>(width);
}

inline std::vector<float> means_of(const float *tokens, const std::vector<std::int32_t> &assignment, int width,
                                   int clusters) {
    std::vector<double> sums(static_cast<std::size_t>(clusters) * static_cast<std::size_t>(width));
    std::vector<int> counts(static_cast<std::size_t>(clusters));
    for (std::size_t i = 0; i < assignment.size(); ++i) {
        const auto c = static_cast<std::size_t>(assignment[i]);
        ++counts[c];
        for (std::size_t k = 0; k < static_cast<std::size_t>(width); ++k)
            sums[c * static_cast<std::size_t>(width) + k] +=
                static_cast<double>(tokens[i * static_cast<std::size_t>(width) + k]);
    }
    std::vector<float> merged(sums.size());
    for (std::size_t i = 0; i < sums.size(); ++i)
        merged[i] = static_cast<float>(sums[i] / counts[i / static_cast<std::size_t>(width)]);
    return merged;
}

inline Clusters cluster(const float *tokens, int n, int width, int clusters, int neighbours) {
    const auto count = static_cast<std::size_t>(n);
    std::vector<float> d(count * count);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j < count; ++j)
            d[i * count + j] = mean_square(tokens + i * static_cast<std::size_t>(width),
                                           tokens + j * static_cast<std::size_t>(width), width);
    const float greatest = *std::max_element(d.begin(), d.end());
    const auto k = static_cast<std::size_t>(std::min(neighbours, n));
    std::vector<double> density(count);
    std::vector<double> importance(count);
    const auto row = [&](std::size_t i) { return d.begin() + static_cast<std::ptrdiff_t>(i * count); };
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<float> sorted(row(i), row(i + 1));
        std::sort(sorted.begin(), sorted.end());
        double sum = 0;
        for (std::size_t j = 0; j < k; ++j)
            sum += static_cast<double>(sorted[j]);
        density[i] = -sum / static_cast<double>(k);
    }
    for (std::size_t i = 0; i < count; ++i) {
        float separation = std::numeric_limits<float>::infinity();
        for (std::size_t j = 0; j < count; ++j)
            if (density[j] > density[i] || (density[j] == density[i] && j < i))
                separation = std::min(separation, d[i * count + j]);
        if (std::isinf(separation))
            separation = greatest;
        importance[i] = density[i] + 0.5 * std::log(static_cast<double>(separation));
    }
    std::vector<std::int32_t> order(count);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
        return importance[static_cast<std::size_t>(a)] > importance[static_cast<std::size_t>(b)];
    });
    Clusters found;
    found.centres.assign(order.begin(), order.begin() + clusters);
    found.assignment.resize(count);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t c = 0; c < found.centres.size(); ++c) {
            const auto best = static_cast<std::size_t>(found.centres[static_cast<std::size_t>(found.assignment[i])]);
            if (d[i * count + static_cast<std::size_t>(found.centres[c])] < d[i * count + best])
                found.assignment[i] = static_cast<std::int32_t>(c);
        }
    for (std::size_t c = 0; c < found.centres.size(); ++c) {
        found.assignment[static_cast<std::size_t>(found.centres[c])] = static_cast<std::int32_t>(c);
        found.importance.push_back(static_cast<float>(importance[static_cast<std::size_t>(found.centres[c])]));
    }
    found.merged = means_of(tokens, found.assignment, width, clusters);
    return found;
}

} // namespace tandem::test
