#include "tile_state.hpp"

#include <sys/syscall.h>
#include <unistd.h>

namespace tandem {

bool request_tile_state() noexcept {
    constexpr long request_permission = 0x1023; // ARCH_REQ_XCOMP_PERM
    constexpr long tile_data = 18;              // XFEATURE_XTILE_DATA
    static const bool granted = syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
    return granted;
}

} // namespace tandem
