// The kernels by name; an architecture defines and lists its own.
#pragma once

#include "hyper/kernel.hpp"

namespace tandem::hyper {

extern const Kernel kernel_scalar;
extern const Kernel kernel_avx2;
extern const Kernel kernel_vnni;
extern const Kernel kernel_amx;
extern const Kernel kernel_neon;
extern const Kernel kernel_dotprod;

} // namespace tandem::hyper
