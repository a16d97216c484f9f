#include "quantise/loops.hpp"

#include <tandem/capability.h>

namespace tandem::quantise {

const Loops loops_baseline{TD_CAPABILITY_SCALAR, rows, indices, quantise, dequantise};

} // namespace tandem::quantise
