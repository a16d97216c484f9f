// The small rules that kernels are made of, against their definitions; they run on the host as on the device.
#include "cuda/nearest.cuh"

#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace tandem::cuda {
namespace {

TEST(CudaRules, requantisation_floors) {
    std::mt19937_64 random(1);
    for (int i = 0; i < 1000000; ++i) {
        const auto sum = static_cast<std::int32_t>(random());
        const auto multiplier = static_cast<std::int32_t>(random() & 0x7FFFFFFFU);
        const int shift = 1 + static_cast<int>(random() % 47);
        const std::int64_t divisor = std::int64_t{1} << shift;
        const std::int64_t total = std::int64_t{sum} * multiplier + divisor / 2;
        const std::int64_t floored = total / divisor - (total % divisor < 0 ? 1 : 0);
        ASSERT_EQ(requantised(sum, multiplier, shift), floored);
        ASSERT_EQ(limited(floored, -32768, 32767), std::clamp<std::int64_t>(floored, -32768, 32767));
    }
}

TEST(CudaRules, the_scale_index_counts_thresholds) {
    std::mt19937 random(2);
    std::int32_t thresholds[64];
    std::int32_t at = -40000;
    for (int i = 0; i < 63; ++i)
        thresholds[i] = at += 1 + static_cast<std::int32_t>(random() % 2000);
    thresholds[63] = INT32_MAX;
    for (std::int32_t t = -66000; t < 90000; ++t)
        ASSERT_EQ(scale_index(thresholds, t), std::count_if(thresholds, thresholds + 63, [t](int h) { return h <= t; }));
}

TEST(CudaRules, a_list_keeps_the_smallest_in_order) {
    std::mt19937 random(3);
    for (int round = 0; round < 2000; ++round) {
        float list[8];
        std::fill(list, list + 8, infinite());
        std::vector<float> all;
        for (unsigned i = 0; i < 1 + random() % 40; ++i) {
            all.push_back(static_cast<float>(random() % 30));
            insert(list, all.back());
        }
        std::sort(all.begin(), all.end());
        double sum = 0;
        for (std::size_t k = 0; k < 8; ++k) {
            ASSERT_EQ(list[k], k < all.size() ? all[k] : infinite());
            if (k < all.size()) {
                sum += static_cast<double>(all[k]);
                ASSERT_EQ(mean_of(list, static_cast<int>(k) + 1), sum / static_cast<double>(k + 1));
            }
        }
    }
}

TEST(CudaRules, numbers_keep_their_order_as_integers) {
    const double numbers[] = {-static_cast<double>(infinite()), -1e300, -2, -1, -1e-300, 0, 1e-300, 0.5, 1, 1e300,
                              static_cast<double>(infinite())};
    for (std::size_t i = 1; i < std::size(numbers); ++i)
        EXPECT_LT(order_of(numbers[i - 1]), order_of(numbers[i])) << numbers[i];
}

TEST(CudaRules, ties_go_to_the_lower_index) {
    EXPECT_TRUE(denser(1, 9, 2, 3));
    EXPECT_TRUE(denser(2, 3, 2, 9));
    EXPECT_FALSE(denser(2, 9, 2, 3));
    EXPECT_FALSE(denser(2, 3, 2, 3));
    EXPECT_TRUE(more_important(3, 9, 2, 3));
    EXPECT_TRUE(more_important(2, 3, 2, 9));
    EXPECT_FALSE(more_important(2, 3, 2, 3));
    EXPECT_TRUE(nearer(1, 9, 2, 3));
    EXPECT_TRUE(nearer(2, 3, 2, 9));
    EXPECT_FALSE(nearer(2, 9, 2, 3));
}

TEST(CudaRules, pairs_of_blocks_are_counted_row_by_row) {
    for (const int blocks : {1, 2, 3, 12, 64}) {
        int p = 0;
        for (int row = 0; row < blocks; ++row)
            for (int column = row; column < blocks; ++column, ++p) {
                ASSERT_EQ(pair_of(p, blocks).row, row);
                ASSERT_EQ(pair_of(p, blocks).column, column);
            }
    }
}

TEST(CudaRules, distances_are_never_negative_and_never_nan) {
    EXPECT_EQ(distance(2, 1.0000001F, 4, false), 0);
    EXPECT_EQ(distance(2, 0.5F, 4, false), 0.25F);
    EXPECT_EQ(distance(2, 0.9F, 4, true), 0);
    EXPECT_EQ(distance(infinite(), 1, 4, false), infinite());
    EXPECT_EQ(distance(infinite(), infinite(), 4, true), infinite());
    EXPECT_EQ(distance(infinite(), infinite(), 4, false), infinite());
}

TEST(CudaRules, symbols_are_rounded_half_to_even_and_saturated) {
    EXPECT_EQ(symbol_of(0.5F, 0, 1), 0);
    EXPECT_EQ(symbol_of(1.5F, 0, 1), 2);
    EXPECT_EQ(symbol_of(-2.5F, 0, 1), -2);
    EXPECT_EQ(symbol_of(9.0F, 1.75F, 0.5F), 14);
    EXPECT_EQ(symbol_of(FLT_MAX, 0, 0.1F), 32767);
    EXPECT_EQ(symbol_of(-FLT_MAX, 0, 0.1F), -32768);
    EXPECT_EQ(value_of(14, 0.5F, 1.75F), 8.75F);
}

} // namespace
} // namespace tandem::cuda
