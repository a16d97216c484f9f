// Any bytes as a hyper file: refused, or an image whose best tier computes what the scalar one does.
#include <tandem/capability.h>
#include <tandem/hyper.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

namespace {

constexpr std::int32_t tokens = 5;

void require(bool holds) {
    if (!holds)
        std::abort();
}

using Memory = std::unique_ptr<void, decltype(&std::free)>;

Memory aligned(std::size_t bytes) {
    return {std::aligned_alloc(64, (bytes + 64) / 64 * 64), &std::free};
}

std::int32_t number_at(const std::uint8_t *data, std::size_t at) {
    std::int32_t value = 0;
    std::memcpy(&value, data + at, sizeof value);
    return value;
}

// Means, then logits, by one tier; empty if the file is refused, for which both tiers must agree.
std::vector<std::int16_t> compute(const std::uint8_t *data, std::size_t size, std::int32_t tier) {
    std::size_t bytes = 0;
    td_status status = td_hyper_image_bytes(data, size, tier, &bytes);
    if (status == TD_STATUS_CORRUPT_DATA)
        return {};
    require(status == TD_STATUS_OK);
    const Memory image = aligned(bytes);
    status = td_hyper_prepare(data, size, tier, image.get(), bytes);
    if (status == TD_STATUS_CORRUPT_DATA)
        return {};
    require(status == TD_STATUS_OK);
    const std::int32_t experts = number_at(data, 8);
    const std::int32_t layers = number_at(data, 12);
    const auto hyper_width = static_cast<std::size_t>(number_at(data, 20));
    const auto width = static_cast<std::size_t>(number_at(data, 20 + 4 * static_cast<std::size_t>(layers)) / 2);
    std::vector<std::int8_t> z(tokens * hyper_width);
    for (std::size_t i = 0; i < z.size(); ++i)
        z[i] = static_cast<std::int8_t>(data[i * 31 % size]);
    std::vector<std::int32_t> chosen;
    for (std::int32_t t = 0; t < tokens; ++t)
        chosen.push_back(t * 7 % experts);
    require(td_hyper_workspace_bytes(image.get(), tokens, &bytes) == TD_STATUS_OK);
    const Memory work = aligned(bytes);
    std::vector<std::int16_t> out(2 * tokens * width);
    require(td_hyper_run_picture(image.get(), tokens, chosen.data(), z.data(), 1, out.data(), out.data() + width,
                                 2 * width, work.get(), bytes)
            == TD_STATUS_OK);
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    require(compute(data, size, TD_CAPABILITY_SCALAR) == compute(data, size, TD_HYPER_BEST_TIER));
    return 0;
}
