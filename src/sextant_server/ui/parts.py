"""What components are given, where it is more than a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Progress = Literal["done", "now", "ahead"]
GRADES = {
    "measured": "read from a record",
    "estimated": "worked out from something known",
    "believed": "what somebody thinks",
}
"""How far something is known, and what that means."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a stage track: its name, a note below it, where it stands, where it leads."""

    name: str
    progress: Progress
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timeline: when, what happened, who did it, what else to say, its page."""

    at: datetime
    what: str
    who: str = ""
    note: str = ""
    href: str = ""
