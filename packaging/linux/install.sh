#!/bin/sh
# Puts Facet, where this file lies, into the menus of the current user; with --remove takes it out again.
# The program itself stays where it was unpacked. Chats, settings and models are not touched.
set -eu

folder=$(cd "$(dirname "$0")" && pwd)
id=io.github.facet_gemma.facet
data=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$data/applications/$id.desktop
type=$data/mime/packages/$id.xml
icon=$data/icons/hicolor/scalable/apps/$id.svg
link=$HOME/.local/bin/facet

if [ "${1:-}" = --remove ]; then
    rm -f "$entry" "$type" "$icon"
    if [ "$(readlink "$link" 2>/dev/null || true)" = "$folder/facet" ]; then rm -f "$link"; fi
    echo "Facet is out of the menus. Its folder may be deleted: $folder"
else
    mkdir -p "$(dirname "$entry")" "$(dirname "$type")" "$(dirname "$icon")" "$(dirname "$link")"
    # In a desktop entry a path with blanks is quoted, and a percent sign doubled.
    program=$(printf '%s' "$folder/facet" | sed -e 's/%/%%/g' -e 's/[&|\\]/\\&/g')
    sed -e "s|^Exec=facet|Exec=\"$program\"|" -e '/^TryExec=/d' "$folder/desktop/$id.desktop" > "$entry"
    cp "$folder/desktop/$id.xml" "$type"
    cp "$folder/desktop/facet.svg" "$icon"
    if [ ! -e "$link" ] && [ ! -L "$link" ]; then ln -s "$folder/facet" "$link"; fi
    echo "Facet is in the menus. \`$0 --remove\` takes it out again."
fi
for update in "update-desktop-database $data/applications" "update-mime-database $data/mime"; do
    # shellcheck disable=SC2086 # a program and its argument
    if command -v "${update%% *}" >/dev/null 2>&1; then $update >/dev/null 2>&1 || true; fi
done
