#include "quantise/loops.hpp"

#include <tandem/capability.h>

namespace tandem::quantise {

const Loops loops_avx2{TD_CAPABILITY_AVX2, rows, indices, quantise, dequantise};

} // namespace tandem::quantise
