// Runs td_cuda_cluster on tokens given as float32, in any of its types.
#pragma once

#include "cluster_reference.hpp"
#include "device_memory.hpp"

#include <bit>
#include <random>
#include <string>

namespace tandem::test {

struct Way {
    const char *name;
    std::int32_t type, gram;
};
inline constexpr Way ways[] = {{"fp32", TD_CUDA_FLOAT32, TD_CUDA_GRAM_FP32},
                               {"tf32", TD_CUDA_FLOAT32, TD_CUDA_GRAM_TENSOR},
                               {"fp16", TD_CUDA_FLOAT16, TD_CUDA_GRAM_TENSOR},
                               {"bf16", TD_CUDA_BFLOAT16, TD_CUDA_GRAM_TENSOR}};

// Of values that the type holds exactly; infinities and NaN become the type's.
inline std::uint16_t half_of(float v, std::int32_t type) {
    const auto bits = std::bit_cast<std::uint32_t>(v);
    if (type == TD_CUDA_BFLOAT16)
        return static_cast<std::uint16_t>(bits >> 16);
    const auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000U);
    const std::uint32_t exponent = bits >> 23 & 255U;
    if (exponent == 255)
        return static_cast<std::uint16_t>(sign | 0x7C00U | ((bits & 0x7FFFFFU) != 0 ? 0x200U : 0U));
    if (exponent < 113)
        return sign; // zero; the tests have no subnormal values
    return static_cast<std::uint16_t>(sign | (exponent - 112) << 10 | (bits >> 13 & 0x3FFU));
}

// v with so few fraction bits that every type holds it exactly (bfloat16 has seven).
inline float coarse(float v) {
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(v) & 0xFFFF0000U);
}

struct Tiles {
    td_cuda_cluster_shape shape{};
    std::vector<float> tokens;

    const float *tile(int t) const { return tokens.data() + static_cast<std::size_t>(t) * tile_values(); }
    std::size_t tile_values() const {
        return static_cast<std::size_t>(shape.tokens) * static_cast<std::size_t>(shape.width);
    }
};

struct Answer {
    std::vector<std::int32_t> centres, assignment, states;
    std::vector<float> merged, importance;

    Clusters tile(int t, const td_cuda_cluster_shape &shape) const {
        const auto part = [t](const auto &all, std::int32_t count) {
            const auto from = all.begin() + static_cast<std::ptrdiff_t>(t) * count;
            return std::vector(from, from + count);
        };
        return {part(centres, shape.clusters), part(assignment, shape.tokens),
                part(merged, shape.clusters * shape.width), part(importance, shape.clusters)};
    }
};

// skip: elements by which the tokens miss a 256-byte boundary.
inline Answer run(const Tiles &tiles, std::size_t skip = 0) {
    const td_cuda_cluster_shape &shape = tiles.shape;
    const auto count = [&](std::int32_t each) {
        return static_cast<std::size_t>(shape.tiles) * static_cast<std::size_t>(each);
    };
    std::vector<std::uint16_t> halves;
    if (shape.type != TD_CUDA_FLOAT32)
        for (const float v : tiles.tokens)
            halves.push_back(half_of(v, shape.type));
    const OnDevice<float> floats(tiles.tokens, skip);
    const OnDevice<std::uint16_t> half_floats(halves, skip);
    const void *tokens = shape.type == TD_CUDA_FLOAT32 ? static_cast<const void *>(floats.get()) : half_floats.get();
    std::uint64_t bytes = 0;
    EXPECT_EQ(td_cuda_cluster_workspace(&shape, &bytes), TD_STATUS_OK);
    Answer answers[2];
    for (int second = 0; second < 2; ++second) {
        vary(second != 0);
        Scratch scratch(bytes);
        OnDevice<std::int32_t> centres(count(shape.clusters)), assignment(count(shape.tokens)), states(count(1));
        OnDevice<float> merged(count(shape.clusters * shape.width)), importance(count(shape.clusters));
        EXPECT_EQ(td_cuda_cluster(&scratch.launch, &shape, tokens, centres.get(), assignment.get(), merged.get(),
                                  importance.get(), states.get()),
                  TD_STATUS_OK)
            << scratch.launch.cuda_error;
        answers[second] = {centres.host(), assignment.host(), states.host(), merged.host(), importance.host()};
        scratch.check();
    }
    vary(false);
    EXPECT_EQ(answers[0].centres, answers[1].centres) << "depends on the order of threads";
    EXPECT_EQ(answers[0].assignment, answers[1].assignment) << "depends on the order of threads";
    EXPECT_EQ(answers[0].states, answers[1].states) << "depends on the order of threads";
    const auto same_bits = [](const std::vector<float> &a, const std::vector<float> &b) {
        return std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
    };
    EXPECT_TRUE(same_bits(answers[0].merged, answers[1].merged)) << "depends on the order of threads";
    EXPECT_TRUE(same_bits(answers[0].importance, answers[1].importance)) << "depends on the order of threads";
    return answers[0];
}

inline std::string words(const td_cuda_cluster_shape &s, const Way &way) {
    return std::string(way.name) + " " + std::to_string(s.tiles) + "x" + std::to_string(s.tokens) + "x"
           + std::to_string(s.width) + " to " + std::to_string(s.clusters) + ", k " + std::to_string(s.neighbours);
}

} // namespace tandem::test
