#!/bin/sh
# Finds a Python that can build the environment, and lets it: setup.sh runtime | server | dev
# PYTHON=/path/to/python chooses one.
set -eu
cd "$(dirname "$0")/.."

fits='import sys
sys.exit(sys.version_info < (3, 11))'
complete='import ensurepip, venv'

if [ -n "${PYTHON:-}" ]; then
    "$PYTHON" -c "$fits" 2>/dev/null || {
        echo "PYTHON=$PYTHON does not run, or is older than Python 3.11. Name another one." >&2
        exit 1
    }
    exec "$PYTHON" scripts/setup.py "$@"
fi
if .venv/bin/python -c "$fits" 2>/dev/null; then
    exec .venv/bin/python scripts/setup.py "$@"
fi
for candidate in python3 python3.13 python3.12 python3.11 python3.14; do
    if "$candidate" -c "$fits" 2>/dev/null && "$candidate" -c "$complete" 2>/dev/null; then
        exec "$candidate" scripts/setup.py "$@"
    fi
done
{
    echo "Sextant needs Python 3.11 or newer with its modules venv and ensurepip."
    command -v python3 >/dev/null && echo "Found: $(python3 --version 2>&1)" || echo "Found: no python3"
    echo "Install one, or name it: make setup PYTHON=/path/to/python3.12"
} >&2
exit 1
