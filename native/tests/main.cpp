// Runs the unit tests at the machine's best tier, or at the one that TANDEM_TIER names; ends with 77 where that one is not
// to be had, so that a test of a tier is skipped by name and never passes at another.
#include "capability.hpp"

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <gtest/gtest.h>

int main(int count, char **arguments) {
    testing::InitGoogleTest(&count, arguments);
    const char *wanted = std::getenv("TANDEM_TIER");
    const char *found = tandem::tier_name(tandem::capability().usable);
    if (wanted != nullptr && std::string_view(wanted) != found) {
        std::printf("skipped: tier %s is not to be had on this machine, its best is %s\n", wanted, found);
        return 77;
    }
    return RUN_ALL_TESTS();
}
