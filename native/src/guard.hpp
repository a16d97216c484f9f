// The one place where C++ exceptions stop. An exception that crosses a foreign call ends the JVM without a word, so
// every exported function that can throw runs its body in here.
#pragma once

#include <new>
#include <stdexcept>
#include <utility>

#include <tandem/status.h>

namespace tandem {

// Runs a body that returns a status or throws; what it throws becomes a status.
template <class Body>
td_status guarded(Body &&body) noexcept {
    try {
        return std::forward<Body>(body)();
    } catch (const std::bad_alloc &) {
        return TD_STATUS_OUT_OF_MEMORY;
    } catch (const std::length_error &) {
        return TD_STATUS_BAD_SIZE;
    } catch (const std::out_of_range &) {
        return TD_STATUS_OUT_OF_RANGE;
    } catch (...) {
        return TD_STATUS_INTERNAL;
    }
}

} // namespace tandem
