// From tokens to distances and densities.
#include "cluster/difference.hpp"
#include "cluster/steps.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

namespace tandem::cluster {
namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

// Any centre does. With 16 bits it is the same for any order of the tokens, unless a mean lies within the rounding of a
// sum of doubles beside a step of those 16 bits.
float coarse(double mean) noexcept {
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(static_cast<float>(mean)) & 0xFFFFFF00U);
}

// A dot product may overflow where the difference does not.
void mend_overflow(const Problem &problem, Workspace &work) noexcept {
    for (std::size_t i = 0; i < problem.n; ++i)
        for (std::size_t j = i + 1; j < problem.n; ++j)
            if (float &d = work.distances.row(i)[j]; !std::isfinite(d))
                d = mean_square_difference(problem.tokens + i * problem.width, problem.tokens + j * problem.width,
                                           problem.width);
}

float search(const Kernel &kernel, const Problem &problem, Workspace &work) noexcept {
    const std::size_t kept = work.kept <= most_kept ? work.kept : 0;
    std::fill_n(work.near, kept * work.distances.stride, infinity);
    return kernel.neighbours(work.distances, problem.n, kept, work.near);
}

// The distances of token i to all others, its own place left out.
std::size_t others(const Problem &problem, const Workspace &work, std::size_t i, float *to) noexcept {
    work.distances.column(i, to);
    std::copy(work.distances.row(i) + i + 1, work.distances.row(i) + problem.n, to + i);
    return problem.n - 1;
}

// Sums run from the smallest up, so they do not depend on the order of the tokens.
double sum_of_nearest(const Problem &problem, const Workspace &work, std::size_t i) noexcept {
    double sum = 0;
    if (work.kept <= most_kept) {
        for (std::size_t k = 0; k < work.kept; ++k)
            sum += static_cast<double>(work.near[k * work.distances.stride + i]);
    } else {
        float *line = work.line_of_one;
        const std::size_t count = others(problem, work, i, line);
        std::partial_sort(line, line + work.kept, line + count);
        for (std::size_t k = 0; k < work.kept; ++k)
            sum += static_cast<double>(line[k]);
    }
    return sum;
}

} // namespace

bool find_centre(const Kernel &kernel, const Problem &problem, Workspace &work, std::int64_t &where) noexcept {
    std::iota(work.order, work.order + problem.n, 0);
    std::fill_n(work.sums, problem.width, 0.0);
    kernel.add_rows(problem.tokens, problem.width, work.order, problem.n, work.sums);
    bool finite = true; // finite floats cannot overflow a sum of doubles
    for (std::size_t k = 0; k < problem.width; ++k) {
        finite = finite && std::isfinite(work.sums[k]);
        work.centre[k] = coarse(work.sums[k] / static_cast<double>(problem.n));
    }
    if (!finite)
        where = std::find_if_not(problem.tokens, problem.tokens + problem.n * problem.width,
                                 [](float v) { return std::isfinite(v); })
                - problem.tokens;
    return finite;
}

float measure(const Kernel &kernel, const Problem &problem, Workspace &work) noexcept {
    const GramTask task{problem.tokens, problem.n, problem.width, work.centre, work.packed,
                        work.norms,     work.floors, work.distances, problem.bf16};
    (problem.bf16 && kernel.gram_bf16 != nullptr ? kernel.gram_bf16 : kernel.gram)(task);
    const float greatest = search(kernel, problem, work);
    if (std::isfinite(greatest))
        return greatest;
    mend_overflow(problem, work);
    return search(kernel, problem, work);
}

void rank_by_density(const Problem &problem, Workspace &work) noexcept {
    for (std::size_t i = 0; i < problem.n; ++i)
        work.density[i] = -sum_of_nearest(problem, work, i) / static_cast<double>(problem.neighbours);
    std::sort(work.order, work.order + problem.n, [&](std::int32_t a, std::int32_t b) {
        return work.density[a] != work.density[b] ? work.density[a] > work.density[b] : a < b;
    });
    std::fill_n(work.rank, work.distances.stride, 0.0F);
    for (std::size_t p = 0; p < problem.n; ++p)
        work.rank[work.order[p]] = static_cast<float>(p);
}

} // namespace tandem::cluster
