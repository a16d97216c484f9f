// The arithmetic as docs/bitstream.md writes it, in 64 bits; runs everywhere.
#include "hyper/kernel.hpp"

namespace tandem::hyper {
namespace {

constexpr Packing packing{1, 1, 1, 1, 2, 0, 0};

template <class Store>
void each_output(const Layer &layer, const Rows &in, std::int64_t least, std::int64_t most, Store store) noexcept {
    const std::int64_t half = std::int64_t{1} << (layer.scaling.shift - 1);
    for (std::size_t o = 0; o < layer.blocks; ++o) {
        const Block block = block_of(layer, o, 1);
        for (std::size_t t = 0; t < in.tokens; ++t) {
            const auto *row = reinterpret_cast<const std::int16_t *>(in.first + t * in.stride);
            std::int32_t sum = *block.bias;
            for (std::size_t i = 0; i < layer.groups; ++i)
                sum += block.weights[i] * row[i];
            const std::int64_t value = (std::int64_t{sum} * *block.multiplier + half) >> layer.scaling.shift;
            store(t, o, static_cast<std::int16_t>(value < least ? least : value > most ? most : value));
        }
    }
}

void hidden(const Layer &layer, const Rows &in, unsigned char *out) noexcept {
    each_output(layer, in, 0, 255, [&](std::size_t token, std::size_t output, std::int16_t value) {
        reinterpret_cast<std::int16_t *>(out + token * in.stride)[output] = value;
    });
}

void last(const Layer &layer, const Rows &in, const Targets &out) noexcept {
    each_output(layer, in, INT16_MIN, INT16_MAX, [&](std::size_t token, std::size_t output, std::int16_t value) {
        const std::size_t row = static_cast<std::size_t>(out.order[token]) * out.stride;
        (output < out.width ? out.mean[row + output] : out.logit[row + output - out.width]) = value;
    });
}

} // namespace

constinit const Kernel kernel_scalar{TD_CAPABILITY_SCALAR, packing, hidden, last};

} // namespace tandem::hyper
