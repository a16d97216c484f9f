// Sums and least or greatest values over the 32 threads of a warp; every thread gets the answer.
#pragma once

#include "device.cuh"

namespace tandem::cuda {

template <class Value, class Better>
TD_DEVICE Value over_warp(Value v, Better better) {
#pragma unroll
    for (int distance = 16; distance > 0; distance /= 2)
        v = better(v, __shfl_xor_sync(whole_warp, v, distance));
    return v;
}

TD_DEVICE float warp_least(float v) {
    return over_warp(v, [](float a, float b) { return fminf(a, b); });
}

TD_DEVICE float warp_greatest(float v) {
    return over_warp(v, [](float a, float b) { return fmaxf(a, b); });
}

TD_DEVICE int warp_sum(int v) {
    return over_warp(v, [](int a, int b) { return a + b; });
}

TD_DEVICE int warp_greatest(int v) {
    return over_warp(v, [](int a, int b) { return a > b ? a : b; });
}

} // namespace tandem::cuda
