// The distances of all pairs, upper half only. Rows are grouped into panels as the Gram kernel makes them; a row begins at
// the first column of its own panel, so half the memory of a square is used and every row still runs straight ahead.
#pragma once

#include <cstddef>

namespace tandem {

// Always inline: tiers include this, and the linker must not pick one tier's copy for all.
#define TANDEM_INLINE [[gnu::always_inline]] inline

struct HalfMatrix {
    float *base;
    std::size_t stride; // columns, a multiple of panel, at least n
    std::size_t panel;

    // row(i)[j] is the distance of tokens i and j, to be read for j > i only. Floats between two rows of a panel: pitch(i).
    TANDEM_INLINE float *row(std::size_t i) const noexcept {
        const std::size_t p = i / panel;
        return base + before(p) + (i - p * panel) * pitch(i) - p * panel;
    }
    TANDEM_INLINE std::size_t pitch(std::size_t i) const noexcept { return stride - i / panel * panel; }
    // The distances of tokens 0 to i - 1 to token i.
    TANDEM_INLINE void column(std::size_t i, float *to) const noexcept {
        for (std::size_t first = 0; first < i; first += panel) {
            const float *from = row(first) + i;
            const std::size_t end = first + panel < i ? first + panel : i;
            for (std::size_t j = first; j < end; ++j, from += pitch(first))
                to[j] = *from;
        }
    }
    TANDEM_INLINE std::size_t floats() const noexcept { return before(stride / panel); }

private:
    TANDEM_INLINE std::size_t before(std::size_t p) const noexcept {
        return panel * (p * stride - (p == 0 ? 0 : panel * (p * (p - 1) / 2)));
    }
};

} // namespace tandem
