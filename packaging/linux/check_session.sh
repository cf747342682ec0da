#!/bin/sh
# What a user does with an installed Facet, pressed and looked at from outside: check_session.sh DESKTOP_ID.
# Starts it from its desktop entry, asks, starts it again, opens a model file, and starts it where the system speaks German;
# every connection that the first session asks for is noted.
# Run by check_installed.sh, in a session with a bus and without a network.
set -eu

id=$1
pictures=/tmp/pictures
chats=$HOME/.local/share/facet/chats.sqlite3
settings=$HOME/.config/facet/settings.json
export DISPLAY=:97

fail() {
    scrot --overwrite "$pictures/failed.png" || true
    tail -5 "$HOME"/.local/state/facet/logs/*.log >&2 2>/dev/null || true
    echo "check_session.sh: $1" >&2
    exit 1
}

# until_true SECONDS WHAT COMMAND...: wait until COMMAND succeeds.
until_true() {
    tries=$(($1 * 5))
    what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || fail "$what"
        sleep 0.2
    done
}

windows() { xdotool search --onlyvisible --class '^facet$' 2>/dev/null || true; }
shown() { [ -n "$(windows)" ]; }
gone() { [ -z "$(windows)" ] && [ -z "$(pgrep -u "$(id -u)" -x facet || true)" ]; }
in_front() { [ "$(xdotool getactivewindow)" = "$window" ]; }
asked() { sqlite3 "$chats" 'pragma busy_timeout = 500; select text from messages where role = "assistant"' | grep -q "$1"; }
model_is() { grep -q "\"last_model\": \"$1\"" "$settings"; }
german() { grep -q facet_de.qm "/proc/$(pgrep -u "$(id -u)" -x facet | head -1)/maps"; }
picture() { scrot --overwrite "$pictures/$1.png"; }

Xvfb "$DISPLAY" -screen 0 1440x900x24 -nolisten tcp >/dev/null 2>&1 &
screen=$!
trap 'kill $screen 2>/dev/null || true' EXIT
until_true 10 "the screen does not start" xdotool getmouselocation
openbox >/dev/null 2>&1 &

echo "its desktop entry and its type are known"
[ "$(xdg-mime query default application/x-gemma-sbs)" = "$id.desktop" ] || fail "another program opens .sbs files"
model=$(find "$HOME/.models" -name '*.sbs' | head -1)
gio info -a standard::content-type "$model" | grep -q application/x-gemma-sbs || fail "the type of an .sbs file is not known"

echo "it starts from its desktop entry"
strace --follow-forks --seccomp-bpf --trace=socket,connect,bind,sendto --output="$HOME/connections" gtk-launch "$id.desktop" 2>"$HOME/messages" &
until_true 60 "no window appears" shown
window=$(windows | tail -1)
until_true 60 "no model is loaded" model_is "$(basename "$(dirname "$model")")"
picture started

echo "it answers"
xdotool windowactivate --sync "$window" type --delay 20 'The capital of France is'
xdotool key Return
until_true 120 "no answer comes" asked Paris
sleep 2
picture answered

echo "its other views open"
for view in 'ctrl+shift+c compare' 'ctrl+shift+c chat' 'ctrl+shift+b benchmark'; do
    xdotool key "${view% *}"
    sleep 4
    picture "${view#* }"
done
if grep -A 30 Traceback "$HOME/messages" >&2; then fail "a view does not open"; fi
xdotool key Escape

echo "a second start raises the window"
xdotool windowminimize --sync "$window"
gtk-launch "$id.desktop" 2>/dev/null
until_true 30 "the window is not raised" in_front
[ "$(windows | wc -l)" = 1 ] || fail "a second window is open"
picture raised

echo "closing it ends it"
xdotool windowactivate --sync "$window" key ctrl+q
until_true 30 "it does not end" gone

echo "opening a model file starts it with that model"
mkdir -p "$HOME/Downloads"
ln "$model" "$HOME/Downloads/another.sbs"
gio open "$HOME/Downloads/another.sbs" &
until_true 60 "no window appears" shown
window=$(windows | tail -1)
until_true 60 "the file's model is not chosen" model_is another
sleep 3
picture opened
xdotool windowactivate --sync "$window" key ctrl+q
until_true 30 "it does not end" gone

echo "it speaks German where the system does"
LC_ALL=de_DE.UTF-8 gtk-launch "$id.desktop" 2>/dev/null
until_true 60 "no window appears" shown
window=$(windows | tail -1)
until_true 30 "the German texts are not read" german
xdotool windowactivate --sync "$window" key ctrl+comma
sleep 3
picture german
xdotool windowactivate --sync "$window" key ctrl+q
until_true 30 "it does not end" gone

echo "it asked for no connection beyond this machine"
if grep -E 'AF_INET6?' "$HOME/connections" >&2; then fail "it opens a connection"; fi
grep -c 'AF_UNIX' "$HOME/connections" | sed 's/$/ calls were traced, to sockets of this machine only/'
rm "$HOME/connections" "$HOME/messages"
