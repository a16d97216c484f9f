// The conformance set's networks at every tier (docs/conformance.md).
#include "conformance_set.hpp"
#include "hyper_subjects.hpp"

#include <tandem/hyper.h>

namespace tandem::test {
namespace {

TEST(HyperConformance, networks_compute_their_integers) {
    const std::vector<Subject> all = subjects();
    for (const HyperGroup &group : hyper_set().groups)
        for (const HyperRun &run : group.runs) {
            Ints expected = run.mean;
            expected.insert(expected.end(), run.logit.begin(), run.logit.end());
            for (const Subject &subject : all) {
                const std::vector<std::int16_t> found = Guarded(subject, group.file).run({run.expert}, run.z, 4);
                EXPECT_EQ(Ints(found.begin(), found.end()), expected) << group.name << ", " << subject.name;
            }
        }
}

TEST(HyperConformance, scale_indices_are_those_of_the_set) {
    for (const HyperGroup &group : hyper_set().groups) {
        hyper::File file;
        ASSERT_EQ(hyper::read_header(group.file.data(), group.file.size(), file), TD_STATUS_OK) << group.name;
        for (const ScaleIndex &index : group.indices) {
            const auto logit = static_cast<std::int16_t>(index.logit);
            std::uint8_t found = 0;
            EXPECT_EQ(td_scale_indices(file.shape.thresholds.data(), &logit, 1, index.shift, &found), TD_STATUS_OK);
            EXPECT_EQ(found, index.index) << group.name << ": logit " << index.logit << " shift " << index.shift;
        }
    }
}

TEST(HyperConformance, files_are_read_or_refused) {
    for (const FileCase &c : hyper_set().files) {
        hyper::File file;
        td_status status = hyper::read_header(c.file.data(), c.file.size(), file);
        status = status == TD_STATUS_OK ? hyper::check_layers(file) : status;
        EXPECT_EQ(status, c.verdict.code == 0 ? TD_STATUS_OK : TD_STATUS_CORRUPT_DATA) << c.name;
    }
}

} // namespace
} // namespace tandem::test
