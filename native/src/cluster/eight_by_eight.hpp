// An 8 x 8 transpose of 32-bit words for x86 tiers with AVX.
#pragma once

#include <cstddef>

#include <immintrin.h>

namespace tandem::cluster {
namespace {

// row[r] holds words k = 0..7; afterwards row[k] holds words r = 0..7.
inline void transpose_eight(__m256 (&row)[8]) noexcept {
    __m256 a[8];
    for (std::size_t r = 0; r < 8; r += 2) {
        a[r] = _mm256_unpacklo_ps(row[r], row[r + 1]);
        a[r + 1] = _mm256_unpackhi_ps(row[r], row[r + 1]);
    }
    __m256 b[8];
    for (std::size_t h = 0; h < 8; h += 4) {
        b[h] = _mm256_shuffle_ps(a[h], a[h + 2], 0x44);
        b[h + 1] = _mm256_shuffle_ps(a[h], a[h + 2], 0xEE);
        b[h + 2] = _mm256_shuffle_ps(a[h + 1], a[h + 3], 0x44);
        b[h + 3] = _mm256_shuffle_ps(a[h + 1], a[h + 3], 0xEE);
    }
    for (std::size_t k = 0; k < 4; ++k) {
        row[k] = _mm256_permute2f128_ps(b[k], b[k + 4], 0x20);
        row[k + 4] = _mm256_permute2f128_ps(b[k], b[k + 4], 0x31);
    }
}

// to[k * to_pitch + r] = from[r * pitch + k] - centre[k] for r, k < 8.
inline void centred_transpose_eight(const float *from, std::size_t pitch, const float *centre, float *to,
                                    std::size_t to_pitch) noexcept {
    const __m256 c = _mm256_loadu_ps(centre);
    __m256 row[8];
    for (std::size_t r = 0; r < 8; ++r)
        row[r] = _mm256_sub_ps(_mm256_loadu_ps(from + r * pitch), c);
    transpose_eight(row);
    for (std::size_t k = 0; k < 8; ++k)
        _mm256_storeu_ps(to + k * to_pitch, row[k]);
}

} // namespace
} // namespace tandem::cluster
