// td_cuda_hyper: groups tokens by expert, then a launch a layer.
#include "hyper.cuh"
#include "kernels.hpp"
#include "launcher.cuh"

#include <algorithm>

namespace tandem::cuda {
namespace {

// Chunks of any distribution of tokens over experts: full ones, and at most one more for every expert.
int chunks_of(const td_cuda_hyper_model &model, int tokens) noexcept {
    return tokens / chunk_tokens + std::min(tokens, model.experts);
}

// Words of the widest hidden row, which two buffers hold for every token.
int hidden_words(const td_cuda_hyper_model &model) noexcept {
    int most = 0;
    for (int l = 1; l < model.layers; ++l)
        most = std::max(most, row_words(model.widths[l]));
    return most;
}

std::size_t workspace(const td_cuda_hyper_model &model, int tokens) noexcept {
    const auto count = static_cast<std::size_t>(tokens);
    return Launcher::padded(count * sizeof(std::int32_t))
           + Launcher::padded(static_cast<std::size_t>(chunks_of(model, tokens)) * sizeof(Chunk))
           + 2 * Launcher::padded(count * static_cast<std::size_t>(hidden_words(model)) * 4);
}

td_status check(const td_cuda_hyper_model *model, int tokens) noexcept {
    if (model == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    if (model->experts < 1 || model->experts > 256 || model->layers < 1 || model->layers > 8 || tokens < 1
        || tokens > TD_CUDA_HYPER_TOKENS_MAX)
        return TD_STATUS_BAD_SIZE;
    for (int l = 0; l <= model->layers; ++l)
        if (model->widths[l] < 1 || model->widths[l] > 16384)
            return TD_STATUS_BAD_SIZE;
    for (int l = 0; l < model->layers; ++l)
        if (model->shifts[l] < 1 || model->shifts[l] > 47)
            return TD_STATUS_OUT_OF_RANGE;
    return TD_STATUS_OK;
}

template <bool first, bool last>
void launch_layer(Launcher &on, const Layer &layer, int chunks) {
    on.run(run_layer<first, last>,
           dim3(static_cast<unsigned>(layer.form.out / chunk_outputs), static_cast<unsigned>(chunks), 1), hyper_threads,
           layer);
}

} // namespace

std::int32_t load_hyper_kernels() noexcept {
    return loaded({code(group),
                   code(run_layer<false, false>),
                   code(run_layer<false, true>),
                   code(run_layer<true, false>),
                   code(run_layer<true, true>)});
}

} // namespace tandem::cuda

using namespace tandem::cuda;

extern "C" td_status td_cuda_hyper_open(const void *file, size_t bytes, td_cuda_hyper_model *model) noexcept {
    if ((file == nullptr && bytes > 0) || model == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    return read_hyper(file, bytes, *model, nullptr);
}

extern "C" td_status td_cuda_hyper_pack(const void *file, size_t bytes, void *packed, size_t packed_bytes) noexcept {
    if (packed == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    td_cuda_hyper_model model;
    const td_status opened = td_cuda_hyper_open(file, bytes, &model);
    if (opened != TD_STATUS_OK)
        return opened;
    if (packed_bytes < model.packed_bytes)
        return TD_STATUS_BUFFER_TOO_SMALL;
    return read_hyper(file, bytes, model, static_cast<std::int32_t *>(packed));
}

extern "C" td_status td_cuda_hyper_workspace(const td_cuda_hyper_model *model, int32_t tokens,
                                             uint64_t *bytes) noexcept {
    const td_status checked = check(model, tokens);
    if (checked != TD_STATUS_OK)
        return checked;
    if (bytes == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    *bytes = workspace(*model, tokens);
    return TD_STATUS_OK;
}

extern "C" td_status td_cuda_hyper(td_cuda_launch *launch, const td_cuda_hyper_model *model, const void *packed,
                                   int32_t tokens, const int32_t *experts, const int32_t *z, int16_t *means,
                                   int16_t *logits, int32_t *state) noexcept {
    td_status checked = check(model, tokens);
    if (checked == TD_STATUS_OK)
        checked = check_launch(launch, workspace(*model, tokens));
    if (checked != TD_STATUS_OK)
        return checked;
    if (packed == nullptr || experts == nullptr || z == nullptr || means == nullptr || logits == nullptr
        || state == nullptr)
        return TD_STATUS_NULL_ARGUMENT;

    Launcher on(*launch);
    const int chunks = chunks_of(*model, tokens);
    const auto hidden = static_cast<std::size_t>(tokens) * static_cast<std::size_t>(hidden_words(*model));
    auto *order = on.take<std::int32_t>(static_cast<std::size_t>(tokens));
    auto *list = on.take<Chunk>(static_cast<std::size_t>(chunks));
    std::uint32_t *buffers[2] = {on.take<std::uint32_t>(hidden), on.take<std::uint32_t>(hidden)};
    on.run(group, dim3(1, 1, 1), hyper_threads, experts, tokens, model->experts, order, list, chunks, state);

    const Packed form(*model);
    for (int l = 0; l < model->layers; ++l) {
        const bool first = l == 0;
        const bool last = l == model->layers - 1;
        Layer layer{};
        layer.weights = static_cast<const std::int32_t *>(packed) + Packed::thresholds;
        layer.expert_words = form.expert_words;
        layer.form = form.layers[l];
        layer.shift = model->shifts[l];
        layer.chunks = list;
        layer.order = order;
        layer.z = z;
        layer.from = buffers[(l + 1) % 2];
        layer.to = reinterpret_cast<std::uint8_t *>(buffers[l % 2]);
        layer.to_bytes = 4 * row_words(layer.form.outputs);
        layer.means = means;
        layer.logits = logits;
        if (first && last)
            launch_layer<true, true>(on, layer, chunks);
        else if (first)
            launch_layer<true, false>(on, layer, chunks);
        else if (last)
            launch_layer<false, true>(on, layer, chunks);
        else
            launch_layer<false, false>(on, layer, chunks);
    }
    return on.status();
}
