"""Whom the rows stand for, said group by group."""

from __future__ import annotations

from collections.abc import Iterator

from sextant.studies.representation.result import Cut, Group, Represented
from sextant.words.nouns import capital, listed
from sextant.words.numbers import about, percent, whole
from sextant.words.quality.figures import declared_in, denominator, in_so_many, of, verb


def group_name(group: Group, cut: Cut) -> str:
    """`sex Female`; `sex x age: Female, 65 and over`."""
    held = ", ".join(group.values)
    return f"{cut.name}: {held}" if len(group.values) > 1 else f"{cut.name} {held}"


def group_sentence(group: Group, cut: Cut, found: Represented) -> str:
    """Its rows, its share with the interval, what was declared, the answer and what it takes."""
    name = group_name(group, cut)
    if group.share.value is None:
        return f"{name}: there is no row to count."
    said = f"{name}: {of(group.rows, cut.n)}, {in_so_many(group.share)}; {_declared(group)}"
    if group.told == "under-represented":
        more = f"{whole(group.lacking)} more such {verb(group.lacking, 'row', 'rows')}"
        return f"{said}. Under-represented: {more} would make up for it."
    if group.told != "undecided":
        within = f", give or take {percent(found.population.margin)}"
        return f"{said}. {capital(group.told)}{within if group.told == 'as declared' else ''}."
    return f"{said}. {_undecided(group, cut, found)}"


def _declared(group: Group) -> str:
    declared = group.declared
    if declared.low == declared.high:
        return f"declared are {declared_in(declared.value or 0.0, denominator(group.share))}"
    return f"in the population {in_so_many(declared)} (n {whole(declared.n)})"


def _undecided(group: Group, cut: Cut, found: Represented) -> str:
    if group.small and group.shows_from:
        least = about(group.shows_from)
        return (
            f"Too few rows to tell: a share just as declared would show from about {least} rows of "
            "the table on."
        )
    if group.needed is None:
        why = "rows without a value may belong to it" if cut.missing else "it lies too near to that"
        return f"Undecided at a margin of {percent(found.population.margin)}: {why}."
    rows, verdict = group.needed
    how = "under-represented" if verdict == "missed" else "as declared"
    return f"Undecided: about {about(rows)} more rows of all kinds would tell, probably {how}."


def cut_notes(cut: Cut) -> Iterator[str]:
    """Rows that stand for nobody: without a value, or of a value the population does not have."""
    if cut.missing:
        yield (
            f"{whole(cut.missing)} {verb(cut.missing, 'row has', 'rows have')} no value of "
            f"'{cut.name}'. The intervals hold wherever they belong."
        )
    if cut.other_rows:
        few = listed([f"'{', '.join(v)}' ({whole(n)})" for v, n in cut.others[:4]], most=4)
        more = cut.other_values - 4
        yield (
            f"{whole(cut.other_rows)} {verb(cut.other_rows, 'row says', 'rows say')} what the "
            f"population does not have: {few}{f', and {whole(more)} other values' * (more > 0)}. "
            "They are not counted."
        )


def answer(found: Represented) -> str:
    """One sentence: how many groups are too small, the one that lacks most rows first."""
    groups = found.groups
    short = [(g, c) for c in found.cuts for g in c.groups if g.told == "under-represented"]
    open_ = sum(1 for one in groups if one.verdict == "undecided")
    name = found.population.name
    if short:
        group, cut = max(short, key=lambda one: one[0].lacking)
        n = len(short)
        count = f"{n} of {len(groups)} groups {verb(n, 'is', 'are')} under-represented"
        lack = f"{group_name(group, cut)} lacks {whole(group.lacking)} rows"
        return f"Against {name}, {count}{', most of all: ' if n > 1 else ': '}{lack}."
    if open_:
        return (
            f"Against {name}, no group is shown to be under-represented; {open_} of {len(groups)} "
            f"{verb(open_, 'is', 'are')} undecided."
        )
    return f"Against {name}, none of {len(groups)} groups is under-represented."


def how(found: Represented) -> str:
    """What was held against what, and how sure it is."""
    population = found.population
    source = f" ({population.source})" if population.source else ""
    return (
        f"A group is under-represented where its share is shown to be more than "
        f"{percent(population.margin)} smaller than in {population.name}{source}. The intervals of "
        f"all {len(found.groups)} groups hold together with {percent(found.confidence)} certainty, "
        "for rows that were drawn independently."
    )
