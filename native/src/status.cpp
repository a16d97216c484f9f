#include "guard.hpp"
#include "text.hpp"

#include <algorithm>
#include <cstring>

namespace tandem {

td_status copy_text(std::string_view from, char *to, std::size_t capacity) noexcept {
    if (to == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    if (capacity == 0)
        return TD_STATUS_BAD_SIZE;
    const std::size_t count = std::min(from.size(), capacity - 1);
    std::memcpy(to, from.data(), count);
    to[count] = '\0';
    return count == from.size() ? TD_STATUS_OK : TD_STATUS_BUFFER_TOO_SMALL;
}

namespace {

std::string_view meaning(td_status status) noexcept {
    switch (status) {
    case TD_STATUS_OK:
        return "success";
    case TD_STATUS_NULL_ARGUMENT:
        return "an argument that must not be null is null";
    case TD_STATUS_BAD_SIZE:
        return "a size is not allowed";
    case TD_STATUS_OUT_OF_RANGE:
        return "a value lies outside its range";
    case TD_STATUS_BUFFER_TOO_SMALL:
        return "the output buffer is too small";
    case TD_STATUS_OUT_OF_MEMORY:
        return "memory could not be allocated";
    case TD_STATUS_CORRUPT_DATA:
        return "the data is damaged";
    case TD_STATUS_UNSUPPORTED:
        return "this machine lacks what the call needs";
    case TD_STATUS_DEVICE_FAILED:
        return "the device or its driver reported an error";
    case TD_STATUS_INTERNAL:
        return "an error inside libtandem";
    default:
        return "a status code this library does not know";
    }
}

} // namespace
} // namespace tandem

extern "C" td_status td_status_describe(td_status status, char *text, size_t capacity) noexcept {
    return tandem::guarded([&] { return tandem::copy_text(tandem::meaning(status), text, capacity); });
}
