// Any other architecture runs the scalar kernels.
#include "capability.hpp"

#include <tandem/capability.h>

namespace tandem {

Capability probe_capability() noexcept {
    return {TD_CAPABILITY_SCALAR, TD_CAPABILITY_SCALAR};
}

} // namespace tandem
