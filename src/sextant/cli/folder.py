"""A product as a folder: product.yaml, contract.yaml, sources.yaml; the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

PRODUCT, CONTRACT, SOURCES = "product.yaml", "contract.yaml", "sources.yaml"
ABOUT = (
    "name", "slug", "problem", "affected", "metric", "baseline", "target", "due", "ai_type",
    "automation", "risk", "is_open", "solo",
)  # fmt: skip
MOST = 1_000_000


class FolderError(ValueError):
    """The folder cannot be used: the problem, the file, the remedy."""


def product_text(product: Mapping[str, Any], people: list[Mapping[str, str]]) -> str:
    """A product and its people as YAML."""
    held = {name: _native(name, product[name]) for name in ABOUT}
    held["people"] = [{"email": one["email"], "part": one["part"]} for one in people]
    return _dumped(held)


def sources_text(sources: list[Mapping[str, Any]]) -> str:
    """The sources as YAML: what they are called and where they lie, without their rows."""
    return _dumped(
        [{"name": one["name"], "kind": one["kind"], "path": one["path"]} for one in sources]
    )


def _native(name: str, value: Any) -> Any:
    """A number or a day of the API's JSON as YAML writes it: 500, 3.8, 2027-03-31."""
    if value is None:
        return None
    if name in ("baseline", "target"):
        number = Decimal(str(value))
        return int(number) if number == number.to_integral_value() else float(number)
    return date.fromisoformat(value) if name == "due" else value


def read_product(folder: Path) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """The product of a folder and its people. Raises FolderError."""
    held = _loaded(folder / PRODUCT)
    if not isinstance(held, dict) or "name" not in held or "slug" not in held:
        raise FolderError(f"{folder / PRODUCT} must be a mapping with a name and a slug.")
    if unknown := sorted(set(held) - {*ABOUT, "people"}):
        raise FolderError(f"{folder / PRODUCT}: there is no key '{unknown[0]}'.")
    people = held.pop("people", [])
    if not isinstance(people, list) or not all(
        isinstance(one, dict) and {"email", "part"} == set(one) for one in people
    ):
        raise FolderError(f"{folder / PRODUCT}: people is a list of email and part.")
    return held, people


def read_sources(folder: Path) -> list[dict[str, str]]:
    """The sources of a folder; none where it has no such file. Raises FolderError."""
    path = folder / SOURCES
    if not path.exists():
        return []
    held = _loaded(path)
    if not isinstance(held, list) or not all(_is_source(one) for one in held):
        raise FolderError(
            f"{path} must be a list of sources, each with a name, a kind (folder or upload) and,"
            " for a folder, a path."
        )
    return held


def _is_source(one: Any) -> bool:
    """Whether an entry names a source: a folder with its path, or an upload."""
    if not isinstance(one, dict) or not all(isinstance(value, str) for value in one.values()):
        return False
    needed = {"name", "path"} if one.get("kind") == "folder" else {"name"}
    return one.get("kind") in ("folder", "upload") and needed <= set(one)


def _dumped(value: Any) -> str:
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.allow_unicode = True
    yaml.width = 100
    out = io.StringIO()
    yaml.dump(value, out)
    return out.getvalue()


def _loaded(path: Path) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        if path.stat().st_size > MOST:
            raise FolderError(f"{path} has more than {MOST:,} bytes.")
        return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FolderError(f"{path} cannot be read ({error.strerror}).") from None
    except (YAMLError, ValueError) as error:
        first = str(error).strip().splitlines()[0]
        raise FolderError(f"{path} is no YAML ({first}).") from None
