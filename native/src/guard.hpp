// The one place where C++ exceptions stop, and where a failure's text is settled. An exception that crosses a foreign
// call ends the JVM without a word; every exported function that returns a status runs its body in here, so that no
// failure is ever told in the words of an earlier one. A call that succeeds pays nothing for it.
#pragma once

#include "last_error.hpp"

#include <exception>
#include <new>
#include <stdexcept>
#include <utility>

#include <tandem/status.h>

namespace tandem {

// Runs a body that returns a status or throws; what it throws becomes a status and its text.
template <class Body>
td_status guarded(Body &&body) noexcept {
    td_status status = TD_STATUS_INTERNAL;
    try {
        status = std::forward<Body>(body)();
    } catch (const std::bad_alloc &e) {
        status = refused(TD_STATUS_OUT_OF_MEMORY, "%s", e.what());
    } catch (const std::length_error &e) {
        status = refused(TD_STATUS_BAD_SIZE, "%s", e.what());
    } catch (const std::out_of_range &e) {
        status = refused(TD_STATUS_OUT_OF_RANGE, "%s", e.what());
    } catch (const std::exception &e) {
        status = refused(TD_STATUS_INTERNAL, "%s", e.what());
    } catch (...) {
    }
    if (status != TD_STATUS_OK) [[unlikely]]
        settle(status);
    return status;
}

} // namespace tandem
