#include "last_error.hpp"
#include "text.hpp"

#include <cstdarg>
#include <cstdio>

namespace tandem {
namespace {

struct LastError {
    td_status status;
    bool kept; // by the call that is under way
    char text[TD_LAST_ERROR_BYTES];
};

// Only failures touch it: the first touch in a thread may allocate it, which a call that succeeds must not.
constinit thread_local LastError last{};

} // namespace

td_status refused(td_status status, const char *format, ...) noexcept {
    std::va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(last.text, sizeof last.text, format, arguments);
    va_end(arguments);
    last.kept = true;
    return last.status = status;
}

td_status refused_null(std::initializer_list<Argument> arguments) noexcept {
    for (const Argument &a : arguments)
        if (a.value == nullptr)
            return refused(TD_STATUS_NULL_ARGUMENT, "[%s] is null", a.name);
    return TD_STATUS_NULL_ARGUMENT;
}

void settle(td_status status) noexcept {
    if (!last.kept || last.status != status)
        last.text[0] = '\0';
    last.status = status;
    last.kept = false;
}

} // namespace tandem

extern "C" td_status td_last_error(td_status of, char *text, size_t capacity) noexcept {
    return tandem::copy_text(tandem::last.status == of ? tandem::last.text : "", text, capacity);
}
