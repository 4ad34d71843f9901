"""A contract's text read in its product: what it says, or every problem it has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sextant.contracts.file.draft import unwritten
from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.model import Contract
from sextant.contracts.normal_form import digest
from sextant.contracts.problems import ContractError, Problem, suggest
from sextant.contracts.reads import roles_read
from sextant_server.products.models import Product
from sextant_server.sources import queries
from sextant_server.sources.models import Source, SourceVersion

MOST_CHARACTERS = 200_000
PLACE = re.compile(r"line (\d+)(?:, column (\d+))?")
CONTRACT, OUTCOME = "contract", "outcome"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says. `contract` is there whenever the text itself can be read.

    `problems` are those of the text and of the columns and the source that it names; where there
    are none the contract can be run. `unsigned`: why it cannot be signed although it can be read.
    """

    contract: Contract | None
    problems: tuple[Problem, ...]
    source: Source | None = None
    version: SourceVersion | None = None
    unsigned: str = ""

    @property
    def digest(self) -> str:
        """The digest of what it decides; empty where it has problems."""
        return digest(self.contract) if self.contract and not self.problems else ""


def read(text: str, product: Product) -> Reading:
    """Read a text in a product: the contract, its source and the source's newest version."""
    if len(text) > MOST_CHARACTERS:
        what = f"The text has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read."
        return Reading(None, (Problem(CONTRACT, what, "Write fewer criteria."),))
    try:
        contract = contract_from_text(text.replace("\r\n", "\n"))
    except ContractError as error:
        return Reading(None, error.problems)
    if contract.locked:
        what, remedy = (
            "The text carries a lock of its own.",
            "Take out the key locked: it is locked here.",
        )
        return Reading(contract, (Problem("locked", what, remedy),))
    return _in_product(contract, text, product)


def _in_product(contract: Contract, text: str, product: Product) -> Reading:
    name = contract.data.source
    source = queries.source_by_name(product, name)
    if source is None:
        names = [one.name for one in queries.sources_of(product)]
        what = f"'{name}' is no source of this product."
        remedy = suggest(name, names, "sources") if names else "Register one on the page Sources."
        return Reading(contract, (Problem(_where(text, name), what, remedy),))
    version = queries.latest_ready(source)
    if version is None:
        what = f"No version of '{name}' can be read yet."
        return Reading(
            contract, (Problem(_where(text, name), what, "See the page of the source."),), source
        )
    problems = absent(contract, version, text)
    return Reading(contract, tuple(problems), source, version, unwritten(contract))


def absent(contract: Contract, version: SourceVersion, text: str = "") -> list[Problem]:
    """The columns that a contract reads and a version lacks, each with its nearest name."""
    columns = queries.columns_of(version)
    return [
        Problem(
            _where(text, column),
            f"Column '{column}' ({use}) is not in version {version.number} of"
            f" {version.source.name}.",
            suggest(column, columns, "columns"),
        )
        for column, use in roles_read(contract).items()
        if column not in columns
    ]


def line_of(problem: Problem) -> int:
    """The line of a problem, or 0 where it has none."""
    found = PLACE.match(problem.where)
    return int(found[1]) if found else 0


def _where(text: str, word: str) -> str:
    """`line 7, column 11`, where a word first stands; the contract where it cannot be found."""
    found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    if not found:
        return CONTRACT
    before = text[: found.start()]
    line = before.count("\n") + 1
    column = found.start() - (before.rfind("\n") + 1) + 1
    return f"line {line}, column {column}"
