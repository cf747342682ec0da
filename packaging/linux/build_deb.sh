#!/bin/sh
# Packs dist/facet as a Debian package: build_deb.sh FOLDER VERSION, where FOLDER holds dist/ and icons/.
# /usr/lib/facet is the application, /usr/bin/facet a link to it; the desktop's files have the application's id as name.
set -eu

out=$1
version=$2
here=$(dirname "$0")
id=io.github.facet_gemma.facet
arch=$(dpkg --print-architecture)
date=$(date -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%Y-%m-%d)
root=$out/deb
package=$out/facet-gemma_${version}_$arch.deb

rm -rf "$root"
mkdir -p "$root/DEBIAN" "$root/usr/bin" "$root/usr/lib" "$root/usr/share/applications" "$root/usr/share/metainfo" \
    "$root/usr/share/mime/packages" "$root/usr/share/man/man1" "$root/usr/share/doc/facet-gemma" \
    "$root/usr/share/lintian/overrides"

cp -a "$out/dist/facet" "$root/usr/lib/facet"
ln -s ../lib/facet/facet "$root/usr/bin/facet"
cp "$here/$id.desktop" "$root/usr/share/applications/"
cp "$here/$id.xml" "$root/usr/share/mime/packages/"
cp "$here/lintian-overrides" "$root/usr/share/lintian/overrides/facet-gemma"
stamp() {
    sed -e "s/@VERSION@/$version/g" -e "s/@DATE@/$date/g" "$1"
}
stamp "$here/$id.metainfo.xml" > "$root/usr/share/metainfo/$id.metainfo.xml"
stamp "$here/facet.1" | gzip -9n > "$root/usr/share/man/man1/facet.1.gz"
for png in "$out"/icons/facet-*.png; do
    size=${png##*-}
    size=${size%.png}
    [ "$size" -le 512 ] || continue
    mkdir -p "$root/usr/share/icons/hicolor/${size}x$size/apps"
    cp "$png" "$root/usr/share/icons/hicolor/${size}x$size/apps/$id.png"
done
mkdir -p "$root/usr/share/icons/hicolor/scalable/apps"
cp "$here/../../resources/facet.svg" "$root/usr/share/icons/hicolor/scalable/apps/$id.svg"

cat > "$root/usr/share/doc/facet-gemma/copyright" <<COPYRIGHT
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Facet
Comment: /usr/lib/facet also holds Python, Qt and other libraries under their own licences, named in
 /usr/lib/facet/_internal/licenses.txt.

Files: *
Copyright: 2026 The Facet developers
License: Apache-2.0
 On Debian systems the full text is in /usr/share/common-licenses/Apache-2.0.
COPYRIGHT
{
    printf 'facet-gemma (%s) unstable; urgency=medium\n\n  * See the changelog in the source.\n\n' "$version"
    printf ' -- The Facet developers <facet@localhost>  %s\n' "$(date -u -R -d "$date")"
} | gzip -9n > "$root/usr/share/doc/facet-gemma/changelog.gz"

find "$root/usr" -type d -exec chmod 755 {} +
find "$root/usr" -type f -exec chmod 644 {} +
chmod 755 "$root/usr/lib/facet/facet"

cat > "$root/DEBIAN/control" <<CONTROL
Package: facet-gemma
Version: $version
Section: science
Priority: optional
Architecture: $arch
Maintainer: The Facet developers <facet@localhost>
Installed-Size: $(du -sk --apparent-size "$root/usr" | cut -f1)
Depends: $("${PYTHON:-python3}" "$here/needs.py" "$root/usr/lib/facet")
Recommends: ca-certificates, fonts-dejavu-core | fonts-noto-core, libwayland-client0, libwayland-cursor0, libwayland-egl1
Suggests: python3-venv
Description: chat with Gemma models on your own machine
 Facet runs Gemma models in its own native engine, from gemma.cpp's .sbs files,
 and compares that with Hugging Face transformers on the same weights: speed,
 memory, and where answers part.
 .
 It needs no network. This package has the native engine only; the command
 facet install-transformers adds the transformers backend for the user who
 runs it, with the system's Python (3.11 or newer, with venv).
CONTROL

# No maintainer scripts: desktop, MIME and icon caches are updated by the triggers of the packages that keep them.
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
rm -rf "$root"
echo "$package"
