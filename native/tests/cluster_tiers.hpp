// Runs every tier of the clustering that this machine has.
#pragma once

#include "cluster/dpc_knn.hpp"
#include "cluster_reference.hpp"
#include "guard_page.hpp"

#include <cstring>
#include <string>

#include <gtest/gtest.h>

namespace tandem::test {

using cluster::Kernel;

constexpr float infinity = std::numeric_limits<float>::infinity();

inline Tiers<Kernel> tiers() {
    return usable(cluster::kernels(), probe_capability().usable);
}

struct Outcome {
    td_status status;
    std::int64_t where;
    Clustering clusters;
};

// The workspace starts as garbage, and ends at an unreadable page.
inline Outcome run(const Kernel &kernel, const std::vector<float> &x, std::size_t n, std::size_t width, std::size_t clusters,
                   std::size_t neighbours, bool bf16 = false) {
    const cluster::Problem problem{x.data(), n, width, clusters, std::min(neighbours, n), bf16};
    const std::size_t bytes = workspace_bytes(kernel, problem);
    const GuardPage guard(bytes);
    std::memset(guard.last(bytes), 0xFF, bytes);
    Clustering c{std::vector<std::int32_t>(clusters), std::vector<std::int32_t>(n),
                 std::vector<float>(clusters * width), std::vector<float>(clusters)};
    cluster::Result result{c.centres.data(), c.assignment.data(), c.merged.data(), c.importance.data(), 0};
    const td_status status = dpc_knn(kernel, problem, guard.last(bytes), result);
    return {status, result.where, c};
}

class ClusterTest : public testing::TestWithParam<const Kernel *> {
protected:
    const Kernel &kernel() const { return *GetParam(); }
};

inline std::string name_of(const testing::TestParamInfo<const Kernel *> &kernel) {
    std::string name = tier_name(kernel.param->tier);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

} // namespace tandem::test
