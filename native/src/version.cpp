#include <tandem/version.h>

extern "C" uint32_t td_version_abi(void) noexcept {
    return (static_cast<uint32_t>(TD_ABI_MAJOR) << 16) | TD_ABI_MINOR;
}
