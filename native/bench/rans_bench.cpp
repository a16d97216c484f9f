// The entropy coder beside CompressAI's, on the same symbols, bytes compared first. Rates are symbols a second of CPU time.
#include "capability.hpp"
#include "compressai_peer.hpp"
#include "rans/encode.hpp"
#include "rans/lanes.hpp"
#include "rans_workload.hpp"
#include "tier.hpp"

#include <initializer_list>

#include <benchmark/benchmark.h>

namespace tandem::bench {
namespace {

const Tables &tables() {
    static const Tables t;
    return t;
}

const CompressAi &peer() {
    static const CompressAi p;
    return p;
}

CompressAi::Ints ints(const std::vector<std::uint16_t> &rows) {
    return {rows.begin(), rows.end()};
}

void require(bool holds, const char *what) {
    if (!holds) {
        std::fprintf(stderr, "not the same: %s\n", what);
        std::exit(1);
    }
}

void rate(benchmark::State &state, std::size_t symbols) {
    state.SetItemsProcessed(static_cast<std::int64_t>(symbols) * state.iterations());
}

// One slice after another, over and over: a branch predictor that has seen a slice before would know its symbols.
class Turn {
public:
    explicit Turn(std::size_t slices) : slices_(slices) {}
    std::size_t next() { return at_ = at_ + 1 == slices_ ? 0 : at_ + 1; }

private:
    std::size_t slices_;
    std::size_t at_ = 0;
};

void peer_decodes(benchmark::State &state, const Slices *slices) {
    const Tables &t = tables();
    std::vector<std::string> streams;
    std::vector<CompressAi::Ints> rows;
    for (std::size_t s = 0; s < slices->rows.size(); ++s) {
        streams.emplace_back(slices->streams[s].begin(), slices->streams[s].end());
        rows.push_back(ints(slices->rows[s]));
        require(peer().decode(streams[s], rows[s], t.cdf, t.lengths, t.offsets) == slices->values[s], "peer's values");
    }
    Turn turn(streams.size());
    for (auto _ : state) {
        const std::size_t s = turn.next();
        benchmark::DoNotOptimize(peer().decode(streams[s], rows[s], t.cdf, t.lengths, t.offsets));
    }
    rate(state, rows[0].size());
}

void peer_encodes(benchmark::State &state, const Slices *slices) {
    const Tables &t = tables();
    std::vector<CompressAi::Ints> rows;
    for (std::size_t s = 0; s < slices->rows.size(); ++s) {
        rows.push_back(ints(slices->rows[s]));
        const auto bytes = peer().encode(slices->values[s], rows[s], t.cdf, t.lengths, t.offsets);
        const auto &ours = slices->streams[s];
        require(peer().text(bytes) == std::string(ours.begin(), ours.end()), "encoded bytes");
        peer().drop(bytes);
    }
    Turn turn(rows.size());
    for (auto _ : state) {
        const std::size_t s = turn.next();
        peer().drop(peer().encode(slices->values[s], rows[s], t.cdf, t.lengths, t.offsets));
    }
    rate(state, rows[0].size());
}

// count slices at a time: begin, all values, end.
void decodes(benchmark::State &state, const rans::DecodeKernel *kernel, const Slices *slices, std::size_t count) {
    const std::size_t all = slices->rows.size();
    const rans::Tables t = rans::Tables::of(tables().image.get());
    std::vector<std::vector<std::int32_t>> values(count, std::vector<std::int32_t>(slices->rows[0].size()));
    std::vector<td_rans_decoder> decoders(count);
    std::vector<td_rans_read> reads(count);
    const auto decode = [&](std::size_t from) {
        for (std::size_t s = 0; s < count; ++s) {
            reads[s] = {slices->rows[from + s].data(), values[s].data(), values[s].size()};
            td_rans_begin(&decoders[s], slices->streams[from + s].data(), slices->streams[from + s].size());
        }
        td_status status = count == 1 ? rans::get(*kernel, t, decoders[0], reads[0])
                                      : rans::get_many(*kernel, t, decoders.data(), reads.data(), count);
        for (std::size_t s = 0; s < count; ++s)
            status |= td_rans_end(&decoders[s]);
        return status;
    };
    for (std::size_t from = 0; from < all; from += count) {
        require(decode(from) == TD_STATUS_OK, "status");
        for (std::size_t s = 0; s < count; ++s)
            require(values[s] == slices->values[from + s], "decoded values");
    }
    Turn turn(all / count);
    for (auto _ : state)
        benchmark::DoNotOptimize(decode(turn.next() * count));
    rate(state, count * values[0].size());
}

void encodes(benchmark::State &state, const rans::EncodeKernel *kernel, const Slices *slices, std::size_t count) {
    const std::size_t all = slices->rows.size();
    const rans::Tables t = rans::Tables::of(tables().image.get());
    std::vector<std::vector<unsigned char>> streams(count);
    for (auto &stream : streams)
        stream.resize(td_rans_stream_bound(slices->rows[0].size()));
    std::vector<td_rans_write> writes(count);
    const auto encode = [&](std::size_t from) {
        for (std::size_t s = 0; s < count; ++s)
            writes[s] = slices->write(from + s, streams[s]);
        return rans::encode(*kernel, t, writes.data(), count);
    };
    for (std::size_t from = 0; from < all; from += count) {
        require(encode(from) == TD_STATUS_OK, "status");
        for (std::size_t s = 0; s < count; ++s)
            require(std::equal(slices->streams[from + s].begin(), slices->streams[from + s].end(), streams[s].begin()),
                    "encoded bytes");
    }
    Turn turn(all / count);
    for (auto _ : state)
        benchmark::DoNotOptimize(encode(turn.next() * count));
    rate(state, count * slices->rows[0].size());
}

std::string joined(std::initializer_list<std::string> parts) {
    std::string all;
    for (const std::string &part : parts)
        all.append(all.empty() ? "" : "/").append(part);
    return all;
}

void add(const std::string &load, const Slices *slices) {
    const std::string size = std::to_string(slices->rows[0].size());
    const std::int32_t level = capability().usable;
    if (peer().ready()) {
        benchmark::RegisterBenchmark(joined({"decode", load, size, "1", "CompressAI"}).c_str(), peer_decodes, slices);
        benchmark::RegisterBenchmark(joined({"encode", load, size, "1", "CompressAI"}).c_str(), peer_encodes, slices);
    }
    for (const std::size_t count : {1U, 4U, 16U, 32U}) {
        const std::string many = std::to_string(count);
        for (const rans::DecodeKernel *kernel : usable(rans::decode_kernels(), level))
            benchmark::RegisterBenchmark(joined({"decode", load, size, many, tier_name(kernel->tier)}).c_str(), decodes,
                                         kernel, slices, count);
        for (const rans::EncodeKernel *kernel : usable(rans::encode_kernels(), level))
            benchmark::RegisterBenchmark(joined({"encode", load, size, many, tier_name(kernel->tier)}).c_str(), encodes,
                                         kernel, slices, count);
    }
}

} // namespace
} // namespace tandem::bench

int main(int count, char **arguments) {
    using namespace tandem::bench;
    std::vector<std::unique_ptr<Slices>> kept;
    for (const std::size_t symbols : {4096U, 16384U, 65536U}) {
        add("low", kept.emplace_back(std::make_unique<Slices>(tables(), 0.11, 2, symbols)).get());
        add("mid", kept.emplace_back(std::make_unique<Slices>(tables(), 0.5, 16, symbols)).get());
    }
    std::printf("image of 64 tables: %zu bytes; mid 4096: %zu bytes\n", tables().image_bytes,
                kept[1]->streams[0].size());
    benchmark::Initialize(&count, arguments);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
