#!/bin/sh
# Makes the Python environment in the folder given: `make_venv.sh .venv`. Needs Python 3.11 or newer.
set -eu

folder=$1
oldest=3.11

good() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

can_install() {
    command -v apt-get >/dev/null 2>&1 && as_root true 2>/dev/null
}

install() {
    echo "Installing from the system's packages: $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@" ||
        { as_root apt-get -q update &&
            as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"; }
}

find_python() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if good "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

python=$(find_python) || {
    found=$("${PYTHON:-python3}" --version 2>/dev/null || echo none)
    echo "Runbook needs Python $oldest or newer, and found $found." >&2
    echo "Install it (Debian, Ubuntu: sudo apt-get install python3 python3-venv), or name one: make PYTHON=/path/to/python3 …" >&2
    exit 1
}

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if can_install; then
        install "python$version-venv"
    else
        echo "This Python cannot make an environment. Install it: sudo apt-get install python$version-venv" >&2
        exit 1
    fi
fi

"$python" -m venv "$folder"
