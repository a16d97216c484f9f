// The conformance set (docs/conformance.md): every hyper-network and every damaged hyper file of it.
#include "device_memory.hpp"

#include "../conformance_set.hpp"

namespace tandem::test {
namespace {

TEST(CudaConformance, gives_the_integers_of_the_set) {
    TANDEM_NEEDS_DEVICE();
    std::size_t compared = 0;
    for (const HyperGroup &group : hyper_set().groups) {
        td_cuda_hyper_model model{};
        ASSERT_EQ(td_cuda_hyper_open(group.file.data(), group.file.size(), &model), TD_STATUS_OK) << group.name;
        std::vector<unsigned char> bytes(static_cast<std::size_t>(model.packed_bytes));
        ASSERT_EQ(td_cuda_hyper_pack(group.file.data(), group.file.size(), bytes.data(), bytes.size()), TD_STATUS_OK);
        const OnDevice<unsigned char> packed(bytes);
        const OnDevice<std::int32_t> state(1);

        Ints experts, z, mean, logit;
        for (const HyperRun &run : group.runs) {
            experts.push_back(run.expert);
            z.insert(z.end(), run.z.begin(), run.z.end());
            mean.insert(mean.end(), run.mean.begin(), run.mean.end());
            logit.insert(logit.end(), run.logit.begin(), run.logit.end());
        }
        const auto tokens = static_cast<std::int32_t>(experts.size());
        std::uint64_t workspace = 0;
        ASSERT_EQ(td_cuda_hyper_workspace(&model, tokens, &workspace), TD_STATUS_OK);
        Scratch scratch(workspace);
        const OnDevice<std::int32_t> device_experts(experts), device_z(z);
        const OnDevice<std::int16_t> means(mean.size()), logits(mean.size());
        ASSERT_EQ(td_cuda_hyper(&scratch.launch, &model, packed.get(), tokens, device_experts.get(), device_z.get(),
                                means.get(), logits.get(), state.get()),
                  TD_STATUS_OK);
        const auto ours = means.host(), our_logits = logits.host();
        EXPECT_EQ(Ints(ours.begin(), ours.end()), mean) << group.name;
        EXPECT_EQ(Ints(our_logits.begin(), our_logits.end()), logit) << group.name;
        EXPECT_EQ(state.host()[0], TD_STATUS_OK) << group.name;
        compared += 2 * mean.size();

        for (const ScaleIndex &index : group.indices) {
            const OnDevice<float> values(std::vector<float>{0});
            const OnDevice<std::int16_t> zero(std::vector<std::int16_t>{0}), symbols(1);
            const OnDevice<std::int16_t> one_logit(std::vector<std::int16_t>{static_cast<std::int16_t>(index.logit)});
            const OnDevice<std::uint8_t> scales(1);
            ASSERT_EQ(td_cuda_quantise(&scratch.launch, &model, packed.get(), 1, values.get(), zero.get(),
                                       one_logit.get(), 1, index.shift, symbols.get(), scales.get(), state.get()),
                      TD_STATUS_OK);
            EXPECT_EQ(scales.host()[0], index.index) << group.name << ": " << index.logit << " + " << index.shift;
        }
    }
    EXPECT_GT(compared, 0U);
    RecordProperty("integers_compared", std::to_string(compared));
}

TEST(CudaConformance, refuses_the_damaged_files_of_the_set) {
    for (const FileCase &c : hyper_set().files) {
        td_cuda_hyper_model model{};
        EXPECT_EQ(td_cuda_hyper_open(c.file.data(), c.file.size(), &model),
                  c.verdict.code == 0 ? TD_STATUS_OK : TD_STATUS_CORRUPT_DATA)
            << c.name;
    }
}

} // namespace
} // namespace tandem::test
