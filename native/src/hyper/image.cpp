#include "hyper/image.hpp"
#include "hyper/scaling.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace tandem::hyper {
namespace {

constexpr std::uint64_t magic = 0x314D4948444E4154U; // "TANDHIM1"; another layout takes another digit
constexpr std::size_t line = 64;

static_assert(std::is_trivially_copyable_v<Image>);

constexpr std::size_t up(std::size_t value, std::int32_t multiple) noexcept {
    const auto by = static_cast<std::size_t>(multiple);
    return (value + by - 1) / by * by;
}

constexpr std::size_t whole_lines(std::size_t bytes) noexcept {
    return (bytes + line - 1) / line * line;
}

struct Padded {
    std::size_t inputs;
    std::size_t outputs;

    std::size_t ints_bytes() const noexcept { return whole_lines(4 * outputs); }
    std::size_t bytes() const noexcept { return 4 * ints_bytes() + whole_lines(inputs * outputs); }
};

Padded padded(const Shape &shape, const Packing &packing, std::size_t layer) noexcept {
    return {up(static_cast<std::size_t>(shape.widths[layer]), packing.inputs_multiple),
            up(static_cast<std::size_t>(shape.widths[layer + 1]), packing.block)};
}

// Expert and layer e, l start here, from the image's first byte.
std::size_t offset(const Image &header, const Packing &packing, std::size_t expert, std::size_t layer) noexcept {
    std::size_t at = whole_lines(sizeof(Image)) + expert * header.expert_bytes;
    for (std::size_t l = 0; l < layer; ++l)
        at += padded(header.shape, packing, l).bytes();
    return at;
}

std::uint64_t expert_bytes(const Shape &shape, const Packing &packing) noexcept {
    std::uint64_t bytes = 0;
    for (std::size_t l = 0; l < static_cast<std::size_t>(shape.layers); ++l)
        bytes += padded(shape, packing, l).bytes();
    return bytes;
}

void pack_outputs(const LayerParts &parts, const Limits &limits, std::int32_t activation_offset, std::size_t outputs,
                  unsigned char *to, std::size_t ints_bytes) noexcept {
    auto *bias = reinterpret_cast<std::int32_t *>(to);
    auto *multiplier = reinterpret_cast<std::int32_t *>(to + ints_bytes);
    auto *lowest = reinterpret_cast<std::int32_t *>(to + 2 * ints_bytes);
    auto *highest = reinterpret_cast<std::int32_t *>(to + 3 * ints_bytes);
    for (std::size_t o = 0; o < outputs; ++o) {
        bias[o] = multiplier[o] = lowest[o] = highest[o] = 0;
        if (o >= static_cast<std::size_t>(parts.outputs))
            continue;
        const auto output = static_cast<std::int32_t>(o);
        const std::int8_t *row = parts.weights + o * static_cast<std::size_t>(parts.inputs);
        std::uint32_t sum = 0; // wraps, as the kernels' sums do
        for (std::int32_t i = 0; i < parts.inputs; ++i)
            sum += static_cast<std::uint32_t>(std::int32_t{row[i]});
        bias[o] = static_cast<std::int32_t>(static_cast<std::uint32_t>(parts.bias(output))
                                            - sum * static_cast<std::uint32_t>(activation_offset));
        multiplier[o] = parts.multiplier(output);
        const Range range = useful_range(multiplier[o], parts.shift, limits);
        lowest[o] = range.lowest;
        highest[o] = range.highest;
    }
}

void pack_weights(const LayerParts &parts, const Packing &packing, const Padded &size, std::int8_t *to) noexcept {
    const auto inputs = static_cast<std::size_t>(parts.inputs);
    const auto outputs = static_cast<std::size_t>(parts.outputs);
    const auto block = static_cast<std::size_t>(packing.block);
    const auto group = static_cast<std::size_t>(packing.group);
    for (std::size_t b = 0; b < size.outputs; b += block)
        for (std::size_t g = 0; g < size.inputs; g += group)
            for (std::size_t o = b; o < b + block; ++o)
                for (std::size_t i = g; i < g + group; ++i)
                    *to++ = o < outputs && i < inputs ? parts.weights[o * inputs + i] : std::int8_t{0};
}

} // namespace

std::size_t image_bytes(const Shape &shape, const Packing &packing) noexcept {
    return whole_lines(sizeof(Image)) + static_cast<std::size_t>(shape.experts) * expert_bytes(shape, packing);
}

void pack(const File &file, const Kernel &kernel, void *image) noexcept {
    const Shape &shape = file.shape;
    const Packing &packing = kernel.packing;
    const Image header{magic, kernel.tier, shape, expert_bytes(shape, packing)};
    auto *base = static_cast<unsigned char *>(image);
    std::memset(base, 0, whole_lines(sizeof header));
    std::memcpy(base, &header, sizeof header);
    for (std::int32_t e = 0; e < shape.experts; ++e)
        for (std::int32_t l = 0; l < shape.layers; ++l) {
            const LayerParts parts = file.layer(e, l);
            const Padded size = padded(shape, packing, static_cast<std::size_t>(l));
            unsigned char *to = base + offset(header, packing, static_cast<std::size_t>(e), static_cast<std::size_t>(l));
            pack_outputs(parts, l + 1 < shape.layers ? hidden_limits : last_limits,
                         l == 0 ? packing.first_offset : packing.hidden_offset, size.outputs, to, size.ints_bytes());
            pack_weights(parts, packing, size, reinterpret_cast<std::int8_t *>(to + 4 * size.ints_bytes()));
        }
}

td_status read_image(const void *image, Image &header) noexcept {
    std::memcpy(&header, image, sizeof header);
    return header.magic == magic ? TD_STATUS_OK : TD_STATUS_CORRUPT_DATA;
}

Layer layer_of(const void *image, const Image &header, const Packing &packing, std::int32_t expert,
               std::int32_t layer) noexcept {
    const auto l = static_cast<std::size_t>(layer);
    const Padded size = padded(header.shape, packing, l);
    const unsigned char *from = static_cast<const unsigned char *>(image)
                                + offset(header, packing, static_cast<std::size_t>(expert), l);
    const auto ints = [&](std::size_t k) {
        return reinterpret_cast<const std::int32_t *>(from + k * size.ints_bytes());
    };
    return {size.outputs / static_cast<std::size_t>(packing.block), size.inputs / static_cast<std::size_t>(packing.group),
            scaling(header.shape.shifts[l]), ints(0), ints(1), ints(2), ints(3),
            reinterpret_cast<const std::int8_t *>(from + 4 * size.ints_bytes())};
}

std::size_t row_bytes(const Shape &shape, const Packing &packing) noexcept {
    std::size_t most = 0;
    for (std::size_t l = 0; l < static_cast<std::size_t>(shape.layers); ++l) {
        const Padded size = padded(shape, packing, l);
        most = std::max({most, size.inputs, l + 1 < static_cast<std::size_t>(shape.layers) ? size.outputs : 0});
    }
    const std::size_t lines = whole_lines(most * static_cast<std::size_t>(packing.activation_bytes)) / line;
    return (lines | 1) * line;
}

} // namespace tandem::hyper
