"""Several people at the same moment, on both databases: one effect, nobody's change lost."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """A database with real commits: a file, or one of its own on the tests' PostgreSQL."""
    url = os.environ.get("SEXTANT_TEST_DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{tmp_path}/at_once.sqlite3"
        return
    import psycopg

    name = f"at_once_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    head, _, tail = url.partition("?")
    yield f"{head.rpartition('/')[0]}/{name}" + (f"?{tail}" if tail else "")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.database
def test_at_once(database: str, tmp_path: Path) -> None:
    paths = [str(HERE.parent), os.environ.get("PYTHONPATH", "")]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SEXTANT_")}
    environ = {
        **kept, "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "DJANGO_SETTINGS_MODULE": "server_settings", "TEST_DATA": str(tmp_path),
        "SEXTANT_TEST_DATABASE_URL": database,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, str(HERE / "at_once.py")], env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["edits"] == ["Conflict", "done"]
    assert found["version"] == 2
    assert found["asks"] == ["Conflict", "Conflict", "done"]
    assert found["decisions"] == ["Conflict", "Conflict", "done"]
    assert (found["moves"], found["kept"]) == (1, 1)
    assert found["drafts"] == ["Conflict", "Conflict", "done"]
    assert found["signatures"] == 2
    assert found["locks"] == ["done", "done", "done"], "locking again is no second lock"
    assert (found["clicks"], found["runs"]) == (["done", "done", "done"], 1)
    assert found["evidence"] == 3
    assert found["numbers"] == [1, 2, 3]
