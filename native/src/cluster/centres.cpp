// From densities to centres, clusters and their means.
#include "cluster/steps.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tandem::cluster {

void weigh(const Kernel &kernel, const Problem &problem, Workspace &work, float greatest) noexcept {
    std::fill_n(work.separation, work.distances.stride, std::numeric_limits<float>::infinity());
    kernel.separation(work.distances, problem.n, work.rank, work.separation);
    work.separation[work.order[0]] = greatest;
    for (std::size_t i = 0; i < problem.n; ++i)
        work.importance[i] = work.density[i] + 0.5 * std::log(static_cast<double>(work.separation[i]));
}

void choose_centres(const Problem &problem, Workspace &work, Result &result) noexcept {
    std::partial_sort(work.order, work.order + problem.clusters, work.order + problem.n,
                      [&](std::int32_t a, std::int32_t b) {
                          return work.importance[a] != work.importance[b] ? work.importance[a] > work.importance[b]
                                                                          : a < b;
                      });
    for (std::size_t c = 0; c < problem.clusters; ++c) {
        result.centres[c] = work.order[c];
        result.importance[c] = static_cast<float>(work.importance[work.order[c]]);
    }
}

void assign(const Problem &problem, Workspace &work, Result &result) noexcept {
    float *best = work.separation;
    float *to_centre = work.line_of_one;
    std::fill_n(best, problem.n, std::numeric_limits<float>::infinity());
    std::fill_n(result.assignment, problem.n, 0);
    for (std::size_t c = 0; c < problem.clusters; ++c) {
        const auto centre = static_cast<std::size_t>(result.centres[c]);
        work.distances.column(centre, to_centre);
        to_centre[centre] = 0;
        const float *row = work.distances.row(centre);
        std::copy(row + centre + 1, row + problem.n, to_centre + centre + 1);
        for (std::size_t i = 0; i < problem.n; ++i) {
            const bool nearer = to_centre[i] < best[i];
            best[i] = nearer ? to_centre[i] : best[i];
            result.assignment[i] = nearer ? static_cast<std::int32_t>(c) : result.assignment[i];
        }
    }
    for (std::size_t c = 0; c < problem.clusters; ++c)
        result.assignment[result.centres[c]] = static_cast<std::int32_t>(c);
}

// Tokens are sorted by cluster, in their own order within one; a sum of doubles takes them one after another.
void merge(const Kernel &kernel, const Problem &problem, Workspace &work, Result &result) noexcept {
    std::fill_n(work.first, problem.clusters + 1, 0);
    for (std::size_t i = 0; i < problem.n; ++i)
        ++work.first[result.assignment[i] + 1];
    for (std::size_t c = 0; c < problem.clusters; ++c)
        work.first[c + 1] += work.first[c];
    for (std::size_t i = 0; i < problem.n; ++i)
        work.order[work.first[result.assignment[i]]++] = static_cast<std::int32_t>(i);
    std::int32_t from = 0; // first[c] is now the end of cluster c
    for (std::size_t c = 0; c < problem.clusters; from = work.first[c++]) {
        const auto count = static_cast<std::size_t>(work.first[c] - from);
        std::fill_n(work.sums, problem.width, 0.0);
        kernel.add_rows(problem.tokens, problem.width, work.order + from, count, work.sums);
        const double share = 1.0 / static_cast<double>(count);
        for (std::size_t k = 0; k < problem.width; ++k)
            result.merged[c * problem.width + k] = static_cast<float>(work.sums[k] * share);
    }
}

} // namespace tandem::cluster
