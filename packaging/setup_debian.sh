#!/bin/sh
# Sourced by setup scripts of what some tests need and users do not: brings Debian's packages, or says why not.

skip() {
    echo "skipped: $1"
    exit 1
}

# bring NEEDED PACKAGES: does nothing where `is_there` succeeds, which the script has defined; NEEDED says in words what
# is missing, PACKAGES are words. Ends the script with 1 when they cannot be had.
bring() {
    is_there && return
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
        skip "they need $1; on Debian or Ubuntu: sudo apt-get install $2"
    fi
    echo "Installing system packages: $2"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # one word per package
    if ! { apt-get update -q && apt-get install -q -y --no-install-recommends $2; } >/dev/null 2>&1 || ! is_there; then
        skip "the packages $2 cannot be installed (no network, or this system's archive lacks them)"
    fi
}
