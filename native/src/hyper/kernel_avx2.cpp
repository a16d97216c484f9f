// AVX2: weights and activations widened to int16, so that vpmaddwd is exact (vpmaddubsw would saturate: 2 * 255 * 127
// does not fit an int16).
#include "hyper/blocked.hpp"

#include <cstring>

#include <immintrin.h>

namespace tandem::hyper {
namespace {

struct Avx2 {
    static constexpr Packing packing{16, 2, 2, 1, 2, 0, 0};
    static constexpr std::size_t vectors = 2;
    static constexpr std::size_t lanes = 8;
    static constexpr std::size_t tokens = 6; // 12 sums, 2 weights, 1 activation: 15 of 16 registers
    using Int = __m256i;
    using Weights = __m256i;

    static Int load(const std::int32_t *from) noexcept {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from));
    }
    static void save(std::int32_t *to, Int sum) noexcept {
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(to), sum);
    }
    static void weights(const std::int8_t *from, Weights (&to)[vectors]) noexcept {
        to[0] = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)));
        to[1] = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from + 16)));
    }
    static __m256i broadcast(const unsigned char *from) noexcept {
        std::int32_t pair = 0;
        std::memcpy(&pair, from, sizeof pair);
        return _mm256_set1_epi32(pair);
    }
    static Int dot(Int sum, Weights w, __m256i x) noexcept {
        return _mm256_add_epi32(sum, _mm256_madd_epi16(w, x));
    }
    static Int limited(Int sum, Int lowest, Int highest) noexcept {
        return _mm256_min_epi32(_mm256_max_epi32(sum, lowest), highest);
    }

    class Shift {
    public:
        explicit Shift(const Scaling &by) noexcept
            : addend_(_mm256_set1_epi64x(by.addend)), correction_(_mm256_set1_epi32(by.correction)),
              count_(_mm_cvtsi32_si128(by.shift)) {}
        Int scaled(Int sum, Int multiplier) const noexcept {
            const Int even = shifted(_mm256_mul_epi32(sum, multiplier));
            const Int odd = shifted(_mm256_mul_epi32(_mm256_srli_epi64(sum, 32), _mm256_srli_epi64(multiplier, 32)));
            return _mm256_sub_epi32(_mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xAA), correction_);
        }

    private:
        Int shifted(Int product) const noexcept { return _mm256_srl_epi64(_mm256_add_epi64(product, addend_), count_); }

        __m256i addend_;
        __m256i correction_;
        __m128i count_;
    };

    // Packing works within 128-bit halves; the permutation puts the quarters back in order.
    static void store_activations(unsigned char *to, const Int (&scaled)[vectors]) noexcept {
        const __m256i words = _mm256_permute4x64_epi64(_mm256_packus_epi32(scaled[0], scaled[1]), 0xD8);
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(to), _mm256_min_epu16(words, _mm256_set1_epi16(255)));
    }
    static void store16(std::int16_t *to, const Int (&scaled)[vectors]) noexcept {
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(to),
                            _mm256_permute4x64_epi64(_mm256_packs_epi32(scaled[0], scaled[1]), 0xD8));
    }
};

} // namespace

constinit const Kernel kernel_avx2{TD_CAPABILITY_AVX2, Avx2::packing, blocked_hidden<Avx2>, blocked_last<Avx2>};

} // namespace tandem::hyper
