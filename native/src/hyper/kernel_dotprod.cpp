// NEON with the signed dot product: activations of the hidden layers are stored less 128.
#include "hyper/neon.hpp"

namespace tandem::hyper {
namespace {

struct Dotprod : NeonScaling {
    static constexpr Packing packing{16, 4, 4, 1, 1, 0, -128};
    static constexpr std::size_t tokens = 6; // 24 sums, 4 weights, 1 activation: 29 of 32 registers
    using Weights = int8x16_t;

    static void weights(const std::int8_t *from, Weights (&to)[vectors]) noexcept {
        to[0] = vld1q_s8(from);
        to[1] = vld1q_s8(from + 16);
        to[2] = vld1q_s8(from + 32);
        to[3] = vld1q_s8(from + 48);
    }
    static int8x16_t broadcast(const unsigned char *from) noexcept {
        return vreinterpretq_s8_s32(vld1q_dup_s32(reinterpret_cast<const std::int32_t *>(from)));
    }
    static Int dot(Int sum, Weights w, int8x16_t x) noexcept { return vdotq_s32(sum, w, x); }

    // Flipping the highest bit of a byte takes 128 from it.
    static void store_activations(unsigned char *to, const Int (&scaled)[vectors]) noexcept {
        const uint16x8_t low = vqmovun_high_s32(vqmovun_s32(scaled[0]), scaled[1]);
        const uint16x8_t high = vqmovun_high_s32(vqmovun_s32(scaled[2]), scaled[3]);
        vst1q_u8(to, veorq_u8(vqmovn_high_u16(vqmovn_u16(low), high), vdupq_n_u8(0x80)));
    }
};

} // namespace

constinit const Kernel kernel_dotprod{TD_CAPABILITY_NEON_DOTPROD, Dotprod::packing, blocked_hidden<Dotprod>,
                            blocked_last<Dotprod>};

} // namespace tandem::hyper
