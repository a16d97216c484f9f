#include "simulator.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include <csetjmp>
#include <ucontext.h>

namespace tandem::simulator {
namespace {

constexpr std::size_t stack_bytes = 256 << 10;

struct Copy {
    void *to;
    const void *from;
    int bytes;
    int group;
};

// Threads that wait for one another: a block, or a warp of it.
struct Party {
    int living = 0, arrived = 0;
    unsigned generation = 0;
};

struct Fiber {
    sigjmp_buf resume;
    ucontext_t first; // only to get onto its stack; later switches are jumps, which make no system call
    bool started = false;
    std::unique_ptr<unsigned char[]> stack{new unsigned char[stack_bytes]};
    Place place;
    bool living = false;
    unsigned exchanges = 0;
    int groups = 0;
    std::vector<Copy> copies;
};

struct Warp {
    Party party;
    Words words[2][32];
};

sigjmp_buf scheduler;
std::vector<std::unique_ptr<Fiber>> fibers;
std::vector<Warp> warps;
Party block;
Fiber *current = nullptr;
const std::function<void()> *body = nullptr;
bool descending = false;
bool progress = false;

// Back to run_block, until it goes on with this fiber.
void yield() {
    if (sigsetjmp(current->resume, 0) == 0)
        siglongjmp(scheduler, 1);
}

void go_on() {
    if (sigsetjmp(scheduler, 0) != 0)
        return;
    if (current->started)
        siglongjmp(current->resume, 1);
    current->started = true;
    setcontext(&current->first);
}

[[noreturn]] void fail(const char *what) {
    std::fprintf(stderr, "simulated kernel: %s\n", what);
    std::abort();
}

Warp &warp() {
    return warps[current->place.thread.x / 32];
}

void open(Party &party) {
    party.arrived = 0;
    ++party.generation;
    progress = true;
}

void meet(Party &party) {
    const unsigned generation = party.generation;
    if (++party.arrived == party.living)
        open(party);
    while (party.generation == generation)
        yield();
}

void leave(Party &party) {
    if (--party.living > 0 && party.arrived == party.living)
        open(party);
}

void fiber_main() {
    (*body)();
    if (!current->copies.empty())
        fail("a thread ends while copies are under way");
    current->living = false;
    leave(warp().party);
    leave(block);
    progress = true;
    yield();
}

void start(Fiber &fiber, unsigned thread, const dim3 &at) {
    fiber.place.thread = {thread, 0, 0};
    fiber.place.block = at;
    fiber.living = true;
    fiber.started = false;
    fiber.exchanges = 0;
    fiber.groups = 0;
    getcontext(&fiber.first);
    fiber.first.uc_stack.ss_sp = fiber.stack.get();
    fiber.first.uc_stack.ss_size = stack_bytes;
    fiber.first.uc_link = nullptr;
    makecontext(&fiber.first, fiber_main, 0);
}

void run_block(const dim3 &at, std::size_t threads) {
    while (fibers.size() < threads)
        fibers.push_back(std::make_unique<Fiber>());
    warps.assign((threads + 31) / 32, Warp{});
    block = Party{};
    for (std::size_t t = 0; t < threads; ++t) {
        start(*fibers[t], static_cast<unsigned>(t), at);
        ++block.living;
        ++warps[t / 32].party.living;
    }
    while (block.living > 0) {
        progress = false;
        for (std::size_t t = 0; t < threads; ++t) {
            current = fibers[descending ? threads - 1 - t : t].get();
            if (current->living)
                go_on();
        }
        if (!progress)
            fail("threads wait for one another in different places");
    }
}

} // namespace

const Place &here() noexcept {
    return current->place;
}

void barrier() {
    meet(block);
}

const Words *exchange(const Words &mine) {
    Warp &own = warp();
    Words *words = own.words[current->exchanges++ % 2];
    if (own.party.living != 32)
        fail("a warp exchanges values after some of its threads have ended");
    words[current->place.thread.x % 32] = mine;
    meet(own.party);
    return words;
}

void copy_later(void *to, const void *from, int bytes) {
    if (reinterpret_cast<std::uintptr_t>(to) % 16 != 0 || reinterpret_cast<std::uintptr_t>(from) % 16 != 0)
        fail("a background copy is not 16-byte aligned");
    current->copies.push_back({to, from, bytes, current->groups});
}

void end_group() {
    ++current->groups;
}

void finish_groups(int pending) {
    auto &copies = current->copies;
    const auto done = [&](const Copy &copy) { return copy.group < current->groups - pending; };
    for (const Copy &copy : copies)
        if (done(copy)) {
            std::memset(copy.to, 0, 16);
            std::memcpy(copy.to, copy.from, static_cast<std::size_t>(copy.bytes));
        }
    std::erase_if(copies, done);
}

void run(const std::function<void()> &kernel, dim3 grid, int threads) {
    body = &kernel;
    for (unsigned z = 0; z < grid.z; ++z)
        for (unsigned y = 0; y < grid.y; ++y)
            for (unsigned x = 0; x < grid.x; ++x)
                run_block({x, y, z}, static_cast<std::size_t>(threads));
    body = nullptr;
}

void set_descending(bool value) noexcept {
    descending = value;
}

} // namespace tandem::simulator
