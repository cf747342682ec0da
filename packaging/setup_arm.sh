#!/bin/sh
# Brings what the tests for 64-bit Arm need on another processor: Debian's cross compiler and an emulator of user
# programs. Exit 0: they are there. Exit 1: they are not, and the reason is printed.
set -eu
. "$(dirname "$0")/setup_debian.sh"

is_there() {
    command -v aarch64-linux-gnu-g++ >/dev/null 2>&1 && command -v qemu-aarch64 >/dev/null 2>&1
}

case "$(uname -sm)" in
"Linux aarch64") skip "this processor is an Arm; the tests of the release build have run its kernels" ;;
Linux*) ;;
*) skip "only Linux has the emulator that runs them" ;;
esac
bring "aarch64-linux-gnu-g++ and qemu-aarch64" "g++-aarch64-linux-gnu qemu-user"
