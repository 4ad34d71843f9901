"""Everything that changes candidates and trade-offs, whoever asks for it."""

from __future__ import annotations

from sextant_server.candidates.actions.running import (
    MOST,
    About,
    add,
    choose,
    discard,
    prove,
    refuse,
    remark,
    second,
    state_level,
)
from sextant_server.candidates.actions.trading import SIDES, agree, end, propose

__all__ = [
    "MOST",
    "SIDES",
    "About",
    "add",
    "agree",
    "choose",
    "discard",
    "end",
    "propose",
    "prove",
    "refuse",
    "remark",
    "second",
    "state_level",
]
