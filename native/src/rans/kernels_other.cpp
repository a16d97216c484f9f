// Any other architecture: the interleaved kernels alone.
#include "rans/encode.hpp"
#include "rans/lanes.hpp"

namespace tandem::rans {

Tiers<DecodeKernel> decode_kernels() noexcept {
    static constexpr const DecodeKernel *all[] = {&decode_scalar};
    return all;
}

Tiers<EncodeKernel> encode_kernels() noexcept {
    static constexpr const EncodeKernel *all[] = {&encode_scalar};
    return all;
}

} // namespace tandem::rans
