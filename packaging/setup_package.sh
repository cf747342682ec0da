#!/bin/sh
# Brings what packaging needs besides set-up: Python's shared library, which the application carries, binutils and chrpath.
# As root on Debian or Ubuntu missing packages are installed; anyone else is told the exact line to run.
set -eu
. "$(dirname "$0")/setup_find_python.sh"

python=$(find_python)
# Debian's Python is linked statically; the library, which the application carries, is a package of its own.
missing=$("$python" - <<'PYTHON'
import ctypes
import sys
import sysconfig

if not sysconfig.get_config_var("Py_ENABLE_SHARED"):
    sys.exit(f"{sys.executable} has no shared library; name another Python: make package PYTHON=/usr/bin/python3")
try:
    ctypes.CDLL(sysconfig.get_config_var("INSTSONAME"))
except OSError:
    print("libpython{}.{}".format(*sys.version_info))
PYTHON
)
for tool in readelf strip; do
    command -v "$tool" >/dev/null 2>&1 || missing="$missing binutils"
done
command -v chrpath >/dev/null 2>&1 || missing="$missing chrpath"
command -v dpkg-deb >/dev/null 2>&1 || missing="$missing dpkg"
missing=$(echo "$missing" | xargs)
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ]; then
    echo "Installing system packages: $missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    # shellcheck disable=SC2086 # one word per package
    apt-get install -q -y --no-install-recommends $missing
else
    echo "System packages are missing. On Debian or Ubuntu install them with:" >&2
    echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing" >&2
    exit 1
fi
