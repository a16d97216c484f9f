// The CRC32C instructions of Armv8, optional in 8.0; only the function is compiled for them.
#include "crc32c.hpp"

#include <cstring>

#include <arm_acle.h>
#include <sys/auxv.h>

namespace tandem {
namespace {

__attribute__((target("+crc"))) std::uint32_t crc32c_armv8(std::uint32_t state, const unsigned char *data,
                                                           std::size_t bytes) noexcept {
    for (; bytes >= 8; bytes -= 8, data += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, data, sizeof word);
        state = __crc32cd(state, word);
    }
    for (; bytes > 0; --bytes, ++data)
        state = __crc32cb(state, *data);
    return state;
}

} // namespace

Crc32cTier crc32c_hardware() noexcept {
    constexpr unsigned long crc32 = 1UL << 7; // HWCAP_CRC32
    return {"armv8", (getauxval(AT_HWCAP) & crc32) != 0 ? crc32c_armv8 : nullptr};
}

} // namespace tandem
