#include "device_memory.hpp"
#include "hyper_fixture.hpp"

#include <string>

namespace tandem::test {
namespace {

struct Opened {
    td_cuda_hyper_model model{};
    std::vector<unsigned char> packed;
};

Opened open(const Network &net) {
    Opened opened;
    const auto file = net.file();
    EXPECT_EQ(td_cuda_hyper_open(file.data(), file.size(), &opened.model), TD_STATUS_OK);
    opened.packed.resize(static_cast<std::size_t>(opened.model.packed_bytes));
    EXPECT_EQ(td_cuda_hyper_pack(file.data(), file.size(), opened.packed.data(), opened.packed.size()), TD_STATUS_OK);
    return opened;
}

// Runs the tokens and compares every integer; returns how many were compared.
std::size_t compare(const Network &net, const std::vector<std::int32_t> &experts, unsigned seed, const std::string &what) {
    std::mt19937 random(seed);
    const auto tokens = experts.size();
    const auto inputs = static_cast<std::size_t>(net.widths.front());
    const auto width = static_cast<std::size_t>(net.widths.back() / 2);
    std::vector<std::int32_t> z(tokens * inputs);
    for (auto &v : z)
        v = static_cast<std::int32_t>(random() % 16 == 0 ? random() : random() % 41) - (random() % 16 == 0 ? 300 : 20);
    const Opened opened = open(net);
    std::uint64_t bytes = 0;
    EXPECT_EQ(td_cuda_hyper_workspace(&opened.model, static_cast<std::int32_t>(tokens), &bytes), TD_STATUS_OK);
    const OnDevice<unsigned char> packed(opened.packed);
    const OnDevice<std::int32_t> device_experts(experts), device_z(z);
    bool valid = true;
    for (const std::int32_t e : experts)
        valid &= e >= 0 && e < opened.model.experts;
    for (const bool second : {false, true}) {
        vary(second);
        Scratch scratch(bytes);
        const OnDevice<std::int16_t> means(tokens * width), logits(tokens * width);
        const OnDevice<std::int32_t> state(1);
        EXPECT_EQ(td_cuda_hyper(&scratch.launch, &opened.model, packed.get(), static_cast<std::int32_t>(tokens),
                                device_experts.get(), device_z.get(), means.get(), logits.get(), state.get()),
                  TD_STATUS_OK);
        EXPECT_EQ(state.host()[0], valid ? TD_STATUS_OK : TD_STATUS_OUT_OF_RANGE) << what;
        scratch.check();
        const auto mean = means.host();
        const auto logit = logits.host();
        for (std::size_t t = 0; t < tokens; ++t) {
            if (experts[t] < 0 || experts[t] >= opened.model.experts) {
                EXPECT_EQ(static_cast<std::uint16_t>(mean[t * width]), 0xA5A5U) << "an unknown expert's row is written";
                continue;
            }
            const auto expected = net.run(experts[t], z.data() + t * inputs);
            for (std::size_t k = 0; k < width; ++k) {
                EXPECT_EQ(mean[t * width + k], expected[k]) << what << ", token " << t << ", mean " << k;
                EXPECT_EQ(logit[t * width + k], expected[width + k]) << what << ", token " << t << ", logit " << k;
            }
        }
    }
    vary(false);
    return 2 * tokens * width;
}

std::vector<std::int32_t> random_experts(std::size_t tokens, int experts, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<std::int32_t> chosen(tokens);
    for (auto &e : chosen)
        e = static_cast<std::int32_t>(random() % static_cast<unsigned>(experts));
    return chosen;
}

TEST(CudaHyper, gives_the_reference_integers_for_every_shape) {
    TANDEM_NEEDS_DEVICE();
    const std::vector<std::vector<int>> shapes = {{1, 2},       {3, 4},      {4, 2},          {5, 6, 2},       {16, 8},
                                                  {17, 64, 10}, {18, 65, 130}, {24, 96, 16, 128}, {63, 1, 126},    {72, 40, 33, 6},
                                                  {2, 2, 2, 2, 2, 2, 2, 2, 2}, {2100, 6}, {6, 2065, 4}};
    std::size_t compared = 0;
    for (std::size_t s = 0; s < shapes.size(); ++s)
        for (const bool extreme : {false, true})
            for (const std::size_t tokens : {1U, 7U, 8U, 9U, 30U}) {
                const int experts = 1 + static_cast<int>(s % 5);
                const auto seed = static_cast<unsigned>(s * 100 + tokens);
                compared += compare(random_network(seed, experts, shapes[s], extreme),
                                    random_experts(tokens, experts, seed), seed,
                                    "shape " + std::to_string(s) + (extreme ? ", extreme" : ""));
            }
    RecordProperty("integers_compared", std::to_string(compared));
}

TEST(CudaHyper, handles_every_spread_of_tokens_over_experts) {
    TANDEM_NEEDS_DEVICE();
    const Network net = random_network(5, 20, {12, 24, 32}, false);
    compare(net, std::vector<std::int32_t>(112, 19), 1, "one expert");
    compare(net, random_experts(112, 20, 2), 2, "random");
    compare(net, random_experts(700, 20, 3), 3, "many");
    std::vector<std::int32_t> each(20);
    for (std::size_t i = 0; i < each.size(); ++i)
        each[i] = static_cast<std::int32_t>(19 - i);
    compare(net, each, 4, "one token each");
    const Network most = random_network(6, 256, {2, 3, 2}, false);
    compare(most, random_experts(300, 256, 5), 5, "256 experts");
}

TEST(CudaHyper, skips_and_reports_tokens_of_no_expert) {
    TANDEM_NEEDS_DEVICE();
    const Network net = random_network(7, 3, {5, 8, 6}, false);
    for (const std::int32_t bad : {-1, 3, 256, INT32_MAX, INT32_MIN}) {
        auto experts = random_experts(40, 3, 6);
        experts[39] = bad;
        experts[0] = bad;
        compare(net, experts, 7, "expert " + std::to_string(bad));
    }
}

TEST(CudaHyper, refuses_damaged_files) {
    const Network net = random_network(8, 2, {3, 5, 4}, false);
    const auto good = net.file();
    td_cuda_hyper_model model{};
    ASSERT_EQ(td_cuda_hyper_open(good.data(), good.size(), &model), TD_STATUS_OK);
    EXPECT_EQ(model.experts, 2);
    EXPECT_EQ(model.layers, 2);
    EXPECT_EQ(model.widths[2], 4);
    for (std::size_t bytes = 0; bytes < good.size(); ++bytes)
        EXPECT_EQ(td_cuda_hyper_open(good.data(), bytes, &model), TD_STATUS_CORRUPT_DATA) << bytes;
    auto longer = good;
    longer.push_back(0);
    EXPECT_EQ(td_cuda_hyper_open(longer.data(), longer.size(), &model), TD_STATUS_CORRUPT_DATA);
    const auto damaged = [&](std::size_t at, unsigned char value) {
        auto file = good;
        file[at] = value;
        return td_cuda_hyper_open(file.data(), file.size(), &model);
    };
    const std::size_t shifts = 20 + 4 * 3;
    const std::size_t expert = shifts + 4 + 63 * 4;
    EXPECT_EQ(damaged(0, 'X'), TD_STATUS_CORRUPT_DATA);
    EXPECT_EQ(damaged(4, 2), TD_STATUS_CORRUPT_DATA);
    EXPECT_EQ(damaged(8, 0), TD_STATUS_CORRUPT_DATA);
    EXPECT_EQ(damaged(12, 9), TD_STATUS_CORRUPT_DATA);
    EXPECT_EQ(damaged(16, 16), TD_STATUS_CORRUPT_DATA);
    EXPECT_EQ(damaged(20, 0), TD_STATUS_CORRUPT_DATA);
    EXPECT_EQ(damaged(shifts, 0), TD_STATUS_CORRUPT_DATA);
    EXPECT_EQ(damaged(shifts, 48), TD_STATUS_CORRUPT_DATA);
    EXPECT_EQ(damaged(shifts + 2, 1), TD_STATUS_CORRUPT_DATA) << "padding";
    EXPECT_EQ(damaged(shifts + 4 + 4, 0), TD_STATUS_CORRUPT_DATA) << "thresholds";
    EXPECT_EQ(damaged(expert + 15, 1), TD_STATUS_CORRUPT_DATA) << "padding of weights";
    auto overflowing = net;
    overflowing.experts[1][1].biases[3] = INT32_MIN;
    const auto file = overflowing.file();
    EXPECT_EQ(td_cuda_hyper_open(file.data(), file.size(), &model), TD_STATUS_CORRUPT_DATA) << "an overflowing sum";
    EXPECT_EQ(damaged(expert + 16 + 20 + 3, 0x80), TD_STATUS_CORRUPT_DATA) << "a negative multiplier";
}

TEST(CudaHyper, refuses_bad_arguments_before_it_launches) {
    const auto file = random_network(8, 2, {3, 5, 4}, false).file();
    td_cuda_hyper_model model{};
    std::uint64_t bytes = 0;
    ASSERT_EQ(td_cuda_hyper_open(file.data(), file.size(), &model), TD_STATUS_OK);
    EXPECT_EQ(td_cuda_hyper_open(nullptr, 1, &model), TD_STATUS_NULL_ARGUMENT);
    std::vector<unsigned char> packed(static_cast<std::size_t>(model.packed_bytes) - 1);
    EXPECT_EQ(td_cuda_hyper_pack(file.data(), file.size(), packed.data(), packed.size()), TD_STATUS_BUFFER_TOO_SMALL);
    EXPECT_EQ(td_cuda_hyper_workspace(&model, 0, &bytes), TD_STATUS_BAD_SIZE);
    EXPECT_EQ(td_cuda_hyper_workspace(&model, TD_CUDA_HYPER_TOKENS_MAX + 1, &bytes), TD_STATUS_BAD_SIZE);
    ASSERT_EQ(td_cuda_hyper_workspace(&model, 4, &bytes), TD_STATUS_OK);
    td_cuda_launch launch{};
    EXPECT_EQ(td_cuda_hyper(&launch, &model, packed.data(), 4, nullptr, nullptr, nullptr, nullptr, nullptr),
              TD_STATUS_NULL_ARGUMENT);
}

#if !defined(TANDEM_SIMULATED)
TEST(CudaHyper, gives_a_million_reference_integers_at_full_size) {
    TANDEM_NEEDS_DEVICE();
    std::size_t compared = 0;
    for (const bool extreme : {false, true})
        compared += compare(random_network(11, 16, {72, 288, 1152, 2304}, extreme), random_experts(256, 16, 12), 13,
                            "full size");
    std::printf("%zu integers compared\n", compared);
    EXPECT_GE(compared, 1000000U);
}
#endif

} // namespace
} // namespace tandem::test
