// Keeps the lanes of the kernels full: a stream that is read to its end, or found damaged, makes room for the next one.
#include "rans/lanes.hpp"

#include <algorithm>

namespace tandem::rans {
namespace {

constexpr std::size_t idle_blocks = 32; // blocks at a time where a lane without a stream writes into scratch

const unsigned char *begin_of(const td_rans_decoder &d) noexcept {
    return static_cast<const unsigned char *>(d.stream);
}

Cursor cursor_of(const td_rans_decoder &d) noexcept {
    return {d.state, begin_of(d) + d.next, begin_of(d) + d.bytes};
}

void stop(td_rans_decoder &d, const unsigned char *at, const Failure &why, std::uint64_t read) noexcept {
    d.read = read;
    d.next = static_cast<std::uint64_t>(at - begin_of(d));
    d.fault = {d.next, why.found, why.reason, 0};
    d.status = TD_STATUS_CORRUPT_DATA;
}

// What is left of a read of which `before` values are there.
void read_one(const DecodeKernel &tier, const Tables &t, td_rans_decoder &d, Cursor c, const td_rans_read &left,
              std::uint64_t before) noexcept {
    Failure why{};
    if (!tier.one(t, c, left.rows, left.values, left.count, why))
        return stop(d, c.next, why, before + why.index);
    d.read = before + left.count;
    d.state = c.x;
    d.next = static_cast<std::uint64_t>(c.next - begin_of(d));
}

// Streams under way, packed to the front of the lanes.
class Pool {
public:
    Pool(const DecodeKernel &tier, const Tables &t, td_rans_decoder *decoders, const td_rans_read *reads,
         std::size_t streams) noexcept
        : tier_(tier), t_(t), decoders_(decoders), reads_(reads), streams_(streams) {}

    void run() noexcept {
        refill();
        while (active_ > 1)
            advance();
        if (active_ == 1)
            retire(0);
    }

private:
    // Takes streams that are long enough for a block; the others are read here.
    void refill() noexcept {
        for (; active_ < tier_.many.front().lanes && queued_ < streams_; ++queued_) {
            td_rans_decoder &d = decoders_[queued_];
            const td_rans_read &read = reads_[queued_];
            if (d.status != TD_STATUS_OK)
                d.read = 0;
            else if (read.count < block)
                read_one(tier_, t_, d, cursor_of(d), read, 0);
            else
                take(queued_);
        }
    }

    void take(std::size_t stream) noexcept {
        const Cursor c = cursor_of(decoders_[stream]);
        put(active_, c.x, c.next, c.end, reads_[stream].rows, reads_[stream].values);
        stream_[active_] = stream;
        left_[active_] = reads_[stream].count;
        ++active_;
    }

    void put(std::size_t lane, std::uint64_t x, const unsigned char *next, const unsigned char *end,
             const std::uint16_t *rows, std::int32_t *values) noexcept {
        lanes_.x[lane] = x;
        lanes_.next[lane] = next;
        lanes_.end[lane] = end;
        lanes_.rows[lane] = rows;
        lanes_.values[lane] = values;
        lanes_.dead[lane] = false;
    }

    void advance() noexcept {
        // The narrowest kernel that holds them all, or the widest.
        const Width *kernel = &tier_.many.front();
        for (const Width &k : tier_.many)
            if (k.lanes >= active_)
                kernel = &k;
        std::uint64_t blocks = left_[0];
        for (std::size_t l = 1; l < active_; ++l)
            blocks = std::min(blocks, left_[l]);
        blocks /= block;
        // A lane without a stream reads lane 0's beside it and writes where nobody looks.
        if (kernel->lanes > active_)
            blocks = std::min<std::uint64_t>(blocks, idle_blocks);
        for (std::size_t l = active_; l < kernel->lanes; ++l)
            put(l, lanes_.x[0], lanes_.next[0], lanes_.end[0], lanes_.rows[0], scratch_);
        lanes_.died = false;
        const std::size_t done = kernel->run(t_, lanes_, blocks);
        for (std::size_t l = 0; l < active_; ++l)
            left_[l] -= done * block;
        for (std::size_t l = active_; l-- > 0;)
            if (lanes_.dead[l] || left_[l] < block)
                retire(l);
        refill();
    }

    // Finishes a lane's stream and moves the last lane here.
    void retire(std::size_t lane) noexcept {
        td_rans_decoder &d = decoders_[stream_[lane]];
        const std::uint64_t before = reads_[stream_[lane]].count - left_[lane];
        if (lanes_.dead[lane]) // in the last block
            stop(d, lanes_.where[lane], lanes_.why[lane], before - block + lanes_.why[lane].index);
        else
            read_one(tier_, t_, d, {lanes_.x[lane], lanes_.next[lane], lanes_.end[lane]},
                     {lanes_.rows[lane], lanes_.values[lane], left_[lane]}, before);
        --active_;
        put(lane, lanes_.x[active_], lanes_.next[active_], lanes_.end[active_], lanes_.rows[active_],
            lanes_.values[active_]);
        stream_[lane] = stream_[active_];
        left_[lane] = left_[active_];
    }

    const DecodeKernel &tier_;
    const Tables &t_;
    td_rans_decoder *decoders_;
    const td_rans_read *reads_;
    std::size_t streams_;
    std::size_t queued_ = 0;
    std::size_t active_ = 0;
    std::size_t stream_[most_lanes];
    std::uint64_t left_[most_lanes];
    std::int32_t scratch_[idle_blocks * block];
    Lanes lanes_;
};

} // namespace

td_status get(const DecodeKernel &tier, const Tables &t, td_rans_decoder &decoder, const td_rans_read &read) noexcept {
    if (decoder.status == TD_STATUS_OK)
        read_one(tier, t, decoder, cursor_of(decoder), read, 0);
    else
        decoder.read = 0;
    return decoder.status;
}

td_status get_many(const DecodeKernel &tier, const Tables &t, td_rans_decoder *decoders, const td_rans_read *reads,
                   std::size_t streams) noexcept {
    Pool(tier, t, decoders, reads, streams).run();
    const bool fine = std::all_of(decoders, decoders + streams,
                                  [](const td_rans_decoder &d) { return d.status == TD_STATUS_OK; });
    return fine ? TD_STATUS_OK : TD_STATUS_CORRUPT_DATA;
}

} // namespace tandem::rans
