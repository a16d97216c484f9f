// AVX-512 VNNI's vectors: vpdpbusd multiplies unsigned activations by signed weights and does not saturate. Included by
// the VNNI and the AMX kernel, each of which compiles its own copy.
#pragma once

#include "hyper/kernel.hpp"

#include <cstring>

#include <immintrin.h>

namespace tandem::hyper {
namespace {

struct Vnni {
    static constexpr Packing packing{32, 4, 4, 1, 1, 128, 0};
    static constexpr std::size_t vectors = 2;
    static constexpr std::size_t lanes = 16;
    static constexpr std::size_t tokens = 12; // 24 sums, 2 weights, 1 activation: 27 of 32 registers
    using Int = __m512i;
    using Weights = __m512i;

    static Int load(const std::int32_t *from) noexcept { return _mm512_loadu_si512(from); }
    static void save(std::int32_t *to, Int sum) noexcept { _mm512_storeu_si512(to, sum); }
    static void weights(const std::int8_t *from, Weights (&to)[vectors]) noexcept {
        to[0] = _mm512_loadu_si512(from);
        to[1] = _mm512_loadu_si512(from + 64);
    }
    static __m512i broadcast(const unsigned char *from) noexcept {
        std::int32_t four = 0;
        std::memcpy(&four, from, sizeof four);
        return _mm512_set1_epi32(four);
    }
    static Int dot(Int sum, Weights w, __m512i x) noexcept { return _mm512_dpbusd_epi32(sum, x, w); }
    static Int limited(Int sum, Int lowest, Int highest) noexcept {
        return _mm512_min_epi32(_mm512_max_epi32(sum, lowest), highest);
    }

    // There is an arithmetic shift of 64 bits here, so 2^62 and its correction are not needed.
    class Shift {
    public:
        explicit Shift(const Scaling &by) noexcept
            : half_(_mm512_set1_epi64(by.addend - (std::int64_t{1} << 62))), count_(_mm512_set1_epi64(by.shift)) {}
        Int scaled(Int sum, Int multiplier) const noexcept {
            const Int even = shifted(_mm512_mul_epi32(sum, multiplier));
            const Int odd = shifted(_mm512_mul_epi32(upper(sum), upper(multiplier)));
            return _mm512_mask_shuffle_epi32(even, 0xAAAA, odd, _MM_PERM_CCAA);
        }

    private:
        Int shifted(Int product) const noexcept { return _mm512_srav_epi64(_mm512_add_epi64(product, half_), count_); }
        static Int upper(Int pairs) noexcept { return _mm512_shuffle_epi32(pairs, _MM_PERM_DDBB); }

        __m512i half_;
        __m512i count_;
    };

    static void store_activations(unsigned char *to, const Int (&scaled)[vectors]) noexcept {
        store_bytes(to, scaled[0]);
        store_bytes(to + 16, scaled[1]);
    }
    static void store16(std::int16_t *to, const Int (&scaled)[vectors]) noexcept {
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(to), _mm512_cvtsepi32_epi16(scaled[0]));
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(to + 16), _mm512_cvtsepi32_epi16(scaled[1]));
    }

private:
    // The narrowing takes its input as unsigned.
    static void store_bytes(unsigned char *to, Int scaled) noexcept {
        _mm_storeu_si128(reinterpret_cast<__m128i *>(to),
                         _mm512_cvtusepi32_epi8(_mm512_max_epi32(scaled, _mm512_setzero_si512())));
    }
};

} // namespace
} // namespace tandem::hyper
