#!/bin/sh
# An environment of its own for every peer, from pinned releases: setup.sh [evidently nannyml ...]
# They lie in .venv-peers, which git does not see; PYTHON=/path/to/python chooses the Python.
set -eu
cd "$(dirname "$0")/../../.."
python=${PYTHON:-.venv/bin/python}
[ "$#" -gt 0 ] || set -- evidently nannyml whylogs alibi-detect
for peer in "$@"; do
    here=.venv-peers/$peer
    pins=benchmarks/honesty/pins/$peer.txt
    if cmp -s "$pins" "$here/pins.txt"; then
        continue
    fi
    echo "Setting up: $peer in $here"
    rm -rf "$here"
    "$python" -m venv "$here"
    "$here/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$pins" ||
        { echo "$peer cannot be installed here; the benchmark goes on without it." >&2; rm -rf "$here"; continue; }
    cp "$pins" "$here/pins.txt"
done
