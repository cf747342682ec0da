#!/bin/sh
# Builds what users of Linux install, into build/package/: the folder dist/facet, a .deb and a .tar.gz.
# Needs no .venv and no torch: an environment of its own holds what the application is made of.
set -eu
cd "$(dirname "$0")/.."
. packaging/setup_find_python.sh

out=build/package
venv=$out/venv
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

say "Checking what packaging needs"
sh packaging/setup_package.sh

python=$(find_python)
if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    say "Making the virtual environment $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
fi
PATH=$PWD/$venv/bin:$PATH

say "Installing Facet, without transformers, and PyInstaller into $venv; building the native library"
"$venv/bin/python" -m pip install -q -c packaging/constraints.txt cmake ninja scikit-build-core
"$venv/bin/python" -m pip install -q -c packaging/constraints.txt --no-build-isolation ".[package]"
# An unchanged version number must not keep yesterday's files.
"$venv/bin/python" -m pip install -q --no-deps --no-build-isolation --force-reinstall .

say "Drawing the icons"
"$venv/bin/python" packaging/make_icons.py "$out/icons"

echo "Collecting the licences of what the application contains"
"$venv/bin/python" -m app.licenses "$out"

say "Building the application's folder"
"$venv/bin/pyinstaller" --noconfirm --log-level WARN --distpath "$out/dist" --workpath "$out/work" packaging/facet.spec
# What wheels bring in a folder NAME.libs was moved about by patchelf; stripped, such a library no longer loads.
find "$out/dist/facet" -name '*.so*' -type f ! -path '*.libs/*' -exec strip --strip-unneeded {} +
# A Python that was built by hand names its own folder as the place to look for libraries: on the user's machine, anybody's.
find "$out/dist/facet/_internal" -maxdepth 1 -name 'libpython*' -exec chrpath --delete {} + >/dev/null
find "$out/dist/facet/_internal" -path '*/lib-dynload/*.so' -exec chrpath --delete {} + >/dev/null
for icu in "$out"/dist/facet/_internal/PySide6/Qt/lib/libicudata.so.*; do
    "$venv/bin/python" packaging/linux/trim_icu.py "$icu"
done
"$venv/bin/python" packaging/check_bundle.py "$out/dist/facet"

version=$("$venv/bin/python" -c 'from importlib.metadata import version; print(version("facet-gemma"))')
say "Packing the .deb"
PYTHON=$venv/bin/python sh packaging/linux/build_deb.sh "$out" "$version"
say "Packing the tarball"
sh packaging/linux/build_tarball.sh "$out" "$version"
echo
ls -lh "$out"/*.deb "$out"/*.tar.gz
