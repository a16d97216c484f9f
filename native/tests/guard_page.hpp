// Memory that ends exactly at an unreadable page: one byte read past the end kills the test.
#pragma once

#include <cstddef>

#include <sys/mman.h>
#include <unistd.h>

namespace tandem::test {

class GuardPage {
public:
    explicit GuardPage(std::size_t bytes) : page_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))) {
        room_ = (bytes + page_ - 1) / page_ * page_;
        void *memory = mmap(nullptr, room_ + page_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        base_ = memory == MAP_FAILED ? nullptr : static_cast<unsigned char *>(memory);
        if (base_ != nullptr && mprotect(base_ + room_, page_, PROT_NONE) != 0)
            release();
    }
    ~GuardPage() { release(); }
    GuardPage(const GuardPage &) = delete;
    GuardPage &operator=(const GuardPage &) = delete;

    bool ready() const noexcept { return base_ != nullptr; }

    // The last bytes before the unreadable page.
    unsigned char *last(std::size_t bytes) const noexcept { return base_ + room_ - bytes; }

private:
    void release() noexcept {
        if (base_ != nullptr)
            munmap(base_, room_ + page_);
        base_ = nullptr;
    }

    std::size_t page_;
    std::size_t room_ = 0;
    unsigned char *base_ = nullptr;
};

} // namespace tandem::test
