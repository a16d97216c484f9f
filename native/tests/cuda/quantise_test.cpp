#include "device_memory.hpp"
#include "hyper_fixture.hpp"

#include <cfloat>
#include <cmath>
#include <limits>

namespace tandem::test {
namespace {

struct Case {
    std::vector<float> values;
    std::vector<std::int16_t> means, logits;
};

// Values near means, many of them exactly between two symbols, and all that float32 has at its ends.
Case make(std::size_t count, float step, float unit, unsigned seed) {
    std::mt19937 random(seed);
    Case made;
    const float ends[] = {0.0F, -0.0F, FLT_MAX, -FLT_MAX, FLT_MIN, 1e-45F, 32767.5F, -32768.5F, 1e9F};
    for (std::size_t i = 0; i < count; ++i) {
        made.means.push_back(static_cast<std::int16_t>(random()));
        made.logits.push_back(static_cast<std::int16_t>(random() % 8 == 0 ? random() : random() % 1100));
        const float mean = made.means.back() * unit;
        const float steps = static_cast<float>(static_cast<int>(random() % 41) - 20) * 0.5F;
        made.values.push_back(random() % 4 == 0 ? ends[random() % 9]
                                                : mean + step * (random() % 2 == 0 ? steps : steps * 0.37F));
    }
    return made;
}

TEST(CudaQuantise, gives_the_reference_symbols_and_rows) {
    TANDEM_NEEDS_DEVICE();
    for (const std::size_t count : {1U, 2U, 255U, 256U, 257U, 5000U})
        for (const float step : {0.5F, 0.3F, 1.7F, 1000.0F, 1e-30F, 0x1p-126F}) {
            const Network net = random_network(static_cast<unsigned>(count), 1, {1, 2}, false);
            const auto file = net.file();
            td_cuda_hyper_model model{};
            ASSERT_EQ(td_cuda_hyper_open(file.data(), file.size(), &model), TD_STATUS_OK);
            std::vector<unsigned char> packed_bytes(static_cast<std::size_t>(model.packed_bytes));
            ASSERT_EQ(td_cuda_hyper_pack(file.data(), file.size(), packed_bytes.data(), packed_bytes.size()),
                      TD_STATUS_OK);
            const float unit = 1.0F / static_cast<float>(1 << net.fraction_bits);
            const Case made = make(count, step, unit, static_cast<unsigned>(count));
            const OnDevice<unsigned char> packed(packed_bytes);
            const OnDevice<float> values(made.values), back(count);
            const OnDevice<std::int16_t> means(made.means), logits(made.logits), symbols(count);
            const OnDevice<std::uint8_t> scales(count);
            const OnDevice<std::int32_t> state(1);
            td_cuda_launch launch{};
            for (const int shift : {0, -8, 40, -32768, 32767}) {
                ASSERT_EQ(td_cuda_quantise(&launch, &model, packed.get(), static_cast<std::int64_t>(count), values.get(),
                                           means.get(), logits.get(), step, shift, symbols.get(), scales.get(),
                                           state.get()),
                          TD_STATUS_OK);
                ASSERT_EQ(td_cuda_dequantise(&launch, &model, static_cast<std::int64_t>(count), symbols.get(),
                                             means.get(), step, back.get()),
                          TD_STATUS_OK);
                EXPECT_EQ(state.host()[0], TD_STATUS_OK);
                const auto symbol = symbols.host();
                const auto scale = scales.host();
                const auto value = back.host();
                for (std::size_t i = 0; i < count; ++i) {
                    const float mean = made.means[i] * unit;
                    const volatile float quotient = (made.values[i] - mean) / step;
                    const double expected = std::clamp(std::rint(static_cast<double>(quotient)), -32768.0, 32767.0);
                    EXPECT_EQ(symbol[i], static_cast<int>(expected)) << made.values[i] << " " << mean << " " << step;
                    int row = 0;
                    for (const std::int32_t threshold : net.thresholds)
                        row += threshold <= made.logits[i] + shift ? 1 : 0;
                    EXPECT_EQ(scale[i], row) << made.logits[i] << " " << shift;
                    const volatile float product = static_cast<float>(symbol[i]) * step;
                    EXPECT_EQ(value[i], product + mean);
                }
            }
        }
}

TEST(CudaQuantise, reports_values_that_are_not_finite) {
    TANDEM_NEEDS_DEVICE();
    td_cuda_hyper_model model{};
    model.fraction_bits = 4;
    std::vector<std::int32_t> thresholds(64);
    for (std::size_t i = 0; i < 64; ++i)
        thresholds[i] = static_cast<std::int32_t>(16 * (i + 1));
    const OnDevice<std::int32_t> packed(thresholds), state(1);
    for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                            -std::numeric_limits<float>::infinity()}) {
        const OnDevice<float> values(std::vector<float>{1, 2, bad});
        const OnDevice<std::int16_t> means(std::vector<std::int16_t>(3)), logits(std::vector<std::int16_t>(3)), symbols(3);
        const OnDevice<std::uint8_t> scales(3);
        td_cuda_launch launch{};
        ASSERT_EQ(td_cuda_quantise(&launch, &model, packed.get(), 3, values.get(), means.get(), logits.get(), 1, 0,
                                   symbols.get(), scales.get(), state.get()),
                  TD_STATUS_OK);
        EXPECT_EQ(state.host()[0], TD_STATUS_OUT_OF_RANGE);
        EXPECT_EQ(symbols.host(), (std::vector<std::int16_t>{1, 2, 0}));
    }
}

TEST(CudaQuantise, refuses_bad_arguments_before_it_launches) {
    td_cuda_launch launch{};
    td_cuda_hyper_model model{};
    float v[1] = {};
    std::int16_t s[1] = {};
    std::uint8_t r[1] = {};
    std::int32_t state = 0;
    const auto status = [&](std::int64_t count, float step, std::int32_t shift) {
        return td_cuda_quantise(&launch, &model, v, count, v, s, s, step, shift, s, r, &state);
    };
    EXPECT_EQ(status(0, 1, 0), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(status(1, 0, 0), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(status(1, 2e6F, 0), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(status(1, std::numeric_limits<float>::quiet_NaN(), 0), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(status(1, 1, 32768), TD_STATUS_OUT_OF_RANGE);
    EXPECT_EQ(td_cuda_quantise(&launch, &model, nullptr, 1, v, s, s, 1, 0, s, r, &state), TD_STATUS_NULL_ARGUMENT);
    EXPECT_EQ(td_cuda_quantise(nullptr, &model, v, 1, v, s, s, 1, 0, s, r, &state), TD_STATUS_NULL_ARGUMENT);
    EXPECT_EQ(td_cuda_dequantise(&launch, &model, 1, s, nullptr, 1, v), TD_STATUS_NULL_ARGUMENT);
}

} // namespace
} // namespace tandem::test
