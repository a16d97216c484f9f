// The CRC32 instruction of SSE4.2. Only the function is compiled for it, so the file is safe on any x86-64.
#include "crc32c.hpp"

#include <cstring>

#include <nmmintrin.h>

namespace tandem {
namespace {

__attribute__((target("sse4.2"))) std::uint32_t crc32c_sse42(std::uint32_t state, const unsigned char *data,
                                                             std::size_t bytes) noexcept {
    std::uint64_t wide = state;
    for (; bytes >= 8; bytes -= 8, data += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, data, sizeof word);
        wide = _mm_crc32_u64(wide, word);
    }
    state = static_cast<std::uint32_t>(wide);
    for (; bytes > 0; --bytes, ++data)
        state = _mm_crc32_u8(state, *data);
    return state;
}

} // namespace

Crc32cTier crc32c_hardware() noexcept {
    return {"sse4.2", __builtin_cpu_supports("sse4.2") ? crc32c_sse42 : nullptr};
}

} // namespace tandem
