// Where everything lies in the workspace. Offsets are multiples of 64 from a base that is aligned to 64.
#pragma once

#include "cluster/dpc_knn.hpp"

#include <cstddef>
#include <cstdint>

namespace tandem::cluster {

struct Workspace {
    static constexpr std::size_t line = 64;

    // Measures when base is 0; else every pointer may be used.
    Workspace(const Kernel &kernel, const Problem &problem, std::uintptr_t base) noexcept : at_(base) {
        const std::size_t panel = kernel.panel;
        const std::size_t stride = (problem.n + panel - 1) / panel * panel;
        kept = problem.neighbours - 1;
        distances = {nullptr, stride, panel};
        take(distances.base, distances.floats());
        take(packed, stride * kernel.packed_bytes_per_row);
        for (float **row : {&norms, &floors, &rank, &separation, &line_of_one})
            take(*row, stride);
        take(near, kept <= most_kept ? kept * stride : 0);
        take(centre, problem.width);
        take(sums, problem.width);
        take(density, problem.n);
        take(importance, problem.n);
        take(order, problem.n);
        take(first, problem.clusters + 1);
        bytes = at_ - base;
    }

    std::size_t bytes;
    std::size_t kept; // K - 1
    HalfMatrix distances;
    unsigned char *packed;
    float *norms;
    float *floors;
    float *rank;
    float *separation;
    float *line_of_one; // distances of one token to all
    float *near;
    float *centre;
    double *sums;
    double *density;    // logarithms
    double *importance; // logarithms
    std::int32_t *order;
    std::int32_t *first;

private:
    template <class T>
    void take(T *&to, std::size_t count) noexcept {
        to = reinterpret_cast<T *>(at_);
        at_ += (count * sizeof(T) + line - 1) / line * line;
    }

    std::uintptr_t at_;
};

} // namespace tandem::cluster
