/*
 * aarch64: not vectors but four streams interleaved. A kernel of two streams a NEON register was written and left again:
 * NEON has no gather, so every look-up leaves the registers for an address and comes back lane by lane, and by LLVM's
 * models of the Cortex-A57, Exynos M3 and M5 and TSV110 it takes 16 to 34 cycles a value, this one 10 to 16, the
 * scalar tier's eight streams 16 to 26. Four streams' states, ends and tables just fit the general registers.
 */
#include "rans/single.hpp"

namespace tandem::rans {
namespace {

// The choice between a bucket's two symbols is an address: one load more in the chain, but fewer instructions.
[[gnu::always_inline]] inline Hit look_up_at(const Tables &t, Lookup lookup, std::uint64_t x) noexcept {
    const std::uint32_t point = x & 0xFFFFU;
    const std::uint32_t at = point >> ((lookup >> lookup_shift_at) & 31U);
    const Bucket &b = t.buckets[static_cast<std::uint32_t>(lookup) + at];
    static_assert(offsetof(Bucket, middle) == 2 && offsetof(Bucket, end) == 4);
    const std::uint32_t second = point >= b.middle;
    std::uint16_t ends[2];
    std::memcpy(ends, reinterpret_cast<const unsigned char *>(&b) + 2 * std::size_t{second}, sizeof ends);
    const auto offset = static_cast<std::int32_t>(static_cast<std::int64_t>(lookup) >> lookup_offset_at);
    return {ends[1] - ends[0], point - ends[0], b.second + offset - 1 + static_cast<std::int32_t>(second)};
}

bool one(const Tables &t, Cursor &c, const std::uint16_t *rows, std::int32_t *values, std::size_t count,
         Failure &why) noexcept {
    return run_one(t, c, rows, values, count, why);
}

constexpr Width widths[] = {{4, run_interleaved<4, look_up_at>}, {2, run_interleaved<2, look_up_at>}};

} // namespace

constinit const DecodeKernel decode_neon{TD_CAPABILITY_NEON, one, widths};

} // namespace tandem::rans
