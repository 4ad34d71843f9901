"""What became of a rule, as a sentence."""

from __future__ import annotations

from sextant.studies.quality.result import Ruled
from sextant.words.nouns import capital
from sextant.words.numbers import about, percent, whole
from sextant.words.quality.figures import in_so_many, of, verb


def rule_sentence(ruled: Ruled) -> str:
    """`12 of 1,000 cells are missing: exactly so in this table.`"""
    rule = ruled.rule
    if ruled.reason == "the column is gone":
        return f"The column '{rule.column}' is gone."
    if ruled.reason.startswith("the newest"):
        return f"{capital(ruled.reason)}."
    if ruled.reason:
        return f"There is {ruled.reason} in it to judge by."
    broken = ruled.broken or 0
    if rule.what == "rows":
        return f"The table has {whole(broken)} {verb(broken, 'row', 'rows')}."
    if rule.what == "newest":
        days = verb(broken, "day", "days")
        return f"The newest row is {whole(broken)} {days} old; allowed are {rule.most:g}."
    if ruled.estimate is None:
        return _exact(ruled, broken)
    bound = 1 - rule.share if rule.share is not None and rule.what != "share" else rule.most
    said = f"{_what(ruled, broken)}; of what will come, {in_so_many(ruled.estimate)}"
    limit = percent(round(bound, 12))
    least = rule.what == "share" and rule.op == ">="
    allowed = f"asked for are at least {limit}" if least else f"allowed are {limit}"
    if ruled.verdict != "undecided":
        return f"{said}; {allowed}."
    if ruled.needed is None:
        return f"{said}; {allowed}. It lies too near to that for any number of rows to decide."
    rows, verdict = ruled.needed
    more = f"About {about(rows)} more such rows would decide it, probably as {verdict}"
    return f"{said}; {allowed}. {more}."


def _exact(ruled: Ruled, broken: int) -> str:
    n = ruled.n
    if not broken:
        none = {
            "missing": "No cell is missing",
            "unique": "No value stands twice",
            "duplicates": "No row stands twice",
            "type": f"Every cell reads as {ruled.rule.type}",
        }.get(ruled.rule.what, "No cell breaks it")
        return f"{none}: {whole(n)} were counted."
    return f"{_what(ruled, broken)}, counted."


def _what(ruled: Ruled, broken: int) -> str:
    n, is_, do = ruled.n, verb(broken, "is", "are"), verb(broken, "does", "do")
    match ruled.rule.what:
        case "missing":
            return f"{of(broken, n, 'cells')} {is_} missing"
        case "between":
            return f"{of(broken, n, 'filled cells')} {verb(broken, 'lies', 'lie')} outside"
        case "share":
            says = verb(broken, "says", "say")
            return f"{of(broken, n, 'filled cells')} {says} {ruled.rule.values[0]}"
        case "matches":
            return f"{of(broken, n, 'filled cells')} {do} not match {ruled.rule.pattern}"
        case "in":
            return f"{of(broken, n, 'filled cells')} {verb(broken, 'says', 'say')} something else"
        case "unique":
            has = verb(broken, "has", "have")
            return f"{of(broken, n, 'filled cells')} {has} a value that stands twice"
        case "duplicates":
            return f"{of(broken, n, 'rows')} {is_} {verb(broken, 'a copy', 'copies')} of another"
        case _:
            return f"{of(broken, n, 'filled cells')} {do} not read as {ruled.rule.type}"
