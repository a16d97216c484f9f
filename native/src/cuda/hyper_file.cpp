#include "hyper_file.hpp"

#include <cstring>

namespace tandem::cuda {
namespace {

constexpr std::uint32_t magic = 0x53484454U; // "TDHS"

// Reads little-endian values and remembers whether any was missing.
class Reader {
public:
    Reader(const unsigned char *data, std::size_t bytes) noexcept : at_(data), left_(bytes) {}

    const unsigned char *take(std::size_t bytes) noexcept {
        if (bytes > left_) {
            left_ = 0;
            good_ = false;
            return nullptr;
        }
        const unsigned char *taken = at_;
        at_ += bytes;
        left_ -= bytes;
        return taken;
    }
    std::uint32_t word() noexcept {
        const unsigned char *b = take(4);
        return b == nullptr ? 0U : b[0] | b[1] << 8U | b[2] << 16U | static_cast<std::uint32_t>(b[3]) << 24U;
    }
    std::int32_t bounded(std::uint32_t least, std::uint32_t most) noexcept {
        const std::uint32_t value = word();
        require(value >= least && value <= most);
        return static_cast<std::int32_t>(value);
    }
    // Skips the zeros up to a multiple of four bytes.
    void pad(std::size_t bytes) noexcept {
        const std::size_t count = (4 - bytes % 4) % 4;
        const unsigned char *zeros = take(count);
        for (std::size_t i = 0; zeros != nullptr && i < count; ++i)
            require(zeros[i] == 0);
    }
    void require(bool holds) noexcept { good_ = good_ && holds; }
    bool good() const noexcept { return good_; }
    std::size_t left() const noexcept { return left_; }

private:
    const unsigned char *at_;
    std::size_t left_;
    bool good_ = true;
};

void header(Reader &in, td_cuda_hyper_model &model, std::int32_t (&thresholds)[Packed::thresholds]) noexcept {
    in.require(in.word() == magic);
    in.bounded(1, 1);
    model.experts = in.bounded(1, 256);
    model.layers = in.bounded(1, 8);
    model.fraction_bits = in.bounded(0, 15);
    if (!in.good())
        return;
    for (int l = 0; l <= model.layers; ++l)
        model.widths[l] = in.bounded(1, 16384);
    in.require(model.widths[model.layers] % 2 == 0);
    const auto layers = static_cast<std::size_t>(model.layers);
    const unsigned char *shifts = in.take(layers);
    for (std::size_t l = 0; shifts != nullptr && l < layers; ++l) {
        model.shifts[l] = shifts[l];
        in.require(shifts[l] >= 1 && shifts[l] <= 47);
    }
    in.pad(layers);
    for (std::size_t i = 0; i < 63; ++i) {
        thresholds[i] = static_cast<std::int32_t>(in.word());
        in.require(i == 0 || thresholds[i] > thresholds[i - 1]);
    }
    thresholds[63] = INT32_MAX;
}

void layer(Reader &in, const PackedLayer &l, int input_bound, std::int32_t *to) noexcept {
    const auto inputs = static_cast<std::size_t>(l.inputs);
    const auto outputs = static_cast<std::size_t>(l.outputs);
    const auto out = static_cast<std::size_t>(l.out);
    const unsigned char *weights = in.take(inputs * outputs);
    in.pad(inputs * outputs);
    Reader biases(in.take(4 * outputs), in.good() ? 4 * outputs : 0);
    Reader multipliers(in.take(4 * outputs), in.good() ? 4 * outputs : 0);
    if (!in.good())
        return;
    for (std::size_t o = 0; o < outputs; ++o) {
        const auto bias = static_cast<std::int32_t>(biases.word());
        const std::uint32_t multiplier = multipliers.word();
        in.require(multiplier <= INT32_MAX);
        std::int64_t bound = 0;
        for (std::size_t i = 0; i < inputs; ++i) {
            const auto weight = static_cast<std::int8_t>(weights[o * inputs + i]);
            bound += weight < 0 ? -weight : weight;
        }
        bound = bound * input_bound + (bias < 0 ? -static_cast<std::int64_t>(bias) : bias);
        in.require(bound <= INT32_MAX);
        if (to == nullptr)
            continue;
        for (std::size_t i = 0; i < inputs; ++i) {
            std::int32_t &word = to[i / 4 * out + o];
            word = static_cast<std::int32_t>(static_cast<std::uint32_t>(word)
                                             | static_cast<std::uint32_t>(weights[o * inputs + i]) << (8 * (i % 4)));
        }
        to[static_cast<std::size_t>(l.in) * out + o] = bias;
        to[(static_cast<std::size_t>(l.in) + 1) * out + o] = static_cast<std::int32_t>(multiplier);
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

td_status read_hyper(const unsigned char *file, std::size_t bytes, td_cuda_hyper_model &model,
                     std::int32_t *packed) noexcept {
    Reader in(file, bytes);
    std::int32_t thresholds[Packed::thresholds] = {};
    model = {};
    header(in, model, thresholds);
    if (!in.good())
        return TD_STATUS_CORRUPT_DATA;
    const Packed form(model);
    const auto experts = static_cast<std::size_t>(model.experts);
    model.packed_bytes = 4 * (Packed::thresholds + experts * form.expert_words);
    if (packed != nullptr) {
        std::memset(packed, 0, model.packed_bytes);
        std::memcpy(packed, thresholds, sizeof thresholds);
    }
    for (std::size_t e = 0; e < experts; ++e)
        for (int l = 0; l < model.layers && in.good(); ++l)
            layer(in, form.layers[l], l == 0 ? 127 : 255,
                  packed == nullptr ? nullptr
                                    : packed + Packed::thresholds + e * form.expert_words + form.layers[l].at);
    in.require(in.left() == 0);
    return in.good() ? TD_STATUS_OK : TD_STATUS_CORRUPT_DATA;
}

} // namespace tandem::cuda
