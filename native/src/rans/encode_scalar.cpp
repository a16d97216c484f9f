#include "rans/encode.hpp"

#include <tandem/capability.h>

namespace tandem::rans {

EncodeTier scalar_encode_tier() noexcept {
    return {TD_CAPABILITY_SCALAR, put_values<1>, put_values<most_writers>};
}

} // namespace tandem::rans
