"""Builds the environment in .venv from a lock, and does nothing where nothing changed.

`setup.py runtime` installs what the library needs, `setup.py server` that and the web application,
`setup.py dev` all of it and the tools for tests and checks.

The note in .venv says what was installed from which files; another folder, another
Python or another lock means a fresh environment, so that nothing of the old one stays behind.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NOTE = VENV / "sextant-setup.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCKS = {name: ROOT / f"requirements/{name}.txt" for name in ("runtime", "server", "dev")}
HOLDS = {"runtime": ["runtime"], "server": ["runtime", "server"], "dev": list(LOCKS)}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_note() -> dict[str, str]:
    try:
        return dict(json.loads(NOTE.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def write_note(note: dict[str, str]) -> None:
    part = NOTE.with_suffix(".part")
    part.write_text(json.dumps(note, indent=1), encoding="utf-8")
    part.replace(NOTE)


def pip(*arguments: str) -> None:
    command = [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, check=False, cwd=ROOT)
    if done.returncode:
        sys.exit(f"Setting up failed: pip {arguments[0]} ended with {done.returncode} (see above).")


def stale(note: dict[str, str], place: str) -> bool:
    """Whether .venv must be built afresh: moved, of another Python, or from other locks."""
    runs = (BIN / "python").exists()
    known = all(note.get(name, digest(lock)) == digest(lock) for name, lock in LOCKS.items())
    return not (runs and known and note.get("place") == place)


def base_python() -> str:
    """The Python beneath: an environment cannot be rebuilt by the Python inside it."""
    return getattr(sys, "_base_executable", "") or sys.executable


def build(place: str) -> dict[str, str]:
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"Setting up: a fresh environment in .venv with Python {version}", flush=True)
    python = base_python()
    if VENV.exists():
        shutil.rmtree(VENV)
    done = subprocess.run([python, "-m", "venv", str(VENV)], check=False)
    if done.returncode:
        sys.exit(f"Setting up failed: {python} could not build an environment (see above).")
    return {"place": place}


def main(profile: str) -> None:
    began = time.monotonic()
    place = f"{ROOT} {sys.version_info[0]}.{sys.version_info[1]}"
    note = read_note()
    if stale(note, place):
        note = build(place)
    project = digest(ROOT / "pyproject.toml")
    changed = False
    if profile not in note:
        lock = LOCKS[profile].relative_to(ROOT).as_posix()
        print(f"Setting up: installing what {lock} pins (a minute or two)", flush=True)
        pip("install", "--quiet", "--require-hashes", "-r", lock)
        note |= {name: digest(LOCKS[name]) for name in HOLDS[profile]}
        changed = True
    if note.get("project") != project:
        print("Setting up: installing Sextant itself from src", flush=True)
        pip("install", "--quiet", "--no-deps", "--no-build-isolation", "-e", ".")
        note["project"] = project
        changed = True
    if changed:
        write_note(note)
        print(f"Setting up: done in {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit("usage: setup.py runtime | server | dev")
    main(sys.argv[1])
