// What the CPU has against what the operating system lets us use.
#pragma once

#include <cstdint>
#include <string_view>

namespace tandem {

struct Capability {
    std::int32_t usable;    // best tier that may run
    std::int32_t in_cpu;    // best tier that the CPU has
};

// One of capability_x86.cpp, capability_aarch64.cpp, capability_other.cpp is compiled.
Capability probe_capability() noexcept;

// The probe, lowered to the tier that the environment variable TANDEM_TIER names (so that every tier of a machine can be
// tested); a name that is unknown, of another architecture or above the probe changes nothing. Read once.
const Capability &capability() noexcept;

// "avx2" for TD_CAPABILITY_AVX2; "unknown" for anything else.
const char *tier_name(std::int32_t tier) noexcept;
Capability lowered(Capability found, std::string_view wanted) noexcept;

// What td_capability_level reports for a probe.
constexpr std::int32_t level_of(Capability found) noexcept {
    return found.usable == 0 && found.in_cpu > 0 ? -found.in_cpu : found.usable;
}

} // namespace tandem
