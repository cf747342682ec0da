#!/bin/sh
# Checks what the system must bring: Python 3.11+ with venv, a C++17 compiler, the libraries Qt loads, and one font.
# As root on Debian or Ubuntu the missing packages are installed; anyone else is told the exact line to run.
set -eu
. "$(dirname "$0")/setup_find_python.sh"

if [ -n "${SKIP_SYSTEM_CHECK:-}" ]; then
    echo "System check skipped (SKIP_SYSTEM_CHECK is set)."
    exit 0
fi

missing=""
need() {
    missing="$missing $1"
}

# What PySide6-Essentials' QtGui, QtWidgets and the xcb and offscreen platform plugins name as NEEDED and do not bring.
qt_libraries="
libEGL.so.1 libegl1
libGL.so.1 libgl1
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libglib-2.0.so.0 libglib2.0-0
libzstd.so.1 libzstd1
libX11.so.6 libx11-6
libX11-xcb.so.1 libx11-xcb1
libxcb.so.1 libxcb1
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render.so.0 libxcb-render0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-util.so.1 libxcb-util1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
"
wayland_libraries="
libwayland-client.so.0 libwayland-client0
libwayland-cursor.so.0 libwayland-cursor0
libwayland-egl.so.1 libwayland-egl1
"

# Prints the package of every library that the loader does not find. $1: interpreter, $2: "soname package" lines.
missing_libraries() {
    "$1" - "$2" <<'PYTHON'
import ctypes
import sys

words = sys.argv[1].split()
for soname, package in zip(words[::2], words[1::2]):
    try:
        ctypes.CDLL(soname)
    except OSError:
        print(package)
PYTHON
}

has_cxx17() {
    for compiler in ${CXX:-c++ g++ clang++}; do
        if command -v "$compiler" >/dev/null 2>&1 &&
            printf '#include <optional>\n#include <string>\nint main() { std::optional<std::string> a; return a.has_value(); }\n' |
            "$compiler" -std=c++17 -x c++ -o /dev/null - >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

has_font() {
    for folder in /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts"; do
        if [ -d "$folder" ] && [ -n "$(find "$folder" -name '*.[to]t[fc]' -print | head -n 1)" ]; then
            return 0
        fi
    done
    return 1
}

can_install() {
    [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ] && command -v apt-get >/dev/null 2>&1
}

install_packages() {
    echo "Installing system packages:$1"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    # shellcheck disable=SC2086 # one word per package
    apt-get install -q -y --no-install-recommends $1
}

# What only shows once a Python is there is looked at after that Python.
look_for_python() {
    if [ -n "${PYTHON:-}" ] && ! find_python >/dev/null; then
        echo "PYTHON=$PYTHON is not Python 3.11 or newer. Facet needs Python 3.11+; name another one: make run PYTHON=python3.12" >&2
        exit 1
    fi
    if ! find_python >/dev/null; then
        if command -v python3 >/dev/null 2>&1; then
            echo "Facet needs Python 3.11 or newer; this machine has $(python3 --version 2>&1)." >&2
            echo "Install a newer one (for example the packages python3.12 and python3.12-venv) and run: make run PYTHON=python3.12" >&2
            exit 1
        fi
        need python3
        need python3-venv
    fi
}

look_for_the_rest() {
    if python=$(find_python); then
        if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            case "$python" in
            */python3) need python3-venv ;;
            *) need "$(basename "$python")-venv" ;;
            esac
        fi
        if [ "$(uname -s)" = Linux ]; then
            for package in $(missing_libraries "$python" "$qt_libraries"); do need "$package"; done
            if [ -n "${WAYLAND_DISPLAY:-}" ]; then
                for package in $(missing_libraries "$python" "$wayland_libraries"); do need "$package"; done
            fi
        fi
    fi
    if ! has_cxx17; then need g++; fi
    if [ "$(uname -s)" = Linux ] && ! has_font; then need fonts-dejavu-core; fi
}

say "Checking the system: Python 3.11+, a C++17 compiler, Qt's libraries, a font"
look_for_python
if [ -n "$missing" ] && can_install; then
    install_packages "$missing"
    missing=""
fi
look_for_the_rest
if [ -n "$missing" ] && can_install; then
    install_packages "$missing"
    missing=""
    look_for_the_rest
fi
if [ -n "$missing" ]; then
    {
        echo "System packages are missing. On Debian or Ubuntu install them with:"
        echo
        echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing"
        echo
        echo "and run make again. (Elsewhere: the packages of the same libraries; SKIP_SYSTEM_CHECK=1 goes on without.)"
    } >&2
    exit 1
fi
echo "Everything is there: $("$(find_python)" --version), $(${CXX:-c++} --version 2>/dev/null | head -n 1)"
