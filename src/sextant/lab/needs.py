"""What the lab needs, imported when it is asked for, and told by name where it is not there."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

REMEDY = 'Install it: pip install "sextant[lab]".'

PACKAGES = {"fairlearn": "fairlearn", "sklearn": "scikit-learn"}
"""What must be there, by the name it is imported under."""


class LabError(ValueError):
    """The lab cannot do what was asked; the text says why, and the remedy."""


def needed(module: str, *names: str) -> list[Any]:
    """These names of a module. Raises `LabError` where its package is not installed."""
    try:
        found = import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        if error.name is None or error.name.partition(".")[0] != package:
            raise
        raise LabError(f"This needs the package {package}. {REMEDY}") from None
    return [getattr(found, name) for name in names]


def missing(what: str = "Mitigation", modules: tuple[str, ...] = tuple(PACKAGES)) -> str:
    """What it lacks, and the remedy; empty where all is there. Nothing is imported."""
    lacks = [PACKAGES[module] for module in modules if find_spec(module) is None]
    if not lacks:
        return ""
    return f"{what} needs the package{'s' * (len(lacks) > 1)} {' and '.join(lacks)}. {REMEDY}"
