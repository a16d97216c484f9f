// The cases of the conformance set, file by file (docs/conformance.md).
#pragma once

#include "conformance.hpp"

namespace tandem::test {

struct FileCase {
    std::string name;
    Bytes file;
    Verdict verdict;
};

struct StreamCase {
    std::string name;
    Ints rows, values;
    Bytes stream;
    Verdict verdict;
};

struct StreamGroup {
    std::string name;
    Tables tables;
    std::vector<StreamCase> cases;
};

struct HyperRun {
    std::int32_t expert;
    Ints z, mean, logit;
};

struct ScaleIndex {
    std::int32_t logit, shift;
    std::uint32_t index;
};

struct HyperGroup {
    std::string name;
    Bytes file;
    std::vector<HyperRun> runs;
    std::vector<ScaleIndex> indices;
};

struct HyperSet {
    std::vector<HyperGroup> groups;
    std::vector<FileCase> files;
};

struct Step {
    std::uint32_t id;
    float step;
    std::int32_t shift;
};

// The header's numbers and the values are those of an accepted slice.
struct SliceCase {
    std::string name;
    Bytes slice;
    Verdict verdict;
    std::uint32_t point = 0, first = 0, held = 0, total = 0;
    std::vector<float> values;
};

struct SliceGroup {
    std::string name;
    Tables tables;
    Bytes hyper;
    std::vector<Step> steps;
    std::vector<SliceCase> cases;
};

std::vector<FileCase> tables_cases();
std::vector<StreamGroup> stream_groups();
HyperSet hyper_set();
std::vector<SliceGroup> slice_groups();

} // namespace tandem::test
