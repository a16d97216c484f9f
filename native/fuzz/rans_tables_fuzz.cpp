// Any bytes as a tables file: refused with a reason, or an image over which values of every row come back.
#include <tandem/rans.h>

#include <cstdlib>
#include <memory>
#include <vector>

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

void round_trip(const void *image, std::uint32_t rows, std::uint32_t seed) {
    std::vector<std::uint16_t> of;
    std::vector<std::int32_t> values;
    for (std::uint32_t i = 0; i < 512; ++i) {
        seed = seed * 1664525U + 1013904223U;
        of.push_back(static_cast<std::uint16_t>((seed >> 8) % rows));
        values.push_back(static_cast<std::int32_t>(seed >> (7 + seed % 24)) - 40);
    }
    std::vector<unsigned char> stream(td_rans_stream_bound(of.size()));
    td_rans_write write{of.data(), values.data(), of.size(), stream.data(), stream.size(), 0, 0, 0, 0};
    require(td_rans_encode(image, &write, 1) == TD_STATUS_OK);
    std::vector<std::int32_t> decoded(of.size());
    td_rans_decoder decoder;
    require(td_rans_begin(&decoder, stream.data(), write.bytes) == TD_STATUS_OK);
    require(td_rans_get(image, &decoder, of.data(), decoded.data(), of.size()) == TD_STATUS_OK);
    require(td_rans_end(&decoder) == TD_STATUS_OK);
    require(decoded == values);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    td_rans_fault fault;
    std::size_t bytes = 0;
    const td_status status = td_rans_image_bytes(data, size, &bytes, &fault);
    if (status != TD_STATUS_OK) {
        require(status == TD_STATUS_CORRUPT_DATA && fault.reason >= TD_RANS_SHORT_FILE && fault.offset <= size + 16);
        return 0;
    }
    const std::unique_ptr<void, decltype(&std::free)> image(std::aligned_alloc(64, bytes), &std::free);
    require(td_rans_prepare(data, size, image.get(), bytes, &fault) == TD_STATUS_OK);
    round_trip(image.get(), td_rans_rows(image.get()), static_cast<std::uint32_t>(size));
    return 0;
}
