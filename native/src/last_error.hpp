// What a failed call says besides its status: one text a thread, kept until the next failure there.
#pragma once

#include <initializer_list>

#include <tandem/status.h>

namespace tandem {

// To be returned from a body that guarded runs: keeps the text, cut to TD_LAST_ERROR_BYTES, and gives the status back.
[[gnu::cold, gnu::format(printf, 2, 3)]] td_status refused(td_status status, const char *format, ...) noexcept;

// The first of these that is null, by name; for a call that has already seen that one is.
struct Argument {
    const char *name;
    const void *value;
};
[[gnu::cold]] td_status refused_null(std::initializer_list<Argument> arguments) noexcept;

// The end of every failed call: what was kept for this status stays, the text of an earlier failure goes.
[[gnu::cold]] void settle(td_status status) noexcept;

} // namespace tandem
