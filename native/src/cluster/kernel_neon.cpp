// NEON: four floats a vector, fused multiply-add, tiles of 4 x 16: sixteen sums of thirty-two registers.
#include "cluster/gram.hpp"
#include "cluster/passes.hpp"
#include "cluster/vector_four.hpp"

#include <arm_neon.h>

namespace tandem::cluster {
namespace {

struct Fused {
    template <class F>
    static F add(F a, F b, F c) noexcept {
        return vfmaq_f32(c, a, b);
    }
};

template <class V>
using Tiles = Gram<V, 4, 4>;

} // namespace

constinit const Kernel kernel_neon = kernel_of<TD_CAPABILITY_NEON, Four<Fused>, Tiles>;

} // namespace tandem::cluster
