// Copies text out through the ABI.
#pragma once

#include <cstddef>
#include <string_view>

#include <tandem/status.h>

namespace tandem {

// Always ends in a zero byte; BUFFER_TOO_SMALL says that the text was cut.
td_status copy_text(std::string_view from, char *to, std::size_t capacity) noexcept;

} // namespace tandem
