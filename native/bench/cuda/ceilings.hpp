// What the card can do at most, measured by kernels that do nothing else. Each launches once and says how much work it did.
#pragma once

#include <cstddef>

namespace tandem::bench {

double run_multiply_add(int processors, void *out, void *stream);  // float32 operations
double run_dot_products(int processors, void *out, void *stream);  // int8 operations, dp4a
double run_copy(int processors, const void *from, void *to, std::size_t bytes, void *stream); // bytes read and written

} // namespace tandem::bench
