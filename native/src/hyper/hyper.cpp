// The C functions of hyper.h: they check, and never throw.
#include "hyper/run.hpp"

#include <tandem/hyper.h>

namespace tandem::hyper {

const Kernel *kernel_for(std::int32_t wanted, std::int32_t level) noexcept {
    if (wanted == TD_HYPER_BEST_TIER)
        wanted = level < TD_CAPABILITY_SCALAR ? TD_CAPABILITY_SCALAR : level;
    if (wanted < TD_CAPABILITY_SCALAR || !runs_at(wanted, level))
        return nullptr;
    return &best(kernels(), wanted);
}

namespace {

bool aligned(const void *at) noexcept {
    return reinterpret_cast<std::uintptr_t>(at) % TD_HYPER_ALIGNMENT == 0;
}

// The kernel that an image was packed for, if it may run here.
td_status open(const void *image, Image &header, const Kernel *&kernel) noexcept {
    if (image == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    if (!aligned(image))
        return TD_STATUS_OUT_OF_RANGE;
    if (const td_status status = read_image(image, header); status != TD_STATUS_OK)
        return status;
    kernel = kernel_for(header.tier, capability().usable);
    return kernel != nullptr && kernel->tier == header.tier ? TD_STATUS_OK : TD_STATUS_UNSUPPORTED;
}

struct Call {
    const void *image;
    Job job;
    std::int32_t tokens;
    void *workspace;
    std::size_t workspace_bytes;
    bool picture;
};

td_status check_arguments(const Call &call, const Image &header) noexcept {
    const Job &job = call.job;
    if (call.tokens < 0 || (job.z_bytes != 1 && job.z_bytes != 4))
        return TD_STATUS_BAD_SIZE;
    if (call.tokens > 0
        && (job.z == nullptr || job.mean == nullptr || job.logit == nullptr || call.workspace == nullptr
            || (call.picture && job.experts == nullptr)))
        return TD_STATUS_NULL_ARGUMENT;
    if (job.stride < static_cast<std::size_t>(header.shape.token_width()))
        return TD_STATUS_BAD_SIZE;
    if (!aligned(call.workspace))
        return TD_STATUS_OUT_OF_RANGE;
    for (std::size_t t = 0; t < (call.picture ? job.tokens : 1); ++t) {
        const std::int32_t expert = call.picture ? job.experts[t] : job.expert;
        if (expert < 0 || expert >= header.shape.experts)
            return TD_STATUS_OUT_OF_RANGE;
    }
    return TD_STATUS_OK;
}

td_status execute(Call call) noexcept {
    Image header;
    const Kernel *kernel = nullptr;
    if (const td_status status = open(call.image, header, kernel); status != TD_STATUS_OK)
        return status;
    call.job.tokens = call.tokens < 0 ? 0 : static_cast<std::size_t>(call.tokens);
    if (const td_status status = check_arguments(call, header); status != TD_STATUS_OK)
        return status;
    if (call.workspace_bytes < workspace_bytes(header.shape, kernel->packing, call.job.tokens))
        return TD_STATUS_BUFFER_TOO_SMALL;
    if (call.tokens > 0)
        run(call.image, header, *kernel, call.job, call.workspace);
    return TD_STATUS_OK;
}

td_status read_for(const void *bytes, std::size_t count, std::int32_t tier, File &file,
                   const Kernel *&kernel) noexcept {
    if (bytes == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    kernel = kernel_for(tier, capability().usable);
    return kernel == nullptr ? td_status{TD_STATUS_UNSUPPORTED} : read_header(bytes, count, file);
}

} // namespace
} // namespace tandem::hyper

using namespace tandem::hyper;

extern "C" td_status td_hyper_image_bytes(const void *file, size_t file_bytes, int32_t tier, size_t *bytes) noexcept {
    File parsed;
    const Kernel *kernel = nullptr;
    if (bytes == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    if (const td_status status = read_for(file, file_bytes, tier, parsed, kernel); status != TD_STATUS_OK)
        return status;
    *bytes = image_bytes(parsed.shape, kernel->packing);
    return TD_STATUS_OK;
}

extern "C" td_status td_hyper_prepare(const void *file, size_t file_bytes, int32_t tier, void *image,
                                      size_t capacity) noexcept {
    File parsed;
    const Kernel *kernel = nullptr;
    if (image == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    if (!aligned(image))
        return TD_STATUS_OUT_OF_RANGE;
    if (const td_status status = read_for(file, file_bytes, tier, parsed, kernel); status != TD_STATUS_OK)
        return status;
    if (capacity < image_bytes(parsed.shape, kernel->packing))
        return TD_STATUS_BUFFER_TOO_SMALL;
    if (const td_status status = check_layers(parsed); status != TD_STATUS_OK)
        return status;
    pack(parsed, *kernel, image);
    return TD_STATUS_OK;
}

extern "C" td_status td_hyper_image_tier(const void *image, int32_t *tier) noexcept {
    if (image == nullptr || tier == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    Image header;
    const td_status status = read_image(image, header);
    if (status == TD_STATUS_OK)
        *tier = header.tier;
    return status;
}

extern "C" td_status td_hyper_workspace_bytes(const void *image, int32_t tokens, size_t *bytes) noexcept {
    Image header;
    const Kernel *kernel = nullptr;
    if (bytes == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    if (tokens < 0)
        return TD_STATUS_BAD_SIZE;
    if (const td_status status = open(image, header, kernel); status != TD_STATUS_OK)
        return status;
    *bytes = workspace_bytes(header.shape, kernel->packing, static_cast<std::size_t>(tokens));
    return TD_STATUS_OK;
}

extern "C" td_status td_hyper_run(const void *image, int32_t expert, int32_t tokens, const void *z, int32_t z_bytes,
                                  int16_t *mean, int16_t *logit, size_t stride, void *workspace,
                                  size_t workspace_bytes) noexcept {
    return execute({image, {0, nullptr, expert, z, z_bytes, mean, logit, stride}, tokens, workspace, workspace_bytes,
                    false});
}

extern "C" td_status td_hyper_run_picture(const void *image, int32_t tokens, const int32_t *experts, const void *z,
                                          int32_t z_bytes, int16_t *mean, int16_t *logit, size_t stride,
                                          void *workspace, size_t workspace_bytes) noexcept {
    return execute({image, {0, experts, 0, z, z_bytes, mean, logit, stride}, tokens, workspace, workspace_bytes, true});
}
