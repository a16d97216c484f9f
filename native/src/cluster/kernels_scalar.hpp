// The tier that runs everywhere.
#pragma once

#include "cluster/kernels.hpp"

namespace tandem::cluster {

extern const Kernels kernels_scalar;

} // namespace tandem::cluster
