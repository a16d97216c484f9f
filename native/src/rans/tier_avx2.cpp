#include "rans/values_x86.hpp"
#include "rans/vector.hpp"

#include <tandem/capability.h>

namespace tandem::rans {
namespace {

// Four streams a vector. Masks are vectors of all ones or none.
struct Avx2 {
    static constexpr std::size_t lanes = 4;
    using Vec = __m256i;
    using Mask = __m256i;

    static Vec all(std::uint64_t value) noexcept { return _mm256_set1_epi64x(static_cast<long long>(value)); }
    static Vec load(const void *from) noexcept { return _mm256_load_si256(static_cast<const __m256i *>(from)); }
    static void store(void *to, Vec v) noexcept { _mm256_store_si256(static_cast<__m256i *>(to), v); }

    static Vec gather(const std::uint64_t *from, Vec index) noexcept {
        return _mm256_i64gather_epi64(reinterpret_cast<const long long *>(from), index, 8);
    }
    static Vec at(Vec address) noexcept {
        return _mm256_i64gather_epi64(static_cast<const long long *>(nullptr), address, 1);
    }
    // 0 where the mask is not set; nothing is read there.
    static Vec at_where(Mask m, Vec address) noexcept {
        return _mm256_mask_i64gather_epi64(_mm256_setzero_si256(), static_cast<const long long *>(nullptr), address, m,
                                           1);
    }

    template <int N>
    static Vec right(Vec v) noexcept { return _mm256_srli_epi64(v, N); }
    template <int N>
    static Vec left(Vec v) noexcept { return _mm256_slli_epi64(v, N); }
    // The low half of the signed shift, for N >= 32; the high half is 0.
    template <int N>
    static Vec right_signed(Vec v) noexcept { return _mm256_srli_epi64(_mm256_srai_epi32(v, N - 32), 32); }
    static Vec right(Vec v, Vec by) noexcept { return _mm256_srlv_epi64(v, by); }
    static Vec left(Vec v, Vec by) noexcept { return _mm256_sllv_epi64(v, by); }
    static Vec both(Vec a, Vec b) noexcept { return _mm256_and_si256(a, b); }
    static Vec either(Vec a, Vec b) noexcept { return _mm256_or_si256(a, b); }
    static Vec add(Vec a, Vec b) noexcept { return _mm256_add_epi64(a, b); }
    static Vec sub(Vec a, Vec b) noexcept { return _mm256_sub_epi64(a, b); }
    // The low halves of each lane.
    static Vec multiply32(Vec a, Vec b) noexcept { return _mm256_mul_epu32(a, b); }

    static Mask greater(Vec a, Vec b) noexcept { return _mm256_cmpgt_epi64(a, b); }
    static Mask zero(Vec v) noexcept { return _mm256_cmpeq_epi64(v, _mm256_setzero_si256()); }
    static Mask and_(Mask a, Mask b) noexcept { return _mm256_and_si256(a, b); }
    static Mask differ(Mask a, Mask b) noexcept { return _mm256_xor_si256(a, b); }
    static Mask without(Mask a, Mask b) noexcept { return _mm256_andnot_si256(b, a); }
    static Vec when(Mask m, Vec v) noexcept { return _mm256_and_si256(m, v); }
    static Vec minus_one(Mask m) noexcept { return m; }
    static Vec unless(Mask m, Vec v) noexcept { return _mm256_andnot_si256(m, v); }
    static unsigned bits(Mask m) noexcept {
        return static_cast<unsigned>(_mm256_movemask_pd(_mm256_castsi256_pd(m)));
    }

    static void store_values(const Vec (&pairs)[2], std::int32_t *const *values, std::size_t at) noexcept {
        store_four_lanes(pairs[0], pairs[1], values, at);
    }
};

bool one(const Tables &t, Cursor &c, const std::uint16_t *rows, std::int32_t *values, std::size_t count,
         Failure &why) noexcept {
    return run_one(t, c, rows, values, count, why);
}

constexpr Kernel kernels[] = {{16, run_vectors<Avx2, 4>},
                              {8, run_vectors<Avx2, 2>},
                              {4, run_interleaved<4>},
                              {2, run_interleaved<2>}};

} // namespace

Tier avx2_tier() noexcept {
    return {TD_CAPABILITY_AVX2, one, kernels};
}

} // namespace tandem::rans
