// The conformance set's tables and streams, at every tier (docs/conformance.md).
#include "conformance_set.hpp"
#include "rans_cases.hpp"

namespace tandem::test {
namespace {

// docs/conformance.md numbers kinds of error; several of ours may be one of them.
std::uint32_t code_of(std::int32_t reason) {
    switch (reason) {
    case TD_RANS_SHORT_FILE:
    case TD_RANS_FILE_LENGTH:
        return 22;
    case TD_RANS_MAGIC:
        return 20;
    case TD_RANS_VERSION:
        return 21;
    case TD_RANS_ROWS:
    case TD_RANS_ENTRIES:
        return 30;
    case TD_RANS_ROW_LENGTH:
    case TD_RANS_ROW_ENTRIES:
        return 31;
    case TD_RANS_ROW_FIRST:
        return 32;
    case TD_RANS_ROW_ASCENT:
        return 33;
    case TD_RANS_ROW_LAST:
        return 34;
    case TD_RANS_ROW_OFFSET:
        return 35;
    default:
        return static_cast<std::uint32_t>(reason);
    }
}

TEST(RansConformance, tables_files_are_read_or_refused_for_the_right_reason) {
    for (const FileCase &c : tables_cases()) {
        td_rans_fault fault;
        std::size_t bytes = 0;
        td_rans_image_bytes(c.file.data(), c.file.size(), &bytes, &fault);
        EXPECT_EQ(code_of(fault.reason), c.verdict.code) << c.name;
        EXPECT_EQ(fault.offset, c.verdict.offset) << c.name;
    }
}

SpecTables spec_tables(const Tables &t) {
    SpecTables tables;
    auto entry = t.entries.begin();
    for (std::size_t row = 0; row < t.lengths.size(); ++row) {
        tables.push_back({{entry, entry + t.lengths[row]}, t.offsets[row]});
        entry += t.lengths[row];
    }
    return tables;
}

TEST(RansConformance, streams_are_written_read_and_refused) {
    std::size_t streams = 0;
    for (const StreamGroup &group : stream_groups()) {
        const SpecTables tables = spec_tables(group.tables);
        const Image image(tables);
        std::vector<PlainStream> plain;
        for (const auto &c : group.cases)
            plain.push_back({{c.rows.begin(), c.rows.end()}, c.values, c.stream});
        for (const rans::DecodeKernel *kernel : usable_decoders()) {
            const auto found = decode_many(*kernel, image, plain);
            for (std::size_t s = 0; s < plain.size(); ++s, ++streams) {
                const auto &c = group.cases[s];
                EXPECT_EQ(code_of(found[s].reason), c.verdict.code) << group.name << c.name;
                EXPECT_EQ(found[s].offset, c.verdict.offset) << group.name << c.name;
                if (c.verdict.code == 0) {
                    EXPECT_EQ(found[s].values, c.values) << group.name << c.name;
                }
            }
        }
        for (const rans::EncodeKernel *kernel : usable_encoders())
            for (std::size_t s = 0; s < plain.size(); ++s)
                if (group.cases[s].verdict.code == 0) {
                    EXPECT_EQ(encode_one(*kernel, image, plain[s]), plain[s].stream) << group.name;
                }
    }
    EXPECT_GT(streams, 100U);
}

} // namespace
} // namespace tandem::test
