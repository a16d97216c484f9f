// Implementations of CRC-32C. All take and give the inverted register (the value that the ABI shows, complemented).
#pragma once

#include <cstddef>
#include <cstdint>

namespace tandem {

using Crc32cUpdate = std::uint32_t (*)(std::uint32_t state, const unsigned char *data, std::size_t bytes) noexcept;

struct Crc32cTier {
    const char *name;
    Crc32cUpdate update;
};

// Eight table look-ups for eight bytes; runs everywhere and is what the others are tested against.
std::uint32_t crc32c_table(std::uint32_t state, const unsigned char *data, std::size_t bytes) noexcept;

// The instruction of this architecture, or a null update where the CPU lacks it.
Crc32cTier crc32c_hardware() noexcept;

} // namespace tandem
