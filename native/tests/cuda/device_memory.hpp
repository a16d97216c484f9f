// Arrays on the device, or on the host where kernels run in the simulator. Each array is followed by a margin that must
// stay as it was.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <tandem/cuda.h>

#if defined(TANDEM_SIMULATED)
#include "simulator.hpp"
#else
#include <cuda_runtime_api.h>
#endif

namespace tandem::test {

#if defined(TANDEM_SIMULATED)
inline void *allocate(std::size_t bytes) {
    return std::aligned_alloc(256, (bytes + 255) / 256 * 256);
}
inline void release(void *memory) {
    std::free(memory);
}
inline void copy(void *to, const void *from, std::size_t bytes) {
    std::memcpy(to, from, bytes);
}
inline void wait() {}
inline const char *no_device() {
    return nullptr;
}
// Two runs that may differ only if the result depends on chance: here, on the order in which threads run.
inline void vary(bool second) {
    simulator::set_descending(second);
}
#else
inline void *allocate(std::size_t bytes) {
    void *memory = nullptr;
    EXPECT_EQ(cudaMalloc(&memory, bytes), cudaSuccess);
    return memory;
}
inline void release(void *memory) {
    cudaFree(memory);
}
inline void copy(void *to, const void *from, std::size_t bytes) {
    EXPECT_EQ(cudaMemcpy(to, from, bytes, cudaMemcpyDefault), cudaSuccess);
}
inline void wait() {
    EXPECT_EQ(cudaDeviceSynchronize(), cudaSuccess);
}
inline const char *no_device() {
    int count = 0;
    const cudaError_t error = cudaGetDeviceCount(&count);
    return error != cudaSuccess ? cudaGetErrorString(error) : count == 0 ? "no device" : nullptr;
}
inline void vary(bool) {}
#endif

template <class Element>
class OnDevice {
public:
    // Room for count elements, `skip` elements behind a 256-byte boundary; filled with a pattern.
    explicit OnDevice(std::size_t count, std::size_t skip = 0) : count_(count), skip_(skip) {
        memory_ = static_cast<Element *>(allocate((skip + count + margin) * sizeof(Element)));
        const std::vector<unsigned char> pattern((skip + count + margin) * sizeof(Element), filler);
        copy(memory_, pattern.data(), pattern.size());
    }
    explicit OnDevice(const std::vector<Element> &from, std::size_t skip = 0) : OnDevice(from.size(), skip) {
        if (count_ > 0)
            copy(get(), from.data(), count_ * sizeof(Element));
    }
    OnDevice(const OnDevice &) = delete;
    OnDevice &operator=(const OnDevice &) = delete;
    ~OnDevice() { release(memory_); }

    Element *get() const { return memory_ + skip_; }

    std::vector<Element> host() const {
        wait();
        std::vector<Element> all(count_ + margin);
        copy(all.data(), get(), all.size() * sizeof(Element));
        std::vector<unsigned char> end(margin * sizeof(Element));
        std::memcpy(end.data(), all.data() + count_, end.size());
        for (const unsigned char byte : end)
            EXPECT_EQ(byte, filler) << "written past the end";
        all.resize(count_);
        return all;
    }

private:
    static constexpr std::size_t margin = 64;
    static constexpr unsigned char filler = 0xA5;
    Element *memory_ = nullptr;
    std::size_t count_, skip_;
};

// Skips a test, by name of what is missing.
#define TANDEM_NEEDS_DEVICE()                                                                                          \
    if (const char *missing = ::tandem::test::no_device())                                                             \
    GTEST_SKIP() << "skipped: missing capability: CUDA device (" << missing << ")"

// Scratch memory of exactly the size asked for.
class Scratch {
public:
    explicit Scratch(std::uint64_t bytes) : memory_(static_cast<std::size_t>(bytes)) {
        launch.workspace = memory_.get();
        launch.workspace_bytes = bytes;
    }
    // Checks that nothing was written behind it.
    void check() const { (void)memory_.host(); }

    td_cuda_launch launch{};

private:
    OnDevice<unsigned char> memory_;
};

} // namespace tandem::test
