#!/bin/sh
# Sets up what is missing and runs every check; all of them run, and one that fails makes the whole fail.
# Arguments go to pytest: sh tests/run.sh -k engine; -n 0 takes one process. Tests marked as slow are run by hand, with
# -m slow, or with all others by -m "".
# sh tests/run.sh --sanitize: only the compiled engine, under the compiler's address and undefined-behaviour sanitizers.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/resources/setup.sh"
set_up test

failed=
check() {
    name=$1
    shift
    printf '== %s\n' "$name"
    "$@" || failed="$failed, $name"
}

cd "$root"
PATH=$venv/bin:$PATH
QT_QPA_PLATFORM=offscreen
unset PYTHONDONTWRITEBYTECODE # many tests start the program anew, which would compile it each time
export PATH QT_QPA_PLATFORM
if [ "${1:-}" = --sanitize ]; then
    shift
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    library=$folder/turbo.so
    CFLAGS="-fsanitize=address,undefined -fno-sanitize-recover=all -g" python resources/compile_turbo.py "$library"
    # Python was linked without the sanitizer, and leaves memory to the system when it ends.
    LD_PRELOAD="$(${CC:-cc} -print-file-name=libasan.so) $(${CC:-cc} -print-file-name=libubsan.so)" \
        ASAN_OPTIONS=detect_leaks=0 ANN_VIZ_TURBO=$library \
        python -m pytest -n 0 tests/engine/compiled tests/session/test_engine.py "$@"
    exit
fi

case " $* " in
*" -m "*) ;;
*) set -- -m "not slow" "$@" ;;
esac
check "ruff check" ruff check .
check "ruff format" ruff format --check .
check "mypy" mypy
check "import-linter" lint-imports
check "pytest" python -m pytest -n auto --dist worksteal "$@"

[ -z "$failed" ] || stop "these checks failed: ${failed#, }"
