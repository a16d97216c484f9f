// Keeps the encoder's streams interleaved, and checks what comes through the ABI.
#include "guard.hpp"
#include "rans/encode.hpp"
#include "rans/lanes.hpp"

#include <algorithm>
#include <cinttypes>

namespace tandem::rans {
namespace {

constexpr std::uint64_t most_values = std::uint64_t{1} << 28;

/*
 * An operation of b bits multiplies the state by at most 2^b (1 + 2^-31), and a word leaves with 32 bits: words pushed <=
 * bits / 32 + 1. A value has 16 bits, and an escape 4 + 28 more. The last state takes two words.
 */
constexpr std::uint64_t bound(std::uint64_t count) noexcept {
    return 8 + 4 * ((count * 48 + 31) / 32 + 1);
}

td_status check(const Tables &t, const td_rans_write &w) noexcept {
    if (w.stream == nullptr || (w.count > 0 && (w.rows == nullptr || w.values == nullptr)))
        return TD_STATUS_NULL_ARGUMENT;
    if (w.count > most_values)
        return TD_STATUS_BAD_SIZE;
    if (w.capacity < bound(w.count))
        return TD_STATUS_BUFFER_TOO_SMALL;
    return rows_within(w.rows, w.count, t.rows) ? TD_STATUS_OK : TD_STATUS_OUT_OF_RANGE;
}

Writer begin(const td_rans_write &w) noexcept {
    return {lower_bound, static_cast<unsigned char *>(w.stream) + bound(w.count), w.rows, w.values, w.count, false};
}

void end(td_rans_write &to, Writer &w) noexcept {
    if (w.bad) {
        to.bad = w.left;
        to.status = TD_STATUS_OUT_OF_RANGE;
        return;
    }
    w.out -= sizeof w.x;
    std::memcpy(w.out, &w.x, sizeof w.x);
    auto *stream = static_cast<unsigned char *>(to.stream);
    to.bytes = static_cast<std::uint64_t>(stream + bound(to.count) - w.out);
    std::memmove(stream, w.out, to.bytes);
}

td_status told(const Tables &t, const td_rans_write &w, std::size_t stream) noexcept {
    switch (w.status) {
    case TD_STATUS_NULL_ARGUMENT:
        return refused_null({{"stream", w.stream}, {"rows", w.rows}, {"values", w.values}});
    case TD_STATUS_BAD_SIZE:
        return refused(w.status, "stream [%zu] has [%" PRIu64 "] values, allowed are [%" PRIu64 "]", stream, w.count,
                       most_values);
    case TD_STATUS_BUFFER_TOO_SMALL:
        return refused(w.status, "stream [%zu] has a capacity of [%" PRIu64 "] bytes, needed are [%" PRIu64 "]", stream,
                       w.capacity, bound(w.count));
    default:
        return refused(w.status, "stream [%zu] has a row that is not below [%u], or value [%" PRIu64 "] is too far out",
                       stream, t.rows, w.bad);
    }
}

} // namespace

td_status encode(const EncodeKernel &tier, const Tables &t, td_rans_write *writes, std::size_t streams) noexcept {
    Writer writers[most_writers];
    td_rans_write *of[most_writers];
    std::size_t active = 0;
    std::size_t queued = 0;
    while (active > 0 || queued < streams) {
        for (; active < most_writers && queued < streams; ++queued) {
            td_rans_write &w = writes[queued];
            w.bytes = 0;
            w.bad = 0;
            w.status = check(t, w);
            if (w.status == TD_STATUS_OK) {
                writers[active] = begin(w);
                of[active++] = &w;
            }
        }
        if (active == most_writers) {
            std::uint64_t steps = writers[0].left;
            for (const Writer &w : writers)
                steps = std::min(steps, w.left);
            tier.many(t, writers, steps);
        } else if (active > 0) {
            tier.one(t, writers + active - 1, writers[active - 1].left);
        }
        for (std::size_t l = active; l-- > 0;)
            if (writers[l].left == 0 || writers[l].bad) {
                end(*of[l], writers[l]);
                writers[l] = writers[--active];
                of[l] = of[active];
            }
    }
    for (std::size_t s = 0; s < streams; ++s)
        if (writes[s].status != TD_STATUS_OK)
            return told(t, writes[s], s);
    return TD_STATUS_OK;
}

} // namespace tandem::rans

extern "C" size_t td_rans_stream_bound(size_t count) noexcept {
    return count > tandem::rans::most_values ? 0 : tandem::rans::bound(count);
}

extern "C" td_status td_rans_encode(const void *image, td_rans_write *writes, size_t streams) noexcept {
    using namespace tandem::rans;
    return tandem::guarded([&]() -> td_status {
        if (streams == 0)
            return TD_STATUS_OK;
        if (!is_image(image))
            return tandem::refused(TD_STATUS_NULL_ARGUMENT, "[image] is null, or none that td_rans_prepare wrote");
        if (writes == nullptr)
            return tandem::refused_null({{"writes", writes}});
        return encode(tandem::chosen<encode_kernels>(), Tables::of(image), writes, streams);
    });
}
