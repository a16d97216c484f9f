// NEON without the dot product: int16 multiplies, one input at a time.
#include "hyper/neon.hpp"

namespace tandem::hyper {
namespace {

struct Neon : NeonScaling {
    static constexpr Packing packing{16, 1, 1, 1, 2, 0, 0};
    static constexpr std::size_t tokens = 5; // 20 sums, 4 weights in 2 registers, 1 activation
    using Weights = int16x4_t;

    static void weights(const std::int8_t *from, Weights (&to)[vectors]) noexcept {
        const int8x16_t all = vld1q_s8(from);
        const int16x8_t low = vmovl_s8(vget_low_s8(all));
        const int16x8_t high = vmovl_high_s8(all);
        to[0] = vget_low_s16(low);
        to[1] = vget_high_s16(low);
        to[2] = vget_low_s16(high);
        to[3] = vget_high_s16(high);
    }
    static int16x4_t broadcast(const unsigned char *from) noexcept {
        return vld1_dup_s16(reinterpret_cast<const std::int16_t *>(from));
    }
    static Int dot(Int sum, Weights w, int16x4_t x) noexcept { return vmlal_s16(sum, w, x); }

    static void store_activations(unsigned char *to, const Int (&scaled)[vectors]) noexcept {
        const uint16x8_t most = vdupq_n_u16(255);
        std::uint16_t *words = reinterpret_cast<std::uint16_t *>(to);
        vst1q_u16(words, vminq_u16(vqmovun_high_s32(vqmovun_s32(scaled[0]), scaled[1]), most));
        vst1q_u16(words + 8, vminq_u16(vqmovun_high_s32(vqmovun_s32(scaled[2]), scaled[3]), most));
    }
};

} // namespace

constinit const Kernel kernel_neon{TD_CAPABILITY_NEON, Neon::packing, blocked_hidden<Neon>, blocked_last<Neon>};

} // namespace tandem::hyper
