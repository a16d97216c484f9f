// From vectors of lanes to the values of each lane.
#pragma once

#include <cstdint>

#include <immintrin.h>

namespace tandem::rans {
namespace {

// a, b, c, d: values 0 and 1, 2 and 3, 4 and 5, 6 and 7 of four lanes; writes the eight of each.
inline void store_four_lanes(__m256i a, __m256i b, __m256i c, __m256i d, std::int32_t *const *values) noexcept {
    const __m256i ab_even = _mm256_unpacklo_epi64(a, b); // lanes 0 and 2
    const __m256i ab_odd = _mm256_unpackhi_epi64(a, b);  // lanes 1 and 3
    const __m256i cd_even = _mm256_unpacklo_epi64(c, d);
    const __m256i cd_odd = _mm256_unpackhi_epi64(c, d);
    const auto put = [](std::int32_t *to, __m256i v) { _mm256_storeu_si256(reinterpret_cast<__m256i *>(to), v); };
    put(values[0], _mm256_permute2x128_si256(ab_even, cd_even, 0x20));
    put(values[1], _mm256_permute2x128_si256(ab_odd, cd_odd, 0x20));
    put(values[2], _mm256_permute2x128_si256(ab_even, cd_even, 0x31));
    put(values[3], _mm256_permute2x128_si256(ab_odd, cd_odd, 0x31));
}

} // namespace
} // namespace tandem::rans
