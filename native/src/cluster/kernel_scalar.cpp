// What the architecture's baseline has: multiply and add are two steps, tiles of 4 x 8.

#include "cluster/gram.hpp"
#include "cluster/passes.hpp"
#include "cluster/vector_four.hpp"

namespace tandem::cluster {
namespace {

struct Apart {
    template <class F>
    static F add(F a, F b, F c) noexcept {
        return a * b + c;
    }
};

template <class V>
using Tiles = Gram<V, 4, 2>;

} // namespace

constinit const Kernel kernel_scalar = kernel_of<TD_CAPABILITY_SCALAR, Four<Apart>, Tiles>;

} // namespace tandem::cluster
