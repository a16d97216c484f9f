#include "crc32c.hpp"
#include "guard.hpp"
#include "text.hpp"

#include <array>
#include <bit>
#include <cstring>

#include <tandem/crc32c.h>

namespace tandem {
namespace {

constexpr std::uint32_t polynomial = 0x82F63B78U;

using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

// tables[k][b]: the register after byte b and k zero bytes.
constexpr Tables make_tables() noexcept {
    Tables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ ((value & 1U) != 0 ? polynomial : 0U);
        tables[0][byte] = value;
    }
    for (std::size_t k = 1; k < tables.size(); ++k)
        for (std::size_t byte = 0; byte < 256; ++byte)
            tables[k][byte] = (tables[k - 1][byte] >> 8) ^ tables[0][tables[k - 1][byte] & 0xFFU];
    return tables;
}

constexpr Tables tables = make_tables();
static_assert(std::endian::native == std::endian::little, "the eight-byte step reads little-endian words");

const Crc32cTier &chosen() noexcept {
    static const Crc32cTier tier = [] {
        const Crc32cTier hardware = crc32c_hardware();
        return hardware.update != nullptr ? hardware : Crc32cTier{"table", crc32c_table};
    }();
    return tier;
}

} // namespace

std::uint32_t crc32c_table(std::uint32_t state, const unsigned char *data, std::size_t bytes) noexcept {
    for (; bytes >= 8; bytes -= 8, data += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, data, sizeof word);
        word ^= state;
        state = 0;
        for (std::size_t k = 0; k < 8; ++k)
            state ^= tables[7 - k][(word >> (8 * k)) & 0xFFU];
    }
    for (; bytes > 0; --bytes, ++data)
        state = (state >> 8) ^ tables[0][(state ^ *data) & 0xFFU];
    return state;
}

} // namespace tandem

extern "C" uint32_t td_crc32c_update(uint32_t crc, const void *data, size_t bytes) noexcept {
    return ~tandem::chosen().update(~crc, static_cast<const unsigned char *>(data), bytes);
}

extern "C" td_status td_crc32c_describe(char *text, size_t capacity) noexcept {
    return tandem::guarded([&] { return tandem::copy_text(tandem::chosen().name, text, capacity); });
}
