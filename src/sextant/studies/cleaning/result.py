"""What a recipe did: which rows went in, what each step changed, which came out."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.engines.cleaning import Done, Recipe
from sextant.studies.quality.result import Column


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Lineage of a cleaned file, with the columns before and after.

    `input`, `output`: digests of the rows, whatever their order; `recipe_digest` of its steps.
    """

    source: str
    out: str
    input: str
    output: str
    recipe: Recipe
    recipe_digest: str
    rows: tuple[int, int]
    done: tuple[Done, ...]
    before: tuple[Column, ...]
    after: tuple[Column, ...]
    set_aside: tuple[tuple[str, int], ...]
    cleaned_on: str
    code: str
