// aarch64: the interleaved kernels, and others that suit its many registers.
#include "rans/encode.hpp"
#include "rans/lanes.hpp"

namespace tandem::rans {

std::span<const Tier> tiers() noexcept {
    static const Tier all[] = {scalar_tier(), neon_tier()};
    return all;
}

std::span<const EncodeTier> encode_tiers() noexcept {
    static const EncodeTier all[] = {scalar_encode_tier()};
    return all;
}

} // namespace tandem::rans
