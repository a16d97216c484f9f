#include "capability.hpp"
#include "guard.hpp"
#include "text.hpp"

#include <string>

#include <tandem/capability.h>

namespace tandem {
namespace {

const Capability &capability() noexcept {
    static const Capability found = probe_capability();
    return found;
}

const char *name(std::int32_t tier) noexcept {
    switch (tier) {
    case TD_CAPABILITY_SCALAR:
        return "scalar";
    case TD_CAPABILITY_AVX2:
        return "avx2";
    case TD_CAPABILITY_AVX512:
        return "avx512";
    case TD_CAPABILITY_AVX512_VNNI:
        return "avx512-vnni";
    case TD_CAPABILITY_AMX:
        return "amx";
    case TD_CAPABILITY_NEON:
        return "neon";
    case TD_CAPABILITY_NEON_DOTPROD:
        return "neon-dotprod";
    default:
        return "unknown";
    }
}

} // namespace
} // namespace tandem

extern "C" int32_t td_capability_level(void) noexcept {
    return tandem::level_of(tandem::capability());
}

extern "C" td_status td_capability_describe(char *text, size_t capacity) noexcept {
    return tandem::guarded([&] {
        const tandem::Capability &found = tandem::capability();
        std::string words = tandem::name(found.usable);
        if (found.in_cpu > found.usable)
            words += std::string("; the CPU has ") + tandem::name(found.in_cpu)
                     + ", which the operating system does not let us use";
        return tandem::copy_text(words, text, capacity);
    });
}
