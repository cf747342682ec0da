#!/bin/sh
# Makes the virtual environment .venv and installs Facet into it, editable, with its pinned dependencies.
# The native library is not built here: the Makefile does that with CMake, so that a change to it needs no reinstall.
set -eu
. "$(dirname "$0")/setup_find_python.sh"

venv=${VENV:-.venv}
constraints=packaging/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

python=$(find_python) || {
    echo "Facet needs Python 3.11 or newer, and none was found." >&2
    exit 1
}

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    say "Making the virtual environment $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
fi

# On Linux, PyPI's torch brings several GB of CUDA libraries; PyTorch's own index has the same version for the CPU only.
# Asked only when it answers, so that a mirror or an offline wheel folder in pip's configuration serves as well.
torch_index=""
cpu_index=https://download.pytorch.org/whl/cpu
if [ "$(uname -s)" = Linux ] && "$venv/bin/python" - "$cpu_index/torch/" <<'PYTHON'
import sys
import urllib.request

try:
    urllib.request.urlopen(sys.argv[1], timeout=5).close()
except OSError:
    sys.exit(1)
PYTHON
then
    torch_index="--extra-index-url $cpu_index"
fi

say "Installing the build tools (CMake, Ninja, scikit-build-core)"
"$venv/bin/python" -m pip install -q -c "$constraints" cmake ninja scikit-build-core

say "Installing Facet's dependencies: Qt, torch, the demo model (about 1 GB to download, most of it torch and the model)"
# shellcheck disable=SC2086 # empty or two words
"$venv/bin/python" -m pip install -c "$constraints" $torch_index --no-build-isolation \
    --config-settings wheel.cmake=false --config-settings editable.mode=inplace -e ".[demo,transformers,dev]"

# Else the first start would do it, and every start where Python is told to write no bytecode.
"$venv/bin/python" -m compileall -q app
