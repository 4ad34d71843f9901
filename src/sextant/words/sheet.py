"""A data sheet in words: what it lacks, field by field."""

from __future__ import annotations

from collections.abc import Iterator

from sextant.studies.sheet.making import Field, Sheet
from sextant.words.nouns import capital, listed
from sextant.words.numbers import whole
from sextant.words.quality.figures import of, verb

UNKNOWN = "unknown: nobody has said it"
TERMS = {
    "owner": "Owner", "origin": "Where it comes from", "licence": "Licence",
    "consent": "Basis of consent", "retention": "Kept for",
}  # fmt: skip
MOST = 12


def headline(sheet: Sheet) -> str:
    """One sentence: what is unknown, and what could be removed."""
    unknown, idle = sheet.unknown, sheet.idle
    said = []
    if unknown:
        said.append(f"unknown {verb(len(unknown), 'is', 'are')} {listed(_plain(unknown))}")
    if idle:
        n = len(idle)
        said.append(
            f"{of(n, len(sheet.fields), 'fields')} {verb(n, 'is', 'are')} used by nothing and "
            f"{verb(n, 'has', 'have')} no purpose"
        )
    if not said:
        return f"{sheet.profile.source}: everything is said, and every field has a purpose."
    return f"{sheet.profile.source}: {', and '.join(said)}."


def _plain(names: tuple[str, ...]) -> list[str]:
    plain = {"origin": "the origin", "consent": "the basis of consent", "retention": "how long it "
             "is kept", "owner": "the owner", "licence": "the licence"}  # fmt: skip
    return [plain[name] for name in names]


def facts(sheet: Sheet) -> list[tuple[str, str]]:
    """Terms with what is known of them; the unknown is called so."""
    profile = sheet.profile
    found = [("Data", f"{whole(profile.rows)} rows, {len(sheet.fields)} fields")]
    if sheet.product:
        found.append(("Product", sheet.product))
    found += [(TERMS[name], said or UNKNOWN) for name, said in sheet.facts]
    if days := profile.days:
        found.append(("Time", f"{days.first} to {days.last}, by '{days.column}'"))
    return found


def gaps(sheet: Sheet) -> Iterator[str]:
    """What people said is missing, then what the rows show."""
    yield from sheet.gaps
    profile = sheet.profile
    for why, n in profile.set_aside:
        yield f"{whole(n)} lines were set aside: {why}."
    short = [one for one in profile.columns if one.missing]
    if short:
        most = sorted(short, key=lambda one: -one.missing)
        names = [f"'{one.name}' ({of(one.missing, one.rows)})" for one in most[:MOST]]
        more = len(short) - len(names)
        yield f"Cells are missing in {listed(names)}{f' and {more} more' if more else ''}."
    people = profile.represented
    for cut in people.cuts if people else ():
        for group in cut.groups:
            if group.told == "under-represented":
                yield (
                    f"{capital(cut.name)} {', '.join(group.values)} is under-represented: "
                    f"{whole(group.lacking)} rows lack."
                )
    if profile.days and profile.days.without:
        yield f"{whole(profile.days.without)} days have no row."


def purpose(field: Field) -> str:
    """What a field is for: what people said and what uses it, else that it can go."""
    said = [field.purpose] if field.purpose else []
    if field.uses:
        return "; ".join([*said, *field.uses])
    return f"{said[0]} (nothing uses it here)" if said else "nothing uses it: remove it, or say why"
