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

void peer_decodes(benchmark::State &state, const Slices *slices) {
    const std::string stream(slices->streams[0].begin(), slices->streams[0].end());
    const auto rows = ints(slices->rows[0]);
    const Tables &t = tables();
    require(peer().decode(stream, rows, t.cdf, t.lengths, t.offsets) == slices->values[0], "decoded values");
    for (auto _ : state)
        benchmark::DoNotOptimize(peer().decode(stream, rows, t.cdf, t.lengths, t.offsets));
    rate(state, rows.size());
}

void peer_encodes(benchmark::State &state, const Slices *slices) {
    const auto rows = ints(slices->rows[0]);
    const Tables &t = tables();
    const auto first = peer().encode(slices->values[0], rows, t.cdf, t.lengths, t.offsets);
    const auto &ours = slices->streams[0];
    require(peer().text(first) == std::string(ours.begin(), ours.end()), "encoded bytes");
    peer().drop(first);
    for (auto _ : state)
        peer().drop(peer().encode(slices->values[0], rows, t.cdf, t.lengths, t.offsets));
    rate(state, rows.size());
}

// The first `count` slices: begin, all values, end.
void decodes(benchmark::State &state, rans::Tier tier, const Slices *slices, std::size_t count) {
    std::vector<td_rans_decoder> decoders(count);
    std::vector<std::vector<std::int32_t>> values(count);
    std::vector<td_rans_read> reads(count);
    for (std::size_t s = 0; s < count; ++s) {
        values[s].resize(slices->rows[s].size());
        reads[s] = {slices->rows[s].data(), values[s].data(), values[s].size()};
    }
    const rans::Tables t = rans::Tables::of(tables().image.get());
    const auto all = [&] {
        for (std::size_t s = 0; s < count; ++s)
            td_rans_begin(&decoders[s], slices->streams[s].data(), slices->streams[s].size());
        td_status status = count == 1 ? rans::get(tier, t, decoders[0], reads[0])
                                      : rans::get_many(tier, t, decoders.data(), reads.data(), count);
        for (std::size_t s = 0; s < count; ++s)
            status |= td_rans_end(&decoders[s]);
        return status;
    };
    require(all() == TD_STATUS_OK, "status");
    for (std::size_t s = 0; s < count; ++s)
        require(values[s] == slices->values[s], "decoded values");
    for (auto _ : state)
        benchmark::DoNotOptimize(all());
    rate(state, count * values[0].size());
}

void encodes(benchmark::State &state, rans::EncodeTier tier, const Slices *slices, std::size_t count) {
    std::vector<std::vector<unsigned char>> streams;
    std::vector<td_rans_write> writes;
    for (std::size_t s = 0; s < count; ++s)
        streams.emplace_back(td_rans_stream_bound(slices->rows[s].size()));
    for (std::size_t s = 0; s < count; ++s)
        writes.push_back(slices->write(s, streams[s]));
    const rans::Tables t = rans::Tables::of(tables().image.get());
    require(rans::encode(tier, t, writes.data(), count) == TD_STATUS_OK, "status");
    for (std::size_t s = 0; s < count; ++s)
        require(std::equal(slices->streams[s].begin(), slices->streams[s].end(), streams[s].begin()), "encoded bytes");
    for (auto _ : state)
        benchmark::DoNotOptimize(rans::encode(tier, t, writes.data(), count));
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
    const std::int32_t usable = capability().usable;
    if (peer().ready()) {
        benchmark::RegisterBenchmark(joined({"decode", load, size, "1", "CompressAI"}).c_str(), peer_decodes, slices);
        benchmark::RegisterBenchmark(joined({"encode", load, size, "1", "CompressAI"}).c_str(), peer_encodes, slices);
    }
    for (const std::size_t count : {1U, 4U, 16U, 32U}) {
        const std::string many = std::to_string(count);
        for (const rans::Tier &tier : rans::tiers())
            if (runs_at(tier.level, usable))
                benchmark::RegisterBenchmark(joined({"decode", load, size, many, tier_name(tier.level)}).c_str(), decodes, tier,
                                             slices, count);
        for (const rans::EncodeTier &tier : rans::encode_tiers())
            if (runs_at(tier.level, usable))
                benchmark::RegisterBenchmark(joined({"encode", load, size, many, tier_name(tier.level)}).c_str(), encodes, tier,
                                             slices, count);
    }
}

} // namespace
} // namespace tandem::bench

int main(int count, char **arguments) {
    using namespace tandem::bench;
    std::vector<std::unique_ptr<Slices>> kept;
    for (const std::size_t symbols : {4096U, 16384U, 65536U}) {
        add("low", kept.emplace_back(std::make_unique<Slices>(tables(), 0.11, 2, 32, symbols)).get());
        add("mid", kept.emplace_back(std::make_unique<Slices>(tables(), 0.5, 16, 32, symbols)).get());
    }
    std::printf("image of 64 tables: %zu bytes; mid 4096: %zu bytes\n", tables().image_bytes,
                kept[1]->streams[0].size());
    benchmark::Initialize(&count, arguments);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
