#include "hyper_file.hpp"

#include "hyper/file.hpp"

#include <algorithm>
#include <cstring>

namespace tandem::cuda {
namespace {

void sizes(const hyper::Shape &shape, td_cuda_hyper_model &model) noexcept {
    model = {};
    model.experts = shape.experts;
    model.layers = shape.layers;
    model.fraction_bits = shape.fraction_bits;
    for (std::size_t l = 0; l < shape.widths.size(); ++l)
        model.widths[l] = l <= static_cast<std::size_t>(shape.layers) ? shape.widths[l] : 0;
    for (std::size_t l = 0; l < shape.shifts.size(); ++l)
        model.shifts[l] = shape.shifts[l];
    model.packed_bytes =
        4 * (Packed::thresholds + static_cast<std::size_t>(shape.experts) * Packed(model).expert_words);
}

void pack(const hyper::LayerParts &from, const PackedLayer &form, std::int32_t *to) noexcept {
    const auto inputs = static_cast<std::size_t>(form.inputs);
    const auto in = static_cast<std::size_t>(form.in);
    const auto out = static_cast<std::size_t>(form.out);
    for (std::size_t o = 0; o < static_cast<std::size_t>(form.outputs); ++o) {
        for (std::size_t i = 0; i < inputs; ++i) {
            const auto weight = static_cast<std::uint8_t>(from.weights[o * inputs + i]);
            std::int32_t &word = to[i / 4 * out + o];
            word = static_cast<std::int32_t>(static_cast<std::uint32_t>(word) | std::uint32_t{weight} << (8 * (i % 4)));
        }
        to[in * out + o] = from.bias(static_cast<std::int32_t>(o));
        to[(in + 1) * out + o] = from.multiplier(static_cast<std::int32_t>(o));
    }
}

} // namespace

Packed::Packed(const td_cuda_hyper_model &model) noexcept : layers{}, expert_words(0) {
    for (int l = 0; l < model.layers; ++l) {
        PackedLayer &to = layers[l];
        to.inputs = model.widths[l];
        to.outputs = model.widths[l + 1];
        to.in = row_words(to.inputs);
        to.out = (to.outputs + 63) / 64 * 64;
        to.at = expert_words;
        expert_words += (static_cast<std::size_t>(to.in) + 2) * static_cast<std::size_t>(to.out);
    }
}

td_status read_hyper(const void *file, std::size_t bytes, td_cuda_hyper_model &model, std::int32_t *packed) noexcept {
    hyper::File read;
    td_status status = hyper::read_header(file, bytes, read);
    if (status == TD_STATUS_OK)
        status = hyper::check_layers(read);
    if (status != TD_STATUS_OK)
        return status;
    sizes(read.shape, model);
    if (packed == nullptr)
        return TD_STATUS_OK;
    const Packed form(model);
    std::memset(packed, 0, model.packed_bytes);
    std::copy(read.shape.thresholds.begin(), read.shape.thresholds.end(), packed);
    packed[Packed::thresholds - 1] = INT32_MAX;
    for (std::int32_t e = 0; e < model.experts; ++e)
        for (std::int32_t l = 0; l < model.layers; ++l)
            pack(read.layer(e, l), form.layers[l],
                 packed + Packed::thresholds + static_cast<std::size_t>(e) * form.expert_words + form.layers[l].at);
    return TD_STATUS_OK;
}

} // namespace tandem::cuda
