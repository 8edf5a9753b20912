#!/bin/sh
# Sets up what is missing and runs every check; all of them run, and one that fails makes the whole fail.
# Arguments go to pytest: sh tests/run.sh -k engine; -m "not slow" leaves out what takes long; -n 0 takes one process.
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
export PATH QT_QPA_PLATFORM
check "ruff check" ruff check .
check "ruff format" ruff format --check .
check "mypy" mypy
check "import-linter" lint-imports
check "pytest" python -m pytest -n auto --dist worksteal "$@"

[ -z "$failed" ] || stop "these checks failed: ${failed#, }"
