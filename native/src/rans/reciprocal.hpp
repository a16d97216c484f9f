// Division by a frequency without dividing.
#pragma once

#include "rans/image.hpp"

#include <bit>

namespace tandem::rans {

__extension__ using Wide = unsigned __int128;

inline std::uint64_t high64(std::uint64_t a, std::uint64_t b) noexcept {
    return static_cast<std::uint64_t>((static_cast<Wide>(a) * b) >> 64);
}

/*
 * For f >= 2 with 2^(s-1) < f <= 2^s, r = ceil(2^(63+s) / f) fits 64 bits, and r * f = 2^(63+s) + e with 0 <= e < f. Then
 * x * r / 2^(63+s) = x/f + x*e / (f * 2^(63+s)), which has the same floor as x/f as long as x * e < 2^(63+s): true for
 * every x < 2^63, since e < 2^s. So floor(x / f) = high64(x * r) >> (s - 1), exactly.
 *
 * f = 1 would need r = 2^64: with r = 2^64 - 1 the result is x - 1 for x >= 1, and the bias makes up for it.
 *
 * start: where the symbol starts. The step x' = (x / f) * 2^16 + x mod f + start is x + bias + (x / f) * (2^16 - f).
 */
inline Symbol symbol_of(std::uint32_t start, std::uint32_t f) noexcept {
    if (f == 1)
        return {~std::uint64_t{0}, start + total - 1, static_cast<std::uint16_t>(total - 1), 0, 0};
    const auto s = static_cast<unsigned>(std::bit_width(f - 1));
    const Wide r = ((static_cast<Wide>(1) << (63 + s)) + f - 1) / f;
    return {static_cast<std::uint64_t>(r), start, static_cast<std::uint16_t>(total - f),
            static_cast<std::uint8_t>(s - 1), 0};
}

// One step of the encoder; x < frequency * 2^47.
inline std::uint64_t pushed(std::uint64_t x, const Symbol &s) noexcept {
    return x + s.bias + (high64(x, s.reciprocal) >> s.shift) * s.complement;
}

} // namespace tandem::rans
