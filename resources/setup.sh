# Sourced by resources/run.sh and tests/run.sh after `root` is set to the checkout: makes $root/.venv ready.
# What is there already is left alone, so that a second start takes no time and needs no network.

say() { printf '%s\n' "ann-viz: $*" >&2; }

stop() {
    say "$*"
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 && is_new_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    stop "Python 3.11 or newer is needed, and this machine has $(python3 --version 2>/dev/null || echo none). Install python3 (Debian 12, Ubuntu 24.04 or newer) and start again."
}

# Installs Debian packages, or says which line does and stops.
apt_install() {
    if ! command -v apt-get >/dev/null 2>&1; then
        stop "System packages are missing and this system has no apt-get. What Debian calls them: $*"
    fi
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
            as_root=sudo
        else
            stop "System packages are missing. Run this line, then start again: sudo apt-get install -y $*"
        fi
    fi
    say "installing system packages: $*"
    # A fresh system has no package lists, and old lists name packages that are gone.
    $as_root apt-get update -qq >&2 || say "apt-get update failed; going on with the lists that are here"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2 ||
        stop "apt-get could not install them. Run this line, then start again: sudo apt-get install -y $*"
}

make_venv() {
    if [ -x "$venv/bin/python" ] && is_new_enough "$venv/bin/python" && [ "$(cat "$venv/made-for" 2>/dev/null)" = "$root" ]; then
        return
    fi
    python=$(find_python)
    # Debian ships Python without the part that makes environments.
    "$python" -c 'import ensurepip, venv' 2>/dev/null || apt_install "$python-venv"
    say "making .venv"
    "$python" -m venv --clear "$venv"
    printf '%s\n' "$root" >"$venv/made-for"
}

# $1: the extra to install with the package, or nothing. Each leaves its own stamp, a checksum of pyproject.toml.
install_package() {
    wanted=$(cksum <"$root/pyproject.toml")
    # What was installed for the tests is enough to start the program.
    for stamp in "$venv/installed${1:+-$1}" "$venv/installed-test"; do
        if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
    done
    say "installing ANN Viz and what it needs (the first time takes a minute or two)"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$root${1:+[$1]}" >&2 ||
        stop "pip could not install the packages; its message is above."
    printf '%s\n' "$wanted" >"$venv/installed${1:+-$1}"
}

# Compiled steps of training, many times quicker; without a compiler NumPy does them. Tried again when they change.
compile_turbo() {
    wanted=$(cat "$root"/ann_viz/engine/compiled/c/* "$root/ann_viz/engine/compiled/levels.py" | cksum)
    if [ "$(cat "$venv/turbo" 2>/dev/null)" = "$wanted" ]; then return; fi
    "$venv/bin/python" "$root/resources/compile_turbo.py" >/dev/null || say "going on without Turbo, the compiled engine"
    printf '%s\n' "$wanted" >"$venv/turbo"
}

install_qt_libraries() {
    lacking=$("$venv/bin/python" -m ann_viz.qt_libraries)
    # shellcheck disable=SC2086  # one word per package
    [ -z "$lacking" ] || apt_install $lacking
}

# $1: the extra to install, or nothing.
set_up() {
    venv=$root/.venv
    make_venv
    install_package "${1:-}"
    compile_turbo
    install_qt_libraries
}
