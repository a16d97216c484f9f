# Cross build for 64-bit Arm Linux with the distribution's compiler (Debian and Ubuntu: g++-aarch64-linux-gnu).
# Tests run under qemu-user where it is installed (package qemu-user-static or qemu-user).
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)

find_program(TANDEM_QEMU NAMES qemu-aarch64-static qemu-aarch64)
if(TANDEM_QEMU)
    set(CMAKE_CROSSCOMPILING_EMULATOR "${TANDEM_QEMU};-L;/usr/aarch64-linux-gnu")
endif()

set(CMAKE_FIND_ROOT_PATH /usr/aarch64-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
