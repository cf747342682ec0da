#!/bin/sh
# Tries the .deb as a user would, in a Debian of its own: check_installed.sh PACKAGE.deb MODEL_FOLDER WORK_FOLDER.
# Makes the system with debootstrap in WORK_FOLDER (once), installs the package there, runs check_session.sh as an ordinary
# user without any network, removes the package, and compares what is there with what was there before.
# Needs root on Debian or Ubuntu, debootstrap, and the registry of Debian. Leaves pictures in WORK_FOLDER/pictures.
set -eu

package=$1
models=$2
work=$3
suite=${SUITE:-bookworm}
here=$(cd "$(dirname "$0")" && pwd)
root=$work/$suite
id=io.github.facet_gemma.facet
user=tester

[ "$(id -u)" = 0 ] || { echo "check_installed.sh needs root: it makes a system and installs into it." >&2; exit 1; }
[ -n "$(find -L "$models" -name '*.sbs' 2>/dev/null)" ] || { echo "check_installed.sh needs an .sbs model in $models." >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "check_installed.sh needs debootstrap." >&2; exit 1; }

inside() {
    chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive "$@"
}

# Every file outside of the homes and of what dpkg, apt and the desktop's own caches write.
listing() {
    inside find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /tmp -o -path /home -o -path /var \) -prune \
        -o -print | grep -vE '^/(etc/ld\.so\.cache|usr/share/(applications/mimeinfo\.cache|icons/hicolor/icon-theme\.cache|mime(/.*)?))$' \
        | sort
}

if [ ! -f "$root/.whole" ]; then
    rm -rf "$root"
    mkdir -p "$root"
    debootstrap --variant=minbase --include=ca-certificates "$suite" "$root" "${MIRROR:-http://deb.debian.org/debian}"
    # A screen, a window manager, what presses keys and takes pictures, and what a desktop has: it starts and opens things.
    inside apt-get install -qq -o Dpkg::Use-Pty=0 --no-install-recommends xvfb openbox xdotool scrot libgtk-3-bin libglib2.0-bin xdg-utils \
        desktop-file-utils shared-mime-info hicolor-icon-theme fonts-dejavu-core dbus-x11 sqlite3 strace procps >/dev/null
    inside useradd --create-home "$user"
    touch "$root/.whole"
fi
mkdir -p "$root/dev/shm" "$root/proc"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
mountpoint -q "$root/dev/shm" || mount -t tmpfs tmpfs "$root/dev/shm"
trap 'umount "$root/proc" "$root/dev/shm" 2>/dev/null || true' EXIT

inside dpkg -r facet-gemma >/dev/null 2>&1 || true
rm -rf "${root:?}/home/$user"
inside cp -r /etc/skel /home/$user
mkdir -p "$root/home/$user/.models"
cp -rL "$models"/. "$root/home/$user/.models/"
cp "$package" "$root/tmp/facet.deb"
cp "$here/check_session.sh" "$root/tmp/"
rm -rf "$root/tmp/pictures"
mkdir "$root/tmp/pictures"
inside chown -R "$user:" /home/$user /tmp/pictures

if command -v lintian >/dev/null; then
    echo "== lintian"
    lintian --fail-on error,warning --allow-root "$package"
else
    echo "== lintian is not installed here: left out"
fi

echo "== Installing"
# What the package needs of the system stays when it is removed, so it is there before.
needed=$(dpkg-deb -f "$package" Depends | sed -e 's/([^)]*)//g' -e 's/,//g')
# shellcheck disable=SC2086 # one word per package
inside apt-get install -qq -o Dpkg::Use-Pty=0 --no-install-recommends $needed >/dev/null
before=$(listing)
inside dpkg -i /tmp/facet.deb >/dev/null
inside test -x /usr/bin/facet

echo "== What the desktop reads of it"
inside desktop-file-validate "/usr/share/applications/$id.desktop"
for entry in 'GenericName\[de\]=' 'Comment\[de\]='; do
    inside grep -q "^$entry" "/usr/share/applications/$id.desktop" || { echo "The desktop entry has no $entry" >&2; exit 1; }
done
if command -v appstreamcli >/dev/null; then
    appstreamcli validate --no-net --pedantic "$root/usr/share/metainfo/$id.metainfo.xml"
else
    echo "appstreamcli is not installed here: left out"
fi
if command -v mandoc >/dev/null; then
    gzip -dc "$root/usr/share/man/man1/facet.1.gz" | mandoc -Tlint -W warning
else
    echo "mandoc is not installed here: left out"
fi

echo "== A session of a user, without a network"
inside unshare --net setpriv --reuid "$user" --regid "$user" --init-groups --reset-env \
    /usr/bin/env HOME=/home/$user LC_ALL=C.UTF-8 PATH=/usr/bin:/bin dbus-run-session sh /tmp/check_session.sh "$id" ||
    failed=1
rm -rf "$work/pictures"
mkdir -p "$work/pictures"
cp "$root"/tmp/pictures/* "$work/pictures/" 2>/dev/null || true
[ -z "${failed:-}" ] || { echo "The session failed; pictures are in $work/pictures." >&2; exit 1; }

echo "== Removing"
inside dpkg -r facet-gemma >/dev/null
after=$(listing)
left=$(printf '%s\n' "$before" >"$work/before"; printf '%s\n' "$after" | comm -13 "$work/before" -)
[ -z "$left" ] || { echo "Removing the package leaves: $left" >&2; exit 1; }
inside test -f /home/$user/.local/share/facet/chats.sqlite3
echo "Nothing is left of the package. The user keeps:"
inside find /home/$user -mindepth 1 -newer /tmp/facet.deb -type f -printf '  %p, %s bytes\n' | grep -i facet
