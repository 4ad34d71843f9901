"""When setting up builds a fresh environment, and when it does nothing."""

import hashlib
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent.parent.parent / "scripts/setup.py"


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("sextant_setup", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("runtime", "dev"):
        (tmp_path / f"{name}.txt").write_text(name)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python").touch()
    monkeypatch.setattr(module, "LOCKS", {n: tmp_path / f"{n}.txt" for n in ("runtime", "dev")})
    monkeypatch.setattr(module, "BIN", tmp_path / "bin")
    monkeypatch.setattr(module, "NOTE", tmp_path / "note.json")
    return module


def note(place: str = "here 3.11", **locks: str) -> dict[str, str]:
    held = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in locks.items()}
    return {"place": place, **held}


def test_nothing_known_is_stale(setup: ModuleType) -> None:
    assert setup.read_note() == {}
    assert setup.stale({}, "here 3.11")


def test_the_same_locks_in_the_same_place_are_fresh(setup: ModuleType) -> None:
    assert not setup.stale(note(runtime="runtime"), "here 3.11")
    assert not setup.stale(note(runtime="runtime", dev="dev"), "here 3.11")


def test_another_lock_another_place_or_no_python_are_stale(setup: ModuleType) -> None:
    assert setup.stale(note(runtime="an older lock"), "here 3.11")
    assert setup.stale(note(runtime="runtime"), "there 3.11")
    assert setup.stale(note(runtime="runtime"), "here 3.12")
    (setup.BIN / "python").unlink()
    assert setup.stale(note(runtime="runtime"), "here 3.11")


def test_a_broken_note_is_no_note(setup: ModuleType) -> None:
    setup.NOTE.write_text("{")
    assert setup.read_note() == {}
    setup.write_note(note(dev="dev"))
    assert setup.read_note() == note(dev="dev")
