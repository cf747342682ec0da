#!/bin/sh
# Brings what the test with a screen reader needs: a display in memory, and the accessibility bus with its bindings for
# the system's Python. Exit 0: they are there. Exit 1: they are not, and the reason is printed.
set -eu
. "$(dirname "$0")/setup_debian.sh"

is_there() {
    command -v Xvfb >/dev/null 2>&1 && command -v dbus-run-session >/dev/null 2>&1 &&
        [ -e /usr/share/dbus-1/services/org.a11y.Bus.service ] && /usr/bin/python3 -c 'import pyatspi' 2>/dev/null
}

[ "$(uname -s)" = Linux ] || skip "only Linux has the accessibility bus"
bring "Xvfb, dbus-run-session and pyatspi" "xvfb dbus at-spi2-core python3-pyatspi gir1.2-atspi-2.0"
