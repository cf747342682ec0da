#!/bin/sh
# Packs dist/facet as a tarball that runs where it is unpacked, without FUSE and without root: build_tarball.sh FOLDER VERSION.
# `./install.sh` in it adds the desktop entry and the icon for the current user; `./install.sh --remove` takes them away.
set -eu

out=$1
version=$2
here=$(dirname "$0")
id=io.github.facet_gemma.facet
name=facet-$version-linux-$(uname -m)
root=$out/tar/$name

rm -rf "$out/tar"
mkdir -p "$root"
cp -a "$out/dist/facet/." "$root/"
mkdir "$root/desktop"
cp "$here/$id.desktop" "$here/$id.xml" "$here/../../resources/facet.svg" "$root/desktop/"
cp "$here/install.sh" "$root/"
cp "$here/../../LICENSE" "$root/"
chmod 755 "$root/install.sh"
tar --owner=0 --group=0 --numeric-owner --sort=name -C "$out/tar" -czf "$out/$name.tar.gz" "$name"
rm -rf "$out/tar"
echo "$out/$name.tar.gz"
