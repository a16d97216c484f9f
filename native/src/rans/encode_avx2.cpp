// The same code with BMI2's multiply and shifts. No vectors: none of them multiplies 64 by 64 bits, and four states a
// core's ports already keep busy.
#include "rans/encode.hpp"

#include <tandem/capability.h>

namespace tandem::rans {

EncodeTier avx2_encode_tier() noexcept {
    return {TD_CAPABILITY_AVX2, put_values<1>, put_values<most_writers>};
}

} // namespace tandem::rans
