#!/bin/sh
# Writes the two locks again: what the library needs, and that plus what its developers need.
# A lock names versions and hashes for every supported Python and platform, and no host.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "make lock needs the command uv (pip install uv)" >&2; exit 1; }

compile() {
    uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-emit-find-links "$@"
}
compile --group build --output-file requirements/runtime.txt
compile --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt
echo "Locked: requirements/runtime.txt and requirements/dev.txt"
