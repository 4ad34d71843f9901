#!/bin/sh
# Fails where a file of the project names a package registry's host or a path of one machine.
set -eu
cd "$(dirname "$0")/.."

bad=0
look_for() {
    found=$(git ls-files -z --cached --others --exclude-standard | xargs -0 grep -nIE "$2" -- | cut -c1-160 || true)
    if [ -n "$found" ]; then
        printf '%s:\n%s\n' "$1" "$found" >&2
        bad=1
    fi
}
look_for "A registry's host" 'pypi[.]org|pythonhoste[d]|npmjs[.](org|com)|deb[.]debian[.]org'
look_for "A path of one machine" '(^|[^[:alnum:]._-])/(work|farm|root|home|Users)/'
exit $bad
