"""The frameworks that come with Sextant, each read when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from sextant.strategy.frameworks.file.reading import framework_from_text
from sextant.strategy.frameworks.model import Framework

FOLDER = files("sextant.strategy.frameworks") / "files"
SUFFIX = ".yaml"


class Shipped(Mapping[str, Framework]):
    """Frameworks by key, in the order of their keys; a file is read once."""

    def __getitem__(self, key: str) -> Framework:
        if key not in _keys():
            raise KeyError(key)
        return _read(key)

    def __iter__(self) -> Iterator[str]:
        return iter(_keys())

    def __len__(self) -> int:
        return len(_keys())


def shipped() -> Mapping[str, Framework]:
    """Every framework that comes with Sextant, by key."""
    return Shipped()


@cache
def text_of(key: str) -> str:
    """A shipped framework's file as it is written, to begin one's own from."""
    return (FOLDER / f"{key}{SUFFIX}").read_text(encoding="utf-8")


@cache
def _keys() -> tuple[str, ...]:
    names = (file.name for file in FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)))


@cache
def _read(key: str) -> Framework:
    return framework_from_text(text_of(key))
