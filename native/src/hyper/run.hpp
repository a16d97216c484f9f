// Runs an image over tokens: groups them by expert, a workspace's worth at a time through all layers.
#pragma once

#include "hyper/image.hpp"

namespace tandem::hyper {

struct Job {
    std::size_t tokens;
    const std::int32_t *experts; // [tokens], or null: all chose `expert`
    std::int32_t expert;
    const void *z;               // [tokens, H]
    std::int32_t z_bytes;        // 1 or 4
    std::int16_t *mean;
    std::int16_t *logit;
    std::size_t stride;
};

std::size_t workspace_bytes(const Shape &shape, const Packing &packing, std::size_t tokens) noexcept;

// The job's experts exist; workspace has workspace_bytes and starts at a cache line.
void run(const void *image, const Image &header, const Kernel &kernel, const Job &job, void *workspace) noexcept;

} // namespace tandem::hyper
