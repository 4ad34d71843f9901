"""What a judge is asked: the question, the verdicts allowed, the columns it sees, the price."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from sextant.contracts.problems import ContractError, Problem

KEYS = ("question", "verdicts", "shows", "pair", "max_tokens", "temperature", "price", "json")
MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, in any one currency."""

    input: float
    output: float


@dataclass(frozen=True, slots=True)
class Rubric:
    """A question with its allowed verdicts, and a template of what the judge is shown.

    `shows` names columns in braces. With `pair`, two columns, the template's `{first}` and
    `{second}` are filled with them in both orders, and the verdicts are `1` (the first column),
    `2` and whatever else is allowed, such as `tie`. `json`: ask the endpoint for a JSON object.
    """

    question: str
    verdicts: tuple[str, ...]
    shows: str
    pair: tuple[str, str] | None = None
    max_tokens: int = 300
    temperature: float = 0.0
    price: Price | None = None
    json: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a row must have."""
        names = [name for _, name, _, _ in Formatter().parse(self.shows) if name]
        if self.pair:
            names = [name for name in names if name not in ("first", "second")]
        return tuple(dict.fromkeys([*names, *(self.pair or ())]))

    @property
    def orders(self) -> tuple[str, ...]:
        return ("given", "swapped") if self.pair else ("given",)

    def digest(self) -> str:
        """Of all that changes an answer; the price does not."""
        held = {key: value for key, value in asdict(self).items() if key != "price"}
        text = json.dumps(held, sort_keys=True, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def read_rubric(path: Path) -> Rubric:
    """A rubric file. Raises `ContractError` with every problem."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        if path.stat().st_size > MOST_BYTES:
            raise ContractError([Problem("rubric", f"{path} is no rubric.", "Keep it to a page.")])
        held = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except OSError as error:
        what = f"{path} cannot be read: {error.strerror}."
        raise ContractError([Problem("rubric", what, "Check the path.")]) from None
    except (YAMLError, UnicodeDecodeError) as error:
        what = f"{path} is no YAML: {str(error).splitlines()[0]}."
        raise ContractError([Problem("rubric", what, "Check its quotes and indents.")]) from None
    return rubric_from(held)


def rubric_from(held: Any) -> Rubric:
    """A rubric from a mapping. Raises `ContractError` with every problem."""
    if not isinstance(held, Mapping):
        remedy = "Write question, verdicts and shows."
        raise ContractError([Problem("rubric", "The rubric is no mapping.", remedy)])
    problems = [
        Problem(str(key), f"'{key}' is no key of a rubric.", f"Its keys: {', '.join(KEYS)}.")
        for key in held
        if key not in KEYS
    ]
    problems += [
        Problem(key, f"The rubric has no {key}.", f"Write {key}: a text.")
        for key in ("question", "shows")
        if not isinstance(held.get(key), str) or not str(held.get(key)).strip()
    ]
    verdicts = _verdicts(held.get("verdicts"), problems)
    pair = _pair(held.get("pair"), verdicts, problems)
    shows = str(held.get("shows") or "")
    problems += _template(shows, pair)
    price = _price(held.get("price"), problems)
    tokens, warmth = held.get("max_tokens", 300), held.get("temperature", 0)
    if not isinstance(tokens, int) or isinstance(tokens, bool) or not 1 <= tokens <= 100_000:
        problems.append(Problem("max_tokens", f"{tokens!r} is no number of tokens.", "Write 300."))
    if not isinstance(warmth, int | float) or not 0 <= warmth <= 2:
        problems.append(Problem("temperature", f"{warmth!r} is out of range.", "Write 0 to 2."))
    if problems:
        raise ContractError(problems)
    return Rubric(
        question=str(held["question"]).strip(),
        verdicts=verdicts,
        shows=shows,
        pair=pair,
        max_tokens=int(tokens),
        temperature=float(warmth),
        price=price,
        json=bool(held.get("json", True)),
    )


def _verdicts(held: Any, problems: list[Problem]) -> tuple[str, ...]:
    if isinstance(held, list) and len(held) >= 2:
        found = tuple("yes" if v is True else "no" if v is False else str(v).strip() for v in held)
        if len(set(found)) == len(found) and all(found):
            return found
    remedy = "Write at least two, each once: [pass, fail], or [1, 2, 3, 4, 5]."
    problems.append(Problem("verdicts", "The allowed verdicts are no list of texts.", remedy))
    return ()


def _pair(held: Any, verdicts: tuple[str, ...], problems: list[Problem]) -> tuple[str, str] | None:
    if held is None:
        return None
    if isinstance(held, list) and len(held) == 2 and all(isinstance(one, str) for one in held):
        if {"1", "2"} <= set(verdicts):
            return held[0], held[1]
        what = "A pair's verdicts name the answers: 1 and 2."
        problems.append(Problem("verdicts", what, "Write [1, 2], or [1, 2, tie]."))
        return None
    problems.append(Problem("pair", "A pair is two columns.", "Write [answer_a, answer_b]."))
    return None


def _template(shows: str, pair: tuple[str, str] | None) -> list[Problem]:
    try:
        fields = [(name, spec, how) for _, name, spec, how in Formatter().parse(shows)]
    except ValueError as error:
        return [Problem("shows", f"The template cannot be read: {error}.", "Double lone braces.")]
    names = [name for name, _, _ in fields if name is not None]
    if any(spec or how or not name or set(name) & set(".[]") for name, spec, how in fields
           if name is not None):  # fmt: skip
        return [Problem("shows", "A field is more than a column's name.", "Write {column}.")]
    if not names:
        return [Problem("shows", "The template shows no column.", "Write {answer}, for example.")]
    if pair and not {"first", "second"} <= set(names):
        return [Problem("shows", "A pair is not shown.", "Write {first} and {second}.")]
    return []


def _price(held: Any, problems: list[Problem]) -> Price | None:
    if held is None:
        return None
    if isinstance(held, Mapping) and set(held) == {"input", "output"}:
        values = [held["input"], held["output"]]
        if all(isinstance(v, int | float) and not isinstance(v, bool) and v >= 0 for v in values):
            return Price(float(values[0]), float(values[1]))
    remedy = "Write {input: 0.15, output: 0.60}, the price of a million tokens."
    problems.append(Problem("price", "The price is not one of input and output.", remedy))
    return None
