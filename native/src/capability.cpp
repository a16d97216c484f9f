#include "capability.hpp"
#include "guard.hpp"
#include "text.hpp"

#include <cstdlib>
#include <string>

#include <strings.h>

#include <tandem/capability.h>

namespace tandem {
namespace {

struct Tier {
    std::int32_t level;
    const char *name;
};

constexpr Tier tiers[] = {
    {TD_CAPABILITY_SCALAR, "scalar"},           {TD_CAPABILITY_AVX2, "avx2"},
    {TD_CAPABILITY_AVX512, "avx512"},           {TD_CAPABILITY_AVX512_VNNI, "avx512-vnni"},
    {TD_CAPABILITY_AMX, "amx"},                 {TD_CAPABILITY_NEON, "neon"},
    {TD_CAPABILITY_NEON_DOTPROD, "neon-dotprod"},
};

bool same_word(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view wanted_tier() noexcept {
    const char *wanted = std::getenv("TANDEM_TIER");
    return wanted == nullptr ? "" : wanted;
}

} // namespace

const char *tier_name(std::int32_t tier) noexcept {
    for (const Tier &t : tiers)
        if (t.level == tier)
            return t.name;
    return "unknown";
}

Capability lowered(Capability found, std::string_view wanted) noexcept {
    for (const Tier &t : tiers)
        if (same_word(wanted, t.name) && t.level < found.usable && (t.level == 0 || t.level / 100 == found.usable / 100))
            return {t.level, t.level};
    return found;
}

const Capability &capability() noexcept {
    static const Capability found = lowered(probe_capability(), wanted_tier());
    return found;
}

} // namespace tandem

extern "C" int32_t td_capability_level(void) noexcept {
    return tandem::level_of(tandem::capability());
}

extern "C" td_status td_capability_describe(char *text, size_t capacity) noexcept {
    return tandem::guarded([&] {
        const tandem::Capability &found = tandem::capability();
        std::string words = tandem::tier_name(found.usable);
        if (found.in_cpu > found.usable)
            words += std::string("; the CPU has ") + tandem::tier_name(found.in_cpu)
                     + ", which the operating system does not let us use";
        if (found.usable < tandem::probe_capability().usable)
            words += "; lowered by TANDEM_TIER";
        return tandem::copy_text(words, text, capacity);
    });
}
