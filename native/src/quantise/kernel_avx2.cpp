#include "quantise/loops.hpp"

namespace tandem::quantise {

constinit const Kernel kernel_avx2{TD_CAPABILITY_AVX2, rows, indices, quantise, dequantise};

} // namespace tandem::quantise
