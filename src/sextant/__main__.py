"""`python -m sextant` is the `sextant` command."""

from sextant.cli.main import main

main(prog_name="sextant")
