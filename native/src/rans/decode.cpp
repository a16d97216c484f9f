// The decoder's C functions: arguments are checked here, once, and what a kernel gets is sound.
#include "guard.hpp"
#include "rans/lanes.hpp"
#include "text.hpp"

#include <algorithm>
#include <cstring>

namespace tandem::rans {

namespace {

td_status corrupt(td_rans_decoder &d, std::int32_t reason, std::uint64_t at, std::uint64_t found) noexcept {
    d.fault = {at, static_cast<std::int64_t>(found), reason, 0};
    return d.status = TD_STATUS_CORRUPT_DATA;
}

td_status check(std::uint32_t rows, const td_rans_read &read) noexcept {
    if (read.count == 0)
        return TD_STATUS_OK;
    if (read.rows == nullptr || read.values == nullptr)
        return refused_null({{"rows", read.rows}, {"values", read.values}});
    if (rows_within(read.rows, read.count, rows))
        return TD_STATUS_OK;
    return refused(TD_STATUS_OUT_OF_RANGE, "a row is not below [%u], the rows of the tables", rows);
}

td_status no_image() noexcept {
    return refused(TD_STATUS_NULL_ARGUMENT, "[image] is null, or none that td_rans_prepare wrote");
}

} // namespace

bool rows_within(const std::uint16_t *rows, std::size_t count, std::uint32_t limit) noexcept {
    std::uint16_t most = 0;
    for (std::size_t i = 0; i < count; ++i)
        most = std::max(most, rows[i]);
    return most < limit;
}

} // namespace tandem::rans

extern "C" td_status td_rans_begin(td_rans_decoder *decoder, const void *stream, size_t bytes) noexcept {
    return tandem::guarded([&]() -> td_status {
        if (decoder == nullptr || (stream == nullptr && bytes > 0))
            return tandem::refused_null({{"decoder", decoder}, {"stream", stream}});
        *decoder = {};
        decoder->stream = stream;
        decoder->bytes = bytes;
        if (bytes < 8 || bytes % 4 != 0)
            return tandem::rans::corrupt(*decoder, TD_RANS_LENGTH, 0, bytes);
        std::memcpy(&decoder->state, stream, sizeof decoder->state);
        decoder->next = sizeof decoder->state;
        if (decoder->state < tandem::rans::lower_bound || decoder->state >> 63 != 0)
            return tandem::rans::corrupt(*decoder, TD_RANS_FIRST_STATE, decoder->next, decoder->state);
        return TD_STATUS_OK;
    });
}

extern "C" td_status td_rans_get(const void *image, td_rans_decoder *decoder, const uint16_t *rows, int32_t *values,
                                 size_t count) noexcept {
    using namespace tandem::rans;
    return tandem::guarded([&]() -> td_status {
        if (!is_image(image))
            return no_image();
        if (decoder == nullptr)
            return tandem::refused_null({{"decoder", decoder}});
        const Tables t = Tables::of(image);
        const td_rans_read read{rows, values, count};
        const td_status status = check(t.rows, read);
        return status == TD_STATUS_OK ? get(tandem::chosen<decode_kernels>(), t, *decoder, read) : status;
    });
}

extern "C" td_status td_rans_get_many(const void *image, td_rans_decoder *decoders, const td_rans_read *reads,
                                      size_t streams) noexcept {
    using namespace tandem::rans;
    return tandem::guarded([&]() -> td_status {
        if (streams == 0)
            return TD_STATUS_OK;
        if (!is_image(image))
            return no_image();
        if (decoders == nullptr || reads == nullptr)
            return tandem::refused_null({{"decoders", decoders}, {"reads", reads}});
        const Tables t = Tables::of(image);
        for (std::size_t s = 0; s < streams; ++s)
            if (const td_status status = check(t.rows, reads[s]); status != TD_STATUS_OK)
                return status;
        return get_many(tandem::chosen<decode_kernels>(), t, decoders, reads, streams);
    });
}

extern "C" td_status td_rans_end(td_rans_decoder *decoder) noexcept {
    return tandem::guarded([&]() -> td_status {
        if (decoder == nullptr)
            return tandem::refused_null({{"decoder", decoder}});
        if (decoder->status != TD_STATUS_OK)
            return decoder->status;
        if (decoder->next != decoder->bytes)
            return tandem::rans::corrupt(*decoder, TD_RANS_LEFT_OVER, decoder->next, decoder->bytes - decoder->next);
        if (decoder->state != tandem::rans::lower_bound)
            return tandem::rans::corrupt(*decoder, TD_RANS_FINAL_STATE, decoder->next, decoder->state);
        return TD_STATUS_OK;
    });
}

extern "C" td_status td_rans_describe(char *text, size_t capacity) noexcept {
    using namespace tandem::rans;
    return tandem::guarded([&] {
        return tandem::copy_text(tandem::tier_name(tandem::chosen<decode_kernels>().tier), text, capacity);
    });
}
