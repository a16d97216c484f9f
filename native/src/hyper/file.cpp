#include "hyper/file.hpp"

#include <bit>
#include <cstdlib>
#include <cstring>

namespace tandem::hyper {
namespace {

static_assert(std::endian::native == std::endian::little, "files are little-endian");

constexpr std::uint32_t magic = 0x53484454U; // "TDHS"
constexpr std::int64_t input_bound = 127;
constexpr std::int64_t hidden_bound = 255;

constexpr std::size_t padded(std::size_t bytes) noexcept {
    return (bytes + 3) & ~std::size_t{3};
}

std::int32_t int_at(const unsigned char *bytes) noexcept {
    std::int32_t value = 0;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

// Takes from the front of the file; once something is missing or out of bounds, nothing is good any more.
class Reader {
public:
    Reader(const unsigned char *bytes, std::size_t count) noexcept : at_(bytes), left_(count) {}

    std::int32_t bounded(std::int32_t least, std::int32_t most) noexcept {
        const std::int32_t value = any();
        good_ = good_ && value >= least && value <= most;
        return good_ ? value : least;
    }
    std::int32_t any() noexcept {
        const unsigned char *from = take(4);
        return from == nullptr ? 0 : int_at(from);
    }
    const unsigned char *take(std::size_t bytes) noexcept {
        good_ = good_ && left_ >= bytes;
        if (!good_)
            return nullptr;
        const unsigned char *from = at_;
        at_ += bytes;
        left_ -= bytes;
        return from;
    }
    void require(bool holds) noexcept { good_ = good_ && holds; }
    bool good() const noexcept { return good_; }
    const unsigned char *at() const noexcept { return at_; }
    std::size_t left() const noexcept { return left_; }

private:
    const unsigned char *at_;
    std::size_t left_;
    bool good_ = true;
};

bool zeros(const unsigned char *from, std::size_t count) noexcept {
    bool all = true;
    for (std::size_t i = 0; i < count; ++i)
        all = all && from[i] == 0;
    return all;
}

std::size_t layer_bytes(std::int32_t inputs, std::int32_t outputs) noexcept {
    const auto out = static_cast<std::size_t>(outputs);
    return padded(static_cast<std::size_t>(inputs) * out) + 8 * out;
}

void read_shifts(Reader &in, Shape &shape) noexcept {
    const auto count = static_cast<std::size_t>(shape.layers);
    const unsigned char *bytes = in.take(padded(count));
    for (std::size_t l = 0; bytes != nullptr && l < count; ++l) {
        shape.shifts[l] = bytes[l];
        in.require(bytes[l] >= 1 && bytes[l] <= 47);
    }
    in.require(bytes != nullptr && zeros(bytes + count, padded(count) - count));
}

td_status check_layer(const LayerParts &layer, std::int64_t bound) noexcept {
    const auto inputs = static_cast<std::size_t>(layer.inputs);
    const std::size_t weights = inputs * static_cast<std::size_t>(layer.outputs);
    if (!zeros(reinterpret_cast<const unsigned char *>(layer.weights) + weights, padded(weights) - weights))
        return TD_STATUS_CORRUPT_DATA;
    for (std::int32_t o = 0; o < layer.outputs; ++o) {
        const std::int8_t *row = layer.weights + static_cast<std::size_t>(o) * inputs;
        std::int32_t magnitudes = 0; // at most 2^14 * 2^7
        for (std::size_t i = 0; i < inputs; ++i)
            magnitudes += std::abs(std::int32_t{row[i]});
        const std::int64_t most = std::abs(std::int64_t{layer.bias(o)}) + magnitudes * bound;
        if (most > INT32_MAX || layer.multiplier(o) < 0)
            return TD_STATUS_CORRUPT_DATA;
    }
    return TD_STATUS_OK;
}

} // namespace

std::int32_t LayerParts::bias(std::int32_t output) const noexcept {
    return int_at(biases + 4 * static_cast<std::size_t>(output));
}

std::int32_t LayerParts::multiplier(std::int32_t output) const noexcept {
    return int_at(multipliers + 4 * static_cast<std::size_t>(output));
}

LayerParts File::layer(std::int32_t expert, std::int32_t wanted) const noexcept {
    const unsigned char *from = experts + static_cast<std::size_t>(expert) * expert_bytes;
    for (std::size_t l = 0; l < static_cast<std::size_t>(wanted); ++l)
        from += layer_bytes(shape.widths[l], shape.widths[l + 1]);
    const auto l = static_cast<std::size_t>(wanted);
    LayerParts parts{shape.widths[l], shape.widths[l + 1], shape.shifts[l], nullptr, nullptr, nullptr};
    const auto out = static_cast<std::size_t>(parts.outputs);
    parts.weights = reinterpret_cast<const std::int8_t *>(from);
    parts.biases = from + padded(static_cast<std::size_t>(parts.inputs) * out);
    parts.multipliers = parts.biases + 4 * out;
    return parts;
}

td_status read_header(const void *bytes, std::size_t count, File &file) noexcept {
    Reader in(static_cast<const unsigned char *>(bytes), count);
    Shape &shape = file.shape;
    in.require(static_cast<std::uint32_t>(in.any()) == magic);
    in.bounded(1, 1); // version
    shape.experts = in.bounded(1, most_experts);
    shape.layers = in.bounded(1, most_layers);
    shape.fraction_bits = in.bounded(0, 15);
    for (std::size_t l = 0; l <= static_cast<std::size_t>(shape.layers); ++l)
        shape.widths[l] = in.bounded(1, most_width);
    in.require(shape.widths[static_cast<std::size_t>(shape.layers)] % 2 == 0);
    read_shifts(in, shape);
    for (std::size_t k = 0; k < shape.thresholds.size(); ++k) {
        shape.thresholds[k] = in.any();
        in.require(k == 0 || shape.thresholds[k] > shape.thresholds[k - 1]);
    }
    if (!in.good())
        return TD_STATUS_CORRUPT_DATA;
    file.experts = in.at();
    file.expert_bytes = 0; // at most 8 * (2^28 + 2^17): no product below overflows 64 bits
    for (std::size_t l = 0; l < static_cast<std::size_t>(shape.layers); ++l)
        file.expert_bytes += layer_bytes(shape.widths[l], shape.widths[l + 1]);
    return in.left() == static_cast<std::size_t>(shape.experts) * file.expert_bytes ? TD_STATUS_OK
                                                                                    : TD_STATUS_CORRUPT_DATA;
}

td_status check_layers(const File &file, Place *bad) noexcept {
    for (std::int32_t e = 0; e < file.shape.experts; ++e)
        for (std::int32_t l = 0; l < file.shape.layers; ++l)
            if (const td_status status = check_layer(file.layer(e, l), l == 0 ? input_bound : hidden_bound);
                status != TD_STATUS_OK) {
                if (bad != nullptr)
                    *bad = {e, l};
                return status;
            }
    return TD_STATUS_OK;
}

} // namespace tandem::hyper
