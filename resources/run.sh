#!/bin/sh
# Starts ANN Viz; the first time, sets up everything it needs. Arguments are passed on: sh resources/run.sh my.csv
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/resources/setup.sh"
set_up

if [ $# -eq 0 ] && [ "$(uname)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    say "there is no display for a window, so this runs the demonstration: ann-viz demo"
    exec "$venv/bin/ann-viz" demo
fi
exec "$venv/bin/ann-viz" "$@"
