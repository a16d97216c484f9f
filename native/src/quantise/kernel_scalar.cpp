#include "quantise/loops.hpp"

namespace tandem::quantise {

constinit const Kernel kernel_scalar{TD_CAPABILITY_SCALAR, rows, indices, quantise, dequantise};

} // namespace tandem::quantise
