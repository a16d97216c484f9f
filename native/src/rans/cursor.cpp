#include "rans/cursor.hpp"

#include <bit>
#include <cstring>

namespace tandem::rans {
namespace {

constexpr std::uint32_t most_nibbles = 7; // raw values stay below 2^28

bool renormalise(Cursor &c, Failure &why) noexcept {
    if (c.x >= lower_bound)
        return true;
    if (c.next == c.end) {
        why = {TD_RANS_TRUNCATED, 0, 0};
        return false;
    }
    std::uint32_t word = 0;
    std::memcpy(&word, c.next, sizeof word);
    c.next += sizeof word;
    c.x = c.x << 32 | word;
    return true;
}

bool nibble(Cursor &c, std::uint32_t &value, Failure &why) noexcept {
    value = c.x & 15U;
    c.x >>= 4;
    return renormalise(c, why);
}

// The value, less the row's offset, that an escape stands for (docs/bitstream.md, section 3).
bool escaped(Cursor &c, std::uint32_t escape, std::int32_t &v, Failure &why) noexcept {
    std::uint32_t nibbles = 0;
    if (!nibble(c, nibbles, why))
        return false;
    if (nibbles > most_nibbles) {
        why = {TD_RANS_LONG_ESCAPE, nibbles, 0};
        return false;
    }
    std::uint32_t raw = 0;
    for (std::uint32_t i = 0; i < nibbles; ++i) {
        std::uint32_t digit = 0;
        if (!nibble(c, digit, why))
            return false;
        raw |= digit << (4 * i);
    }
    if ((static_cast<std::uint32_t>(std::bit_width(raw)) + 3) / 4 != nibbles) {
        why = {TD_RANS_LEADING_ZERO, std::int64_t{nibbles} << 32 | raw, 0};
        return false;
    }
    const auto half = static_cast<std::int32_t>(raw >> 1);
    v = (raw & 1U) != 0 ? -half - 1 : half + static_cast<std::int32_t>(escape);
    return true;
}

} // namespace

bool read_value(const Tables &t, Cursor &c, std::uint32_t row, std::int32_t &value, Failure &why) noexcept {
    const RowFacts &facts = t.facts[row];
    const std::uint16_t *cdf = t.cdf + facts.first;
    const std::uint32_t point = c.x & 0xFFFFU;
    // The last symbol that starts at or before the point.
    std::uint32_t k = 0;
    for (std::uint32_t left = facts.escape + 1; left > 1;) {
        const std::uint32_t half = left / 2;
        k += cdf[k + half] <= point ? half : 0;
        left -= half;
    }
    const std::uint32_t frequency = (cdf[k + 1] - std::uint32_t{cdf[k]}) & 0xFFFFU;
    c.x = frequency * (c.x >> 16) + point - cdf[k];
    if (!renormalise(c, why))
        return false;
    auto v = static_cast<std::int32_t>(k);
    if (k == facts.escape && !escaped(c, facts.escape, v, why))
        return false;
    value = v + facts.offset;
    return true;
}

} // namespace tandem::rans
