// The tiers of x86-64.
#pragma once

#include "cluster/kernels.hpp"

namespace tandem::cluster {

extern const Kernels kernels_avx2;
extern const Kernels kernels_avx512;
extern const Kernels kernels_amx; // AVX-512, and bfloat16 on tiles: the process must have been granted tile data

} // namespace tandem::cluster
