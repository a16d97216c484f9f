#include "rans/encode.hpp"
#include "rans/single.hpp"

namespace tandem::rans {
namespace {

bool one(const Tables &t, Cursor &c, const std::uint16_t *rows, std::int32_t *values, std::size_t count,
         Failure &why) noexcept {
    return run_one(t, c, rows, values, count, why);
}

constexpr Width widths[] = {{8, run_interleaved<8>}, {4, run_interleaved<4>}, {2, run_interleaved<2>}};

} // namespace

constinit const DecodeKernel decode_scalar{TD_CAPABILITY_SCALAR, one, widths};

constinit const EncodeKernel encode_scalar{TD_CAPABILITY_SCALAR, put_values<1>, put_values<most_writers>};

} // namespace tandem::rans
