// AVX-512 VNNI.
#include "hyper/blocked.hpp"
#include "hyper/vnni.hpp"

namespace tandem::hyper {

constinit const Kernel kernel_vnni{TD_CAPABILITY_AVX512_VNNI, Vnni::packing, blocked_hidden<Vnni>, blocked_last<Vnni>};

} // namespace tandem::hyper
