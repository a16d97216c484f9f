// Sixteen floats a vector, tiles of 8 x 32: sixteen sums cover the latency of two multiply-adds a cycle, and panels of 32
// waste less at the edges than wider ones. All vectors are whole, so no masks are needed: what lies past the last token is
// padding of the workspace.
#include "cluster/sixteen.hpp"

#include "cluster/gram.hpp"
#include "cluster/passes.hpp"

namespace tandem::cluster {
namespace {

template <class V>
using Tiles = Gram<V, 8, 2>;

} // namespace

constinit const Kernel kernel_avx512 = kernel_of<TD_CAPABILITY_AVX512, Sixteen, Tiles>;

} // namespace tandem::cluster
