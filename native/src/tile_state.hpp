// AMX's tile registers, which Linux gives to a process only when it asks.
#pragma once

namespace tandem {

// Asks once for the whole process; false where the system refuses (an old kernel, or a thread whose signal stack is too
// small for the larger state).
bool request_tile_state() noexcept;

} // namespace tandem
