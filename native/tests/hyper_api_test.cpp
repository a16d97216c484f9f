#include "hyper_network.hpp"

#include <cstring>

#include <gtest/gtest.h>
#include <tandem/capability.h>
#include <tandem/hyper.h>

namespace tandem::test {
namespace {

struct alignas(64) Line {
    unsigned char bytes[64];
};

class HyperApi : public testing::Test {
protected:
    HyperApi() : random(5), network(random, 3, {6, 20, 14}), file(network.file()) {
        EXPECT_EQ(td_hyper_image_bytes(file.data(), file.size(), TD_HYPER_BEST_TIER, &image_bytes), TD_STATUS_OK);
        image.resize(image_bytes / 64 + 1);
        EXPECT_EQ(prepare(file, TD_HYPER_BEST_TIER), TD_STATUS_OK);
        EXPECT_EQ(td_hyper_workspace_bytes(image.data(), 9, &work_bytes), TD_STATUS_OK);
        work.resize(work_bytes / 64 + 1);
        for (int i = 0; i < 9 * 6; ++i)
            z.push_back(Network::between(random, -300, 300));
    }

    td_status prepare(const std::vector<unsigned char> &bytes, std::int32_t tier) {
        return td_hyper_prepare(bytes.data(), bytes.size(), tier, image.data(), image_bytes);
    }
    td_status run(std::int32_t expert, std::int32_t tokens, std::int16_t *out, std::size_t stride) {
        return td_hyper_run(image.data(), expert, tokens, z.data(), 4, out, out + 7, stride, work.data(), work_bytes);
    }
    void refused(std::size_t at, std::int32_t value) {
        std::vector<unsigned char> damaged = file;
        std::memcpy(damaged.data() + at, &value, 4);
        std::size_t bytes = 0;
        const td_status status = td_hyper_image_bytes(damaged.data(), damaged.size(), TD_HYPER_BEST_TIER, &bytes);
        EXPECT_TRUE(status == TD_STATUS_CORRUPT_DATA || bytes == image_bytes);
        EXPECT_EQ(prepare(damaged, TD_HYPER_BEST_TIER), TD_STATUS_CORRUPT_DATA) << value << " at " << at;
    }

    Network::Random random;
    Network network;
    std::vector<unsigned char> file;
    std::size_t image_bytes = 0;
    std::size_t work_bytes = 0;
    std::vector<Line> image;
    std::vector<Line> work;
    std::vector<std::int32_t> z;
};

TEST_F(HyperApi, one_expert_and_a_whole_picture_give_the_same_rows) {
    std::int16_t single[14];
    std::int16_t picture[9 * 14];
    const std::int32_t experts[9] = {2, 0, 1, 1, 2, 0, 0, 2, 1};
    ASSERT_EQ(td_hyper_run_picture(image.data(), 9, experts, z.data(), 4, picture, picture + 7, 14, work.data(),
                                   work_bytes), TD_STATUS_OK);
    for (std::size_t t = 0; t < 9; ++t) {
        ASSERT_EQ(td_hyper_run(image.data(), experts[t], 1, z.data() + 6 * t, 4, single, single + 7, 14, work.data(),
                               work_bytes), TD_STATUS_OK);
        EXPECT_EQ(std::memcmp(single, picture + 14 * t, sizeof single), 0) << t;
    }
}

TEST_F(HyperApi, names_its_tier_and_refuses_one_that_cannot_run) {
    std::int32_t tier = -1;
    EXPECT_EQ(td_hyper_image_tier(image.data(), &tier), TD_STATUS_OK);
    EXPECT_LE(tier, td_capability_level() < 0 ? 0 : td_capability_level());
    const std::int32_t foreign = tier / 100 == 2 ? TD_CAPABILITY_AVX2 : TD_CAPABILITY_NEON;
    EXPECT_EQ(prepare(file, foreign), TD_STATUS_UNSUPPORTED);
    EXPECT_EQ(prepare(file, -7), TD_STATUS_UNSUPPORTED);
    std::memcpy(image[0].bytes + 8, &foreign, sizeof foreign); // an image of another machine
    std::int16_t out[14];
    EXPECT_EQ(run(0, 1, out, 14), TD_STATUS_UNSUPPORTED);
    EXPECT_EQ(td_hyper_image_bytes(file.data(), file.size(), TD_CAPABILITY_SCALAR, &image_bytes), TD_STATUS_OK);
    image.resize(image_bytes / 64 + 1);
    EXPECT_EQ(prepare(file, TD_CAPABILITY_SCALAR), TD_STATUS_OK);
    EXPECT_EQ(td_hyper_image_tier(image.data(), &tier), TD_STATUS_OK);
    EXPECT_EQ(tier, TD_CAPABILITY_SCALAR);
    image[0] = {};
    EXPECT_EQ(run(0, 1, out, 14), TD_STATUS_CORRUPT_DATA);
}

TEST_F(HyperApi, refuses_wrong_arguments_in_one_place) {
    std::int16_t out[9 * 14];
    const std::int32_t missing[2] = {0, 3};
    std::size_t bytes = 0;
    EXPECT_EQ(run(0, 0, out, 14), TD_STATUS_OK);
    EXPECT_EQ(run(3, 1, out, 14), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(run(-1, 1, out, 14), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(run(0, -1, out, 14), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(run(0, 1, out, 6), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(run(0, 1000, out, 14), TD_STATUS_BUFFER_TOO_SMALL);
    EXPECT_EQ(td_hyper_run(image.data(), 0, 1, z.data(), 2, out, out, 14, work.data(), work_bytes), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(td_hyper_run(image.data(), 0, 1, nullptr, 4, out, out, 14, work.data(), work_bytes),
              TD_STATUS_NULL_ARGUMENT);
    EXPECT_EQ(td_hyper_run(image.data(), 0, 1, z.data(), 4, out, out, 14, work[0].bytes + 4, work_bytes),
              TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(td_hyper_run_picture(image.data(), 2, missing, z.data(), 4, out, out, 14, work.data(), work_bytes),
              TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(td_hyper_workspace_bytes(image.data(), -1, &bytes), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(td_hyper_workspace_bytes(nullptr, 1, &bytes), TD_STATUS_NULL_ARGUMENT);
    EXPECT_EQ(td_hyper_prepare(file.data(), file.size(), TD_HYPER_BEST_TIER, image.data(), image_bytes - 1),
              TD_STATUS_BUFFER_TOO_SMALL);
    EXPECT_EQ(td_hyper_prepare(file.data(), file.size(), TD_HYPER_BEST_TIER, image[0].bytes + 4, image_bytes),
              TD_STATUS_OUT_OF_RANGE);
}

TEST_F(HyperApi, refuses_every_cut_and_a_damaged_header) {
    for (std::size_t length = 1; length < file.size(); ++length) {
        const std::vector<unsigned char> cut(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(length));
        EXPECT_EQ(prepare(cut, TD_HYPER_BEST_TIER), TD_STATUS_CORRUPT_DATA) << length;
    }
    for (std::size_t at = 0; at < 32; at += 4)
        if (at != 16) // fraction bits: bounded below
            for (std::int32_t value : {0, -1, INT32_MAX, INT32_MIN, 1 << 24})
                refused(at, value);
    refused(16, 16);
    refused(28, 13);
    refused(32, 0x00001E00);
    refused(32, 0x00001E30);
    refused(32, 0x01001E1E);
    refused(40, 16);
}

TEST_F(HyperApi, refuses_a_network_that_could_overflow) {
    PlainLayer &layer = network.layer_of(1, 0);
    layer.weights.assign(layer.weights.size(), 0);
    layer.weights[0] = -128;
    for (std::int32_t sign : {1, -1}) {
        layer.biases[0] = sign * (INT32_MAX - 128 * 127);
        EXPECT_EQ(prepare(network.file(), TD_HYPER_BEST_TIER), TD_STATUS_OK);
        layer.biases[0] += sign;
        EXPECT_EQ(prepare(network.file(), TD_HYPER_BEST_TIER), TD_STATUS_CORRUPT_DATA);
    }
    layer.biases[0] = INT32_MIN;
    EXPECT_EQ(prepare(network.file(), TD_HYPER_BEST_TIER), TD_STATUS_CORRUPT_DATA);
    layer.biases[0] = 0;
    layer.multipliers[0] = -1;
    EXPECT_EQ(prepare(network.file(), TD_HYPER_BEST_TIER), TD_STATUS_CORRUPT_DATA);
    layer.multipliers[0] = 1;
    PlainLayer &second = network.layer_of(2, 1);
    second.weights.assign(second.weights.size(), 1);
    second.biases[3] = INT32_MAX - 20 * 255;
    EXPECT_EQ(prepare(network.file(), TD_HYPER_BEST_TIER), TD_STATUS_OK);
    second.biases[3] += 1;
    EXPECT_EQ(prepare(network.file(), TD_HYPER_BEST_TIER), TD_STATUS_CORRUPT_DATA);
}

} // namespace
} // namespace tandem::test
