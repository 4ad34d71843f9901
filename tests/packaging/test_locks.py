"""The locks pin what pyproject.toml asks for, with hashes, and name no place to get it from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
PIN = re.compile(r"^([a-z0-9-]+)==([^ ]+)", re.MULTILINE)


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> set[tuple[str, str]]:
    return set(PIN.findall(lock(name)))


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def assert_pinned(written: list[str], name: str) -> None:
    held = pins(name)
    for text in written:
        asked = Requirement(text)
        versions = [version for pinned, version in held if pinned == canonicalize_name(asked.name)]
        assert versions, f"{asked.name} is not in requirements/{name}.txt: run make lock"
        assert all(asked.specifier.contains(version) for version in versions), asked


def test_runtime_lock_pins_the_dependencies(project: dict) -> None:
    groups = project["dependency-groups"]
    assert_pinned(project["project"]["dependencies"] + groups["build"], "runtime")


def test_dev_lock_pins_the_tools_and_holds_the_runtime_lock(project: dict) -> None:
    tools = [one for one in project["dependency-groups"]["dev"] if isinstance(one, str)]
    assert_pinned(tools + project["project"]["optional-dependencies"]["frames"], "dev")
    assert pins("runtime") <= pins("dev")


def test_server_lock_pins_the_web_application_and_stands_between(project: dict) -> None:
    assert_pinned(project["project"]["optional-dependencies"]["server"], "server")
    assert pins("runtime") <= pins("server") <= pins("dev")


@pytest.mark.parametrize("name", ["runtime", "server", "dev"])
def test_every_pin_has_hashes_and_no_lock_names_a_host(name: str) -> None:
    text = lock(name)
    entries = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(entries) >= len(pins(name))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "--index-url" not in text
