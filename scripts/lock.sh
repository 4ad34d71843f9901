#!/bin/sh
# Writes the locks again: what the library needs, that and the server, all and the developers' tools.
# A lock names versions and hashes for every supported Python and platform, and no host.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "make lock needs the command uv (pip install uv)" >&2; exit 1; }

compile() {
    uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-emit-find-links "$@"
}
compile --group build --output-file requirements/runtime.txt
compile --group build --extra server --constraint requirements/runtime.txt \
    --output-file requirements/server.txt
compile --group dev --extra server --constraint requirements/server.txt \
    --output-file requirements/dev.txt
echo "Locked: requirements/runtime.txt, requirements/server.txt and requirements/dev.txt"
