// The constants that make kernel.hpp's Scaling equal to floor((acc * m + 2^(s-1)) / 2^s), limited.
#pragma once

#include "hyper/kernel.hpp"

namespace tandem::hyper {

struct Limits {
    std::int32_t least;
    std::int32_t most;
};

constexpr Limits hidden_limits{0, 255};
constexpr Limits last_limits{INT16_MIN, INT16_MAX};

// Sums beyond which the limited result stays the same. highest is the least sum that reaches `most` (the greatest int32
// where none does), lowest the greatest that does not exceed `least`.
struct Range {
    std::int32_t lowest;
    std::int32_t highest;
};

constexpr Scaling scaling(std::int32_t shift) noexcept {
    return {shift, (std::int64_t{1} << (shift - 1)) + (std::int64_t{1} << 62),
            static_cast<std::int32_t>(static_cast<std::uint32_t>(std::uint64_t{1} << (62 - shift)))};
}

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) noexcept {
    return a / b - (a % b < 0 ? 1 : 0);
}

// With v(acc) = floor((acc * m + r) / 2^s): v >= most if and only if acc >= ceil((most * 2^s - r) / m), and v <= least if
// and only if acc <= ceil(((least + 1) * 2^s - r) / m) - 1. Everything here is below 2^63: |limits| <= 2^15, s <= 47.
// Within the range v exceeds the limits by one step of v at most, m / 2^s + 1 <= 2^30 + 1: it fits 32 bits.
constexpr Range useful_range(std::int32_t m, std::int32_t shift, Limits limits) noexcept {
    if (m == 0)
        return {INT32_MIN, INT32_MAX}; // v is 0 for every sum
    const std::int64_t half = std::int64_t{1} << (shift - 1);
    const std::int64_t unit = std::int64_t{1} << shift;
    const std::int64_t reaches = -floor_div(-(limits.most * unit - half), m);
    const std::int64_t exceeds = -floor_div(-((limits.least + 1) * unit - half), m) - 1;
    const auto fit = [](std::int64_t v) {
        return static_cast<std::int32_t>(v < INT32_MIN ? INT32_MIN : v > INT32_MAX ? INT32_MAX : v);
    };
    return {fit(exceeds), fit(reaches)};
}

} // namespace tandem::hyper
