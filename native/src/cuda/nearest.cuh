// The rules of clustering (dev.tandem.cluster.DpcKnn): what is near, dense, important, and who wins a tie.
#pragma once

#include "arithmetic.cuh"

#include <cfloat>
#include <cstring>

namespace tandem::cuda {

TD_BOTH float infinite() {
    return HUGE_VALF;
}

// Mean squared difference from squared lengths and a product. Where all three are summed in one order, equal tokens are
// exactly 0 apart. What is not finite becomes infinite, so no later comparison meets a NaN.
TD_BOTH float distance(float squares, float dot, float width, bool itself) {
    float sum = fmaf(-2.0F, dot, squares);
    if (sum < 0 || (itself && sum <= FLT_MAX))
        sum = 0;
    const float mean = over(sum, width);
    return mean <= FLT_MAX ? mean : infinite();
}

// Puts d into a list of the `capacity` smallest, ascending, where it belongs.
template <int capacity>
TD_BOTH void insert(float (&list)[capacity], float d) {
#pragma unroll
    for (int i = capacity - 1; i > 0; --i)
        list[i] = fminf(list[i], fmaxf(list[i - 1], d));
    list[0] = fminf(list[0], d);
}

// Mean of the first k, summed from the smallest up: minus the logarithm of the density.
template <int capacity>
TD_BOTH double mean_of(const float (&list)[capacity], int k) {
    double sum = 0;
#pragma unroll
    for (int i = 0; i < capacity; ++i)
        if (i < k)
            sum += static_cast<double>(list[i]);
    return sum / k;
}

// Integers in the order of the numbers (never NaN but for tiles that are refused; then any order will do).
TD_BOTH std::int64_t order_of(double v) {
#if defined(__CUDA_ARCH__)
    const std::int64_t bits = __double_as_longlong(v);
#else
    std::int64_t bits = 0;
    std::memcpy(&bits, &v, sizeof bits);
#endif
    return bits >= 0 ? bits : bits ^ INT64_MAX;
}

// Whether token j, of the smaller mean or the lower index, is denser than token i.
TD_BOTH bool denser(std::int64_t mean_j, int j, std::int64_t mean_i, int i) {
    return mean_j < mean_i || (mean_j == mean_i && j < i);
}

TD_BOTH bool more_important(std::int64_t j_order, int j, std::int64_t i_order, int i) {
    return j_order > i_order || (j_order == i_order && j < i);
}

// ln(density * separation), the separation being the root of a squared distance.
TD_BOTH double importance_of(double mean, float separation) {
    return -mean + 0.5 * log(static_cast<double>(separation));
}

// Whether centre c at distance d comes before the best one so far.
TD_BOTH bool nearer(float d, int c, float best, int best_c) {
    return d < best || (d == best && c < best_c);
}

struct Pair {
    int row, column;
};

// The blocks of pair p when those on and above the diagonal of a blocks x blocks square are counted row by row.
TD_BOTH Pair pair_of(int p, int blocks) {
    int row = 0;
    while (p >= blocks - row) {
        p -= blocks - row;
        ++row;
    }
    return {row, row + p};
}

} // namespace tandem::cuda
