"""What is suspicious in a table, a sentence each, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sextant.studies.quality.result import Column, Personal, Profile, Suspect
from sextant.words.nouns import capital, listed
from sextant.words.numbers import whole
from sextant.words.quality.figures import at_least, in_so_many, of, verb
from sextant.words.quality.represented import answer, group_sentence

CONSTANT = 0.99
"""A column in which one value has so large a share of the filled cells is nearly constant."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One suspicion: its kind, the columns it is about, the sentence."""

    kind: str
    columns: tuple[str, ...]
    sentence: str


def findings(profile: Profile) -> list[Finding]:
    """All findings of a profile: leaks, personal data, repeats, changes, columns, time."""
    found = [
        *map(_leak, profile.suspects),
        *map(_personal, profile.looked.found if profile.looked else ()),
        *_represented(profile),
        *_repeated(profile),
        *_changed(profile),
        *(found for column in profile.columns for found in _column(column)),
        *_placeholders(profile),
        *_time(profile),
    ]
    return [Finding(one.kind, one.columns, capital(one.sentence)) for one in found]


def headline(profile: Profile) -> str:
    """One sentence: what the rules say, or what was found."""
    name = profile.source
    if not profile.rows:
        return f"{name} holds no row: nothing can be said about it."
    missed = [one for one in profile.rules if one.verdict == "missed"]
    open_ = [one for one in profile.rules if one.verdict == "undecided"]
    if missed:
        count = (
            f"{len(missed)} of {len(profile.rules)} rules {verb(len(missed), 'is', 'are')} broken"
        )
        return f"{count}, {'among them' if len(missed) > 1 else 'namely'} {missed[0].rule.text}."
    people = profile.represented
    if people is not None and people.verdict == "missed":
        return answer(people)
    if open_:
        n = len(open_)
        return f"No rule is broken; {n} of {len(profile.rules)} {verb(n, 'is', 'are')} undecided."
    if people is not None:
        return ("All rules are kept. " if profile.rules else "") + answer(people)
    held = findings(profile)
    kept = f"All {len(profile.rules)} rules are kept. " if len(profile.rules) > 1 else (
        "The rule is kept. " if profile.rules else "")  # fmt: skip
    if not held:
        return f"{kept}Nothing suspicious was found in {whole(profile.rows)} rows."
    more = len(held) - 1
    return f"{kept}{held[0].sentence}" + (f" And {more} more." if more else "")


def _leak(one: Suspect) -> Finding:
    estimate = one.estimate
    if one.how == "alone":
        low, value, high = (
            f"{100 * x:.0f}" for x in (estimate.low, estimate.value or 0, estimate.high)
        )
        sentence = (
            f"'{one.column}' alone tells which of a positive and a negative row is which in "
            f"{value} ({low} to {high}) of 100 pairs (n {whole(estimate.n)}). Is it known before "
            "the label is?"
        )
        return Finding("leak", (one.column,), sentence)
    assert one.filled is not None
    yes, no = (in_so_many(share) for share in one.filled)
    n = whole(one.filled[0].n + one.filled[1].n)
    sentence = (
        f"'{one.column}' is filled in {yes} rows whose label is positive and in {no} of the others "
        f"(n {n}). Is it filled only after the label is known?"
    )
    return Finding("leak", (one.column,), sentence)


def _personal(one: Personal) -> Finding:
    n = whole(one.share.n)
    if one.sure:
        text = f"'{one.column}' holds {one.kind}: {at_least(one.share)} filled cells"
        return Finding("personal data", (one.column,), f"{text} ({one.found:,} of {n} read).")
    cells = verb(one.found, "cell looks", "cells look")
    return Finding(
        "perhaps personal data", (one.column,),
        f"'{one.column}' may hold {one.kind}: {one.found:,} {cells} like it of {n} read, and "
        "chance cannot be ruled out.",
    )  # fmt: skip


def _represented(profile: Profile) -> Iterator[Finding]:
    found = profile.represented
    for cut in found.cuts if found else ():
        for group in cut.groups:
            if found and group.told == "under-represented":
                yield Finding("representation", (), group_sentence(group, cut, found))


def _repeated(profile: Profile) -> Iterator[Finding]:
    held = profile.repeats
    if copies := held.surplus:
        apart = f" but for {listed(profile.ignored)}" if profile.ignored else ""
        most = f", one of them {whole(held.most)} times" if held.most > 2 else ""
        yield Finding(
            "duplicates", (),
            f"{of(copies, held.rows)} {verb(copies, 'is a copy', 'are copies')} of another"
            f"{apart}: {whole(held.repeated)} rows stand more than once{most}.",
        )  # fmt: skip
    if profile.overlap:
        n = profile.overlap
        yield Finding(
            "overlap", (),
            f"{of(n, profile.rows)} {verb(n, 'stands', 'stand')} in {profile.reference} too, alike "
            f"in all {profile.shared} columns that are compared. A model that learned from one and "
            "is tested on the other has seen them.",
        )  # fmt: skip


def _changed(profile: Profile) -> Iterator[Finding]:
    schema = profile.schema
    if schema is None:
        return
    for names, said in ((schema.gone, "gone"), (schema.new, "new")):
        if names:
            few = listed([f"'{name}'" for name in names], most=8)
            columns = verb(len(names), "Column", "Columns")
            yield Finding(
                "schema", names,
                f"{columns} {few} {verb(len(names), 'is', 'are')} {said} since "
                f"{profile.reference}.",
            )  # fmt: skip
    for name, then, now in schema.retyped:
        yield Finding("schema", (name,), f"'{name}' was {then} and is now {now}.")


def _column(column: Column) -> Iterator[Finding]:
    name = (column.name,)
    if column.rows and not column.cells:
        yield Finding("empty", name, f"'{column.name}' is empty in {of(column.rows, column.rows)}.")
        return
    if column.odd:
        kind = "a time" if column.kind == "time" else "a number"
        yield Finding(
            "type", name,
            f"{of(column.odd, column.cells, 'filled cells')} of '{column.name}' "
            f"{verb(column.odd, 'is no ' + kind[2:], 'are no ' + kind[2:] + 's')}; the others are.",
        )  # fmt: skip
    for words in column.spellings[:3]:
        listed_ = listed([f"'{value}' ({whole(n)})" for value, n in words], most=4)
        yield Finding(
            "spelling", name, f"'{column.name}' writes one word in {len(words)} ways: {listed_}."
        )
    if len(column.spellings) > 3:
        more = len(column.spellings) - 3
        yield Finding("spelling", name, f"'{column.name}' has {more} more such words.")
    if column.top and column.cells > 1 and column.top[1] >= CONSTANT * column.cells:
        rows = of(column.top[1], column.cells, "filled cells")
        yield Finding(
            "constant", name, f"{rows} of '{column.name}' say the same: '{column.top[0]}'."
        )


def _placeholders(profile: Profile) -> Iterator[Finding]:
    said: dict[str, list[tuple[str, str]]] = {}
    for column in profile.columns:
        for value, n in column.placeholders:
            held = f"'{column.name}' ({of(n, column.cells, 'cells')})"
            said.setdefault(value, []).append((column.name, held))
    for value, where in sorted(said.items()):
        yield Finding(
            "placeholder", tuple(name for name, _ in where),
            f"'{value}' counts as a value in {listed([held for _, held in where], most=6)}. Does "
            "it mean missing?",
        )  # fmt: skip


def _time(profile: Profile) -> Iterator[Finding]:
    days = profile.days
    if days is None:
        return
    name = (days.column,)
    if days.future:
        n = days.future
        yield Finding("time", name, f"{of(n, profile.rows)} {verb(n, 'is', 'are')} dated after "
                      f"{profile.profiled_on}.")  # fmt: skip
    if days.without:
        total = days.with_rows + days.without
        yield Finding("time", name, f"{of(days.without, total, 'days')} from {days.first} to "
                      f"{days.last} {verb(days.without, 'has', 'have')} no row.")  # fmt: skip
