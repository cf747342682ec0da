# 64-bit Arm from another machine: Debian's cross compiler; tests run under qemu's emulation of user programs.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
# GCC 12 ends with an internal error when it vectorises one of the tests; what matters here is written in vectors anyway.
set(CMAKE_CXX_FLAGS_INIT -fno-tree-vectorize)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64 -L /usr/aarch64-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
