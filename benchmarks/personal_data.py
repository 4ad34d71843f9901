"""How often personal data are named where there are none, and found where they were planted.

    SEXTANT_SHARED_DATA=… python benchmarks/personal_data.py > benchmarks/results/personal_data.md

Three parts: every table of the shared data, as it is; columns of random numbers, written as each
kind is, 200 columns of 500 cells a kind; and texts in four languages into one of four of which a
number was put whose checksum holds, or the same with one digit changed.
"""

from __future__ import annotations

import os
import random
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

import sextant as sx
from sextant.studies.quality.kinds import NATIONAL, Detector, detectors
from sextant.studies.quality.personal import looked

TEXTS = {
    "English": "please change my booking and call {} before Friday, order of 12 March 2026, thanks",
    "German": "bitte ändern Sie die Buchung, Nummer {}, Auftrag vom 12. März 2026, danke",
    "Arabic": "من فضلك غيّر الحجز، الرقم {} ، طلب بتاريخ ١٢ مارس ٢٠٢٦",
    "Japanese": "予約を変更してください、番号 {} 、2026年3月12日の注文です",
}
FORMS = {
    "card": "4###############",
    "iban": "DE####################",
    "be.nn": "8########01"[:11],
    "br.cpf": "###########",
    "ch.ssn": "756##########",
    "de.idnr": "###########",
    "es.dni": "########?",
    "fi.hetu": "######-###?",
    "fr.nir": "1#####0######"[:13] + "##",
    "in.aadhaar": "############",
    "it.codicefiscale": "??????##?##?###?",
    "nl.bsn": "#########",
    "pl.pesel": "###########",
    "se.personnummer": "######-####",
}
COLUMNS, CELLS, PLANTED = 200, 500, 100


def drawn(form: str, rng: random.Random) -> str:
    """A writing of a form: # a digit, ? a letter."""
    made = "".join(
        str(rng.randrange(10)) if c == "#" else rng.choice(string.ascii_uppercase) if c == "?"
        else c
        for c in form
    )  # fmt: skip
    return made if made[0] != "0" else "3" + made[1:]


def passing(one: Detector, rng: random.Random) -> Iterator[str]:
    """Writings that pass: drawn until they do."""
    while True:
        text = drawn(FORMS[one.name], rng)
        if any(ok for _, ok in one.find(text)):
            yield text


def changed(text: str, rng: random.Random) -> str:
    """The same with one of its last four digits changed."""
    places = [m.start() for m in re.finditer("[0-9]", text)][-4:]
    at = rng.choice(places)
    return text[:at] + str((int(text[at]) + rng.randrange(1, 10)) % 10) + text[at + 1 :]


def named(cells: list[str], every: tuple[Detector, ...]) -> dict[str, bool]:
    """Kinds named in one column: whether they are sure."""
    found = looked({"x": cells}, every, 0, 0.05).found
    return {one.kind: one.sure for one in found}


def tables(folder: Path) -> None:
    """Every table as it is."""
    kinds = len(detectors())
    print("## Tables as they are\n\n| table | columns read | named |\n|---|---|---|")
    columns = sure = possible = 0
    for path in sorted([*folder.glob("*/*.parquet"), *folder.glob("*/*.csv")]):
        try:
            looked_at = sx.profile(path, sample=2_000).profile.looked
        except sx.SourceError as error:
            print(f"| {path.parent.name}/{path.name} | not read | {str(error)[:60]} |")
            continue
        assert looked_at is not None
        said = "; ".join(
            f"{one.column}: {one.kind}{'' if one.sure else ' (possible)'}, {one.found}"
            for one in looked_at.found
        )
        print(
            f"| {path.parent.name}/{path.name} | {looked_at.columns} | {said or '–'} |", flush=True
        )
        columns += looked_at.columns
        sure += sum(one.sure for one in looked_at.found)
        possible += sum(not one.sure for one in looked_at.found)
    print(f"\n{columns} columns × {kinds} kinds: {sure} named as sure, {possible} as possible.\n")


def random_columns() -> None:
    every = detectors()
    print(
        "## Columns of random numbers\n\n| written as | of 200 columns sure | possible |\n"
        "|---|---|---|"
    )
    for name, form in FORMS.items():
        rng = random.Random(name)
        told = [named([drawn(form, rng) for _ in range(CELLS)], every) for _ in range(COLUMNS)]
        sure = sum(any(one.values()) for one in told)
        print(f"| {name} | {sure} | {sum(bool(one) and not any(one.values()) for one in told)} |",
              flush=True)  # fmt: skip
    print()


def texts() -> None:
    every = detectors()
    print(
        "## Texts in four languages\n\nOf 100 planted numbers so many are found, and whether the "
        "column is named sure; beside it the same with one digit changed.\n\n"
        f"| kind | {' | '.join(TEXTS)} | one digit changed |\n|---|{'---|' * (len(TEXTS) + 1)}"
    )
    for one in every:
        if one.name not in FORMS:
            continue
        row = []
        wrong = 0
        for language, text in TEXTS.items():
            rng = random.Random(one.name + language)
            source = passing(one, rng)
            planted = [next(source) for _ in range(PLANTED)]
            rest = [text.format("unknown")] * (3 * PLANTED)
            held = looked({"x": [text.format(p) for p in planted] + rest}, every, 0, 0.05).found
            mine = [x for x in held if x.kind == one.noun]
            row.append(f"{mine[0].found} {'sure' if mine[0].sure else 'possible'}" if mine else "0")
            bad = [text.format(changed(p, rng)) for p in planted]
            wrong += named(bad + rest, every).get(one.noun, False)
        print(f"| {one.noun} | {' | '.join(row)} | sure in {wrong} of {len(TEXTS)} |", flush=True)


if __name__ == "__main__":
    assert len(NATIONAL) == 13
    print(
        "# Personal data: false alarms and what is found\n\n"
        "Made by `benchmarks/personal_data.py`.\n"
    )
    tables(Path(os.environ["SEXTANT_SHARED_DATA"]))
    random_columns()
    texts()
    sys.stdout.flush()
