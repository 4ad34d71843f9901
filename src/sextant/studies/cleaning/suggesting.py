"""A recipe drafted from what a profile found, to be edited: nothing in it is certain."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sextant.studies.quality.result import Profile

NUMBERS = ("number", "whole number")


def suggested(profile: Profile) -> str:
    """The recipe as YAML: for every defect that was found the usual step, with its reason.

    Values that say that nothing is known become missing, one word written in many ways takes the
    most frequent way, cells that are no number become missing, copies are dropped. Columns with
    personal data have no values in a profile, and so get no step that names any.
    """
    lines = [f"recipe: {_quoted(profile.source)}", "version: 1", "steps:", "  - trim: all"]
    lines += _missing(profile)
    lines += _spellings(profile)
    lines += _odd(profile)
    if profile.repeats.surplus:
        ignore = ", ".join(_quoted(one) for one in profile.ignored)
        lines.append(f"  # {profile.repeats.surplus:,} copies of other rows")
        lines.append(f"  - drop_copies: {{ignore: [{ignore}]}}" if ignore else "  - drop_copies:")
    return "\n".join(lines) + "\n"


def _missing(profile: Profile) -> Iterator[str]:
    held: dict[str, list[str]] = {}
    for column in profile.columns:
        for value, _ in column.placeholders:
            held.setdefault(value, []).append(column.name)
    for value, names in sorted(held.items()):
        columns = ", ".join(_quoted(name) for name in names)
        yield "  # does it mean that nothing is known?"
        yield f"  - missing: {{columns: [{columns}], values: [{_quoted(value)}]}}"


def _spellings(profile: Profile) -> Iterator[str]:
    for column in profile.columns:
        pairs = [
            f"{_quoted(other)}: {_quoted(words[0][0])}"
            for words in column.spellings
            for other, _ in words[1:]
        ]
        if pairs:
            yield "  # one word, written in several ways"
            held = ", ".join(pairs)
            yield f"  - replace: {{column: {_quoted(column.name)}, values: {{{held}}}}}"


def _odd(profile: Profile) -> Iterator[str]:
    for column in profile.columns:
        if column.odd and column.kind in {*NUMBERS, "time"}:
            kind = "number" if column.kind in NUMBERS else "date"
            yield f"  # {column.odd:,} cells cannot be read as one; they would become missing"
            yield f"  - {kind}: [{_quoted(column.name)}]"


def _quoted(text: str) -> str:
    """Any text as YAML reads it back: a JSON string is one."""
    return json.dumps(text, ensure_ascii=False)
