#include "quantise/quantise.hpp"

#include "guard_page.hpp"
#include "tier.hpp"

#include <cfenv>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace tandem::quantise {
namespace {

std::mt19937_64 random_bits(6);

int between(int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random_bits);
}

Tiers<Kernel> tiers() {
    return usable(kernels(), capability().usable);
}

std::vector<std::int32_t> ladder(std::int32_t first, std::int32_t step) {
    std::vector<std::int32_t> thresholds;
    for (std::int32_t k = 0; k < TD_SCALE_THRESHOLDS; ++k)
        thresholds.push_back(static_cast<std::int32_t>(std::int64_t{first} + std::int64_t{k} * step));
    return thresholds;
}

std::int32_t plain_count(const std::vector<std::int32_t> &thresholds, std::int32_t t) {
    std::int32_t count = 0;
    for (std::int32_t threshold : thresholds)
        count += threshold <= t ? 1 : 0;
    return count;
}

std::vector<std::vector<std::int32_t>> all_thresholds() {
    std::vector<std::vector<std::int32_t>> all{ladder(16, 16), ladder(-400, 16), ladder(16, 17), ladder(0, 1),
                                               ladder(32700, 16), ladder(-33000, 16), ladder(-65600, 2116),
                                               ladder(INT32_MIN, 68174084), ladder(INT32_MAX - 62, 1)};
    for (int round = 0; round < 20; ++round) {
        std::vector<std::int32_t> some{between(-70000, 1000)};
        while (some.size() < TD_SCALE_THRESHOLDS)
            some.push_back(some.back() + between(1, round < 10 ? 40 : 2500));
        all.push_back(some);
    }
    return all;
}

TEST(ScaleRows, count_thresholds_for_every_logit) {
    std::vector<std::int16_t> logit;
    for (std::int32_t v = INT16_MIN; v <= INT16_MAX; ++v)
        logit.push_back(static_cast<std::int16_t>(v));
    std::vector<std::uint16_t> rows(logit.size());
    std::vector<std::uint8_t> indices(logit.size());
    for (const auto &thresholds : all_thresholds())
        for (std::int32_t shift : {0, 14, -37, 32767, -32768})
            for (const Kernel *kernel : tiers()) {
                const Ladder made = ladder_of(thresholds.data(), shift);
                kernel->rows(made, logit.data(), logit.size(), 65472, rows.data());
                kernel->indices(made, logit.data(), logit.size(), indices.data());
                for (std::size_t i = 0; i < logit.size(); ++i) {
                    const std::int32_t wanted = plain_count(thresholds, logit[i] + shift);
                    ASSERT_EQ(rows[i], 65472 + wanted) << logit[i] << " shift " << shift << " tier " << kernel->tier;
                    ASSERT_EQ(indices[i], wanted);
                }
            }
}

TEST(ScaleRows, touch_exactly_their_values_at_every_tail) {
    const test::GuardPage in(2 * 140);
    const test::GuardPage out(2 * 140);
    for (const auto &thresholds : {ladder(16, 16), ladder(3, 29)})
        for (std::size_t count = 0; count <= 140; ++count) {
            auto *logit = reinterpret_cast<std::int16_t *>(in.last(2 * count));
            auto *rows = reinterpret_cast<std::uint16_t *>(out.last(2 * count));
            for (std::size_t i = 0; i < count; ++i)
                logit[i] = static_cast<std::int16_t>(between(-100, 2000));
            for (const Kernel *kernel : tiers()) {
                kernel->rows(ladder_of(thresholds.data(), 5), logit, count, 7, rows);
                for (std::size_t i = 0; i < count; ++i)
                    ASSERT_EQ(rows[i], 7 + plain_count(thresholds, logit[i] + 5));
                kernel->indices(ladder_of(thresholds.data(), 5), logit, count, out.last(count));
                for (std::size_t i = 0; i < count; ++i)
                    ASSERT_EQ(out.last(count)[i], plain_count(thresholds, logit[i] + 5));
            }
        }
}

TEST(ScaleRows, refuse_what_is_out_of_range) {
    std::vector<std::int32_t> thresholds = ladder(16, 16);
    std::int16_t logit = 0;
    std::uint16_t row = 0;
    std::uint8_t index = 0;
    EXPECT_EQ(td_scale_rows(thresholds.data(), &logit, 1, 16, 9, &row), TD_STATUS_OK);
    EXPECT_EQ(row, 10);
    EXPECT_EQ(td_scale_indices(thresholds.data(), &logit, 1, 32, &index), TD_STATUS_OK);
    EXPECT_EQ(index, 2);
    EXPECT_EQ(td_scale_rows(thresholds.data(), nullptr, 0, 0, 0, nullptr), TD_STATUS_OK);
    EXPECT_EQ(td_scale_rows(thresholds.data(), nullptr, 1, 0, 0, &row), TD_STATUS_NULL_ARGUMENT);
    EXPECT_EQ(td_scale_rows(thresholds.data(), &logit, 1, 32768, 0, &row), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(td_scale_rows(thresholds.data(), &logit, 1, 0, 65473, &row), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(td_scale_rows(thresholds.data(), &logit, 1, 0, -1, &row), TD_STATUS_OUT_OF_RANGE);
    thresholds[40] = thresholds[39];
    EXPECT_EQ(td_scale_indices(thresholds.data(), &logit, 1, 0, &index), TD_STATUS_OUT_OF_RANGE);
}

// One value after the other, by the C library.
std::int32_t plain_symbol(float y, std::int16_t mean, float unit, float step) {
    const float q = (y - static_cast<float>(mean) * unit) / step;
    const double rounded = std::nearbyint(static_cast<double>(q));
    return static_cast<std::int32_t>(rounded < -32768.0 ? -32768.0 : rounded > 32767.0 ? 32767.0 : rounded);
}

struct Values {
    std::vector<float> y;
    std::vector<std::int16_t> mean;
};

// Ties, neighbours of ties, limits, tiny and huge values, and random bits.
Values values(float unit, float step) {
    Values made;
    const auto add = [&](float y, int mean) {
        if (std::isfinite(y)) {
            made.y.push_back(y);
            made.mean.push_back(static_cast<std::int16_t>(mean));
        }
    };
    for (int tie = -70000; tie <= 70000; tie += tie % 100 == 0 ? 1 : 33) {
        const int mean = between(-32768, 32767);
        const float mu = static_cast<float>(mean) * unit;
        const float y = mu + (static_cast<float>(tie) * 0.5F) * step;
        for (float near : {y, std::nextafter(y, 1e30F), std::nextafter(y, -1e30F)})
            add(near, tie % 2 == 0 ? 0 : mean);
    }
    for (float y : {0.0F, -0.0F, 1e-45F, -1e-45F, 1e-38F, 3.4e38F, -3.4e38F, 32767.0F, 32768.0F, -32769.0F})
        for (int mean : {0, 1, -1, 32767, -32768})
            add(y, mean);
    for (int i = 0; i < 20000; ++i) {
        const auto bits = static_cast<std::uint32_t>(random_bits());
        float y = 0;
        std::memcpy(&y, &bits, sizeof y);
        add(y, between(-32768, 32767));
    }
    return made;
}

TEST(Quantise, rounds_and_limits_as_the_definition_does) {
    ASSERT_EQ(std::fegetround(), FE_TONEAREST);
    for (float step : {0x1p-126F, 1e-3F, 0.1F, 0.5F, 1.0F, 1.25F, 3.0F, 1e6F})
        for (std::int32_t fraction_bits : {0, 4, 8, 15}) {
            const float unit = 1.0F / static_cast<float>(1 << fraction_bits);
            const Values v = values(unit, step);
            std::vector<std::int32_t> symbols(v.y.size());
            std::vector<float> back(v.y.size());
            for (const Kernel *kernel : tiers()) {
                ASSERT_TRUE(kernel->quantise(v.y.data(), v.mean.data(), v.y.size(), unit, step, symbols.data()));
                kernel->dequantise(symbols.data(), v.mean.data(), v.y.size(), unit, step, back.data());
                for (std::size_t i = 0; i < v.y.size(); ++i) {
                    ASSERT_EQ(symbols[i], plain_symbol(v.y[i], v.mean[i], unit, step))
                        << v.y[i] << " mean " << v.mean[i] << " step " << step << " tier " << kernel->tier;
                    const volatile float product = static_cast<float>(symbols[i]) * step;
                    ASSERT_EQ(back[i], product + static_cast<float>(v.mean[i]) * unit);
                }
            }
        }
}

TEST(Quantise, touches_exactly_its_values_at_every_tail) {
    const test::GuardPage y_page(4 * 70);
    const test::GuardPage mean_page(2 * 70);
    const test::GuardPage symbol_page(4 * 70);
    for (std::size_t count = 0; count <= 70; ++count) {
        auto *y = reinterpret_cast<float *>(y_page.last(4 * count));
        auto *mean = reinterpret_cast<std::int16_t *>(mean_page.last(2 * count));
        auto *symbols = reinterpret_cast<std::int32_t *>(symbol_page.last(4 * count));
        for (const Kernel *kernel : tiers()) {
            for (std::size_t i = 0; i < count; ++i) {
                y[i] = static_cast<float>(between(-1000, 1000)) * 0.25F;
                mean[i] = static_cast<std::int16_t>(between(-5000, 5000));
            }
            ASSERT_TRUE(kernel->quantise(y, mean, count, 0.0625F, 0.5F, symbols));
            for (std::size_t i = 0; i < count; ++i)
                ASSERT_EQ(symbols[i], plain_symbol(y[i], mean[i], 0.0625F, 0.5F));
            kernel->dequantise(symbols, mean, count, 0.0625F, 0.5F, y);
            for (std::size_t i = 0; i < count; ++i)
                ASSERT_EQ(y[i], static_cast<float>(symbols[i]) * 0.5F + static_cast<float>(mean[i]) * 0.0625F);
        }
    }
}

TEST(Quantise, refuses_what_is_not_finite_wherever_it_is) {
    constexpr std::size_t count = 37;
    std::vector<std::int16_t> mean(count, 3);
    std::vector<std::int32_t> symbols(count);
    for (float wrong : {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::quiet_NaN(),
                        std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()})
        for (std::size_t at = 0; at < count; ++at) {
            std::vector<float> y(count, 1.0F);
            y[at] = wrong;
            y[count - 1] = wrong;
            for (const Kernel *kernel : tiers())
                EXPECT_FALSE(kernel->quantise(y.data(), mean.data(), count, 1.0F, 1.0F, symbols.data()));
            std::size_t bad = 0;
            EXPECT_EQ(td_quantise(y.data(), mean.data(), count, 8, 1.0F, symbols.data(), &bad), TD_STATUS_OUT_OF_RANGE);
            EXPECT_EQ(bad, at);
        }
}

TEST(Quantise, refuses_arguments_out_of_range) {
    float y = 1;
    std::int16_t mean = 0;
    std::int32_t symbol = 0;
    std::size_t bad = 0;
    EXPECT_EQ(td_quantise(&y, &mean, 1, 8, 0.25F, &symbol, &bad), TD_STATUS_OK);
    EXPECT_EQ(symbol, 4);
    EXPECT_EQ(td_quantise(nullptr, nullptr, 0, 8, 0.25F, nullptr, &bad), TD_STATUS_OK);
    EXPECT_EQ(td_quantise(&y, &mean, 1, 8, 0.25F, &symbol, nullptr), TD_STATUS_OK);
    EXPECT_EQ(td_quantise(&y, nullptr, 1, 8, 0.25F, &symbol, &bad), TD_STATUS_NULL_ARGUMENT);
    for (float step : {0.0F, -1.0F, 1e-40F, 2e6F, std::numeric_limits<float>::quiet_NaN()}) {
        EXPECT_EQ(td_quantise(&y, &mean, 1, 8, step, &symbol, &bad), TD_STATUS_OUT_OF_RANGE);
        EXPECT_EQ(bad, 1U);
        EXPECT_EQ(td_dequantise(&symbol, &mean, 1, 8, step, &y), TD_STATUS_OUT_OF_RANGE);
    }
    EXPECT_EQ(td_quantise(&y, &mean, 1, 16, 1.0F, &symbol, &bad), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(td_dequantise(&symbol, &mean, 1, -1, 1.0F, &y), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(td_dequantise(&symbol, &mean, 1, 8, 2.0F, &y), TD_STATUS_OK);
    EXPECT_EQ(y, 8.0F);
}

} // namespace
} // namespace tandem::quantise
