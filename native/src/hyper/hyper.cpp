// The C functions of hyper.h: they check, and never throw.
#include "guard.hpp"
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

td_status check_aligned(const char *name, const void *at) noexcept {
    if (reinterpret_cast<std::uintptr_t>(at) % TD_HYPER_ALIGNMENT == 0)
        return TD_STATUS_OK;
    return refused(TD_STATUS_OUT_OF_RANGE, "[%s] does not start at a multiple of [%d] bytes", name, TD_HYPER_ALIGNMENT);
}

td_status check_capacity(const char *name, std::size_t found, std::size_t needed) noexcept {
    if (found >= needed)
        return TD_STATUS_OK;
    return refused(TD_STATUS_BUFFER_TOO_SMALL, "[%s] has [%zu] bytes, needed are [%zu]", name, found, needed);
}

td_status check_image(const void *image, Image &header) noexcept {
    if (read_image(image, header) == TD_STATUS_OK)
        return TD_STATUS_OK;
    return refused(TD_STATUS_CORRUPT_DATA, "this memory holds no image of a hyper-synthesis");
}

td_status no_such_tier(std::int32_t wanted) noexcept {
    return refused(TD_STATUS_UNSUPPORTED, "tier [%d] (%s) may not run here, the best is [%d] (%s)", wanted,
                   tier_name(wanted), capability().usable, tier_name(capability().usable));
}

// The kernel that an image was packed for, if it may run here.
td_status open(const void *image, Image &header, const Kernel *&kernel) noexcept {
    if (image == nullptr)
        return refused_null({{"image", image}});
    if (const td_status status = check_aligned("image", image); status != TD_STATUS_OK)
        return status;
    if (const td_status status = check_image(image, header); status != TD_STATUS_OK)
        return status;
    kernel = kernel_for(header.tier, capability().usable);
    return kernel != nullptr && kernel->tier == header.tier ? TD_STATUS_OK : no_such_tier(header.tier);
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
    if (call.tokens < 0)
        return refused(TD_STATUS_BAD_SIZE, "tokens are [%d], needed is none or more", call.tokens);
    if (job.z_bytes != 1 && job.z_bytes != 4)
        return refused(TD_STATUS_BAD_SIZE, "bytes of a hyper-latent are [%d], needed are 1 or 4", job.z_bytes);
    if (call.tokens > 0 && call.picture && job.experts == nullptr)
        return refused_null({{"experts", job.experts}});
    if (call.tokens > 0
        && (job.z == nullptr || job.mean == nullptr || job.logit == nullptr || call.workspace == nullptr))
        return refused_null({{"z", job.z}, {"mean", job.mean}, {"logit", job.logit}, {"workspace", call.workspace}});
    if (job.stride < static_cast<std::size_t>(header.shape.token_width()))
        return refused(TD_STATUS_BAD_SIZE, "the stride is [%zu], needed is at least the token width, [%d]", job.stride,
                       header.shape.token_width());
    if (const td_status status = check_aligned("workspace", call.workspace); status != TD_STATUS_OK)
        return status;
    for (std::size_t t = 0; t < (call.picture ? job.tokens : 1); ++t) {
        const std::int32_t expert = call.picture ? job.experts[t] : job.expert;
        if (expert < 0 || expert >= header.shape.experts)
            return refused(TD_STATUS_OUT_OF_RANGE, "token [%zu] has expert [%d], needed is 0 to below [%d]", t, expert,
                           header.shape.experts);
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
    const std::size_t needed = workspace_bytes(header.shape, kernel->packing, call.job.tokens);
    if (const td_status status = check_capacity("workspace", call.workspace_bytes, needed); status != TD_STATUS_OK)
        return status;
    if (call.tokens > 0)
        run(call.image, header, *kernel, call.job, call.workspace);
    return TD_STATUS_OK;
}

td_status read_for(const void *bytes, std::size_t count, std::int32_t tier, File &file,
                   const Kernel *&kernel) noexcept {
    if (bytes == nullptr)
        return refused_null({{"file", bytes}});
    kernel = kernel_for(tier, capability().usable);
    if (kernel == nullptr)
        return no_such_tier(tier);
    if (read_header(bytes, count, file) == TD_STATUS_OK)
        return TD_STATUS_OK;
    return refused(TD_STATUS_CORRUPT_DATA, "the header is damaged, or does not fit the file's [%zu] bytes", count);
}

} // namespace
} // namespace tandem::hyper

using namespace tandem::hyper;

extern "C" td_status td_hyper_image_bytes(const void *file, size_t file_bytes, int32_t tier, size_t *bytes) noexcept {
    return tandem::guarded([&]() -> td_status {
        File parsed;
        const Kernel *kernel = nullptr;
        if (bytes == nullptr)
            return tandem::refused_null({{"bytes", bytes}});
        if (const td_status status = read_for(file, file_bytes, tier, parsed, kernel); status != TD_STATUS_OK)
            return status;
        *bytes = image_bytes(parsed.shape, kernel->packing);
        return TD_STATUS_OK;
    });
}

extern "C" td_status td_hyper_prepare(const void *file, size_t file_bytes, int32_t tier, void *image,
                                      size_t capacity) noexcept {
    return tandem::guarded([&]() -> td_status {
        File parsed;
        const Kernel *kernel = nullptr;
        if (image == nullptr)
            return tandem::refused_null({{"image", image}});
        if (const td_status status = check_aligned("image", image); status != TD_STATUS_OK)
            return status;
        if (const td_status status = read_for(file, file_bytes, tier, parsed, kernel); status != TD_STATUS_OK)
            return status;
        const std::size_t needed = image_bytes(parsed.shape, kernel->packing);
        if (const td_status status = check_capacity("image", capacity, needed); status != TD_STATUS_OK)
            return status;
        Place bad;
        if (check_layers(parsed, &bad) != TD_STATUS_OK)
            return tandem::refused(TD_STATUS_CORRUPT_DATA,
                                   "layer [%d] of expert [%d] has padding, a multiplier or a sum that is not allowed",
                                   bad.layer, bad.expert);
        pack(parsed, *kernel, image);
        return TD_STATUS_OK;
    });
}

extern "C" td_status td_hyper_image_tier(const void *image, int32_t *tier) noexcept {
    return tandem::guarded([&]() -> td_status {
        if (image == nullptr || tier == nullptr)
            return tandem::refused_null({{"image", image}, {"tier", tier}});
        Image header;
        const td_status status = check_image(image, header);
        if (status == TD_STATUS_OK)
            *tier = header.tier;
        return status;
    });
}

extern "C" td_status td_hyper_workspace_bytes(const void *image, int32_t tokens, size_t *bytes) noexcept {
    return tandem::guarded([&]() -> td_status {
        Image header;
        const Kernel *kernel = nullptr;
        if (bytes == nullptr)
            return tandem::refused_null({{"bytes", bytes}});
        if (tokens < 0)
            return tandem::refused(TD_STATUS_BAD_SIZE, "tokens are [%d], needed is none or more", tokens);
        if (const td_status status = open(image, header, kernel); status != TD_STATUS_OK)
            return status;
        *bytes = workspace_bytes(header.shape, kernel->packing, static_cast<std::size_t>(tokens));
        return TD_STATUS_OK;
    });
}

extern "C" td_status td_hyper_run(const void *image, int32_t expert, int32_t tokens, const void *z, int32_t z_bytes,
                                  int16_t *mean, int16_t *logit, size_t stride, void *workspace,
                                  size_t workspace_bytes) noexcept {
    return tandem::guarded([&] {
        return execute({image, {0, nullptr, expert, z, z_bytes, mean, logit, stride}, tokens, workspace,
                        workspace_bytes, false});
    });
}

extern "C" td_status td_hyper_run_picture(const void *image, int32_t tokens, const int32_t *experts, const void *z,
                                          int32_t z_bytes, int16_t *mean, int16_t *logit, size_t stride,
                                          void *workspace, size_t workspace_bytes) noexcept {
    return tandem::guarded([&] {
        return execute({image, {0, experts, 0, z, z_bytes, mean, logit, stride}, tokens, workspace, workspace_bytes,
                        true});
    });
}
