#include "rans/values_x86.hpp"
#include "rans/vector.hpp"

#include <tandem/capability.h>

// Without optimisation GCC's gathers are macros, which pass a mask on as a char.
#pragma GCC diagnostic ignored "-Wsign-conversion"

namespace tandem::rans {
namespace {

// Eight streams a vector. Masks are mask registers.
struct Avx512 {
    static constexpr std::size_t lanes = 8;
    using Vec = __m512i;
    using Mask = __mmask8;

    static Vec all(std::uint64_t value) noexcept { return _mm512_set1_epi64(static_cast<long long>(value)); }
    static Vec load(const void *from) noexcept { return _mm512_load_si512(from); }
    static void store(void *to, Vec v) noexcept { _mm512_store_si512(to, v); }

    static Vec gather(const std::uint64_t *from, Vec index) noexcept { return _mm512_i64gather_epi64(index, from, 8); }
    static Vec at(Vec address) noexcept { return _mm512_i64gather_epi64(address, nullptr, 1); }
    // 0 where the mask is not set; nothing is read there.
    static Vec at_where(Mask m, Vec address) noexcept {
        return _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), m, address, nullptr, 1);
    }

    template <int N>
    static Vec right(Vec v) noexcept { return _mm512_srli_epi64(v, N); }
    template <int N>
    static Vec left(Vec v) noexcept { return _mm512_slli_epi64(v, N); }
    template <int N>
    static Vec right_signed(Vec v) noexcept { return _mm512_srai_epi64(v, N); }
    static Vec right(Vec v, Vec by) noexcept { return _mm512_srlv_epi64(v, by); }
    static Vec left(Vec v, Vec by) noexcept { return _mm512_sllv_epi64(v, by); }
    static Vec both(Vec a, Vec b) noexcept { return _mm512_and_si512(a, b); }
    static Vec either(Vec a, Vec b) noexcept { return _mm512_or_si512(a, b); }
    static Vec add(Vec a, Vec b) noexcept { return _mm512_add_epi64(a, b); }
    static Vec sub(Vec a, Vec b) noexcept { return _mm512_sub_epi64(a, b); }
    // The low halves of each lane.
    static Vec multiply32(Vec a, Vec b) noexcept { return _mm512_mul_epu32(a, b); }

    static Mask greater(Vec a, Vec b) noexcept { return _mm512_cmpgt_epi64_mask(a, b); }
    static Mask zero(Vec v) noexcept { return _mm512_testn_epi64_mask(v, v); }
    static Mask and_(Mask a, Mask b) noexcept { return _kand_mask8(a, b); }
    static Mask differ(Mask a, Mask b) noexcept { return _kxor_mask8(a, b); }
    static Mask without(Mask a, Mask b) noexcept { return _kandn_mask8(b, a); }
    static Vec when(Mask m, Vec v) noexcept { return _mm512_maskz_mov_epi64(m, v); }
    static Vec minus_one(Mask m) noexcept { return _mm512_maskz_set1_epi64(m, -1); }
    static Vec unless(Mask m, Vec v) noexcept { return _mm512_maskz_mov_epi64(_knot_mask8(m), v); }
    static unsigned bits(Mask m) noexcept { return _cvtmask8_u32(m); }

    static void store_values(const Vec (&pairs)[2], std::int32_t *const *values, std::size_t at) noexcept {
        store_four_lanes(low(pairs[0]), low(pairs[1]), values, at);
        store_four_lanes(high(pairs[0]), high(pairs[1]), values + 4, at);
    }

private:
    static __m256i low(Vec v) noexcept { return _mm512_castsi512_si256(v); }
    static __m256i high(Vec v) noexcept { return _mm512_extracti64x4_epi64(v, 1); }
};

bool one(const Tables &t, Cursor &c, const std::uint16_t *rows, std::int32_t *values, std::size_t count,
         Failure &why) noexcept {
    return run_one(t, c, rows, values, count, why);
}

constexpr Kernel kernels[] = {{16, run_vectors<Avx512, 2>},
                              {8, run_vectors<Avx512, 1>},
                              {4, run_interleaved<4>},
                              {2, run_interleaved<2>}};

} // namespace

Tier avx512_tier() noexcept {
    return {TD_CAPABILITY_AVX512, one, kernels};
}

} // namespace tandem::rans
