// What both kernels of aarch64 share: sums of four lanes, their scaling, and the int16 results.
#pragma once

#include "hyper/blocked.hpp"

#include <arm_neon.h>

namespace tandem::hyper {
namespace {

struct NeonScaling {
    static constexpr std::size_t vectors = 4;
    static constexpr std::size_t lanes = 4;
    using Int = int32x4_t;

    static Int load(const std::int32_t *from) noexcept { return vld1q_s32(from); }
    static void save(std::int32_t *to, Int sum) noexcept { vst1q_s32(to, sum); }
    static Int limited(Int sum, Int lowest, Int highest) noexcept {
        return vminq_s32(vmaxq_s32(sum, lowest), highest);
    }

    class Shift {
    public:
        explicit Shift(const Scaling &by) noexcept
            : addend_(vdupq_n_s64(by.addend)), correction_(vdupq_n_s32(by.correction)),
              count_(vdupq_n_s64(-std::int64_t{by.shift})) {}
        Int scaled(Int sum, Int multiplier) const noexcept {
            const uint32x2_t low = shifted(vmull_s32(vget_low_s32(sum), vget_low_s32(multiplier)));
            const uint32x2_t high = shifted(vmull_high_s32(sum, multiplier));
            return vsubq_s32(vreinterpretq_s32_u32(vcombine_u32(low, high)), correction_);
        }

    private:
        uint32x2_t shifted(int64x2_t product) const noexcept {
            return vmovn_u64(vshlq_u64(vreinterpretq_u64_s64(vaddq_s64(product, addend_)), count_));
        }

        int64x2_t addend_;
        int32x4_t correction_;
        int64x2_t count_;
    };

    static void store16(std::int16_t *to, const Int (&scaled)[vectors]) noexcept {
        vst1q_s16(to, vqmovn_high_s32(vqmovn_s32(scaled[0]), scaled[1]));
        vst1q_s16(to + 8, vqmovn_high_s32(vqmovn_s32(scaled[2]), scaled[3]));
    }
};

} // namespace
} // namespace tandem::hyper
