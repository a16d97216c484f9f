// Runs every tier of the clustering that this machine has.
#pragma once

#include "cluster/dpc_knn.hpp"
#include "cluster_reference.hpp"
#include "guard_page.hpp"

#include <cstring>
#include <string>

#include <gtest/gtest.h>

namespace tandem::test {

using cluster::Kernels;
using Tier = Tiered<const Kernels>;

constexpr float infinity = std::numeric_limits<float>::infinity();

inline std::vector<Tier> tiers() {
    std::vector<Tier> all;
    for (const Tier &tier : cluster::all_kernels())
        if (runs_at(tier.tier, probe_capability().usable))
            all.push_back(tier);
    return all;
}

struct Outcome {
    td_status status;
    std::int64_t where;
    Clustering clusters;
};

// The workspace starts as garbage, and ends at an unreadable page.
inline Outcome run(const Kernels &kernels, const std::vector<float> &x, std::size_t n, std::size_t width, std::size_t clusters,
                   std::size_t neighbours, bool bf16 = false) {
    const cluster::Problem problem{x.data(), n, width, clusters, std::min(neighbours, n), bf16};
    const std::size_t bytes = workspace_bytes(kernels, problem);
    const GuardPage guard(bytes);
    std::memset(guard.last(bytes), 0xFF, bytes);
    Clustering c{std::vector<std::int32_t>(clusters), std::vector<std::int32_t>(n),
                 std::vector<float>(clusters * width), std::vector<float>(clusters)};
    cluster::Result result{c.centres.data(), c.assignment.data(), c.merged.data(), c.importance.data(), 0};
    const td_status status = dpc_knn(kernels, problem, guard.last(bytes), result);
    return {status, result.where, c};
}

class ClusterTest : public testing::TestWithParam<Tier> {
protected:
    const Kernels &kernels() const { return *GetParam().run; }
};

inline std::string name_of(const testing::TestParamInfo<Tier> &tier) {
    std::string name = tier_name(tier.param.tier);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

} // namespace tandem::test
