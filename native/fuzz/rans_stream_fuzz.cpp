// Any bytes as a stream over seeded tables: one decoder, many side by side, and docs/bitstream.md said again must all say
// the same. Input: which tables, how many values, then the stream.
#include "../tests/rans_spec.hpp"

#include "rans/lanes.hpp"
#include "tier.hpp"

#include <cstdlib>
#include <memory>

namespace {

using namespace tandem;
using namespace tandem::test;

struct Model {
    SpecTables tables;
    std::unique_ptr<void, decltype(&std::free)> image{nullptr, &std::free};

    explicit Model(SpecTables given) : tables(std::move(given)) {
        const Octets file = tables_file(tables);
        td_rans_fault fault;
        std::size_t bytes = 0;
        if (td_rans_image_bytes(file.data(), file.size(), &bytes, &fault) != TD_STATUS_OK)
            std::abort();
        image.reset(std::aligned_alloc(64, bytes));
        if (td_rans_prepare(file.data(), file.size(), image.get(), bytes, &fault) != TD_STATUS_OK)
            std::abort();
    }
};

const std::vector<Model> &models() {
    static const std::vector<Model> all = [] {
        std::vector<Model> made;
        made.emplace_back(SpecTables{{{0, 6554, 19661, 45875, 58982, 65536}, -2}, {{0, 3277, 62259, 64880, 65536}, -1}});
        made.emplace_back(SpecTables{{{0, 1, 65536}, 0}, {{0, 65535, 65536}, 0}, {{0, 1, 2, 65535, 65536}, 1 << 24}});
        SpecTables wide{{{}, -40}};
        for (std::int32_t k = 0; k <= 3000; ++k)
            wide[0].cdf.push_back(k < 1500 ? k : 65536 - 3000 + k);
        wide.push_back({{0, 32768, 65536}, 0});
        made.emplace_back(wide);
        return made;
    }();
    return all;
}

void require(bool holds) {
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size < 2)
        return 0;
    const Model &model = models()[data[0] % models().size()];
    const std::size_t count = data[1] * 4U;
    std::vector<std::uint16_t> rows(count);
    for (std::size_t i = 0; i < count; ++i)
        rows[i] = static_cast<std::uint16_t>((i * 7 + data[0]) % model.tables.size());
    const Octets stream(data + 2, data + size);
    const SpecResult wanted = SpecDecoder(model.tables, stream).decode(rows);

    const rans::Tables t = rans::Tables::of(model.image.get());
    for (const rans::DecodeKernel *kernel : usable(rans::decode_kernels(), probe_capability().usable)) {
        // Copies, two of them cut short: what one says must not depend on the others.
        std::vector<td_rans_decoder> decoders(11);
        std::vector<std::vector<std::int32_t>> values(decoders.size(), std::vector<std::int32_t>(count));
        std::vector<td_rans_read> reads;
        for (std::size_t s = 0; s < decoders.size(); ++s) {
            const std::size_t bytes = s % 5 == 3 ? stream.size() / 8 * 4 : stream.size();
            td_rans_begin(&decoders[s], stream.data(), bytes);
            reads.push_back({rows.data(), values[s].data(), count});
        }
        rans::get_many(*kernel, t, decoders.data(), reads.data(), decoders.size());
        for (std::size_t s = 0; s < decoders.size(); ++s) {
            td_rans_end(&decoders[s]);
            if (s % 5 == 3)
                continue;
            require(decoders[s].fault.reason == wanted.reason);
            require(wanted.reason == TD_RANS_FINE ? values[s] == wanted.values
                                                  : decoders[s].fault.offset == wanted.offset);
        }
    }
    return 0;
}
