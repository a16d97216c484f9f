// x86-64: the interleaved kernels again with three-operand shifts, and the vector ones.
#include "rans/encode.hpp"
#include "rans/lanes.hpp"

namespace tandem::rans {

Tiers<DecodeKernel> decode_kernels() noexcept {
    static constexpr const DecodeKernel *all[] = {&decode_scalar, &decode_avx2, &decode_avx512};
    return all;
}

Tiers<EncodeKernel> encode_kernels() noexcept {
    static constexpr const EncodeKernel *all[] = {&encode_scalar, &encode_avx2};
    return all;
}

} // namespace tandem::rans
