"""Filling an empty installation with the demonstration, once."""

from __future__ import annotations

import json
import secrets
from datetime import date
from pathlib import Path

from sextant_server.accounts.acting import Acting
from sextant_server.demo import employment, recommender
from sextant_server.demo.bets import fraud, invoices, support
from sextant_server.demo.bets.company import staff
from sextant_server.demo.bets.goals import plant
from sextant_server.demo.marks import WHOLE
from sextant_server.demo.people import PEOPLE, address, let_in

WORDS = """
amber basil cedar delta ember fable grove hazel islet jasper kelp linden maple north olive pearl
quartz river sable tidal umber velvet willow yarrow
"""


def is_whole(folder: Path) -> bool:
    """Whether the installation in a folder holds the whole demonstration."""
    return (folder / WHOLE).is_file()


def seed(folder: Path, data: Path, today: date) -> None:
    """Tell all stories; the note at the end says that they are whole."""
    password = "-".join(secrets.choice(WORDS.split()) for _ in range(5))
    people = let_in(password)
    goals = plant(Acting(user=people["ines"]))
    staff(people, today)
    employment.tell(people, goals, data, today)
    recommender.tell(people, goals, data)
    support.tell(people, goals, data, today)
    invoices.tell(people, goals, today)
    fraud.tell(people, goals, data, today)
    note = folder / WHOLE
    note.touch(mode=0o600)
    note.write_text(json.dumps({"password": password}), encoding="utf-8")


def accounts(folder: Path) -> list[str]:
    """The accounts as lines, and the password that all of them share."""
    password = json.loads((folder / WHOLE).read_text(encoding="utf-8"))["password"]
    width = max(len(address(person)) for person in PEOPLE)
    lines = [
        f"  {address(person):<{width}}  {person.part.label if person.part else 'administrator'}"
        for person in PEOPLE
    ]
    return [*lines, f"  password of all: {password}"]
