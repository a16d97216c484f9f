// What the CPU has against what the operating system lets us use.
#pragma once

#include <cstdint>

namespace tandem {

struct Capability {
    std::int32_t usable;    // best tier that may run
    std::int32_t in_cpu;    // best tier that the CPU has
};

// One of capability_x86.cpp, capability_aarch64.cpp, capability_other.cpp is compiled.
Capability probe_capability() noexcept;

// What td_capability_level reports for a probe.
constexpr std::int32_t level_of(Capability found) noexcept {
    return found.usable == 0 && found.in_cpu > 0 ? -found.in_cpu : found.usable;
}

} // namespace tandem
