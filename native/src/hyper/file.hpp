// A hyper file (docs/bitstream.md, section 5), checked and looked at where it lies.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <tandem/quantise.h>
#include <tandem/status.h>

namespace tandem::hyper {

constexpr int most_layers = 8;
constexpr int most_experts = 256;
constexpr int most_width = 16384;

// Sizes and constants, without the experts.
struct Shape {
    std::int32_t experts = 0;
    std::int32_t layers = 0;
    std::int32_t fraction_bits = 0;
    std::array<std::int32_t, most_layers + 1> widths{};
    std::array<std::int32_t, most_layers> shifts{};
    std::array<std::int32_t, TD_SCALE_THRESHOLDS> thresholds{};

    std::int32_t hyper_width() const noexcept { return widths[0]; }
    std::int32_t token_width() const noexcept { return widths[static_cast<std::size_t>(layers)] / 2; }
};

// One layer of one expert inside the file; biases and multipliers need not be aligned.
struct LayerParts {
    std::int32_t inputs = 0;
    std::int32_t outputs = 0;
    std::int32_t shift = 0;
    const std::int8_t *weights = nullptr; // [outputs][inputs]
    const unsigned char *biases = nullptr;
    const unsigned char *multipliers = nullptr;

    std::int32_t bias(std::int32_t output) const noexcept;
    std::int32_t multiplier(std::int32_t output) const noexcept;
};

struct File {
    Shape shape;
    const unsigned char *experts = nullptr;
    std::size_t expert_bytes = 0;

    LayerParts layer(std::int32_t expert, std::int32_t layer) const noexcept;
};

// The header, and that the length is exactly what it demands.
td_status read_header(const void *bytes, std::size_t count, File &file) noexcept;

// Which layer of which expert.
struct Place {
    std::int32_t expert = 0;
    std::int32_t layer = 0;
};

// Padding, multipliers, and that no sum of any layer can reach 2^31. bad may be null; on CORRUPT_DATA the
// first layer that breaks this.
td_status check_layers(const File &file, Place *bad = nullptr) noexcept;

} // namespace tandem::hyper
