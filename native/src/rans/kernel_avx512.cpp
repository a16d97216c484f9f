#include "rans/single.hpp"
#include "rans/values_x86.hpp"
#include "rans/vector.hpp"

// Without optimisation GCC's gathers are macros, which pass a mask on as a char.
#pragma GCC diagnostic ignored "-Wsign-conversion"

namespace tandem::rans {
namespace {

/*
 * Eight streams a vector. Masks are mask registers. Buckets and words are gathered, rows looked up by plain loads: these
 * wait for nothing, and on Emerald Rapids that is up to a tenth faster than gathering everything.
 */
struct Avx512 {
    static constexpr std::size_t lanes = 8;
    using Vec = __m512i;
    using Mask = __mmask8;

    static Vec all(std::uint64_t value) noexcept { return _mm512_set1_epi64(static_cast<long long>(value)); }
    static Vec load(const void *from) noexcept { return _mm512_load_si512(from); }
    static void store(void *to, Vec v) noexcept { _mm512_store_si512(to, v); }

    // Rows are read where they are looked up.
    struct Rows {
        const std::uint16_t *const *of;
        std::size_t at;
    };
    static Rows rows(const std::uint16_t *const *of, std::size_t at) noexcept { return {of, at}; }
    static Vec lookups(const Lookup *from, const Rows &rows, std::size_t j) noexcept {
        const auto one = [&](std::size_t l) { return from + rows.of[l][rows.at + j]; };
        return _mm512_inserti64x4(_mm512_castsi256_si512(four(one(0), one(1), one(2), one(3))),
                                  four(one(4), one(5), one(6), one(7)), 1);
    }
    // By the low halves of the index.
    static Vec buckets(const Bucket *from, Vec index) noexcept {
        return _mm512_i64gather_epi64(both(index, all(0xFFFFFFFF)), from, 8);
    }
    // The eight bytes at each lane's address.
    static Vec words(Vec next) noexcept { return _mm512_i64gather_epi64(next, nullptr, 1); }
    // The word at each lane's address, in the low half: the high half of the eight bytes that begin four before it, since a
    // stream has eight at least. Nothing is read where the mask is not set.
    static Vec words_where(Vec next, Mask m) noexcept {
        return right<32>(_mm512_mask_i64gather_epi64(_mm512_setzero_si512(), m, sub(next, all(4)), nullptr, 1));
    }

    template <int N>
    static Vec right(Vec v) noexcept { return _mm512_srli_epi64(v, N); }
    static Vec right(Vec v, Vec by) noexcept { return _mm512_srlv_epi64(v, by); }
    static Vec both(Vec a, Vec b) noexcept { return _mm512_and_si512(a, b); }
    static Vec add(Vec a, Vec b) noexcept { return _mm512_add_epi64(a, b); }
    static Vec sub(Vec a, Vec b) noexcept { return _mm512_sub_epi64(a, b); }
    // Of each 16 bits.
    static Vec sub16(Vec a, Vec b) noexcept { return _mm512_sub_epi16(a, b); }
    // length * (x >> 16), length below 2^16.
    static Vec times(Vec length, Vec x) noexcept {
        const Vec high = _mm512_slli_epi64(_mm512_mul_epu32(length, right<48>(x)), 32);
        return add(_mm512_mul_epu32(length, right<16>(x)), high);
    }
    // high << 32, and the low half of the other.
    static Vec joined(Vec high, Vec low) noexcept {
        return _mm512_mask_blend_epi32(high_halves, low, _mm512_slli_epi64(high, 32));
    }
    // The values in the high halves, from a bucket's symbols and the row's offset.
    static Vec values(Vec bucket, Vec lookup, Mask first) noexcept {
        const Vec second = _mm512_srli_epi32(bucket, 16);
        const Vec offset = _mm512_srai_epi32(lookup, lookup_offset_at - 32);
        return _mm512_add_epi32(_mm512_add_epi32(second, offset), _mm512_maskz_set1_epi64(first, -1));
    }
    // The high halves of both.
    static Vec paired(Vec even, Vec odd) noexcept {
        return _mm512_mask_blend_epi32(high_halves, right<32>(even), odd);
    }

    static Mask greater(Vec a, Vec b) noexcept { return _mm512_cmpgt_epi64_mask(a, b); }
    static Mask below(Vec a, std::uint64_t limit) noexcept { return greater(all(limit), a); }
    static Mask and_(Mask a, Mask b) noexcept { return _kand_mask8(a, b); }
    static Mask differ(Mask a, Mask b) noexcept { return _kxor_mask8(a, b); }
    static Mask without(Mask a, Mask b) noexcept { return _kandn_mask8(b, a); }
    static Vec when(Mask m, Vec v) noexcept { return _mm512_maskz_mov_epi64(m, v); }
    static Vec choose(Mask m, Vec a, Vec b) noexcept { return _mm512_mask_blend_epi64(m, b, a); }
    static Vec unless(Mask m, Vec v) noexcept { return _mm512_maskz_mov_epi64(_knot_mask8(m), v); }
    static unsigned bits(Mask m) noexcept { return _cvtmask8_u32(m); }

    static void store_values(const Vec (&pairs)[2], std::int32_t *const *values, std::size_t at) noexcept {
        store_four_lanes(low(pairs[0]), low(pairs[1]), values, at);
        store_four_lanes(high(pairs[0]), high(pairs[1]), values + 4, at);
    }

private:
    static constexpr __mmask16 high_halves = 0xAAAA;

    static __m256i low(Vec v) noexcept { return _mm512_castsi512_si256(v); }
    static __m256i high(Vec v) noexcept { return _mm512_extracti64x4_epi64(v, 1); }
};

bool one(const Tables &t, Cursor &c, const std::uint16_t *rows, std::int32_t *values, std::size_t count,
         Failure &why) noexcept {
    return run_one(t, c, rows, values, count, why);
}

constexpr Width widths[] = {{16, run_vectors<Avx512, 2>},
                              {8, run_vectors<Avx512, 1>},
                              {4, run_interleaved<4>},
                              {2, run_interleaved<2>}};

} // namespace

constinit const DecodeKernel decode_avx512{TD_CAPABILITY_AVX512, one, widths};

} // namespace tandem::rans
