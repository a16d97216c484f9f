#include "rans/encode.hpp"
#include "rans/single.hpp"
#include "rans/values_x86.hpp"
#include "rans/vector.hpp"

namespace tandem::rans {
namespace {

/*
 * Four streams a vector. Masks are vectors of all ones or none. Look-ups are plain loads, put together: a gather of four
 * is 20 and more operations on AMD, and on Intel since the microcode of 2023 slower than before; with gathers in their place
 * the whole kernel took 1.5 times as long on Zen 3.
 */
struct Avx2 {
    static constexpr std::size_t lanes = 4;
    using Vec = __m256i;
    using Mask = __m256i;

    static Vec all(std::uint64_t value) noexcept { return _mm256_set1_epi64x(static_cast<long long>(value)); }
    static Vec load(const void *from) noexcept { return _mm256_load_si256(static_cast<const __m256i *>(from)); }
    static void store(void *to, Vec v) noexcept { _mm256_store_si256(static_cast<__m256i *>(to), v); }

    // Rows are read where they are looked up.
    struct Rows {
        const std::uint16_t *const *of;
        std::size_t at;
    };
    static Rows rows(const std::uint16_t *const *of, std::size_t at) noexcept { return {of, at}; }
    static Vec lookups(const Lookup *from, const Rows &rows, std::size_t j) noexcept {
        const auto one = [&](std::size_t l) { return from + rows.of[l][rows.at + j]; };
        return four(one(0), one(1), one(2), one(3));
    }
    // By the low halves of the index.
    static Vec buckets(const Bucket *from, Vec index) noexcept {
        const __m128i both = low_halves(index);
        const auto low = static_cast<std::uint64_t>(_mm_cvtsi128_si64(both));
        const auto high = static_cast<std::uint64_t>(_mm_extract_epi64(both, 1));
        return four(from + static_cast<std::uint32_t>(low), from + (low >> 32), from + static_cast<std::uint32_t>(high),
                    from + (high >> 32));
    }
    // The eight bytes at each lane's address.
    static Vec words(Vec next) noexcept {
        const __m128i low = _mm256_castsi256_si128(next);
        const __m128i high = _mm256_extracti128_si256(next, 1);
        return four(address(_mm_cvtsi128_si64(low)), address(_mm_extract_epi64(low, 1)),
                    address(_mm_cvtsi128_si64(high)), address(_mm_extract_epi64(high, 1)));
    }
    // The word at each lane's address, in the low half: the high half of the eight bytes that begin four before it, since a
    // stream has eight at least. Nothing is read where the mask is not set.
    static Vec words_where(Vec next, Mask m) noexcept {
        return right<32>(_mm256_mask_i64gather_epi64(_mm256_setzero_si256(), static_cast<const long long *>(nullptr),
                                                     sub(next, all(4)), m, 1));
    }

    template <int N>
    static Vec right(Vec v) noexcept { return _mm256_srli_epi64(v, N); }
    static Vec right(Vec v, Vec by) noexcept { return _mm256_srlv_epi64(v, by); }
    static Vec both(Vec a, Vec b) noexcept { return _mm256_and_si256(a, b); }
    static Vec add(Vec a, Vec b) noexcept { return _mm256_add_epi64(a, b); }
    static Vec sub(Vec a, Vec b) noexcept { return _mm256_sub_epi64(a, b); }
    // Of each 16 bits.
    static Vec sub16(Vec a, Vec b) noexcept { return _mm256_sub_epi16(a, b); }
    // length * (x >> 16), length below 2^16.
    static Vec times(Vec length, Vec x) noexcept {
        const Vec high = _mm256_slli_epi64(_mm256_mul_epu32(length, right<48>(x)), 32);
        return add(_mm256_mul_epu32(length, right<16>(x)), high);
    }
    // high << 32, and the low half of the other.
    static Vec joined(Vec high, Vec low) noexcept { return _mm256_blend_epi32(low, _mm256_slli_epi64(high, 32), 0xAA); }
    // The values in the high halves, from a bucket's symbols and the row's offset.
    static Vec values(Vec bucket, Vec lookup, Mask first) noexcept {
        const Vec second = _mm256_srli_epi32(bucket, 16);
        const Vec offset = _mm256_srai_epi32(lookup, lookup_offset_at - 32);
        return _mm256_add_epi32(_mm256_add_epi32(second, offset), first);
    }
    // The high halves of both.
    static Vec paired(Vec even, Vec odd) noexcept { return _mm256_blend_epi32(right<32>(even), odd, 0xAA); }

    static Mask greater(Vec a, Vec b) noexcept { return _mm256_cmpgt_epi64(a, b); }
    static Mask below(Vec a, std::uint64_t limit) noexcept {
        Vec b = all(limit);
        asm("" : "+x"(b)); // GCC would turn a constant's comparison round and then invert it
        return greater(b, a);
    }
    static Mask and_(Mask a, Mask b) noexcept { return _mm256_and_si256(a, b); }
    static Mask differ(Mask a, Mask b) noexcept { return _mm256_xor_si256(a, b); }
    static Mask without(Mask a, Mask b) noexcept { return _mm256_andnot_si256(b, a); }
    static Vec when(Mask m, Vec v) noexcept { return _mm256_and_si256(m, v); }
    static Vec choose(Mask m, Vec a, Vec b) noexcept { return _mm256_blendv_epi8(b, a, m); }
    static Vec unless(Mask m, Vec v) noexcept { return _mm256_andnot_si256(m, v); }
    static unsigned bits(Mask m) noexcept {
        return static_cast<unsigned>(_mm256_movemask_pd(_mm256_castsi256_pd(m)));
    }

    static void store_values(const Vec (&pairs)[2], std::int32_t *const *values, std::size_t at) noexcept {
        store_four_lanes(pairs[0], pairs[1], values, at);
    }

private:
    static const void *address(long long of) noexcept { return reinterpret_cast<const void *>(of); }

    static __m128i low_halves(Vec v) noexcept {
        const __m128 low = _mm_castsi128_ps(_mm256_castsi256_si128(v));
        const __m128 high = _mm_castsi128_ps(_mm256_extracti128_si256(v, 1));
        return _mm_castps_si128(_mm_shuffle_ps(low, high, _MM_SHUFFLE(2, 0, 2, 0)));
    }
};

bool one(const Tables &t, Cursor &c, const std::uint16_t *rows, std::int32_t *values, std::size_t count,
         Failure &why) noexcept {
    return run_one(t, c, rows, values, count, why);
}

constexpr Width widths[] = {{16, run_vectors<Avx2, 4>},
                              {8, run_vectors<Avx2, 2>},
                              {4, run_interleaved<4>},
                              {2, run_interleaved<2>}};

} // namespace

constinit const DecodeKernel decode_avx2{TD_CAPABILITY_AVX2, one, widths};

// The same code with BMI2's multiply and shifts. No vectors: none of them multiplies 64 by 64 bits, and four states a
// core's ports already keep busy.
constinit const EncodeKernel encode_avx2{TD_CAPABILITY_AVX2, put_values<1>, put_values<most_writers>};

} // namespace tandem::rans
