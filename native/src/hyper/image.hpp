// A network packed for one tier, in the caller's memory: a header, then every expert's layers. Holds offsets only.
#pragma once

#include "hyper/file.hpp"
#include "hyper/kernel.hpp"

namespace tandem::hyper {

struct Image {
    std::uint64_t magic = 0;
    std::int32_t tier = 0;
    Shape shape;
    std::uint64_t expert_bytes = 0;
};

// Bytes of a whole image.
std::size_t image_bytes(const Shape &shape, const Packing &packing) noexcept;

// Packs a checked file; image has image_bytes.
void pack(const File &file, const Kernel &kernel, void *image) noexcept;

// The header of an image; CORRUPT_DATA where there is none.
td_status read_image(const void *image, Image &header) noexcept;

// Pointers into one layer of an image.
Layer layer_of(const void *image, const Image &header, const Packing &packing, std::int32_t expert,
               std::int32_t layer) noexcept;

// Bytes from one row of activations to the next: any layer's padded inputs or outputs, in whole cache lines, and an odd
// number of those, so that rows do not compete for the same sets of a cache.
std::size_t row_bytes(const Shape &shape, const Packing &packing) noexcept;

} // namespace tandem::hyper
