#!/bin/sh
# Brings what the tests for 64-bit Arm need on another processor: Debian's cross compiler and an emulator of user
# programs. Exit 0: they are there. Exit 1: they are not, and the reason is printed.
set -eu

packages="g++-aarch64-linux-gnu qemu-user"

is_there() {
    command -v aarch64-linux-gnu-g++ >/dev/null 2>&1 && command -v qemu-aarch64 >/dev/null 2>&1
}

skip() {
    echo "skipped: $1"
    exit 1
}

case "$(uname -sm)" in
"Linux aarch64") skip "this processor is an Arm; the tests of the release build have run its kernels" ;;
Linux*) ;;
*) skip "only Linux has the emulator that runs them" ;;
esac

is_there && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    skip "they need aarch64-linux-gnu-g++ and qemu-aarch64; on Debian or Ubuntu: sudo apt-get install $packages"
fi
echo "Installing system packages: $packages"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # one word per package
if ! { apt-get update -q && apt-get install -q -y --no-install-recommends $packages; } >/dev/null 2>&1 || ! is_there; then
    skip "the packages $packages cannot be installed (no network, or this system's archive lacks them)"
fi
