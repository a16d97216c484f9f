// Eight floats a vector, tiles of 4 x 24: twelve sums, three vectors and a broadcast in sixteen registers.
#include "cluster/eight_by_eight.hpp"
#include "cluster/gram.hpp"
#include "cluster/passes.hpp"

namespace tandem::cluster {
namespace {

struct Eight {
    static constexpr std::size_t lanes = 8;
    static constexpr std::size_t block = 8;
    static constexpr unsigned all = 0xFF;

    __m256 x;

    static Eight load(const float *from) noexcept { return {_mm256_loadu_ps(from)}; }
    static void store(float *to, Eight v) noexcept { _mm256_storeu_ps(to, v.x); }
    static Eight set(float value) noexcept { return {_mm256_set1_ps(value)}; }
    static Eight fma(Eight a, Eight b, Eight c) noexcept { return {_mm256_fmadd_ps(a.x, b.x, c.x)}; }
    static Eight min(Eight a, Eight b) noexcept { return {_mm256_min_ps(a.x, b.x)}; }
    static Eight max(Eight a, Eight b) noexcept { return {_mm256_max_ps(a.x, b.x)}; }
    static Eight where_less(Eight a, Eight b, Eight yes, Eight no) noexcept {
        return {_mm256_blendv_ps(no.x, yes.x, _mm256_cmp_ps(a.x, b.x, _CMP_LT_OQ))};
    }
    static unsigned greater(Eight a, Eight b) noexcept {
        return static_cast<unsigned>(_mm256_movemask_ps(_mm256_cmp_ps(a.x, b.x, _CMP_GT_OQ)));
    }
    friend Eight operator+(Eight a, Eight b) noexcept { return {_mm256_add_ps(a.x, b.x)}; }
    friend Eight operator-(Eight a, Eight b) noexcept { return {_mm256_sub_ps(a.x, b.x)}; }
    friend Eight operator*(Eight a, Eight b) noexcept { return {_mm256_mul_ps(a.x, b.x)}; }

    static void transpose(const float *from, std::size_t pitch, const float *centre, float *to,
                          std::size_t to_pitch) noexcept {
        centred_transpose_eight(from, pitch, centre, to, to_pitch);
    }

    struct Wide {
        __m256d low;
        __m256d high;
        static Wide load(const double *from) noexcept { return {_mm256_loadu_pd(from), _mm256_loadu_pd(from + 4)}; }
        void add(Eight v) noexcept {
            low = _mm256_add_pd(low, _mm256_cvtps_pd(_mm256_castps256_ps128(v.x)));
            high = _mm256_add_pd(high, _mm256_cvtps_pd(_mm256_extractf128_ps(v.x, 1)));
        }
        void store(double *to) const noexcept {
            _mm256_storeu_pd(to, low);
            _mm256_storeu_pd(to + 4, high);
        }
    };
};

template <class V>
using Tiles = Gram<V, 4, 3>;

} // namespace

constinit const Kernel kernel_avx2 = kernel_of<TD_CAPABILITY_AVX2, Eight, Tiles>;

} // namespace tandem::cluster
