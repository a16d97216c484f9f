// x86-64: the interleaved kernels again with three-operand shifts, and the vector ones.
#include "rans/encode.hpp"
#include "rans/lanes.hpp"

namespace tandem::rans {

std::span<const Tier> tiers() noexcept {
    static const Tier all[] = {scalar_tier(), avx2_tier(), avx512_tier()};
    return all;
}

std::span<const EncodeTier> encode_tiers() noexcept {
    static const EncodeTier all[] = {scalar_encode_tier(), avx2_encode_tier()};
    return all;
}

} // namespace tandem::rans
