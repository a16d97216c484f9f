// From addresses of each lane to vectors, and from vectors to the values of each lane.
#pragma once

#include <cstddef>
#include <cstdint>

#include <immintrin.h>

namespace tandem::rans {
namespace {

// Eight bytes from each of two, or four, addresses.
inline __m128i two(const void *low, const void *high) noexcept {
    const __m128 first = _mm_castsi128_ps(_mm_loadl_epi64(static_cast<const __m128i *>(low)));
    return _mm_castps_si128(_mm_loadh_pi(first, static_cast<const __m64 *>(high)));
}
inline __m256i four(const void *a, const void *b, const void *c, const void *d) noexcept {
    return _mm256_set_m128i(two(c, d), two(a, b));
}

// a, b: values 0 and 1, 2 and 3 of four lanes; writes the four of each at `at` of its values.
inline void store_four_lanes(__m256i a, __m256i b, std::int32_t *const *values, std::size_t at) noexcept {
    const __m256i even = _mm256_unpacklo_epi64(a, b); // lanes 0 and 2
    const __m256i odd = _mm256_unpackhi_epi64(a, b);  // lanes 1 and 3
    const auto put = [at](std::int32_t *to, __m128i v) { _mm_storeu_si128(reinterpret_cast<__m128i *>(to + at), v); };
    put(values[0], _mm256_castsi256_si128(even));
    put(values[1], _mm256_castsi256_si128(odd));
    put(values[2], _mm256_extracti128_si256(even, 1));
    put(values[3], _mm256_extracti128_si256(odd, 1));
}

} // namespace
} // namespace tandem::rans
