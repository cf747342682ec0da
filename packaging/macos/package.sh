#!/bin/sh
# Builds what users of macOS install, into build/package: Facet.app and a .dmg of it.
# Needs Python 3.11 or newer and Xcode's command-line tools. Signed for this machine only, unless CODESIGN_IDENTITY names
# a certificate; what is passed on must be notarised as well (xcrun notarytool), which needs an account with Apple.
set -eu
cd "$(dirname "$0")/../.."
. packaging/setup_find_python.sh

out=build/package
venv=$out/venv
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

python=$(find_python)
if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    say "Making the virtual environment $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
fi
PATH=$PWD/$venv/bin:$PATH

say "Installing Facet, without transformers, and PyInstaller into $venv; building the native library"
"$venv/bin/python" -m pip install -q -c packaging/constraints.txt cmake ninja scikit-build-core
"$venv/bin/python" -m pip install -q -c packaging/constraints.txt --no-build-isolation ".[package]"

say "Drawing the icons, building Facet.app"
"$venv/bin/python" packaging/make_icons.py "$out/icons"
"$venv/bin/python" -m app.licenses "$out"
"$venv/bin/pyinstaller" --noconfirm --log-level WARN --distpath "$out/dist" --workpath "$out/work" packaging/facet.spec
"$venv/bin/python" packaging/check_bundle.py "$out/dist/facet"
codesign --force --deep --options runtime --entitlements packaging/macos/entitlements.plist \
    --sign "${CODESIGN_IDENTITY:--}" "$out/dist/Facet.app"
codesign --verify --deep --strict "$out/dist/Facet.app"

say "Packing the .dmg"
version=$("$venv/bin/python" -c 'from importlib.metadata import version; print(version("facet-gemma"))')
image=$out/facet-$version-macos-$(uname -m).dmg
rm -rf "$out/dmg" "$image"
mkdir -p "$out/dmg"
cp -R "$out/dist/Facet.app" "$out/dmg/"
ln -s /Applications "$out/dmg/Applications"
hdiutil create -quiet -volname Facet -srcfolder "$out/dmg" -format UDZO "$image"
rm -rf "$out/dmg"
ls -lh "$image"
