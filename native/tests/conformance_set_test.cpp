#include "conformance_set.hpp"

#include <gtest/gtest.h>
#include <tandem/crc32c.h>

namespace tandem::test {
namespace {

template <class Read>
auto many(CaseReader &in, Read read) {
    std::vector<decltype(read())> all;
    for (std::uint32_t count = in.number(); count > 0; --count)
        all.push_back(read());
    return all;
}

std::vector<FileCase> file_cases(CaseReader &in) {
    return many(in, [&] {
        FileCase c;
        c.name = in.text();
        c.file = in.bytes();
        c.verdict = in.verdict();
        return c;
    });
}

void require_end(const CaseReader &in) {
    if (!in.at_end())
        throw std::runtime_error("bytes follow the last conformance case");
}

SliceCase slice_case(CaseReader &in) {
    SliceCase c;
    c.name = in.text();
    c.slice = in.bytes();
    c.verdict = in.verdict();
    if (c.verdict.code == 0) {
        c.point = in.number();
        c.first = in.number();
        c.held = in.number();
        c.total = in.number();
        c.values = in.floats();
    }
    return c;
}

// What an encoder is given is Java's to check; native code has no slice encoder.
void skip_picture(CaseReader &in) {
    for (int i = 0; i < 4; ++i)
        in.number();
    in.floats();
    in.ints();
    in.ints();
    many(in, [&] { return in.bytes(); });
}

} // namespace

std::vector<FileCase> tables_cases() {
    CaseReader in("tables");
    auto cases = file_cases(in);
    require_end(in);
    return cases;
}

std::vector<StreamGroup> stream_groups() {
    CaseReader in("streams");
    auto groups = many(in, [&] {
        StreamGroup g;
        g.name = in.text();
        g.tables = in.tables();
        g.cases = many(in, [&] {
            StreamCase c;
            c.name = in.text();
            c.rows = in.rows();
            c.stream = in.bytes();
            c.verdict = in.verdict();
            c.values = in.ints();
            return c;
        });
        return g;
    });
    require_end(in);
    return groups;
}

HyperSet hyper_set() {
    CaseReader in("hyper");
    HyperSet set;
    set.groups = many(in, [&] {
        HyperGroup g;
        g.name = in.text();
        g.file = in.bytes();
        g.runs = many(in, [&] {
            HyperRun r;
            r.expert = static_cast<std::int32_t>(in.number());
            r.z = in.ints();
            r.mean = in.ints();
            r.logit = in.ints();
            return r;
        });
        g.indices = many(in, [&] {
            ScaleIndex i;
            i.logit = in.signed_number();
            i.shift = in.signed_number();
            i.index = in.number();
            return i;
        });
        return g;
    });
    set.files = file_cases(in);
    require_end(in);
    return set;
}

std::vector<SliceGroup> slice_groups() {
    CaseReader in("slices");
    auto groups = many(in, [&] {
        SliceGroup g;
        g.name = in.text();
        g.tables = in.tables();
        g.hyper = in.bytes();
        g.steps = many(in, [&] {
            Step s;
            s.id = in.number();
            s.step = in.single();
            s.shift = in.signed_number();
            return s;
        });
        for (std::uint32_t pictures = in.number(); pictures > 0; --pictures)
            skip_picture(in);
        g.cases = many(in, [&] { return slice_case(in); });
        return g;
    });
    require_end(in);
    return groups;
}

namespace {

TEST(ConformanceSet, is_read_whole) {
    EXPECT_GT(tables_cases().size(), 50U);
    EXPECT_GT(stream_groups().size(), 10U);
    const HyperSet hyper = hyper_set();
    EXPECT_GT(hyper.groups.size(), 20U);
    EXPECT_GT(hyper.files.size(), 50U);
    EXPECT_EQ(slice_groups().size(), 2U);
}

// Code 51 of docs/conformance.md is a wrong check sum; every later error is found under a right one.
TEST(ConformanceSet, check_sums_of_slices_are_ours) {
    for (const SliceGroup &group : slice_groups())
        for (const SliceCase &c : group.cases) {
            if (c.verdict.code == 50)
                continue;
            const std::size_t end = c.slice.size() - 4;
            std::uint32_t sum = 0;
            for (unsigned i = 0; i < 4; ++i)
                sum |= static_cast<std::uint32_t>(c.slice[end + i]) << (8 * i);
            EXPECT_EQ(td_crc32c_update(0, c.slice.data(), end) == sum, c.verdict.code != 51) << group.name << c.name;
        }
}

} // namespace
} // namespace tandem::test
