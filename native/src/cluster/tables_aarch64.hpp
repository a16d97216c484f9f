// The tiers of aarch64.
#pragma once

#include "cluster/kernels.hpp"

namespace tandem::cluster {

extern const Kernels kernels_neon;

} // namespace tandem::cluster
