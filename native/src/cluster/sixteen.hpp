// Sixteen floats of AVX-512, for the tiers that have it.
#pragma once

#include "cluster/eight_by_eight.hpp"

namespace tandem::cluster {
namespace {

struct Sixteen {
    static constexpr std::size_t lanes = 16;
    static constexpr std::size_t block = 8;
    static constexpr unsigned all = 0xFFFF;

    __m512 x;

    static Sixteen load(const float *from) noexcept { return {_mm512_loadu_ps(from)}; }
    static void store(float *to, Sixteen v) noexcept { _mm512_storeu_ps(to, v.x); }
    static Sixteen set(float value) noexcept { return {_mm512_set1_ps(value)}; }
    static Sixteen fma(Sixteen a, Sixteen b, Sixteen c) noexcept { return {_mm512_fmadd_ps(a.x, b.x, c.x)}; }
    static Sixteen min(Sixteen a, Sixteen b) noexcept { return {_mm512_min_ps(a.x, b.x)}; }
    static Sixteen max(Sixteen a, Sixteen b) noexcept { return {_mm512_max_ps(a.x, b.x)}; }
    static Sixteen where_less(Sixteen a, Sixteen b, Sixteen yes, Sixteen no) noexcept {
        return {_mm512_mask_blend_ps(_mm512_cmp_ps_mask(a.x, b.x, _CMP_LT_OQ), no.x, yes.x)};
    }
    static unsigned greater(Sixteen a, Sixteen b) noexcept { return _mm512_cmp_ps_mask(a.x, b.x, _CMP_GT_OQ); }
    friend Sixteen operator+(Sixteen a, Sixteen b) noexcept { return {_mm512_add_ps(a.x, b.x)}; }
    friend Sixteen operator-(Sixteen a, Sixteen b) noexcept { return {_mm512_sub_ps(a.x, b.x)}; }
    friend Sixteen operator*(Sixteen a, Sixteen b) noexcept { return {_mm512_mul_ps(a.x, b.x)}; }

    static void transpose(const float *from, std::size_t pitch, const float *centre, float *to,
                          std::size_t to_pitch) noexcept {
        centred_transpose_eight(from, pitch, centre, to, to_pitch);
    }

    struct Wide {
        __m512d low;
        __m512d high;
        static Wide load(const double *from) noexcept { return {_mm512_loadu_pd(from), _mm512_loadu_pd(from + 8)}; }
        void add(Sixteen v) noexcept {
            low = _mm512_add_pd(low, _mm512_cvtps_pd(_mm512_castps512_ps256(v.x)));
            high = _mm512_add_pd(high, _mm512_cvtps_pd(_mm512_extractf32x8_ps(v.x, 1)));
        }
        void store(double *to) const noexcept {
            _mm512_storeu_pd(to, low);
            _mm512_storeu_pd(to + 8, high);
        }
    };
};

} // namespace
} // namespace tandem::cluster
