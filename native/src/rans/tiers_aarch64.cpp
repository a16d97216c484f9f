// aarch64: NEON has no gather, and four loads with four inserts cost more than they bring; scalar streams interleaved
// keep its many registers busy instead.
#include "rans/encode.hpp"
#include "rans/lanes.hpp"

namespace tandem::rans {

std::span<const Tier> tiers() noexcept {
    static const Tier all[] = {scalar_tier()};
    return all;
}

std::span<const EncodeTier> encode_tiers() noexcept {
    static const EncodeTier all[] = {scalar_encode_tier()};
    return all;
}

} // namespace tandem::rans
