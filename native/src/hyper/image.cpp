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
    std::size_t block;

    std::size_t block_bytes() const noexcept {
        return whole_lines((sizeof(std::int32_t) * constants_of_block + inputs) * block);
    }
    std::size_t bytes() const noexcept { return outputs / block * block_bytes(); }
};

Padded padded(const Shape &shape, const Packing &packing, std::size_t layer) noexcept {
    return {up(static_cast<std::size_t>(shape.widths[layer]), packing.inputs_multiple),
            up(static_cast<std::size_t>(shape.widths[layer + 1]), packing.block), static_cast<std::size_t>(packing.block)};
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

// The constants of one output: bias, multiplier, lowest and highest sum.
void pack_constants(const LayerParts &parts, const Limits &limits, std::int32_t activation_offset, std::size_t output,
                    std::size_t block, std::int32_t *to) noexcept {
    const auto o = static_cast<std::int32_t>(output);
    const std::int8_t *row = parts.weights + output * static_cast<std::size_t>(parts.inputs);
    std::uint32_t sum = 0; // wraps, as the kernels' sums do
    for (std::int32_t i = 0; i < parts.inputs; ++i)
        sum += static_cast<std::uint32_t>(std::int32_t{row[i]});
    const Range range = useful_range(parts.multiplier(o), parts.shift, limits);
    to[0] = static_cast<std::int32_t>(static_cast<std::uint32_t>(parts.bias(o))
                                      - sum * static_cast<std::uint32_t>(activation_offset));
    to[block] = parts.multiplier(o);
    to[2 * block] = range.lowest;
    to[3 * block] = range.highest;
}

// to holds zeros: what padding is.
void pack_block(const LayerParts &parts, const Packing &packing, const Padded &size, const Limits &limits,
                std::int32_t activation_offset, std::size_t first, unsigned char *to) noexcept {
    const auto inputs = static_cast<std::size_t>(parts.inputs);
    const auto outputs = static_cast<std::size_t>(parts.outputs);
    const auto group = static_cast<std::size_t>(packing.group);
    auto *constants = reinterpret_cast<std::int32_t *>(to);
    auto *weights = reinterpret_cast<std::int8_t *>(constants + constants_of_block * size.block);
    for (std::size_t o = 0; o < size.block && first + o < outputs; ++o) {
        pack_constants(parts, limits, activation_offset, first + o, size.block, constants + o);
        for (std::size_t i = 0; i < inputs; ++i)
            weights[(i / group * size.block + o) * group + i % group] = parts.weights[(first + o) * inputs + i];
    }
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
    std::memset(base, 0, image_bytes(shape, packing));
    std::memcpy(base, &header, sizeof header);
    for (std::int32_t e = 0; e < shape.experts; ++e)
        for (std::int32_t l = 0; l < shape.layers; ++l) {
            const Padded size = padded(shape, packing, static_cast<std::size_t>(l));
            unsigned char *to = base + offset(header, packing, static_cast<std::size_t>(e), static_cast<std::size_t>(l));
            for (std::size_t o = 0; o < size.outputs; o += size.block, to += size.block_bytes())
                pack_block(file.layer(e, l), packing, size, l + 1 < shape.layers ? hidden_limits : last_limits,
                           l == 0 ? packing.first_offset : packing.hidden_offset, o, to);
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
    return {size.outputs / size.block, size.inputs / static_cast<std::size_t>(packing.group),
            scaling(header.shape.shifts[l]),
            static_cast<const unsigned char *>(image) + offset(header, packing, static_cast<std::size_t>(expert), l),
            size.block_bytes()};
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
